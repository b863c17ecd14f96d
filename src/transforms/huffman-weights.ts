/** The weights of a Huffman code as zstd writes them (RFC 8878, 4.2.1): four bits each, or by a code of their own (FSE). */
import type { Cursor } from '../bytes/cursor.js';
import { BackwardBits, BitReader, readShares, type State, statesOf } from './fse.js';
import { type HuffmanCode, MOST_BITS } from './huffman-code.js';
import { VALUES } from './plane-format.js';

/** From here on the first byte is a number of weights; below it is a length in bytes. */
const PLAIN = 128;
/** The code of weights has 2^6 states. */
const LOG = 6;
const STATES = 2 ** LOG;

/** Undefined where zstd has no way to write them: some hundred and thirty values or more, all of one weight. */
export function formatWeights({ weights }: HuffmanCode): Uint8Array | undefined {
  // The last one follows from the others, which must sum to a power of two with it.
  let last = VALUES - 1;
  while (weights[last] === 0) last--;
  const told = weights.subarray(0, last);
  const coded = formatCoded(told);
  if (coded !== undefined && (told.length > PLAIN || coded.length < 1 + told.length / 2)) return coded;
  if (told.length > PLAIN) return undefined;
  const plain = new Uint8Array(1 + Math.ceil(told.length / 2));
  plain[0] = PLAIN - 1 + told.length;
  told.forEach((weight, i) => {
    plain[1 + (i >> 1)] = (plain[1 + (i >> 1)] as number) | (weight << (i % 2 === 0 ? 4 : 0));
  });
  return plain;
}

/** Moves the cursor over them. Undefined where they are not of the kinds that we write: a library may know better. */
export function readWeights(cursor: Cursor): HuffmanCode | undefined {
  const first = cursor.u8();
  const told = first >= PLAIN ? readPlain(cursor, first - PLAIN + 1) : readCoded(cursor.take(first));
  if (told === undefined || told.length >= VALUES) return undefined;
  let sum = 0;
  for (const weight of told) {
    if (weight > MOST_BITS) return undefined;
    if (weight > 0) sum += 2 ** (weight - 1);
  }
  if (sum === 0) return undefined;
  const bits = Math.floor(Math.log2(sum)) + 1;
  const last = Math.log2(2 ** bits - sum) + 1;
  if (bits > MOST_BITS || !Number.isInteger(last)) return undefined;
  const weights = new Uint8Array(VALUES);
  weights.set(told);
  weights[told.length] = last;
  return { weights, bits };
}

function readPlain(cursor: Cursor, count: number): Uint8Array {
  const bytes = cursor.take(Math.ceil(count / 2));
  return Uint8Array.from({ length: count }, (_, i) => ((bytes[i >> 1] as number) >> (i % 2 === 0 ? 4 : 0)) & 15);
}

function formatCoded(told: Uint8Array): Uint8Array | undefined {
  const shares = sharesOf(told);
  if (told.length < 2 || shares === undefined) return undefined;
  const states = statesOf({ shares, log: LOG });
  const parts: (readonly [value: number, bits: number])[] = [];
  // Two states in turn. Backwards, so that each step knows where it has to arrive; the last two arrive nowhere, and a reader
  // notices the end by what is missing for their next step.
  const at: number[] = new Array(told.length);
  for (let i = told.length - 1; i >= 0; i--) {
    const next = at[i + 2];
    at[i] = stateFor(states, told[i] as number, next);
    const { base, bits } = states[at[i] as number] as State;
    if (next !== undefined) parts.push([next - base, bits]);
  }
  parts.push([at[1] as number, LOG], [at[0] as number, LOG], [1, 1]);
  const table = new BitWriter();
  writeShares(table, shares);
  const stream = new BitWriter();
  for (const [value, bits] of parts) stream.add(value, bits);
  const bytes = [...table.finish(), ...stream.finish()];
  return bytes.length < PLAIN ? Uint8Array.of(bytes.length, ...bytes) : undefined;
}

function stateFor(states: readonly State[], symbol: number, next: number | undefined): number {
  let best = -1;
  states.forEach((state, i) => {
    if (state.symbol !== symbol) return;
    const fits = next === undefined || (next >= state.base && next < state.base + 2 ** state.bits);
    if (fits && (best < 0 || state.bits > (states[best] as State).bits)) best = i;
  });
  return best;
}

/** How many of the states each weight gets; undefined where there is but one weight. */
function sharesOf(told: Uint8Array): number[] | undefined {
  const counts = new Array<number>(Math.max(0, ...told) + 1).fill(0);
  for (const weight of told) counts[weight] = (counts[weight] as number) + 1;
  const shares = counts.map((count) => (count === 0 ? 0 : Math.max(1, Math.round((count * STATES) / told.length))));
  if (counts.filter((count) => count > 0).length < 2) return undefined;
  // What rounding left over is hardly noticed in the largest share.
  const largest = shares.indexOf(Math.max(...shares));
  shares[largest] = (shares[largest] as number) + STATES - shares.reduce((sum, share) => sum + share, 0);
  return shares;
}

/** RFC 8878, 4.1.1: each share takes as many bits as what is left of the sum allows. */
function writeShares(writer: BitWriter, shares: readonly number[]): void {
  writer.add(LOG - 5, 4);
  let left = STATES + 1;
  for (let symbol = 0; left > 1; ) {
    const share = shares[symbol++] as number;
    const width = Math.floor(Math.log2(left)) + 1;
    const threshold = 2 ** (width - 1);
    const most = 2 * threshold - 1 - left;
    const value = share + 1 >= threshold ? share + 1 + most : share + 1;
    writer.add(value, value < most ? width - 1 : width);
    left -= share;
    if (share > 0) continue;
    let zeros = 0;
    while (shares[symbol] === 0) {
      zeros++;
      symbol++;
    }
    for (; zeros >= 3; zeros -= 3) writer.add(3, 2);
    writer.add(zeros, 2);
  }
}

function readCoded(bytes: Uint8Array): Uint8Array | undefined {
  const table = new BitReader(bytes);
  const shares = readShares(table, LOG, MOST_BITS + 2);
  const stream = bytes.subarray(Math.ceil(table.at / 8));
  if (shares === undefined || shares.shares.includes(2 ** shares.log) || (stream.at(-1) ?? 0) === 0) return undefined;
  const states = statesOf(shares);
  const bits = new BackwardBits(stream);
  if (bits.left < 2 * shares.log) return undefined;
  let [now, other] = [states[bits.take(shares.log)] as State, states[bits.take(shares.log)] as State];
  const told: number[] = [];
  while (told.length < VALUES) {
    told.push(now.symbol);
    if (bits.left < now.bits) return Uint8Array.of(...told, other.symbol);
    [now, other] = [other, states[now.base + bits.take(now.bits)] as State];
  }
  return undefined;
}

class BitWriter {
  readonly #bytes: number[] = [];
  #at = 0;

  /** The lowest bit first. */
  add(value: number, bits: number): void {
    for (let i = 0; i < bits; i++, this.#at++) {
      if (this.#at % 8 === 0) this.#bytes.push(0);
      const place = this.#at >> 3;
      this.#bytes[place] = (this.#bytes[place] as number) | (((value >> i) & 1) << (this.#at % 8));
    }
  }

  finish(): readonly number[] {
    return this.#bytes;
  }
}
