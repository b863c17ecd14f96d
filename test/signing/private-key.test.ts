/** The openssh-key-v1 container: round trips, and refusal of everything that is not exactly it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromBase64 } from '../../src/bytes/text.js';
import { privateKeyFromSeed } from '../../src/keys/seed.js';
import { formatArmorText } from '../../src/signing/armor.js';
import {
  formatPrivateKeyContainer,
  formatPrivateSection,
  PRIVATE_KEY_LABEL,
  parsePrivateKeyContainer,
  parsePrivateSection,
} from '../../src/signing/private-key.js';
import { sshKeygen } from '../helpers/ssh-keygen.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';

const TEST_KEY = privateKeyFromSeed(new Uint8Array(32).fill(5), 'test key');

function plainFile(comment = 'test key', check = 0x01020304): string {
  const key = { ...TEST_KEY, publicKey: { ...TEST_KEY.publicKey, comment } };
  const section = formatPrivateSection(key, check, false);
  return formatPrivateKeyContainer({ publicKey: TEST_KEY.publicKey.raw, encryption: undefined, section });
}

function blobOf(text: string): Uint8Array {
  const blob = fromBase64(text.split('\n').slice(1, -2).join(''));
  assert.ok(blob !== undefined);
  return blob;
}

describe('openssh-key-v1', () => {
  const dir = useTempDir();

  it('is written byte for byte as ssh-keygen writes it, for the same check number', () => {
    for (const comment of ['', 'a', 'test key', 'ünï', 'x'.repeat(33)]) {
      sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', dir.at(`key${comment.length}`)]);
      const theirs = readFileSync(dir.at(`key${comment.length}`), 'utf8');
      const container = parsePrivateKeyContainer(theirs);
      const key = parsePrivateSection(container.section, container);
      assert.equal(key.publicKey.comment, comment);
      const check = new DataView(container.section.buffer, container.section.byteOffset).getUint32(0);
      assert.deepEqual(formatPrivateSection(key, check, false), container.section);
      assert.equal(formatPrivateKeyContainer(container), theirs);
    }
  });

  it('reads what it writes, whatever comment and check number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z@ ]{0,40}$/), fc.nat(0xffffffff), (text, check) => {
        const comment = text.replace(/ +/g, ' ').trim();
        const container = parsePrivateKeyContainer(plainFile(comment, check));
        const key = parsePrivateSection(container.section, container);
        assert.deepEqual(key.seed, TEST_KEY.seed);
        assert.equal(key.publicKey.comment, comment);
      }),
    );
  });

  it('shows cipher, salt and rounds of an encrypted file', () => {
    sshKeygen(['-q', '-t', 'ed25519', '-a', '5', '-N', 'secret', '-f', dir.at('key')]);
    const { encryption, section } = parsePrivateKeyContainer(readFileSync(dir.at('key'), 'utf8'));
    assert.equal(encryption?.cipher, 'aes256-ctr');
    assert.equal(encryption?.rounds, 5);
    assert.equal(encryption?.salt.length, 16);
    assert.equal(section.length % 16, 0);
  });

  it('refuses every truncation and every appended byte', async () => {
    const blob = blobOf(plainFile());
    for (let length = 0; length <= blob.length + 1; length++) {
      if (length === blob.length) continue;
      const changed = new Uint8Array(length);
      changed.set(blob.subarray(0, length));
      await throwsCode(() => parsePrivateKeyContainer(formatArmorText(PRIVATE_KEY_LABEL, changed)), 'key/invalid');
    }
  });

  it('never yields another key after a flipped bit: it refuses, or only seed and comment differ', () => {
    const blob = blobOf(plainFile());
    for (let bit = 0; bit < blob.length * 8; bit++) {
      const changed = blob.slice();
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      try {
        const container = parsePrivateKeyContainer(formatArmorText(PRIVATE_KEY_LABEL, changed));
        const key = parsePrivateSection(container.section, container);
        assert.deepEqual(key.publicKey.raw, TEST_KEY.publicKey.raw);
      } catch (error) {
        assert.match((error as { code?: string }).code ?? String(error), /^key\/(invalid|unsupported|passphrase)$/);
      }
    }
  });

  it('refuses other ciphers and key types by name', async () => {
    sshKeygen(['-q', '-t', 'ed25519', '-Z', 'aes128-cbc', '-a', '1', '-N', 'secret', '-f', dir.at('cbc')]);
    const error = await throwsCode(
      () => parsePrivateKeyContainer(readFileSync(dir.at('cbc'), 'utf8')),
      'key/unsupported',
    );
    assert.equal(error.facts.cipher, 'aes128-cbc');
    sshKeygen(['-q', '-t', 'ecdsa', '-N', '', '-f', dir.at('ecdsa')]);
    await throwsCode(() => parsePrivateKeyContainer(readFileSync(dir.at('ecdsa'), 'utf8')), 'key/unsupported');
  });

  it('tells unequal check numbers of a decrypted section from a damaged plain one', async () => {
    const container = parsePrivateKeyContainer(plainFile());
    const section = container.section.slice();
    section[0] = 99;
    await throwsCode(() => parsePrivateSection(section, container), 'key/invalid');
    const encryption = { cipher: 'aes256-ctr', kdf: 'bcrypt', salt: new Uint8Array(16), rounds: 1 } as const;
    await throwsCode(() => parsePrivateSection(section, { ...container, encryption }), 'key/passphrase');
  });
});
