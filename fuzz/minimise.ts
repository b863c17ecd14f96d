/** The shortest input found that still shows the same problem: pieces are left out, then bytes made plain. */

/** `shows` runs the case; at most `budget` times. */
export async function minimise(
  input: Uint8Array,
  shows: (candidate: Uint8Array) => Promise<boolean>,
  budget = 2000,
): Promise<Uint8Array> {
  let best = input;
  let left = budget;
  const attempt = async (candidate: Uint8Array): Promise<boolean> => {
    if (left-- <= 0 || !(await shows(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let size = best.length >> 1; size > 0 && left > 0; size >>= 1) {
    for (let at = 0; at < best.length && left > 0; ) {
      if (!(await attempt(without(best, at, size)))) at += size;
    }
  }
  for (let at = 0; at < best.length && left > 0; at++) {
    if (best[at] !== 0x61) await attempt(withByte(best, at, 0x61));
  }
  return best;
}

function without(input: Uint8Array, at: number, size: number): Uint8Array {
  const out = new Uint8Array(input.length - Math.min(size, input.length - at));
  out.set(input.subarray(0, at));
  out.set(input.subarray(at + size), at);
  return out;
}

function withByte(input: Uint8Array, at: number, byte: number): Uint8Array {
  const out = input.slice();
  out[at] = byte;
  return out;
}
