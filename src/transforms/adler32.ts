/** Adler-32 (RFC 1950) of what came `before` and these bytes, 1 at the start: the twin of wasm/adler.ts. */

const MODULUS = 65_521;
/** Most additions before the sums must be reduced to stay exact in 32 bits, as in zlib. */
const RUN = 5552;

export function adler32Of(bytes: Uint8Array, before: number): number {
  let a = before & 0xffff;
  let b = before >>> 16;
  for (let start = 0; start < bytes.length; start += RUN) {
    const end = Math.min(start + RUN, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i] as number;
      b = (b + a) | 0;
    }
    a %= MODULUS;
    b = (b >>> 0) % MODULUS;
  }
  return ((b << 16) | a) >>> 0;
}
