/** Huffman codes as zstd has them (RFC 8878, 4.2.1): made from a histogram, as codes to write and as a table to read by. */
import { VALUES } from './plane-format.js';

/** No code is longer. A weight w stands for a code of `bits + 1 - w` bits, 0 for a value that does not occur. */
export const MOST_BITS = 11;
const KRAFT = 2 ** MOST_BITS;

export interface HuffmanCode {
  readonly weights: Uint8Array;
  /** Length of the longest code. */
  readonly bits: number;
}

/** Of two values or more. */
export function huffmanOf(counts: Uint32Array): HuffmanCode {
  // Count and value in one number: 131,072 bytes at most are counted.
  const sorted = new Uint32Array(VALUES);
  let present = 0;
  for (let value = 0; value < VALUES; value++) {
    const count = counts[value] as number;
    if (count !== 0) sorted[present++] = count * VALUES + value;
  }
  const leaves = sorted.subarray(0, present).sort();
  const lengths = depthsOf(leaves);
  limitDepths(lengths);
  const bits = Math.max(...lengths);
  const weights = new Uint8Array(VALUES);
  leaves.forEach((leaf, i) => {
    weights[leaf % VALUES] = bits + 1 - (lengths[i] as number);
  });
  return { weights, bits };
}

/** Of each leaf, the rarest first: two queues, of leaves and of nodes, both sorted. */
function depthsOf(leaves: Uint32Array): Uint8Array {
  const { length } = leaves;
  const sums = new Float64Array(length);
  /** Of leaves, then of nodes: the node above. */
  const above = new Uint16Array(2 * length);
  let [leaf, node] = [0, 0];
  for (let made = 0; made < length - 1; made++) {
    for (let side = 0; side < 2; side++) {
      const count = leaf < length ? Math.floor((leaves[leaf] as number) / VALUES) : Number.POSITIVE_INFINITY;
      if (node < made && (sums[node] as number) < count) {
        sums[made] = (sums[made] as number) + (sums[node] as number);
        above[length + node++] = made;
      } else {
        sums[made] = (sums[made] as number) + count;
        above[leaf++] = made;
      }
    }
  }
  const depths = new Uint8Array(length - 1);
  for (let i = length - 3; i >= 0; i--) depths[i] = (depths[above[length + i] as number] as number) + 1;
  return Uint8Array.from(leaves, (_, i) => (depths[above[i] as number] as number) + 1);
}

/** Shortens codes that are too long and lengthens others, the rarest that cost least, until the code is complete again. */
function limitDepths(lengths: Uint8Array): void {
  let sum = 0;
  for (let i = 0; i < lengths.length; i++) {
    lengths[i] = Math.min(lengths[i] as number, MOST_BITS);
    sum += KRAFT >> (lengths[i] as number);
  }
  while (sum > KRAFT) {
    // Lengths fall from the rarest on: the first below the limit is the longest of those that can grow.
    const i = lengths.findIndex((length) => length < MOST_BITS);
    sum -= KRAFT >> ((lengths[i] as number) + 1);
    lengths[i] = (lengths[i] as number) + 1;
  }
  for (let i = lengths.length - 1; sum < KRAFT; i--) {
    const gain = KRAFT >> (lengths[i] as number);
    if (gain > KRAFT - sum) continue;
    sum += gain;
    lengths[i] = (lengths[i] as number) - 1;
  }
}

/** Each value's code, and from bit 16 on its length. */
export function codesOf({ weights, bits }: HuffmanCode): Uint32Array {
  const codes = new Uint32Array(VALUES);
  eachByWeight(weights, bits, (value, weight, place) => {
    codes[value] = (place >> (weight - 1)) | ((bits + 1 - weight) << 16);
  });
  return codes;
}

/** For each of 2^11 continuations the value, times 256, and the length of its code; undefined where it is no whole code. */
export function decodingOf({ weights, bits }: HuffmanCode): Uint16Array | undefined {
  const table = new Uint16Array(KRAFT);
  const wide = MOST_BITS - bits;
  const end = eachByWeight(weights, bits, (value, weight, place) => {
    const from = place << wide;
    table.fill((value << 8) | (bits + 1 - weight), from, from + (1 << (weight - 1 + wide)));
  });
  return end === 1 << bits ? table : undefined;
}

/** From the longest codes to the shortest, values in order: `place` is where the value's share of 2^bits begins. */
function eachByWeight(
  weights: Uint8Array,
  bits: number,
  use: (value: number, weight: number, place: number) => void,
): number {
  let place = 0;
  for (let weight = 1; weight <= bits; weight++) {
    for (let value = weights.indexOf(weight); value >= 0; value = weights.indexOf(weight, value + 1)) {
      use(value, weight, place);
      place += 1 << (weight - 1);
    }
  }
  return place;
}

/** Bytes that the codes of these counts take; Infinity where a value has none. */
export function huffmanLength(counts: Uint32Array, { weights, bits }: HuffmanCode): number {
  let sum = 0;
  for (let value = 0; value < VALUES; value++) {
    const count = counts[value] as number;
    if (count === 0) continue;
    const weight = weights[value] as number;
    if (weight === 0) return Number.POSITIVE_INFINITY;
    sum += count * (bits + 1 - weight);
  }
  return Math.ceil(sum / 8);
}
