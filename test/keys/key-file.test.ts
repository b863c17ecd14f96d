/** Key files beside ssh-keygen: each reads what the other wrote, plain and with a passphrase. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { toBase64, toHex, utf8 } from '../../src/bytes/text.js';
import { inspectKeyFile, readKeyFile, writeKeyFile } from '../../src/keys/key-file.js';
import { formatKeyText, openKeyText } from '../../src/keys/key-text.js';
import { generatePrivateKey, privateKeyFromSeed, signerFromSeed, signerOf } from '../../src/keys/seed.js';
import { formatPrivateKeyContainer, formatPrivateSection } from '../../src/signing/private-key.js';
import { formatPublicKey, parsePublicKey } from '../../src/signing/public-key.js';
import { signMessage } from '../../src/signing/sshsig.js';
import { runTool, sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines as engines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';

const PASSPHRASE = 'correct horse ünd battery';
const TEST_KEY = privateKeyFromSeed(new Uint8Array(32).fill(9), 'test key');
const posix = platform() !== 'win32';

describe('key files', () => {
  const dir = useTempDir();

  function makeKey(name: string, passphrase = '', rounds = 16): string {
    const file = dir.at(name);
    sshKeygen(['-q', '-t', 'ed25519', '-a', String(rounds), '-N', passphrase, '-C', 'made by ssh', '-f', file]);
    return file;
  }

  function publicLine(file: string): string {
    return readFileSync(`${file}.pub`, 'utf8').trim();
  }

  it('of ssh-keygen are read, and sign as it does', async () => {
    const file = makeKey('key');
    const key = await readKeyFile(file);
    assert.equal(formatPublicKey(key.publicKey), publicLine(file));
    const message = utf8('message');
    const theirs = runTool('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'git', '-f', file], { input: message });
    assert.equal(await signMessage(signerOf(key), 'git', message, engines), theirs.stdout);
  });

  it('of ssh-keygen with a passphrase of 16 rounds are read', async () => {
    const file = makeKey('key', PASSPHRASE);
    const asked: string[] = [];
    const passphrase = async (name: string) => {
      asked.push(name);
      return PASSPHRASE;
    };
    const key = await readKeyFile(file, { passphrase });
    assert.equal(formatPublicKey(key.publicKey), publicLine(file));
    assert.deepEqual(asked, [file]);
    assert.equal(toHex((await readKeyFile(file, { passphrase: PASSPHRASE })).seed), toHex(key.seed));
  });

  it('with a missing or wrong passphrase are refused as such', async () => {
    const file = makeKey('key', PASSPHRASE, 1);
    await throwsCode(() => readKeyFile(file), 'key/passphrase');
    await throwsCode(() => readKeyFile(file, { passphrase: '' }), 'key/passphrase');
    await throwsCode(() => readKeyFile(file, { passphrase: async () => undefined }), 'key/passphrase');
    await throwsCode(() => readKeyFile(file, { passphrase: 'wrong' }), 'key/passphrase');
  });

  it('are not asked about a passphrase they do not have', async () => {
    const passphrase = () => assert.fail('asked');
    await readKeyFile(makeKey('key'), { passphrase });
  });

  it('we write are understood by ssh-keygen, plain and with a passphrase', async () => {
    for (const passphrase of ['', PASSPHRASE]) {
      const file = dir.at(`ours${passphrase.length}`);
      const key = generatePrivateKey('ana@laptop');
      await writeKeyFile(file, key, { passphrase, rounds: 3 });
      const derived = sshKeygen(['-y', '-P', passphrase, '-f', file]).trim();
      assert.equal(derived, formatPublicKey(key.publicKey));
      assert.equal(publicLine(file), formatPublicKey(key.publicKey));
      assert.notEqual(runTool('ssh-keygen', ['-y', '-P', 'wrong', '-f', file]).status, passphrase === '' ? 1 : 0);
      const read = await readKeyFile(file, { passphrase });
      assert.equal(toHex(read.seed), toHex(key.seed));
    }
  });

  it('are written for the owner alone and never over something', async () => {
    const file = dir.at('key');
    await writeKeyFile(file, TEST_KEY);
    if (posix) assert.equal(statSync(file).mode & 0o777, 0o600);
    const before = readFileSync(file);
    await throwsCode(() => writeKeyFile(file, generatePrivateKey('')), 'key/exists');
    assert.deepEqual(readFileSync(file), before);
    writeFileSync(dir.at('other.pub'), 'precious');
    await throwsCode(() => writeKeyFile(dir.at('other'), TEST_KEY), 'key/exists');
    assert.equal(statSync(dir.at('other'), { throwIfNoEntry: false }), undefined);
    assert.equal(readFileSync(dir.at('other.pub'), 'utf8'), 'precious');
  });

  it('that others can read are refused, with the command that helps', async () => {
    assert.ok(posix, 'this test is about POSIX modes');
    const file = makeKey('key');
    for (const mode of [0o640, 0o604, 0o660, 0o644, 0o610]) {
      chmodSync(file, mode);
      const error = await throwsCode(() => readKeyFile(file), 'key/permissions');
      assert.equal(error.hint, `chmod 600 '${file}'`);
    }
    chmodSync(file, 0o400);
    await readKeyFile(file);
  });

  it('that are not there, not files, not keys or too large are told apart', async () => {
    await throwsCode(() => readKeyFile(dir.at('none')), 'key/not-found');
    mkdirSync(dir.at('folder'));
    await throwsCode(() => readKeyFile(dir.at('folder')), 'key/invalid');
    for (const content of ['', 'hello', Uint8Array.of(0xff, 0xfe), 'x'.repeat(70_000)]) {
      writeFileSync(dir.at('file'), content, { mode: 0o600 });
      await throwsCode(() => readKeyFile(dir.at('file')), 'key/invalid');
    }
  });

  it('of other types are refused by name', async () => {
    for (const type of ['rsa', 'ecdsa']) {
      sshKeygen(['-q', '-t', type, '-N', '', '-f', dir.at(type)]);
      await throwsCode(() => readKeyFile(dir.at(type)), 'key/unsupported');
    }
    sshKeygen(['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '', '-f', dir.at('pem')]);
    await throwsCode(() => readKeyFile(dir.at('pem')), 'key/unsupported');
    sshKeygen(['-q', '-t', 'rsa', '-b', '2048', '-m', 'PKCS8', '-N', '', '-f', dir.at('p8')]);
    await throwsCode(() => readKeyFile(dir.at('p8')), 'key/unsupported');
  });

  it('that ask for too many rounds are refused without doing them', async () => {
    const section = new Uint8Array(160);
    const encryption = { cipher: 'aes256-ctr', kdf: 'bcrypt', salt: new Uint8Array(16), rounds: 1001 } as const;
    const text = formatPrivateKeyContainer({ publicKey: TEST_KEY.publicKey.raw, encryption, section });
    await throwsCode(() => openKeyText(text, { passphrase: 'x', name: 'test' }), 'key/unsupported');
  });

  it('whose public key is not the private key’s are refused', async () => {
    const other = generatePrivateKey('');
    const mixed = { publicKey: other.publicKey, seed: TEST_KEY.seed };
    const section = formatPrivateSection(mixed, 1, false);
    const text = formatPrivateKeyContainer({ publicKey: other.publicKey.raw, encryption: undefined, section });
    await throwsCode(() => openKeyText(text, { name: 'test' }), 'key/invalid');
  });

  it('are inspected without a passphrase, public ones too', async () => {
    const file = makeKey('key', PASSPHRASE, 1);
    const found = await inspectKeyFile(file);
    assert.equal(found.kind, 'private');
    assert.equal(found.kind === 'private' && found.encrypted, true);
    const expected = parsePublicKey(publicLine(file));
    assert.deepEqual(found.publicKey.raw, expected.raw);
    assert.deepEqual(await inspectKeyFile(`${file}.pub`), { kind: 'public', publicKey: expected });
  });
});

describe('key texts', () => {
  it('of PKCS#8, made by openssl, are imported', async () => {
    const pem = runTool('openssl', ['genpkey', '-algorithm', 'ed25519']).stdout;
    const key = await openKeyText(pem, { name: 'test' });
    const spki = runTool('openssl', ['pkey', '-pubout', '-outform', 'PEM'], { input: pem }).stdout;
    const theirs = Buffer.from(spki.split('\n')[1] ?? '', 'base64').subarray(-32);
    assert.equal(toHex(key.publicKey.raw), theirs.toString('hex'));
  });

  it('of a bare seed between PEM lines, as pacha writes them, are imported', async () => {
    for (const label of ['PRIVATE KEY', 'ED25519 PRIVATE KEY']) {
      const text = `-----BEGIN ${label}-----\n${toBase64(TEST_KEY.seed)}\n-----END ${label}-----\n`;
      assert.deepEqual((await openKeyText(text, { name: 'test' })).publicKey.raw, TEST_KEY.publicKey.raw);
    }
  });

  it('that are encrypted PKCS#8 are refused with a way out', async () => {
    const pem = runTool('openssl', ['genpkey', '-algorithm', 'ed25519', '-aes256', '-pass', 'pass:secret']).stdout;
    assert.ok(pem.includes('ENCRYPTED'));
    const error = await throwsCode(() => openKeyText(pem, { name: 'test' }), 'key/unsupported');
    assert.ok(error.hint?.includes('openssl'));
  });

  it('survive the ways in which secret stores bend them', async () => {
    const text = formatKeyText(TEST_KEY);
    const bent = [
      text.trim(),
      `\n  ${text}\n\n`,
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\\n'),
      text.replaceAll('\n', '\n    '),
    ];
    for (const variant of bent) {
      assert.deepEqual((await openKeyText(variant, { name: 'test' })).seed, TEST_KEY.seed);
    }
  });

  it('do not show the seed in errors', async () => {
    const text = formatKeyText(TEST_KEY).replace('b3BlbnNzaC1rZXktdjE', 'b3BlbnNzaC1rZXktdjI');
    const error = await throwsCode(() => openKeyText(text, { name: 'test' }), 'key/invalid');
    const shown = JSON.stringify([error.message, error.hint, error.facts]);
    assert.ok(!shown.includes(toHex(TEST_KEY.seed)) && !shown.includes(toBase64(TEST_KEY.seed)));
  });

  it('give signers whose signatures verify, from a bare seed too', async () => {
    const signer = signerFromSeed(TEST_KEY.seed, 'test');
    const signature = await signer.sign(utf8('x'));
    assert.ok(engines.ed25519Verify(signature, utf8('x'), signer.publicKey.raw));
    await throwsCode(() => signerFromSeed(new Uint8Array(31)), 'key/invalid');
  });
});
