/** SHA-1, SHA-256 and SHA-512 from node:crypto. */
import { createHash, type Hash } from 'node:crypto';
import type { Engines } from '../engines.js';
import { hasherOnThread, sha256OfShared } from './hash-thread.js';

/** Shorter data is hashed sooner than it is copied for another thread. */
const ASIDE_FROM = 256 * 1024;

export const hashes: Pick<Engines, 'sha1' | 'sha256' | 'sha256Aside' | 'sha512' | 'newSha256' | 'newSha256Aside'> = {
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
  newSha256Aside: hasherOnThread,
};

/** A copy that shares no pool and is no Buffer. */
function finish(hash: Hash): Uint8Array {
  return Uint8Array.from(hash.digest());
}
