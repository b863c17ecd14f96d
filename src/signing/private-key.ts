/**
 * The `openssh-key-v1` file as bytes (OpenSSH, PROTOCOL.key): the outer container, and the section inside once it is
 * in plain. Decryption and everything secret-keeping is in `keys/`; nothing here touches a disk or a cipher.
 */
import { Cursor } from '../bytes/cursor.js';
import { equalBytes, fromLatin1, fromUtf8, utf8 } from '../bytes/text.js';
import { ByteWriter, concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { formatArmorText, parseArmorText } from './armor.js';
import { decodePublicBlob, encodePublicBlob, makePublicKey, type PublicKey } from './public-key.js';
import { ED25519, readName, readString, strings, writeString } from './wire.js';

export interface PrivateKeyContainer {
  /** The 32 bytes stored in clear; only a claim until the section has been read. */
  readonly publicKey: Uint8Array;
  /** Undefined for a plain file. */
  readonly encryption: KeyEncryption | undefined;
  /** The private section: plain, or the cipher text. */
  readonly section: Uint8Array;
}

export interface KeyEncryption {
  readonly cipher: 'aes256-ctr';
  readonly kdf: 'bcrypt';
  readonly salt: Uint8Array;
  readonly rounds: number;
}

export interface Ed25519PrivateKey {
  readonly publicKey: PublicKey;
  /** 32 secret bytes. */
  readonly seed: Uint8Array;
}

export const PRIVATE_KEY_LABEL = 'OPENSSH PRIVATE KEY';
const MAGIC = utf8('openssh-key-v1\0');
/** Blocks that padding fills: of no cipher, and of AES. */
const PLAIN_BLOCK = 8;
const AES_BLOCK = 16;

/** From the PEM-like text; throws `key/invalid`, or `key/unsupported` for other key types, ciphers or several keys. */
export function parsePrivateKeyContainer(text: string): PrivateKeyContainer {
  const cursor = new Cursor(parseArmorText(PRIVATE_KEY_LABEL, text, 'key/invalid'), 'key/invalid');
  if (!equalBytes(cursor.take(MAGIC.length, 'magic'), MAGIC)) cursor.fail('magic is not openssh-key-v1');
  const cipher = readName(cursor, 'cipher');
  const kdf = readName(cursor, 'key derivation');
  const encryption = parseEncryption(cipher, kdf, readString(cursor, 'key derivation options'));
  const count = cursor.u32be('number of keys');
  if (count !== 1) throw new At1Error('key/unsupported', { message: `the file holds ${count} keys, not one` });
  const publicKey = decodePublicBlob(readString(cursor, 'public key'));
  const section = readString(cursor, 'private section');
  cursor.expectEnd('private key file');
  const block = encryption === undefined ? PLAIN_BLOCK : AES_BLOCK;
  if (section.length === 0 || section.length % block !== 0) cursor.fail(`private section of ${section.length} bytes`);
  return { publicKey: publicKey.slice(), encryption, section: section.slice() };
}

export function formatPrivateKeyContainer(container: PrivateKeyContainer): string {
  const { encryption } = container;
  const options = encryption === undefined ? new Uint8Array() : formatBcryptOptions(encryption);
  const writer = new ByteWriter().bytes(MAGIC);
  writer.bytes(strings(encryption?.cipher ?? 'none', encryption?.kdf ?? 'none', options)).u32be(1);
  writer.bytes(strings(encodePublicBlob(container.publicKey), container.section));
  return formatArmorText(PRIVATE_KEY_LABEL, writer.finish());
}

/**
 * The plain section. Unequal check numbers throw `key/passphrase` when the section was decrypted, else `key/invalid`.
 * That the public key really belongs to the seed is for the caller, who can compute it, to check.
 */
export function parsePrivateSection(section: Uint8Array, container: PrivateKeyContainer): Ed25519PrivateKey {
  const cursor = new Cursor(section, 'key/invalid');
  const check = cursor.u32be('check');
  if (cursor.u32be('repeated check') !== check) {
    if (container.encryption === undefined) cursor.fail('check numbers of the private section differ');
    throw new At1Error('key/passphrase', { message: 'wrong passphrase' });
  }
  const type = readName(cursor, 'key type');
  if (type !== ED25519) throw new At1Error('key/unsupported', { message: `keys of type ${type} are not supported` });
  const publicKey = readString(cursor, 'public key');
  const secret = readString(cursor, 'private key');
  if (secret.length !== 64) cursor.fail(`an Ed25519 private key has 64 bytes here, not ${secret.length}`);
  const comment = commentText(readString(cursor, 'comment'));
  const padding = cursor.rest();
  const block = container.encryption === undefined ? PLAIN_BLOCK : AES_BLOCK;
  if (padding.length >= block || padding.some((byte, i) => byte !== i + 1)) cursor.fail('padding is not 1, 2, 3');
  // three copies of the public key: signing with one that is not the seed's gives the seed away
  if (!equalBytes(publicKey, container.publicKey) || !equalBytes(secret.subarray(32), container.publicKey)) {
    cursor.fail('the public keys in the file differ');
  }
  return { publicKey: makePublicKey(publicKey, comment), seed: secret.slice(0, 32) };
}

/** `check` is any random number; it only lets a reader notice a wrong passphrase. */
export function formatPrivateSection(key: Ed25519PrivateKey, check: number, encrypted: boolean): Uint8Array {
  const { raw, comment } = key.publicKey;
  const writer = new ByteWriter().u32be(check).u32be(check);
  for (const part of [ED25519, raw, concatBytes([key.seed, raw]), comment]) writeString(writer, part);
  const block = encrypted ? AES_BLOCK : PLAIN_BLOCK;
  for (let i = 1; writer.length % block !== 0; i++) writer.u8(i);
  return writer.finish();
}

function parseEncryption(cipher: string, kdf: string, options: Uint8Array): KeyEncryption | undefined {
  if (cipher === 'none' && kdf === 'none') {
    if (options.length !== 0) throw new At1Error('key/invalid', { message: 'a plain key has key derivation options' });
    return undefined;
  }
  if (cipher !== 'aes256-ctr' || kdf !== 'bcrypt') {
    throw new At1Error('key/unsupported', {
      message: `private key file encrypted with ${cipher} and ${kdf}`,
      hint: 'load it into an ssh-agent, or write it anew with `ssh-keygen -p -Z aes256-ctr -f FILE`',
      facts: { cipher, kdf },
    });
  }
  const cursor = new Cursor(options, 'key/invalid');
  const salt = readString(cursor, 'salt').slice();
  const rounds = cursor.u32be('rounds');
  cursor.expectEnd('key derivation options');
  if (salt.length === 0 || rounds === 0) throw new At1Error('key/invalid', { message: 'empty salt or zero rounds' });
  return { cipher, kdf, salt, rounds };
}

function formatBcryptOptions(encryption: KeyEncryption): Uint8Array {
  return writeString(new ByteWriter(), encryption.salt).u32be(encryption.rounds).finish();
}

/** Old tools wrote comments in whatever encoding was at hand; a comment must not make a key unreadable. */
function commentText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    // not UTF-8: shown byte by byte, which is what Latin-1 is
    return fromLatin1(bytes);
  }
}
