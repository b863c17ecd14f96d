import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { toBase64 } from '../../src/bytes/text.js';
import {
  encodePublicBlob,
  formatPublicKey,
  keyIdOf,
  makePublicKey,
  parseKeyId,
  parsePublicKey,
} from '../../src/signing/public-key.js';
import { strings } from '../../src/signing/wire.js';
import { sshKeygen } from '../helpers/ssh-keygen.js';
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

  it('have ids that parse back, and nothing else does', async () => {
    const id = keyIdOf(new Uint8Array(32), engines);
    assert.equal(parseKeyId(id), id);
    for (const text of ['', 'SHA256:', id.slice(0, -1), `${id}=`, id.slice(7), id.replace('SHA256', 'MD5')]) {
      await throwsCode(() => parseKeyId(text), 'key/invalid');
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
    assert.equal((await throwsCode(() => parsePublicKey(`${sk} ${blob}`), 'key/unsupported')).facts.type, sk);
  });

  it('that are damaged are refused', async () => {
    const good = toBase64(encodePublicBlob(new Uint8Array(32)));
    const wrong = [
      '',
      'ssh-ed25519',
      `ssh-ed25519 ${good.slice(0, -4)}`,
      `ssh-ed25519 ${good}AAAA`,
      `ssh-ed25519 ${good}=`,
      `ssh-ed25519 ${toBase64(strings('mystery', new Uint8Array(32)))}`,
      `ssh-ed25519 ${toBase64(strings('ssh-ed25519', new Uint8Array(31)))}`,
      `no-such-type ${good}`,
      good,
    ];
    for (const line of wrong) await throwsCode(() => parsePublicKey(line), 'key/invalid');
    // the label says Ed25519, the blob says otherwise
    const rsaInside = `ssh-ed25519 ${toBase64(strings('ssh-rsa', new Uint8Array(32)))}`;
    await throwsCode(() => parsePublicKey(rsaInside), 'key/unsupported');
  });
});
