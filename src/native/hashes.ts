/** SHA-1, SHA-256 and SHA-512 from node:crypto, BLAKE3 from a native addon or, where that does not load, from wasm. */
import { createHash, type Hash } from 'node:crypto';
import type { Engines, Hasher } from '../engines.js';
import { sha256OfShared } from './hash-thread.js';

export interface Blake3Engine {
  readonly hash: (data: Uint8Array) => Uint8Array;
  readonly start: () => Hasher;
}

/** Shorter data is hashed sooner than it is copied for another thread. */
const ASIDE_FROM = 256 * 1024;

export const hashes: Pick<Engines, 'sha1' | 'sha256' | 'sha256Aside' | 'sha512' | 'newSha256'> = {
  sha1: (data) => finish(createHash('sha1').update(data)),
  sha256: (data) => finish(createHash('sha256').update(data)),
  sha256Aside: async (data) => {
    if (data.length < ASIDE_FROM) return finish(createHash('sha256').update(data));
    if (data.buffer instanceof SharedArrayBuffer) return sha256OfShared(data);
    // WebCrypto hashes in node's thread pool, after a copy. Loaded on first use: most commands hash nothing long.
    return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', data));
  },
  sha512: (data) => finish(createHash('sha512').update(data)),
  newSha256: () => {
    const hash = createHash('sha256');
    return { update: (data) => void hash.update(data), digest: () => finish(hash) };
  },
};

/** The addon is a package per platform; the wasm module runs everywhere at a tenth of the speed. */
export async function loadBlake3(): Promise<Blake3Engine> {
  return (await loadBlake3Addon()) ?? loadBlake3Wasm();
}

export async function loadBlake3Addon(): Promise<Blake3Engine | undefined> {
  try {
    const { blake3, Blake3Hasher } = await import('@napi-rs/blake-hash');
    return {
      hash: (data) => unpooled(blake3(data)),
      start: () => {
        const hasher = new Blake3Hasher();
        return { update: (data) => hasher.update(data), digest: () => unpooled(hasher.digestBuffer()) };
      },
    };
  } catch {
    // No binary for this platform, or one that its libc refuses: the caller has another engine with equal results.
    return undefined;
  }
}

export async function loadBlake3Wasm(): Promise<Blake3Engine> {
  const { createBLAKE3 } = await import('hash-wasm');
  // One-shot hashes share this instance; it is idle between two calls because nothing here waits.
  const shared = await createBLAKE3();
  const fresh = shared.init().save();
  return {
    hash: (data) => shared.init().update(data).digest('binary'),
    start: () => {
      // An instance has one state and making one is asynchronous, so a hasher keeps its state outside between updates.
      let state = fresh;
      return {
        update: (data) => {
          state = shared.load(state).update(data).save();
        },
        digest: () => shared.load(state).digest('binary'),
      };
    },
  };
}

function finish(hash: Hash): Uint8Array {
  return unpooled(hash.digest());
}

/** A copy that shares no pool and is no Buffer. */
function unpooled(buffer: Uint8Array): Uint8Array {
  return Uint8Array.from(buffer);
}
