/** OpenSSH public keys, one line each, Ed25519 only; and the key id that `ssh-keygen -l` prints. */
import { Cursor } from '../bytes/cursor.js';
import { fromBase64, toBase64 } from '../bytes/text.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { ED25519, readName, readString, strings } from './wire.js';

export interface PublicKey {
  readonly type: 'ssh-ed25519';
  /** The 32 bytes of the point. */
  readonly raw: Uint8Array;
  /** For people only; may be empty. */
  readonly comment: string;
}

declare const keyIdBrand: unique symbol;
/** `SHA256:` and 43 characters of base64 without padding. */
export type KeyId = string & { readonly [keyIdBrand]: true };

/** Longer ones are cut: a comment is a label, and it ends up in tables and policies. */
const COMMENT_LIMIT = 200;

/** From `ssh-ed25519 AAAA… comment`; throws `key/unsupported` for other types, `key/invalid` for anything else. */
export function parsePublicKey(line: string): PublicKey {
  const [type = '', base64 = '', ...comment] = line.trim().split(/[ \t]+/);
  if (type !== ED25519) throw isKeyType(type) ? unsupportedType(type) : invalid('not an OpenSSH public key line');
  const blob = fromBase64(base64);
  if (blob === undefined) throw invalid('public key is not canonical base64');
  return makePublicKey(decodePublicBlob(blob), comment.join(' '));
}

export function formatPublicKey(key: PublicKey): string {
  const base64 = toBase64(encodePublicBlob(key.raw));
  return key.comment === '' ? `${ED25519} ${base64}` : `${ED25519} ${base64} ${key.comment}`;
}

/** A key from its 32 bytes; the comment is reduced to one printable line. */
export function makePublicKey(raw: Uint8Array, comment = ''): PublicKey {
  if (raw.length !== 32) throw invalid(`an Ed25519 public key has 32 bytes, not ${raw.length}`);
  const printable = comment
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return { type: ED25519, raw: raw.slice(), comment: [...printable].slice(0, COMMENT_LIMIT).join('').trim() };
}

/** The public key as the SSH protocols carry it. */
export function encodePublicBlob(raw: Uint8Array): Uint8Array {
  return strings(ED25519, raw);
}

/** The 32 bytes inside a blob; `code` says which format it came from. */
export function decodePublicBlob(
  blob: Uint8Array,
  code: 'key/invalid' | 'signature/malformed' = 'key/invalid',
): Uint8Array {
  const cursor = new Cursor(blob, code);
  const type = readName(cursor, 'key type');
  if (type !== ED25519)
    throw isKeyType(type) ? unsupportedType(type) : new At1Error(code, { message: 'unknown key type' });
  const raw = readString(cursor, 'public key');
  if (raw.length !== 32) cursor.fail(`an Ed25519 public key has 32 bytes, not ${raw.length}`);
  cursor.expectEnd('public key');
  return raw;
}

export function keyIdOf(raw: Uint8Array, engines: Pick<Engines, 'sha256'>): KeyId {
  const base64 = toBase64(engines.sha256(encodePublicBlob(raw)));
  return `SHA256:${base64.slice(0, base64.indexOf('='))}` as KeyId;
}

/** From the text `ssh-keygen -l` shows; throws `key/invalid`. */
export function parseKeyId(text: string): KeyId {
  if (!text.startsWith('SHA256:') || fromBase64(`${text.slice(7)}=`)?.length !== 32) {
    throw invalid('not a key id: SHA256: and 43 characters of base64');
  }
  return text as KeyId;
}

/** True for the names of key types that OpenSSH knows, ours included. */
export function isKeyType(type: string): boolean {
  return /^(sk-)?(ssh-(rsa|dss|ed25519|ed448)|ecdsa-sha2-nistp\d+)(-cert-v01)?(@openssh\.com)?$/.test(type);
}

export function unsupportedType(type: string): At1Error {
  return new At1Error('key/unsupported', {
    message: `keys of type ${type} are not supported`,
    hint: 'use an Ed25519 key: `at1 key generate` or `ssh-keygen -t ed25519`',
    facts: { type },
  });
}

function invalid(message: string): At1Error {
  return new At1Error('key/invalid', { message });
}
