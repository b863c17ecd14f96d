/**
 * Cutting by content: a piece ends where a rolling hash of the last 32 bytes is low, so that equal content is cut alike
 * wherever it stands. Sought strictly before the average and loosely after it, which keeps lengths together.
 */
import type { CutSizes } from '../engines.js';

/** Bytes the hash remembers: each shifts it by one of its 32 bits. */
const WINDOW = 32;
/** How many bits are asked for more, and later fewer, than the average alone would ask for. */
const STRICTER = 2;

/** How a piece that begins at `start` is sought in data that ends at `end`. */
export interface Search {
  /** The first byte that is hashed, and the first behind which a cut may be. */
  readonly warm: number;
  readonly first: number;
  /** Until here the hash must be below `strict`, from here below `loose`. */
  readonly turn: number;
  /** The end of the piece if nothing is found. */
  readonly last: number;
  readonly strict: number;
  readonly loose: number;
}

export function searchFrom(start: number, end: number, sizes: CutSizes): Search {
  const last = Math.min(end, start + sizes.most);
  const first = Math.min(last, start + sizes.least - 1);
  const bits = Math.log2(sizes.average);
  return {
    warm: Math.min(last, start + sizes.least - WINDOW),
    first,
    turn: Math.min(last, start + sizes.average),
    last,
    strict: 2 ** (32 - bits - STRICTER),
    loose: 2 ** (32 - bits + STRICTER),
  };
}

export function checkSizes({ least, average, most }: CutSizes): void {
  const whole = [least, average, most].every(Number.isSafeInteger);
  const ordered = least >= 2 * WINDOW && least < average && average < most && average <= 2 ** 26;
  if (!whole || !ordered || !Number.isInteger(Math.log2(average))) {
    throw new RangeError(`not sizes of pieces: ${least}, ${average}, ${most}`);
  }
}

/** The twin of `roll` in wasm/kernel.ts and what its caller does with it. */
export function cutPointsOf(data: Uint8Array, sizes: CutSizes): number[] {
  checkSizes(sizes);
  const gear = gearTable();
  const cuts: number[] = [];
  for (let start = 0; start < data.length; ) {
    start = nextCut(data, gear, searchFrom(start, data.length, sizes));
    cuts.push(start);
  }
  return cuts;
}

function nextCut(data: Uint8Array, gear: Uint32Array, search: Search): number {
  let hash = 0;
  for (let i = search.warm; i < search.last; i++) {
    hash = ((hash << 1) + (gear[data[i] as number] as number)) >>> 0;
    if (i >= search.first && hash < (i < search.turn ? search.strict : search.loose)) return i + 1;
  }
  return search.last;
}

/** 256 words of splitmix32, from state 0: docs/format/transforms.md, "Cutting by content". */
export function gearTable(): Uint32Array {
  let state = 0;
  return Uint32Array.from({ length: 256 }, () => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  });
}
