/** Random numbers that a seed repeats: the same seed gives the same cases on every machine. */

export interface Random {
  /** 0 to 2^32 - 1. */
  u32(): number;
  /** 0 to `limit` - 1. */
  below(limit: number): number;
  chance(oneIn: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** The generator sfc32. */
export function randomFrom(seed: number): Random {
  let [a, b, c, counter] = [0x9e3779b9 ^ seed, 0x243f6a88, (0xb7e15162 + seed) | 0, 1];
  const u32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) u32();
  const below = (limit: number): number => Math.floor((u32() / 2 ** 32) * limit);
  return {
    u32,
    below,
    chance: (oneIn) => below(oneIn) === 0,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[below(list.length)] as T;
    },
  };
}
