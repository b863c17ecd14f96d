/** Seeded incompressible bytes (xoshiro128**): the same on every machine, hundreds of megabytes a second. */

export function randomBytes(length: number, seed: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  let [a, b, c, d] = expandSeed(seed);
  for (let i = 0; i < words.length; i++) {
    const mixed = Math.imul(b, 5);
    words[i] = Math.imul((mixed << 7) | (mixed >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
  }
  return new Uint8Array(words.buffer, 0, length);
}

/** The same bytes in pieces, for data larger than memory; `pieceSize` must be the same to get the same bytes. */
export async function* randomStream(length: number, seed: number, pieceSize = 1 << 20): AsyncGenerator<Uint8Array> {
  for (let at = 0, piece = 0; at < length; at += pieceSize, piece++) {
    yield randomBytes(Math.min(pieceSize, length - at), seed + piece);
  }
}

/** Four different words even for seeds 0, 1, 2 (splitmix32). */
function expandSeed(seed: number): [number, number, number, number] {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  return [next(), next(), next(), next()];
}
