import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { toBase64 } from '../../src/bytes/text.js';
import { readKeyFile } from '../../src/keys/key-file.js';
import { generateKey, importKey, keyPath, listKeys, showKey } from '../../src/keys/key-store.js';
import { formatKeyText } from '../../src/keys/key-text.js';
import { privateKeyFromSeed } from '../../src/keys/seed.js';
import { formatPublicKey } from '../../src/signing/public-key.js';
import { sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const TEST_KEY = privateKeyFromSeed(new Uint8Array(32).fill(11), 'test key');

describe('the folder of keys', () => {
  const dir = useTempDir();

  it('is empty where nothing was ever made', async () => {
    assert.deepEqual(await listKeys(dir.at('none')), { keys: [], problems: [] });
  });

  it('gets a key that ssh-keygen reads, in a folder for the owner alone', async () => {
    const config = dir.at('config', 'at1');
    const key = await generateKey(config, { comment: 'ana@laptop' });
    assert.equal(key.name, 'id_ed25519');
    assert.equal(key.encrypted, false);
    assert.equal(sshKeygen(['-y', '-f', key.path]).trim(), formatPublicKey(key.publicKey));
    if (process.platform !== 'win32') {
      assert.equal(statSync(dir.at('config', 'at1', 'keys')).mode & 0o777, 0o700);
      assert.equal(statSync(key.path).mode & 0o777, 0o600);
    }
  });

  it('lists the default key first and the others by name, comments of encrypted keys included', async () => {
    await generateKey(dir.path, { name: 'work', comment: 'w', passphrase: 'secret', rounds: 1 });
    await generateKey(dir.path, { comment: 'd' });
    await generateKey(dir.path, { name: 'ci', comment: 'c' });
    const { keys, problems } = await listKeys(dir.path);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      keys.map(({ name, encrypted, publicKey }) => [name, encrypted, publicKey.comment]),
      [
        ['id_ed25519', false, 'd'],
        ['ci', false, 'c'],
        ['work', true, 'w'],
      ],
    );
    await readKeyFile(keyPath(dir.path, 'work'), { passphrase: 'secret' });
  });

  it('never replaces a key', async () => {
    const key = await generateKey(dir.path, { comment: '' });
    const before = readFileSync(key.path);
    await throwsCode(() => generateKey(dir.path, { comment: '' }), 'key/exists');
    await throwsCode(() => importKey(dir.path, { text: formatKeyText(TEST_KEY) }), 'key/exists');
    assert.deepEqual(readFileSync(key.path), before);
  });

  it('takes in OpenSSH, PKCS#8 and bare-seed texts', async () => {
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), TEST_KEY.seed]);
    const texts = {
      openssh: formatKeyText(TEST_KEY),
      pkcs8: `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`,
      pacha: `-----BEGIN PRIVATE KEY-----\n${toBase64(TEST_KEY.seed)}\n-----END PRIVATE KEY-----\n`,
    };
    for (const [name, text] of Object.entries(texts)) {
      const key = await importKey(dir.path, { name, text, comment: `from ${name}` });
      assert.deepEqual(key.publicKey, { ...TEST_KEY.publicKey, comment: `from ${name}` });
      assert.equal(sshKeygen(['-y', '-f', key.path]).trim(), formatPublicKey(key.publicKey));
    }
  });

  it('keeps an encrypted import encrypted, or protects it anew', async () => {
    sshKeygen(['-q', '-t', 'ed25519', '-a', '1', '-N', 'old', '-C', 'theirs', '-f', dir.at('theirs')]);
    const text = readFileSync(dir.at('theirs'), 'utf8');
    const kept = await importKey(dir.path, { name: 'kept', text: text.replaceAll('\n', '\r\n'), passphrase: 'old' });
    assert.equal(readFileSync(kept.path, 'utf8'), text);
    assert.deepEqual([kept.encrypted, kept.publicKey.comment], [true, 'theirs']);
    const anew = { name: 'anew', text, passphrase: 'old', newPassphrase: 'new', rounds: 1 };
    const renewed = await importKey(dir.path, anew);
    await throwsCode(() => readKeyFile(renewed.path, { passphrase: 'old' }), 'key/passphrase');
    await readKeyFile(renewed.path, { passphrase: 'new' });
    await throwsCode(() => importKey(dir.path, { name: 'x', text, passphrase: 'wrong' }), 'key/passphrase');
    await throwsCode(() => showKey(dir.path, 'x'), 'key/not-found');
  });

  it('refuses a public key where a private one is meant', async () => {
    const text = formatPublicKey(TEST_KEY.publicKey);
    await throwsCode(() => importKey(dir.path, { text }), 'key/invalid');
  });

  it('lists what is good and says what is not', async () => {
    await generateKey(dir.path, { comment: '' });
    writeFileSync(dir.at('keys', 'broken.key'), 'nonsense');
    writeFileSync(dir.at('keys', 'public.key'), formatPublicKey(TEST_KEY.publicKey));
    writeFileSync(dir.at('keys', 'notes.txt'), 'ignored');
    const { keys, problems } = await listKeys(dir.path);
    assert.deepEqual(
      keys.map(({ name }) => name),
      ['id_ed25519'],
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['key/invalid', 'key/invalid'],
    );
  });

  it('refuses names that lead elsewhere', async () => {
    for (const name of [
      '',
      '.',
      '..',
      '../x',
      'a/b',
      'a\\b',
      '-x',
      '.x',
      'x.pub',
      'x.key',
      'x y',
      'ä',
      'x'.repeat(65),
    ]) {
      await throwsCode(() => keyPath(dir.path, name), 'usage/name');
    }
  });

  it('refuses to put a key where others can write', async () => {
    assert.notEqual(process.platform, 'win32', 'this test is about POSIX modes');
    await generateKey(dir.path, { comment: '' });
    chmodSync(dir.at('keys'), 0o777);
    const error = await throwsCode(() => generateKey(dir.path, { name: 'b', comment: '' }), 'key/permissions');
    assert.ok(error.hint?.startsWith('chmod 700'));
  });
});
