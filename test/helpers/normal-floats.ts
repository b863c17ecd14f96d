/** Made weights: normally distributed fp32, little-endian, the same on every machine that has IEEE numbers. */
import { randomBytes } from './random-bytes.js';

/** `count` floats as bytes, standard deviation `deviation`: the sum of twelve uniform numbers, without any logarithm. */
export function normalFloats(count: number, seed: number, deviation = 0.05): Uint8Array {
  const random = randomBytes(count * 16, seed);
  const view = new DataView(random.buffer);
  const out = new DataView(new ArrayBuffer(count * 4));
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const word = view.getUint32(i * 16 + k * 4, true);
      sum += (word & 1023) / 1024 + ((word >>> 10) & 1023) / 1024 + (word >>> 20) / 4096;
    }
    // The low bits of a real weight are noise too.
    const noise = (view.getUint32(i * 16, true) / 2 ** 32 - 0.5) / 512;
    out.setFloat32(i * 4, (sum - 6 + noise) * deviation, true);
  }
  return new Uint8Array(out.buffer);
}
