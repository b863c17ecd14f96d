/**
 * Strict Ed25519 on node:crypto: the fast half of the one rule in `engines.ts`. OpenSSL compares encode(S·B − k·A)
 * with the R bytes as the rule wants, but takes any A it can decode; that gap is closed by `edwards-key.ts`.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { toHex } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { isScalar, isStrongPublicKey } from './edwards-key.js';

/** Keys a policy names are few; the bound only stops hostile input from growing the map. */
const CACHED_KEYS = 256;
/** DER of SubjectPublicKeyInfo for Ed25519 up to the 32 key bytes. */
const SPKI_PREFIX = Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]);
const cache = new Map<string, KeyObject | undefined>();

/** True where S < L and encode(S·B − k·A) equals the R bytes, for a strong A. False, never an error, for anything else. */
export function strictVerify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const key = strongKey(publicKey);
  // OpenSSL checks S too; the rule does not lean on the version of it that happens to be linked
  return key !== undefined && isScalar(signature.subarray(32)) && verify(null, message, key, signature);
}

/** The same verdict from node's thread pool. */
export async function strictVerifyAside(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (signature.length !== 64) return false;
  const key = strongKey(publicKey);
  if (key === undefined || !isScalar(signature.subarray(32))) return false;
  return new Promise((resolve, reject) => {
    verify(null, message, key, signature, (error, good) => (error === null ? resolve(good) : reject(error)));
  });
}

/** True where the bytes are the canonical encoding of a point of the prime-order subgroup other than the identity. */
export function keyIsStrong(publicKey: Uint8Array): boolean {
  return strongKey(publicKey) !== undefined;
}

function strongKey(publicKey: Uint8Array): KeyObject | undefined {
  if (publicKey.length !== 32) return undefined;
  const name = toHex(publicKey);
  if (cache.has(name)) return cache.get(name);
  const key = isStrongPublicKey(publicKey) ? importKey(publicKey) : undefined;
  if (cache.size >= CACHED_KEYS) cache.clear();
  cache.set(name, key);
  return key;
}

function importKey(publicKey: Uint8Array): KeyObject {
  // node:crypto wants a Buffer here; this one is a view that never leaves the function
  const der = concatBytes([SPKI_PREFIX, publicKey]);
  return createPublicKey({ key: Buffer.from(der.buffer), format: 'der', type: 'spki' });
}
