/** Engines without native code, for browsers and as a second opinion in tests. They read and judge; they do not compress. */
import { blake3 } from '@noble/hashes/blake3.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { asideHere, type Engines, type Hasher } from '../engines.js';
import { loadKernel } from '../transforms/load-kernel.js';
import { keyIsStrong, strictVerify } from './ed25519.js';
import { inflate } from './inflate.js';
import { xzCompress, xzDecompress } from './xz.js';
import { zstdCompress, zstdDecompress } from './zstd.js';

export async function createPortableEngines(): Promise<Engines> {
  return {
    name: 'portable',
    sha256: (data) => sha256(data),
    sha256Aside: async (data) => sha256(data),
    sha512: (data) => sha512(data),
    sha1: (data) => sha1(data),
    blake3: (data) => blake3(data),
    newSha256: () => hasherOf(sha256.create()),
    newBlake3: () => hasherOf(blake3.create()),
    newSha256Aside: () => asideHere(hasherOf(sha256.create())),
    zstdCompress,
    zstdDecompress,
    xzCompress,
    xzDecompress,
    kernel: loadKernel,
    inflate,
    ed25519Verify: strictVerify,
    ed25519VerifyAside: async (signature, message, publicKey) => strictVerify(signature, message, publicKey),
    ed25519KeyIsStrong: keyIsStrong,
  };
}

function hasherOf(hash: { update(data: Uint8Array): unknown; digest(): Uint8Array }): Hasher {
  return { update: (data) => void hash.update(data), digest: () => hash.digest() };
}
