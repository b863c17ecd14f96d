/** BLAKE3 from a native addon or, where that does not load, from wasm. */
import type { Hasher } from '../engines.js';

export interface Blake3Engine {
  readonly hash: (data: Uint8Array) => Uint8Array;
  readonly start: () => Hasher;
}

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

/** A copy that shares no pool and is no Buffer. */
function unpooled(buffer: Uint8Array): Uint8Array {
  return Uint8Array.from(buffer);
}
