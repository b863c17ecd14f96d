import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { toBase64 } from '../../src/bytes/text.js';
import {
  decodePublicBlob,
  encodePublicBlob,
  formatPublicKey,
  isKeyType,
  keyIdOf,
  makePublicKey,
  parseKeyId,
  parsePublicKey,
} from '../../src/signing/public-key.js';
import { strings } from '../../src/signing/wire.js';
import { cutFields } from '../helpers/cut-fields.js';
import { runTool, sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { signingEngines as engines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';

const raw = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('public keys', () => {
  const dir = useTempDir();

  it('read the line ssh-keygen writes and print the id it prints', () => {
    sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-C', 'Ana Müller  on laptop', '-f', dir.at('key')]);
    const line = readFileSync(dir.at('key.pub'), 'utf8');
    const key = parsePublicKey(line);
    assert.equal(key.comment, 'Ana Müller on laptop');
    assert.equal(formatPublicKey({ ...key, comment: '' }), line.split(' ').slice(0, 2).join(' '));
    assert.equal(keyIdOf(key.raw, engines), sshKeygen(['-l', '-f', dir.at('key.pub')]).split(' ')[1]);
  });

  it('survive a round trip with any comment, which becomes one printable line', () => {
    fc.assert(
      fc.property(raw, fc.string({ unit: 'binary' }), (bytes, comment) => {
        const key = makePublicKey(bytes, comment);
        assert.ok(!/[\p{Cc}\p{Cf}]/u.test(key.comment));
        assert.deepEqual(parsePublicKey(formatPublicKey(key)), key);
      }),
    );
  });

  it('are the same whatever blanks stand around and between the parts', () => {
    const base64 = toBase64(encodePublicBlob(new Uint8Array(32)));
    for (const line of [`  ssh-ed25519 ${base64} ana\n`, `ssh-ed25519\t \t${base64}   ana  `]) {
      assert.deepEqual(parsePublicKey(line), { type: 'ssh-ed25519', raw: new Uint8Array(32), comment: 'ana' });
    }
  });

  it('have comments of at most 200 characters, in which blanks stand for what cannot be printed', () => {
    const comments: readonly (readonly [string, string])[] = [
      ['', ''],
      ['ana\tat\u0000home\u2028now', 'ana at home now'],
      [' \u200b ana \n', 'ana'],
      ['x'.repeat(200), 'x'.repeat(200)],
      ['x'.repeat(201), 'x'.repeat(200)],
      ['🔑'.repeat(201), '🔑'.repeat(200)],
      [`${'x'.repeat(199)} y`, 'x'.repeat(199)],
    ];
    for (const [given, kept] of comments) assert.equal(makePublicKey(new Uint8Array(32), given).comment, kept);
    assert.equal(makePublicKey(new Uint8Array(32)).comment, '');
  });

  it('are copies: changing the bytes they were made of changes nothing', () => {
    const bytes = new Uint8Array(32).fill(1);
    const key = makePublicKey(bytes);
    bytes.fill(2);
    assert.deepEqual(key.raw, new Uint8Array(32).fill(1));
  });

  it('name the field in which their blob ends, in the code of the format they came from', async () => {
    const blob = encodePublicBlob(new Uint8Array(32));
    const named = ['key type', 'public key'].flatMap((name) => [`length of ${name}`, name]);
    assert.deepEqual(cutFields(blob, decodePublicBlob), named);
    await throwsCode(() => decodePublicBlob(blob.subarray(1)), 'key/invalid');
    await throwsCode(() => decodePublicBlob(blob.subarray(1), 'signature/malformed'), 'signature/malformed');
  });

  it('have the types OpenSSH knows, and no name around them', () => {
    const known = runTool('ssh', ['-Q', 'key']).stdout.trim().split('\n');
    assert.ok(known.includes('ssh-ed25519') && known.length > 10);
    for (const type of known) {
      assert.ok(isKeyType(type), type);
      for (const other of [`x${type}`, `${type}x`, ` ${type}`, `${type} `, type.slice(1)]) {
        assert.ok(!isKeyType(other), other);
      }
    }
  });

  it('have ids that parse back, and nothing else does', async () => {
    const id = keyIdOf(new Uint8Array(32), engines);
    assert.equal(parseKeyId(id), id);
    for (const text of [
      '',
      'SHA256:',
      id.slice(0, -1),
      `${id}=`,
      id.slice(7),
      id.replace('SHA256', 'MD5'),
      id.replace('256', '512'),
    ]) {
      const error = await throwsCode(() => parseKeyId(text), 'key/invalid');
      assert.match(error.message, /^not a key id: SHA256: and 43 characters of base64$/);
    }
  });

  it('of other types are refused by name', async () => {
    for (const [type, bits] of [
      ['rsa', '2048'],
      ['ecdsa', '384'],
    ] as const) {
      sshKeygen(['-q', '-t', type, '-b', bits, '-N', '', '-f', dir.at(type)]);
      await throwsCode(() => parsePublicKey(readFileSync(dir.at(`${type}.pub`), 'utf8')), 'key/unsupported');
    }
    const sk = 'sk-ssh-ed25519@openssh.com';
    const blob = toBase64(strings(sk, new Uint8Array(32), 'ssh:'));
    const error = await throwsCode(() => parsePublicKey(`${sk} ${blob}`), 'key/unsupported');
    assert.equal(error.facts.type, sk);
    assert.equal(error.message, `keys of type ${sk} are not supported`);
    assert.match(error.hint ?? '', /at1 key generate/);
  });

  it('that are damaged are refused', async () => {
    const good = toBase64(encodePublicBlob(new Uint8Array(32)));
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['', /^not an OpenSSH public key line$/],
      [`no-such-type ${good}`, /^not an OpenSSH public key line$/],
      [good, /^not an OpenSSH public key line$/],
      ['ssh-ed25519', /^length of key type: length 4 exceeds 0 available/],
      [`ssh-ed25519 ${good.slice(0, -4)}`, /^public key: length 32 exceeds 29 available/],
      [`ssh-ed25519 ${good}AAAA`, /^3 bytes after the end of public key/],
      [`ssh-ed25519 ${good}=`, /^public key is not canonical base64$/],
      [`ssh-ed25519 ${toBase64(strings('mystery', new Uint8Array(32)))}`, /^unknown key type$/],
      [`ssh-ed25519 ${toBase64(strings('ssh-ed25519', new Uint8Array(31)))}`, /key has 32 bytes, not 31/],
      [`ssh-ed25519 ${toBase64(strings('ssh-ed25519', new Uint8Array(33)))}`, /key has 32 bytes, not 33/],
    ];
    for (const [line, message] of wrong) {
      assert.match((await throwsCode(() => parsePublicKey(line), 'key/invalid')).message, message);
    }
    for (const length of [31, 33]) {
      const error = await throwsCode(() => makePublicKey(new Uint8Array(length)), 'key/invalid');
      assert.equal(error.message, `an Ed25519 public key has 32 bytes, not ${length}`);
    }
    // the label says Ed25519, the blob says otherwise
    const rsaInside = `ssh-ed25519 ${toBase64(strings('ssh-rsa', new Uint8Array(32)))}`;
    await throwsCode(() => parsePublicKey(rsaInside), 'key/unsupported');
  });
});
