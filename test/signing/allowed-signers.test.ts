import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { utf8 } from '../../src/bytes/text.js';
import { signerFromSeed } from '../../src/keys/seed.js';
import { formatAllowedSigners, parseAllowedSigners } from '../../src/signing/allowed-signers.js';
import { formatPublicKey } from '../../src/signing/public-key.js';
import { NAMESPACES, signMessage } from '../../src/signing/sshsig.js';
import { runTool } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines as engines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';

const ana = signerFromSeed(new Uint8Array(32).fill(1), 'ana@laptop');
const anaToo = signerFromSeed(new Uint8Array(32).fill(2), '');
const bo = signerFromSeed(new Uint8Array(32).fill(3), 'bo "the builder"');
const people = [
  { name: 'bo', keys: [bo.publicKey] },
  { name: 'ana', keys: [ana.publicKey, anaToo.publicKey] },
];

describe('allowed_signers', () => {
  const dir = useTempDir();

  it('gives one line a key, limited to our namespaces, people in byte order', () => {
    const lines = formatAllowedSigners(people).trimEnd().split('\n');
    const limit = 'namespaces="git,at1-manifest,at1-policy,at1-event,at1-evidence"';
    assert.deepEqual(lines.slice(1), [
      `ana ${limit} ${formatPublicKey(ana.publicKey)}`,
      `ana ${limit} ${formatPublicKey(anaToo.publicKey)}`,
      `bo ${limit} ${formatPublicKey(bo.publicKey)}`,
    ]);
    assert.ok(lines[0]?.startsWith('#'));
  });

  it('lets ssh-keygen tell who signed, and refuse other names and namespaces', async () => {
    writeFileSync(dir.at('allowed'), formatAllowedSigners(people));
    const message = utf8('an event');
    writeFileSync(dir.at('sig'), await signMessage(bo, 'at1-event', message, engines));
    const verify = (name: string, namespace: string) =>
      runTool(
        'ssh-keygen',
        ['-Y', 'verify', '-f', dir.at('allowed'), '-I', name, '-n', namespace, '-s', dir.at('sig')],
        { input: message },
      ).status;
    assert.equal(verify('bo', 'at1-event'), 0);
    assert.notEqual(verify('ana', 'at1-event'), 0);
    assert.notEqual(verify('bo', 'git'), 0);
    const found = runTool('ssh-keygen', ['-Y', 'find-principals', '-f', dir.at('allowed'), '-s', dir.at('sig')]);
    assert.equal(found.stdout.trim(), 'bo');
  });

  it('reads back what it wrote', () => {
    const { signers, skipped } = parseAllowedSigners(formatAllowedSigners(people));
    assert.deepEqual(skipped, []);
    assert.deepEqual(
      signers.map(({ principals, key }) => [principals.join(), key]),
      [
        ['ana', ana.publicKey],
        ['ana', anaToo.publicKey],
        ['bo', bo.publicKey],
      ],
    );
    assert.deepEqual(signers[0]?.namespaces, [...NAMESPACES]);
  });

  it('reads the forms people write by hand, and says what it passes over', () => {
    const key = formatPublicKey({ ...ana.publicKey, comment: '' });
    const text = [
      '# people',
      '',
      `ana@example.org,ana ${key} a comment with a lone " mark`,
      `  "bo b" valid-after="20240101",namespaces="git,file",valid-before=20300101 ${key}\r`,
      `ca cert-authority ${key}`,
      `cy ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAQQC8 old`,
    ].join('\n');
    const { signers, skipped } = parseAllowedSigners(text);
    assert.deepEqual(signers, [
      {
        principals: ['ana@example.org', 'ana'],
        namespaces: undefined,
        validAfter: undefined,
        validBefore: undefined,
        key: { ...ana.publicKey, comment: 'a comment with a lone " mark' },
        line: 3,
      },
      {
        principals: ['bo b'],
        namespaces: ['git', 'file'],
        validAfter: '20240101',
        validBefore: '20300101',
        key: { ...ana.publicKey, comment: '' },
        line: 4,
      },
    ]);
    assert.deepEqual(
      skipped.map(({ line }) => line),
      [5, 6],
    );
  });

  it('names the line that is wrong', async () => {
    for (const line of ['ana', 'ana nonsense AAAA', 'ana ssh-ed25519 AAAA', 'ana namespaces="git']) {
      const error = await throwsCode(() => parseAllowedSigners(`# first\n${line}\n`), 'document/syntax');
      assert.equal(error.facts.line, 2);
    }
  });

  it('refuses names that ssh-keygen would read as patterns or lists', async () => {
    for (const name of ['', '*', 'a,b', 'a b', '!a', 'a?', '#a', '"a"', 'a\nb']) {
      await throwsCode(() => formatAllowedSigners([{ name, keys: [ana.publicKey] }]), 'usage/name');
    }
  });
});
