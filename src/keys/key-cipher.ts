/** The encryption of OpenSSH private key files: bcrypt_pbkdf, then AES-256 in counter mode. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt-pbkdf';
import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import type { KeyEncryption } from '../signing/private-key.js';

/** What `ssh-keygen` uses by default in its own time; each round costs about 30 ms here. */
export const DEFAULT_ROUNDS = 16;
/** A hostile file must not stop us for hours. */
const MAX_ROUNDS = 1000;
const SALT_LENGTH = 16;
const KEY_LENGTH = 32;
const IV_LENGTH = 16;

export function newEncryption(rounds = DEFAULT_ROUNDS): KeyEncryption {
  return { cipher: 'aes256-ctr', kdf: 'bcrypt', salt: Uint8Array.from(randomBytes(SALT_LENGTH)), rounds };
}

export function encryptSection(plain: Uint8Array, encryption: KeyEncryption, passphrase: string): Uint8Array {
  const secret = deriveKey(encryption, passphrase);
  const cipher = createCipheriv('aes-256-ctr', secret.subarray(0, KEY_LENGTH), secret.subarray(KEY_LENGTH));
  const out = Uint8Array.from(Buffer.concat([cipher.update(plain), cipher.final()]));
  secret.fill(0);
  return out;
}

/** Whether the passphrase was right shows only when the result is parsed. */
export function decryptSection(section: Uint8Array, encryption: KeyEncryption, passphrase: string): Uint8Array {
  const secret = deriveKey(encryption, passphrase);
  const cipher = createDecipheriv('aes-256-ctr', secret.subarray(0, KEY_LENGTH), secret.subarray(KEY_LENGTH));
  const out = Uint8Array.from(Buffer.concat([cipher.update(section), cipher.final()]));
  secret.fill(0);
  return out;
}

function deriveKey({ salt, rounds }: KeyEncryption, passphrase: string): Uint8Array {
  if (rounds > MAX_ROUNDS) {
    throw new At1Error('key/unsupported', {
      message: `key file asks for ${rounds} rounds of key derivation, more than ${MAX_ROUNDS}`,
      hint: 'load the key into an ssh-agent, or write it anew with `ssh-keygen -p -a 100 -f FILE`',
      facts: { rounds, limit: MAX_ROUNDS },
    });
  }
  const secret = new Uint8Array(KEY_LENGTH + IV_LENGTH);
  const bytes = utf8(passphrase);
  const result = bcrypt.pbkdf(bytes, bytes.length, salt, salt.length, secret, secret.length, rounds);
  bytes.fill(0);
  if (result !== 0) throw new At1Error('key/passphrase', { message: 'key derivation failed' });
  return secret;
}
