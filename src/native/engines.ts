/** The fast engines: node:crypto, node:zlib, libzstd, liblzma, BLAKE3 as an addon. Codecs load when first used. */
import type { Engines } from '../engines.js';
import { loadKernel } from '../transforms/load-kernel.js';
import { loadBlake3 } from './blake3.js';
import { keyIsStrong, strictVerify, strictVerifyAside } from './ed25519.js';
import { hashes } from './hashes.js';
import { inflate } from './inflate.js';
import { type Xz, xzOfLzmaNative } from './xz.js';
import { type Zstd, zstdOfNode, zstdOfWasm } from './zstd.js';

export async function createNativeEngines(): Promise<Engines> {
  const blake3 = await loadBlake3();
  let zstd: Zstd | undefined;
  let xz: Promise<Xz> | undefined;
  const zstdHere = (): Zstd => {
    zstd ??= zstdOfNode() ?? zstdOfWasm();
    return zstd;
  };
  const loadXz = (): Promise<Xz> => {
    xz ??= xzOfLzmaNative();
    return xz;
  };
  return {
    name: 'native',
    ...hashes,
    blake3: blake3.hash,
    newBlake3: blake3.start,
    zstdCompress: async (data, level) => zstdHere().zstdCompress(data, level),
    zstdDecompress: async (frame, size) => zstdHere().zstdDecompress(frame, size),
    xzCompress: async (data, preset, tuning) => (await loadXz()).xzCompress(data, preset, tuning),
    xzDecompress: async (stream, size) => (await loadXz()).xzDecompress(stream, size),
    kernel: loadKernel,
    inflate,
    ed25519Verify: strictVerify,
    ed25519VerifyAside: strictVerifyAside,
    ed25519KeyIsStrong: keyIsStrong,
  };
}
