/**
 * Strict Ed25519 on noble's `Point` arithmetic: the portable half of the one rule in `engines.ts`.
 * Not noble's `verify`: its equation is multiplied by the cofactor and so accepts R + torsion.
 */
import { Point } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { equalBytes, toHex } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';

/** Keys a policy names are few; the bound only stops hostile input from growing the map. */
const CACHED_KEYS = 256;
const ORDER = Point.CURVE().n;
const cache = new Map<string, Point | undefined>();

/** True where S < L and encode(S·B − k·A) equals the R bytes, for a strong A. False, never an error, for anything else. */
export function strictVerify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const a = strongPoint(publicKey);
  if (a === undefined) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= ORDER) return false;
  const k = littleEndian(sha512(concatBytes([r, publicKey, message]))) % ORDER;
  const expected = Point.BASE.multiply(s, false).subtract(a.multiply(k, false));
  return equalBytes(expected.toBytes(), r);
}

/** True where the bytes are the canonical encoding of a point of the prime-order subgroup other than the identity. */
export function keyIsStrong(publicKey: Uint8Array): boolean {
  return strongPoint(publicKey) !== undefined;
}

function strongPoint(publicKey: Uint8Array): Point | undefined {
  if (publicKey.length !== 32) return undefined;
  const name = toHex(publicKey);
  if (cache.has(name)) return cache.get(name);
  const point = decodeStrong(publicKey);
  if (cache.size >= CACHED_KEYS) cache.clear();
  cache.set(name, point);
  return point;
}

function decodeStrong(publicKey: Uint8Array): Point | undefined {
  let point: Point;
  try {
    point = Point.fromBytes(publicKey, false);
  } catch {
    // noble says "not a point" only by throwing
    return undefined;
  }
  const canonical = equalBytes(point.toBytes(), publicKey);
  return canonical && !point.is0() && point.isTorsionFree() ? point : undefined;
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
}
