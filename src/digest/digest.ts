/** SHA-256 digests as a branded type: 64 lower-case hex digits inside, `sha256:` in front for people. */
import { toHex } from '../bytes/text.js';
import { At1Error } from '../errors.js';

declare const digestBrand: unique symbol;
declare const blake3Brand: unique symbol;

/** SHA-256 as 64 lower-case hex digits, without prefix. */
export type Digest = string & { readonly [digestBrand]: true };
/** BLAKE3-256 as 64 lower-case hex digits, without prefix. */
export type Blake3 = string & { readonly [blake3Brand]: true };

export function isDigestHex(text: string): boolean {
  if (text.length !== 64) return false;
  for (let i = 0; i < 64; i++) {
    const c = text.charCodeAt(i);
    if (!((c >= 48 && c <= 57) || (c >= 97 && c <= 102))) return false;
  }
  return true;
}

/** From 64 hex digits or `sha256:` + 64 hex digits; throws `usage/invalid`. */
export function parseDigest(text: string): Digest {
  const hex = text.startsWith('sha256:') ? text.slice(7) : text;
  if (!isDigestHex(hex)) {
    throw new At1Error('usage/invalid', {
      message: `not a SHA-256 digest: '${text.slice(0, 80)}'`,
      hint: 'write sha256: and 64 lower-case hex digits',
    });
  }
  return hex as Digest;
}

export function formatDigest(digest: Digest): string {
  return `sha256:${digest}`;
}

/** From the 32 bytes a hash function returns. */
export function digestOf(bytes: Uint8Array): Digest {
  if (bytes.length !== 32) throw new RangeError(`a SHA-256 has 32 bytes, not ${bytes.length}`);
  return toHex(bytes) as Digest;
}

export function blake3Of(bytes: Uint8Array): Blake3 {
  if (bytes.length !== 32) throw new RangeError(`a BLAKE3 has 32 bytes, not ${bytes.length}`);
  return toHex(bytes) as Blake3;
}
