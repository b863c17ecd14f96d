/**
 * Any zstd frame of a few thousand bytes, in plain arithmetic (RFC 8878): to start a library costs more than to read the header of
 * a model. Undefined for what is broken, has a checksum or is meant for a dictionary: a library says what that is.
 */
import { Cursor } from '../bytes/cursor.js';
import { At1Error } from '../errors.js';
import { BackwardBits, BitReader, readShares, type State, statesOf } from './fse.js';
import { decodingOf, MOST_BITS } from './huffman-code.js';
import { readWeights } from './huffman-weights.js';

/** Longer ones are worth the library. */
export const SMALL_FRAME = 64 * 1024;
const MOST_BLOCK = 128 * 1024;
const ones = (count: number, share = 1): number[] => new Array<number>(count).fill(share);

/** What each code of a length stands for: a base, and how many bits more. It begins where the one before ends. */
interface Lengths {
  readonly bits: readonly number[];
  readonly bases: readonly number[];
}
const LITERAL_LENGTHS = lengthsOf(0, [
  ...ones(16, 0),
  1,
  1,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16,
]);
const MATCH_LENGTHS = lengthsOf(3, [
  ...ones(32, 0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
]);
const MOST_OFFSET_CODE = 24;

interface Kind {
  readonly log: number;
  readonly symbols: number;
  /** What it is where a block tells no table. */
  readonly usual: { readonly shares: readonly number[]; readonly log: number };
}

const LITERALS: Kind = {
  log: 9,
  symbols: LITERAL_LENGTHS.bits.length,
  usual: { log: 6, shares: [4, 3, ...ones(11, 2), ...ones(3), ...ones(9, 2), 3, 2, ...ones(5), ...ones(4, -1)] },
};
const OFFSETS: Kind = {
  log: 8,
  symbols: MOST_OFFSET_CODE + 1,
  usual: { log: 5, shares: [...ones(6), 2, 2, 2, ...ones(15), ...ones(5, -1)] },
};
const MATCHES: Kind = {
  log: 9,
  symbols: MATCH_LENGTHS.bits.length,
  usual: { log: 6, shares: [1, 4, 3, ...ones(6, 2), ...ones(37), ...ones(7, -1)] },
};

/** What blocks leave to the next. */
interface Memory {
  readonly offsets: [number, number, number];
  readonly tables: Map<Kind, State[]>;
  decoding: Uint16Array | undefined;
}

export function readSmallFrame(frame: Uint8Array, size: number): Uint8Array | undefined {
  // No sound encoder makes a frame longer than that; a long one may be nothing but blocks of nothing.
  if (size > SMALL_FRAME || size === 0 || frame.length > 2 * SMALL_FRAME) return undefined;
  try {
    return readFrame(new Cursor(frame), size);
  } catch (error) {
    if (error instanceof At1Error || error instanceof RangeError) return undefined;
    throw error;
  }
}

function readFrame(cursor: Cursor, size: number): Uint8Array | undefined {
  cursor.skip(4);
  const descriptor = cursor.u8();
  // A checksum, a dictionary, or what has no meaning.
  if ((descriptor & 0x1f) !== 0) return undefined;
  const isSingle = (descriptor & 0x20) !== 0;
  cursor.skip((isSingle ? 0 : 1) + ([isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] as number));
  const out = new Uint8Array(size);
  const memory: Memory = { offsets: [1, 4, 8], tables: new Map(), decoding: undefined };
  let at = 0;
  for (let isLast = false; !isLast; ) {
    const header = cursor.u24le();
    isLast = (header & 1) === 1;
    const kind = (header >> 1) & 3;
    const length = header >> 3;
    if (length > MOST_BLOCK) return undefined;
    if (kind === 0) out.set(cursor.take(length), at);
    else if (kind === 1) out.fill(cursor.u8(), at, at + length);
    else if (kind === 3) return undefined;
    at = kind === 2 ? readBlock(cursor.take(length), out, at, memory) : at + length;
    if (at > size) return undefined;
  }
  return at === size && cursor.remaining === 0 ? out : undefined;
}

function broken(): RangeError {
  return new RangeError('broken block of zstd');
}

/** Returns where it ends in `out`. */
function readBlock(block: Uint8Array, out: Uint8Array, start: number, memory: Memory): number {
  const cursor = new Cursor(block);
  const literals = readLiterals(cursor, memory);
  let count = cursor.u8();
  if (count === 255) count = cursor.u8() + 256 * cursor.u8() + 0x7f00;
  else if (count >= 128) count = (count - 128) * 256 + cursor.u8();
  if (count === 0) {
    if (cursor.remaining > 0) throw broken();
    out.set(literals, start);
    return start + literals.length;
  }
  const modes = cursor.u8();
  if ((modes & 3) !== 0) throw broken();
  const [literalStates, offsetStates, matchStates] = [LITERALS, OFFSETS, MATCHES].map((kind, i) =>
    readTable(cursor, kind, (modes >> (6 - 2 * i)) & 3, memory),
  ) as [State[], State[], State[]];
  const bits = new BackwardBits(cursor.rest());
  const first = (states: State[]): State => states[bits.take(31 - Math.clz32(states.length))] as State;
  let [literal, offset, match] = [first(literalStates), first(offsetStates), first(matchStates)];
  let [at, from] = [start, 0];
  for (let i = 0; i < count; i++) {
    const distanceValue = 2 ** offset.symbol + bits.take(offset.symbol);
    const matchLength = lengthOf(MATCH_LENGTHS, match.symbol, bits);
    const literalLength = lengthOf(LITERAL_LENGTHS, literal.symbol, bits);
    if (literalLength > literals.length - from) throw broken();
    out.set(literals.subarray(from, from + literalLength), at);
    from += literalLength;
    at += literalLength;
    const distance = distanceOf(distanceValue, literalLength, memory.offsets);
    if (distance < 1 || distance > at || matchLength > out.length - at) throw broken();
    // Byte by byte: a match may reach into itself.
    for (const end = at + matchLength; at < end; at++) out[at] = out[at - distance] as number;
    if (i === count - 1) break;
    literal = literalStates[literal.base + bits.take(literal.bits)] as State;
    match = matchStates[match.base + bits.take(match.bits)] as State;
    offset = offsetStates[offset.base + bits.take(offset.bits)] as State;
  }
  if (bits.left !== 0) throw broken();
  out.set(literals.subarray(from), at);
  return at + literals.length - from;
}

function lengthsOf(first: number, bits: readonly number[]): Lengths {
  let next = first;
  const bases = bits.map((more) => {
    const base = next;
    next += 2 ** more;
    return base;
  });
  return { bits, bases };
}

function lengthOf({ bases, bits }: Lengths, code: number, source: BackwardBits): number {
  return (bases[code] as number) + source.take(bits[code] as number);
}

/** 1 to 3 stand for the last three distances, one further where no literal comes before. */
function distanceOf(value: number, literalLength: number, offsets: [number, number, number]): number {
  const [a, b, c] = offsets;
  const again = value > 3 ? 4 : value - (literalLength > 0 ? 1 : 0);
  if (again === 0) return a;
  const distance = again === 4 ? value - 3 : ([0, b, c, a - 1][again] as number);
  offsets.splice(0, 3, distance, a, again === 1 ? c : b);
  return distance;
}

function readTable(cursor: Cursor, kind: Kind, mode: number, memory: Memory): State[] {
  if (mode === 3) {
    const before = memory.tables.get(kind);
    if (before === undefined) throw broken();
    return before;
  }
  const table = mode === 0 ? statesOf(kind.usual) : mode === 1 ? [oneState(cursor, kind)] : readCoded(cursor, kind);
  memory.tables.set(kind, table);
  return table;
}

function oneState(cursor: Cursor, { symbols }: Kind): State {
  const symbol = cursor.u8();
  if (symbol >= symbols) throw broken();
  return { symbol, base: 0, bits: 0 };
}

function readCoded(cursor: Cursor, { log, symbols }: Kind): State[] {
  const bits = new BitReader(cursor.bytes.subarray(cursor.offset));
  const shares = readShares(bits, log, symbols);
  if (shares === undefined) throw broken();
  cursor.skip(Math.ceil(bits.at / 8));
  return statesOf(shares);
}

function readLiterals(cursor: Cursor, memory: Memory): Uint8Array {
  const first = cursor.u8();
  const kind = first & 3;
  const format = (first >> 2) & 3;
  if (kind < 2) {
    const size =
      format === 1
        ? (first >> 4) + 16 * cursor.u8()
        : format === 3
          ? (first >> 4) + 16 * cursor.u8() + 4096 * cursor.u8()
          : first >> 3;
    if (size > MOST_BLOCK) throw broken();
    return kind === 0 ? cursor.take(size) : new Uint8Array(size).fill(cursor.u8());
  }
  const more = [2, 2, 3, 4][format] as number;
  const width = [10, 10, 14, 18][format] as number;
  let lengths = first >> 4;
  for (let i = 0; i < more; i++) lengths += 2 ** (4 + 8 * i) * cursor.u8();
  const [size, packed] = [lengths % 2 ** width, Math.floor(lengths / 2 ** width)];
  if (size > MOST_BLOCK) throw broken();
  const coded = new Cursor(cursor.take(packed));
  if (kind === 2) {
    const code = readWeights(coded);
    memory.decoding = code && decodingOf(code);
  }
  if (memory.decoding === undefined) throw broken();
  const out = new Uint8Array(size);
  if (format === 0) readStream(coded.rest(), memory.decoding, out);
  else readStreams(coded, memory.decoding, out);
  return out;
}

function readStreams(cursor: Cursor, decoding: Uint16Array, out: Uint8Array): void {
  const quarter = (out.length + 3) >> 2;
  const lengths = [0, 1, 2].map(() => cursor.u8() + 256 * cursor.u8());
  if (3 * quarter > out.length) throw broken();
  for (let i = 0; i < 4; i++) {
    const stream = i === 3 ? cursor.rest() : cursor.take(lengths[i] as number);
    readStream(stream, decoding, out.subarray(i * quarter, i === 3 ? out.length : (i + 1) * quarter));
  }
}

function readStream(stream: Uint8Array, decoding: Uint16Array, out: Uint8Array): void {
  const bits = new BackwardBits(stream);
  for (let i = 0; i < out.length; i++) {
    const { left } = bits;
    const entry = decoding[bits.take(MOST_BITS)] as number;
    out[i] = entry >> 8;
    bits.left = left - (entry & 255);
  }
  if (bits.left !== 0) throw broken();
}
