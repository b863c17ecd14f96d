import assert from 'node:assert/strict';
import { checkSecrets, holdsPrivateKey } from '../../src/checks/check-secrets.js';
import { parseCommit } from '../../src/git-format/commit.js';
import type { Oid } from '../../src/git-format/oid.js';
import { readTreeEntries } from '../../src/git-format/read-object.js';
import { formatKeyText } from '../../src/keys/key-text.js';
import { privateKeyFromSeed } from '../../src/keys/seed.js';
import { ana, type Changes, eve, HistoryBuilder, type Key } from '../helpers/registry-fixture.js';

const textOf = ({ seed, name }: Key, options = {}) => formatKeyText(privateKeyFromSeed(seed, name), options);
const AGE = `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`;

describe('a private key in a commit', () => {
  async function told(changes: Changes, prefix = ''): Promise<readonly string[]> {
    const b = await HistoryBuilder.make(prefix);
    const root = await b.commit([], await b.genesis(ana));
    const tip = await b.commit([root], { ...(await b.version('model/x@1.0.0')), ...changes });
    const { policy } = await b.fold(tip);
    const { tree } = parseCommit((await b.read(tip)).bytes);
    const findings = await checkSecrets(b, tree, policy);
    return findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);
  }

  it('is an error where it is of somebody whom the policy lists, encrypted or not, wherever it lies', async () => {
    const encrypted = textOf(ana, { passphrase: 'secret', rounds: 1 });
    const lies = ['id_ed25519', 'notes/backup.txt', 'model/x/key.bin', '.at1/key'];
    const changes = Object.fromEntries(lies.map((path, at) => [path, at % 2 === 0 ? textOf(ana) : encrypted]));
    const errors = [...lies].sort().map((path) => `error key/exposed ${path}`);
    assert.deepEqual([...(await told(changes))].sort(), errors);
    assert.deepEqual(await told({ note: `my key:\n${textOf(ana)}keep it\n` }), ['error key/exposed note']);
  });

  it('is a warning where it is of anybody else, of age, or broken', async () => {
    const broken = textOf(ana).replace(/\n[A-Za-z0-9+/]{30}/, '\n');
    assert.deepEqual(await told({ a: textOf(eve), b: `# created\n${AGE}\n`, c: broken }), [
      'warning key/exposed a',
      'warning key/exposed b',
      'warning key/exposed c',
    ]);
  });

  it('is not seen in public keys, in words about keys, in large files and in links', async () => {
    const link = { mode: '120000', bytes: textOf(ana) } as const;
    const large = textOf(ana).padEnd(17_000, '\n');
    const words = 'a file that begins with OPENSSH PRIVATE KEY, or AGE-SECRET-KEY-1 and more';
    assert.deepEqual(await told({ 'id.pub': `${ana.line}\n`, words, link, large }), []);
  });

  it('costs no more than a few thousand small files', async () => {
    const many = Object.fromEntries(Array.from({ length: 5100 }, (_, at) => [`a/${at}`, `${at}`]));
    assert.deepEqual(await told({ ...many, b: textOf(ana) }), []);
  });

  it('passes over what is damaged, and passes on what nobody foresaw', async () => {
    const b = await HistoryBuilder.make();
    const root = await b.commit([], { ...(await b.genesis(ana)), 'a/key': textOf(ana), key: textOf(ana) });
    const { policy } = await b.fold(root);
    const { tree } = parseCommit((await b.read(root)).bytes);
    const folder = (await readTreeEntries(b, tree)).find(({ name }) => name === 'a')?.oid;
    const reason = new Error('unforeseen');
    for (const bad of [folder, b.fileAt(root, 'key')]) {
      const reader = { read: (oid: Oid) => (oid === bad ? Promise.reject(reason) : b.read(oid)) };
      await assert.rejects(checkSecrets(reader, tree, policy), reason);
    }
    const owners = new Map(policy.owners);
    owners.get = () => {
      throw reason;
    };
    await assert.rejects(checkSecrets(b, tree, { ...policy, owners }), reason);
    b.damage(folder as Oid);
    assert.deepEqual(
      (await checkSecrets(b, tree, policy)).map(({ subject }) => subject),
      ['key'],
    );
    b.damage(b.fileAt(root, 'key'));
    assert.deepEqual(await checkSecrets(b, tree, policy), []);
  });
});

describe('a text with a private key in it', () => {
  const base64 = 'MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAA';

  it('is known by the label and what follows it, of every common kind', () => {
    for (const text of [
      textOf(ana),
      textOf(ana, { passphrase: 'secret', rounds: 1 }),
      `-----BEGIN PRIVATE KEY-----\r\n${base64}\r\n`,
      `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${base64}\n`,
      `key = "-----BEGIN EC PRIVATE KEY-----\\n${base64}\\n"`,
      `a: ${AGE}`,
    ]) {
      assert.ok(holdsPrivateKey(text), text);
    }
  });

  it('is not one that names the label, or holds a public key', () => {
    for (const text of [
      'const BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";',
      `-----BEGIN PUBLIC KEY-----\n${base64}\n`,
      `-----BEGIN PRIVATE KEY-----\n...\n`,
      ana.line,
    ]) {
      assert.ok(!holdsPrivateKey(text), text);
    }
  });
});
