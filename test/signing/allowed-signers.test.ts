import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { utf8 } from '../../src/bytes/text.js';
import { signerFromSeed } from '../../src/keys/seed.js';
import { formatAllowedSigners } from '../../src/signing/allowed-signers.js';
import { formatPublicKey } from '../../src/signing/public-key.js';
import { signMessage } from '../../src/signing/sshsig.js';
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

  it('refuses names that ssh-keygen would read as patterns or lists', async () => {
    for (const name of ['', '*', 'a,b', 'a b', '!a', 'a?', '#a', '"a"', 'a\nb']) {
      const error = await throwsCode(() => formatAllowedSigners([{ name, keys: [ana.publicKey] }]), 'usage/name');
      assert.match(error.message, /cannot stand in an allowed_signers file/);
      assert.ok(error.message.includes(`'${name}'`));
    }
  });
});
