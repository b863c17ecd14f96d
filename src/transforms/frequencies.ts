/** A block's frequencies: made from a histogram, weighed against another, written and read as a table. */
import type { Cursor } from '../bytes/cursor.js';
import { FREQUENCY_SUM, VALUES } from './plane-format.js';
import { readShortVarint } from './read-varint.js';

/** What one byte of each frequency costs, in 2^-16 bits: whole numbers, so that every machine chooses alike. */
let costs: Float64Array | undefined;

/** Frequencies that sum to 4,096 in about the proportions of `counts`, which has two values or more. */
export function frequenciesOf(counts: Uint32Array): Uint16Array {
  const present: number[] = [];
  let total = 0;
  counts.forEach((count, value) => {
    if (count !== 0) present.push(value);
    total += count;
  });
  const frequencies = new Uint16Array(VALUES);
  let sum = 0;
  for (const value of present) {
    const share = Math.round(((counts[value] as number) * FREQUENCY_SUM) / total);
    frequencies[value] = Math.min(Math.max(1, share), FREQUENCY_SUM - 1);
    sum += frequencies[value] as number;
  }
  // One at a time where it costs the least, or saves the most: the derivative of the code's length.
  for (; sum > FREQUENCY_SUM; sum--) change(frequencies, counts, present, -1);
  for (; sum < FREQUENCY_SUM; sum++) change(frequencies, counts, present, 1);
  return frequencies;
}

function change(frequencies: Uint16Array, counts: Uint32Array, present: readonly number[], by: 1 | -1): void {
  let best = -1;
  let bestGain = Number.NEGATIVE_INFINITY;
  for (const value of present) {
    const frequency = frequencies[value] as number;
    if (frequency + by < 1 || frequency + by >= FREQUENCY_SUM) continue;
    const gain = (by * (counts[value] as number)) / (frequency + by / 2);
    if (gain > bestGain) {
      best = value;
      bestGain = gain;
    }
  }
  frequencies[best] = (frequencies[best] as number) + by;
}

/** Bytes that a block of these counts takes with these frequencies, about; Infinity if a value has none. */
export function codeLength(counts: Uint32Array, frequencies: Uint16Array): number {
  costs ??= Float64Array.from({ length: FREQUENCY_SUM }, (_, f) => Math.round(Math.log2(FREQUENCY_SUM / f) * 65_536));
  let cost = 0;
  for (let value = 0; value < VALUES; value++) {
    const count = counts[value] as number;
    if (count === 0) continue;
    const frequency = frequencies[value] as number;
    if (frequency === 0) return Number.POSITIVE_INFINITY;
    cost += count * (costs[frequency] as number);
  }
  return cost / 65_536 / 8;
}

/** Bytes that an order-0 code of these counts cannot do without. */
export function entropyLength(counts: Uint32Array): number {
  let total = 0;
  for (const count of counts) total += count;
  let bits = 0;
  for (const count of counts) if (count !== 0) bits += count * Math.log2(total / count);
  return bits / 8;
}

export function formatTable(frequencies: Uint16Array): Uint8Array {
  const table: number[] = [];
  for (let value = 0; value < VALUES; ) {
    const frequency = frequencies[value++] as number;
    pushShortVarint(table, frequency);
    if (frequency !== 0) continue;
    const first = value;
    while (value < VALUES && frequencies[value] === 0) value++;
    pushShortVarint(table, value - first);
  }
  return Uint8Array.from(table);
}

/** Of a number below 2^14. */
function pushShortVarint(bytes: number[], value: number): void {
  if (value < 0x80) bytes.push(value);
  else bytes.push((value & 0x7f) | 0x80, value >>> 7);
}

export function readTable(cursor: Cursor): Uint16Array {
  const frequencies = new Uint16Array(VALUES);
  let sum = 0;
  for (let value = 0; value < VALUES; ) {
    const frequency = readShortVarint(cursor, 'frequency', FREQUENCY_SUM - 1);
    frequencies[value++] = frequency;
    sum += frequency;
    if (frequency === 0) value += readShortVarint(cursor, 'values of frequency 0', VALUES - value);
  }
  if (sum !== FREQUENCY_SUM) cursor.fail(`frequencies sum to ${sum}, not to ${FREQUENCY_SUM}`);
  return frequencies;
}
