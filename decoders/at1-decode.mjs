#!/usr/bin/env node
/**
 * Reads AT-1 containers and rebuilds what an at1 registry holds. One file, Node 18 or later, nothing to install.
 *
 *   node at1-decode.mjs decode FILE.at1 [-o OUT]            what a container holds; a bundle needs -o FOLDER
 *   node at1-decode.mjs list REGISTRY                       the versions in a registry
 *   node at1-decode.mjs get REGISTRY MANIFEST [PATH] -o OUT a version, or one file of it, rebuilt from objects/
 *   node at1-decode.mjs verify REGISTRY [MANIFEST ...]      all digests of all versions, nothing written
 *
 * REGISTRY is the folder of at1.toml. MANIFEST is a path in it, model/fraud/1.0.0.toml, or model/fraud@1.0.0.
 * Digests are checked, signatures are not: VERIFY.md in the registry says how ssh-keygen checks those.
 *
 * This program shares no code with the one that wrote the registry: zstd (RFC 8878), .xz with LZMA2 and delta, the
 * codecs and the transforms are all in here, after docs/format and the public description of the AT-1 container.
 *
 * Exit status: 0 well, 2 wrong use, 10 not a registry, 12 not found, 13 output exists already, 15 cannot read or write,
 * 16 not supported, 20 bytes are not what they should be, 23 invalid document, 32 an object is missing.
 */
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { argv, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';

const MIB = 2 ** 20;
const MAX_OUTPUT = 1024 * MIB;
const MAX_FRAME_OUTPUT = 64 * MIB;
const MAX_FRAME = MAX_FRAME_OUTPUT + 65536;
const MAX_PAYLOAD = MAX_OUTPUT + MIB;
const MAX_WINDOW = 128 * MIB;
const MAX_DICTIONARY = 64 * MIB;
const MAX_SEGMENT = 16 * MIB;
const MAX_PLANE_SET = MAX_SEGMENT + 65536;
const MAX_OBJECT = 32 * MIB;
const MAX_DOCUMENT = 16 * MIB;
const MAX_CHAIN = 8;
const TRAILER = 36;
const TRAILER_MAGIC = [0xa1, 0x53, 0x36, 0x01];
const LF = 10;
const NOTHING = new Uint8Array(0);

const EXITS = new Map([
  ['usage', 2],
  ['registry/not-found', 10],
  ['artifact/not-found', 12],
  ['output/exists', 13],
  ['io/failed', 15],
  ['container/unsupported', 16],
  ['object/missing', 32],
  ['document/invalid', 23],
]);

/** Everything that is wrong with the input or the call; the exit status goes with the code, 20 by default. */
export class Fail extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
    this.exit = EXITS.get(code) ?? 20;
  }
}

const malformed = (message) => new Fail('container/malformed', message);
const notStrict = (message) => new Fail('container/not-strict', message);
const overLimit = (message) => new Fail('container/limit', message);
const unsupported = (message) => new Fail('container/unsupported', message);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const sha256Hex = (bytes) => createHash('sha256').update(bytes).digest('hex');
const ascii = (text) => new Uint8Array(Buffer.from(text, 'latin1'));
const equal = (one, other) => Buffer.compare(one, other) === 0;

// ---------------------------------------------------------------------------------------------------- reading bytes

/** Bytes from a start to an end; every read is checked against what is left. */
class Reader {
  constructor(data, pos = 0, end = data.length, error = malformed) {
    this.data = data;
    this.pos = pos;
    this.end = end;
    this.error = error;
  }

  left() {
    return this.end - this.pos;
  }

  take(count, what = 'data') {
    if (count > this.end - this.pos) throw this.error(`${what}: ${count} bytes wanted, ${this.end - this.pos} left`);
    this.pos += count;
    return this.data.subarray(this.pos - count, this.pos);
  }

  u8(what = 'data') {
    if (this.pos >= this.end) throw this.error(`${what}: cut short`);
    return this.data[this.pos++];
  }

  little(count, what) {
    let value = 0;
    const bytes = this.take(count, what);
    for (let i = count - 1; i >= 0; i--) value = value * 256 + bytes[i];
    return value;
  }

  /** An unsigned varint in its only form, any 64 bits. */
  big(what = 'number') {
    let low = 0;
    let scale = 1;
    for (let count = 0; count < 7; count++) {
      const byte = this.u8(what);
      low += (byte & 127) * scale;
      if (byte < 128) {
        if (byte === 0 && count > 0) throw notStrict(`${what}: padded varint`);
        return BigInt(low);
      }
      scale *= 128;
    }
    let value = BigInt(low);
    for (let count = 7; count < 10; count++) {
      const byte = this.u8(what);
      value |= BigInt(byte & 127) << BigInt(7 * count);
      if (byte < 128) {
        if (byte === 0) throw notStrict(`${what}: padded varint`);
        if (value >> 64n !== 0n) throw this.error(`${what}: varint of 2^64 or more`);
        return value;
      }
    }
    throw this.error(`${what}: varint of more than 10 bytes`);
  }

  uv(what = 'number') {
    // Nearly all are one byte.
    if (this.pos < this.end && this.data[this.pos] < 128) return this.data[this.pos++];
    const value = this.big(what);
    if (value > 9007199254740991n) throw this.error(`${what}: ${value} is too large`);
    return Number(value);
  }

  sv(what = 'number') {
    const value = this.big(what);
    return (value >> 1n) ^ -(value & 1n);
  }

  count(most, what = 'count') {
    const value = this.uv(what);
    if (value > most) throw this.error(`${what}: ${value}, at most ${most} are possible`);
    return value;
  }

  lp(what = 'string') {
    return this.take(this.count(this.left(), what), what);
  }

  done(what) {
    if (this.pos !== this.end) throw notStrict(`${this.end - this.pos} bytes after ${what}`);
  }
}

/** Output that grows, never beyond its limit. */
class Out {
  constructor(limit) {
    this.limit = limit;
    this.size = 0;
    this.buffer = NOTHING;
  }

  room(count) {
    const size = this.size + count;
    if (size > this.limit) throw overLimit(`output exceeds ${this.limit} bytes`);
    if (size > this.buffer.length) {
      const larger = new Uint8Array(Math.min(this.limit, Math.max(2 * this.buffer.length, size, 4096)));
      larger.set(this.buffer.subarray(0, this.size));
      this.buffer = larger;
    }
  }

  add(bytes) {
    this.room(bytes.length);
    this.buffer.set(bytes, this.size);
    this.size += bytes.length;
  }

  text(text) {
    this.add(ascii(text));
  }

  byte(byte) {
    this.room(1);
    this.buffer[this.size++] = byte;
  }

  bytes() {
    return this.buffer.subarray(0, this.size);
  }
}

// -------------------------------------------------------------------------------------------------- zstd (RFC 8878)

const M64 = (1n << 64n) - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const turn = (value, bits) => ((value << bits) | (value >> (64n - bits))) & M64;
const lane = (sum, word) => (turn((sum + word * P2) & M64, 31n) * P1) & M64;

/** XXH64 with seed 0: the low 32 bits are the checksum of a zstd frame. */
export function xxh64(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let at = 0;
  let hash = P5;
  if (data.length >= 32) {
    const sums = [(P1 + P2) & M64, P2, 0n, -P1 & M64];
    for (; at + 32 <= data.length; at += 32) {
      for (let i = 0; i < 4; i++) sums[i] = lane(sums[i], view.getBigUint64(at + 8 * i, true));
    }
    hash = (turn(sums[0], 1n) + turn(sums[1], 7n) + turn(sums[2], 12n) + turn(sums[3], 18n)) & M64;
    for (const sum of sums) hash = ((hash ^ lane(0n, sum)) * P1 + P4) & M64;
  }
  hash = (hash + BigInt(data.length)) & M64;
  for (; at + 8 <= data.length; at += 8) {
    hash = (turn(hash ^ lane(0n, view.getBigUint64(at, true)), 27n) * P1 + P4) & M64;
  }
  if (at + 4 <= data.length) {
    hash = (turn(hash ^ ((BigInt(view.getUint32(at, true)) * P1) & M64), 23n) * P2 + P3) & M64;
    at += 4;
  }
  for (; at < data.length; at++) hash = (turn(hash ^ ((BigInt(data[at]) * P5) & M64), 11n) * P1) & M64;
  hash = ((hash ^ (hash >> 33n)) * P2) & M64;
  hash = ((hash ^ (hash >> 29n)) * P3) & M64;
  return hash ^ (hash >> 32n);
}

const range = (count, from = 0) => Array.from({ length: count }, (_, i) => from + i);
const repeated = (value, count) => new Array(count).fill(value);
const powers = range(10, 7).map((n) => 2 ** n);
const LL_BASE = [...range(16), 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, ...powers];
const LL_BITS = [...repeated(0, 16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, ...range(10, 7)];
const ML_BASE = [...range(32, 3), 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, ...powers.map((n) => n + 3)];
const ML_BITS = [...repeated(0, 32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, ...range(10, 7)];
const LL_DEFAULT = [4, 3, ...repeated(2, 11), 1, 1, 1, ...repeated(2, 9), 3, 2, ...repeated(1, 5), -1, -1, -1, -1];
const ML_DEFAULT = [1, 4, 3, ...repeated(2, 6), ...repeated(1, 37), ...repeated(-1, 7)];
const OF_DEFAULT = [...repeated(1, 6), 2, 2, 2, ...repeated(1, 15), ...repeated(-1, 5)];
const MAX_BLOCK = 128 * 1024;
const bitLength = (value) => 32 - Math.clz32(value);

/** Bits of a stream that is read from its end; the highest bit that is set in the last byte is a mark. */
class BackwardBits {
  constructor(data, what) {
    const last = data[data.length - 1];
    if (last === undefined || last === 0) throw malformed(`${what} has no end mark`);
    this.data = data;
    this.what = what;
    /** Bits that are left; below zero where more were read than there are. */
    this.left = data.length * 8 - 9 + bitLength(last);
  }

  /** The next `count` bits, at most 25, without using them up; bits from before the beginning are zero. */
  peek(count) {
    const low = this.left - count;
    if (low < 0) return this.left <= 0 ? 0 : (this.peekAt(0) & (2 ** this.left - 1)) << -low;
    return this.peekAt(low) & (2 ** count - 1);
  }

  peekAt(bit) {
    const { data } = this;
    const at = bit >>> 3;
    const word = data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24);
    return word >>> (bit & 7);
  }

  read(count) {
    if (count > 16) return this.read(count - 16) * 65536 + this.read(16);
    this.left -= count;
    if (this.left < 0) throw malformed(`${this.what} is cut short`);
    return this.peekAt(this.left) & (2 ** count - 1);
  }
}

/** The table description of section 4.1.1: accuracy log and the probability of each symbol. */
function fseCounts(reader, maxLog, maxSymbols) {
  const { data, pos: start } = reader;
  const end = reader.end;
  let at = 0;
  // Bytes past the end read as zero; that no more were used than there are is checked below.
  const bits = (count) => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) {
      const place = start + (at >>> 3);
      if (place < end) value |= ((data[place] >> (at & 7)) & 1) << i;
    }
    return value;
  };
  if (start >= end) throw malformed('zstd table: cut short');
  const log = bits(4) + 5;
  if (log > maxLog) throw malformed(`zstd table of accuracy ${log}`);
  const counts = [];
  let left = 1 << log;
  while (left > 0) {
    if (counts.length >= maxSymbols) throw malformed('zstd table with too many symbols');
    const width = bitLength(left + 1);
    const half = 1 << (width - 1);
    const spare = 2 * half - 2 - left;
    let value = bits(width);
    if ((value & (half - 1)) < spare) {
      value &= half - 1;
      at--;
    } else if (value >= half) {
      value -= spare;
    }
    const count = value - 1;
    left -= Math.abs(count);
    counts.push(count);
    if (count !== 0) continue;
    for (let repeat = 3; repeat === 3; ) {
      repeat = bits(2);
      for (let i = 0; i < repeat; i++) counts.push(0);
      if (counts.length > maxSymbols) throw malformed('zstd table with too many symbols');
    }
  }
  if (left < 0) throw malformed('zstd table does not add up');
  reader.take((at + 7) >>> 3, 'zstd table');
  return { log, counts };
}

function fseTable(log, counts) {
  const size = 1 << log;
  const table = { log, symbols: new Uint8Array(size), bits: new Uint8Array(size), base: new Uint16Array(size) };
  const { symbols } = table;
  let high = size - 1;
  for (const [symbol, count] of counts.entries()) if (count === -1) symbols[high--] = symbol;
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [symbol, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at > high);
    }
  }
  if (at !== 0) throw malformed('zstd table does not add up');
  const next = counts.map((count) => Math.abs(count));
  for (let state = 0; state < size; state++) {
    const following = next[symbols[state]]++;
    table.bits[state] = log + 1 - bitLength(following);
    table.base[state] = (following << table.bits[state]) - size;
  }
  return table;
}

const RLE_TABLE = (symbol) => ({ log: 0, symbols: [symbol], bits: [0], base: [0] });

function huffmanWeights(reader) {
  const head = reader.u8('zstd Huffman table');
  if (head >= 128) {
    const count = head - 127;
    const packed = reader.take((count + 1) >> 1, 'zstd Huffman table');
    return range(count).map((i) => (packed[i >> 1] >> (i & 1 ? 0 : 4)) & 15);
  }
  const part = new Reader(reader.take(head, 'zstd Huffman table'));
  const { log, counts } = fseCounts(part, 6, 256);
  const table = fseTable(log, counts);
  const bits = new BackwardBits(part.take(part.left()), 'zstd Huffman table');
  let one = bits.read(log);
  let two = bits.read(log);
  const weights = [];
  for (;;) {
    weights.push(table.symbols[one]);
    if (weights.length > 254) throw malformed('zstd Huffman table with too many symbols');
    if (table.bits[one] > bits.left) {
      weights.push(table.symbols[two]);
      return weights;
    }
    const next = table.base[one] + bits.read(table.bits[one]);
    one = two;
    two = next;
  }
}

/** By the next `depth` bits: the symbol, and how many of them are its word. */
function huffmanTable(reader) {
  const weights = huffmanWeights(reader);
  let total = 0;
  for (const weight of weights) {
    if (weight > 12) throw malformed('zstd Huffman table is too deep');
    if (weight > 0) total += 1 << (weight - 1);
  }
  if (total === 0) throw malformed('zstd Huffman table is empty');
  const depth = bitLength(total);
  const rest = (1 << depth) - total;
  if ((rest & (rest - 1)) !== 0 || depth > 11) throw malformed('zstd Huffman table does not add up');
  weights.push(bitLength(rest));
  // A complete code has two or more of the longest words, an even number.
  const longest = weights.filter((weight) => weight === 1).length;
  if (weights.length > 256 || longest < 2 || longest % 2 === 1) throw malformed('zstd Huffman table does not add up');
  const symbols = new Uint8Array(1 << depth);
  const bits = new Uint8Array(1 << depth);
  let at = 0;
  for (let weight = 1; weight <= depth; weight++) {
    for (const [symbol, found] of weights.entries()) {
      if (found !== weight) continue;
      const end = at + (1 << (weight - 1));
      symbols.fill(symbol, at, end);
      bits.fill(depth + 1 - weight, at, end);
      at = end;
    }
  }
  return { depth, symbols, bits };
}

function huffmanStream(data, { depth, symbols, bits }, out, from, to) {
  const stream = new BackwardBits(data, 'zstd literals');
  for (let at = from; at < to; at++) {
    const word = stream.peek(depth);
    out[at] = symbols[word];
    stream.left -= bits[word];
  }
  if (stream.left !== 0) throw malformed('zstd literals do not end where their stream does');
}

function zstdLiterals(reader, state) {
  const head = reader.u8('zstd literals');
  const kind = head & 3;
  const form = (head >> 2) & 3;
  if (kind < 2) {
    const size = (form & 1) === 0 ? head >> 3 : (head >> 4) + 16 * reader.little(form === 1 ? 1 : 2, 'zstd literals');
    if (size > MAX_BLOCK) throw malformed(`zstd literals of ${size} bytes`);
    return kind === 0 ? reader.take(size, 'zstd literals') : new Uint8Array(size).fill(reader.u8('zstd literals'));
  }
  const width = form < 2 ? 10 : 6 + 4 * form;
  const packed = Math.floor((head + 256 * reader.little(form < 2 ? 2 : form + 1, 'zstd literals')) / 16);
  const size = packed % 2 ** width;
  const part = new Reader(reader.take(Math.floor(packed / 2 ** width), 'zstd literals'));
  if (size > MAX_BLOCK) throw malformed(`zstd literals of ${size} bytes`);
  if (kind === 2) state.huffman = huffmanTable(part);
  const table = state.huffman;
  if (table === undefined) throw malformed('zstd literals use a table that is not there');
  const out = new Uint8Array(size);
  if (form === 0) {
    huffmanStream(part.take(part.left()), table, out, 0, size);
    return out;
  }
  const lengths = [part.little(2, 'zstd literals'), part.little(2, 'zstd literals'), part.little(2, 'zstd literals')];
  const each = (size + 3) >> 2;
  if (3 * each > size) throw malformed(`zstd literals of ${size} bytes in four streams`);
  for (const [i, length] of lengths.entries()) {
    huffmanStream(part.take(length, 'zstd literals'), table, out, i * each, (i + 1) * each);
  }
  huffmanStream(part.take(part.left()), table, out, 3 * each, size);
  return out;
}

function sequenceTable(reader, mode, state, name, maxLog, symbols, defaults, defaultLog) {
  if (mode === 0) {
    state[name] = fseTable(defaultLog, defaults);
  } else if (mode === 1) {
    const symbol = reader.u8('zstd sequences');
    if (symbol >= symbols) throw malformed('zstd sequences use an unknown code');
    state[name] = RLE_TABLE(symbol);
  } else if (mode === 2) {
    const { log, counts } = fseCounts(reader, maxLog, symbols);
    state[name] = fseTable(log, counts);
  }
  if (state[name] === undefined) throw malformed('zstd sequences use a table that is not there');
  return state[name];
}

/** Decodes one block to `out` from `state.at` on; `end` is where it may reach at most. */
function compressedBlock(block, out, state, end) {
  const reader = new Reader(block);
  const literals = zstdLiterals(reader, state);
  let count = reader.u8('zstd sequences');
  if (count === 255) count = reader.little(2, 'zstd sequences') + 0x7f00;
  else if (count > 127) count = (count - 128) * 256 + reader.u8('zstd sequences');
  let used = 0;
  let at = state.at;
  const flush = (length) => {
    if (length > literals.length - used) throw malformed('zstd sequences use more literals than there are');
    if (length > end - at) throw malformed('zstd block yields too much');
    out.set(literals.subarray(used, used + length), at);
    used += length;
    at += length;
  };
  if (count > 0) {
    const modes = reader.u8('zstd sequences');
    if ((modes & 3) !== 0) throw malformed('zstd sequences with reserved bits');
    const ll = sequenceTable(reader, modes >> 6, state, 'll', 9, 36, LL_DEFAULT, 6);
    const of = sequenceTable(reader, (modes >> 4) & 3, state, 'of', 8, 32, OF_DEFAULT, 5);
    const ml = sequenceTable(reader, (modes >> 2) & 3, state, 'ml', 9, 53, ML_DEFAULT, 6);
    const bits = new BackwardBits(reader.take(reader.left()), 'zstd sequences');
    let llState = bits.read(ll.log);
    let ofState = bits.read(of.log);
    let mlState = bits.read(ml.log);
    const { repeats } = state;
    for (let index = 0; index < count; index++) {
      const ofCode = of.symbols[ofState];
      const mlCode = ml.symbols[mlState];
      const llCode = ll.symbols[llState];
      let value = 2 ** ofCode + bits.read(ofCode);
      const match = ML_BASE[mlCode] + bits.read(ML_BITS[mlCode]);
      const run = LL_BASE[llCode] + bits.read(LL_BITS[llCode]);
      if (index < count - 1) {
        llState = ll.base[llState] + bits.read(ll.bits[llState]);
        mlState = ml.base[mlState] + bits.read(ml.bits[mlState]);
        ofState = of.base[ofState] + bits.read(of.bits[ofState]);
      }
      let offset;
      if (value > 3) {
        offset = value - 3;
        value = 3;
      } else {
        if (run === 0) value++;
        offset = value === 4 ? repeats[0] - 1 : repeats[value - 1];
        if (offset === 0) throw malformed('zstd offset of 0');
      }
      if (value >= 3) repeats[2] = repeats[1];
      if (value >= 2) repeats[1] = repeats[0];
      repeats[0] = offset;
      flush(run);
      if (offset > at) throw malformed('zstd offset from before the beginning');
      if (match > end - at) throw malformed('zstd block yields too much');
      if (offset >= match) out.copyWithin(at, at - offset, at - offset + match);
      else for (let i = 0; i < match; i++) out[at + i] = out[at + i - offset];
      at += match;
    }
    if (bits.left !== 0) throw malformed('zstd sequences leave bits over');
  } else if (reader.left() > 0) {
    throw malformed('bytes after a zstd block');
  }
  flush(literals.length - used);
  state.at = at;
}

function zstdHeader(reader) {
  const magic = reader.little(4, 'zstd magic');
  if (magic !== 0xfd2fb528) {
    if (magic >>> 4 === 0x184d2a5) throw notStrict('zstd payload starts with a skippable frame');
    throw malformed('payload is not a zstd frame');
  }
  const flags = reader.u8('zstd frame header');
  const single = (flags & 0x20) !== 0;
  if ((flags & 0x10) !== 0) throw notStrict('zstd frame header has its unused bit set');
  if ((flags & 0x08) !== 0) throw malformed('zstd frame header has its reserved bit set');
  if ((flags & 3) !== 0) throw malformed('zstd frame asks for a dictionary');
  if (!single) {
    const window = reader.u8('zstd window');
    const base = 2 ** (10 + (window >> 3));
    if (base + (base / 8) * (window & 7) > MAX_WINDOW) throw overLimit(`zstd window exceeds ${MAX_WINDOW} bytes`);
  }
  const form = flags >> 6;
  if (form === 0 && !single) throw malformed('zstd frame does not state its content size');
  const size = reader.little(2 ** form, 'zstd content size') + (form === 1 ? 256 : 0);
  return { size, checked: (flags & 4) !== 0 };
}

/** Exactly one frame that states its size, which is at most `limit`. */
export function zstdDecode(data, limit) {
  const reader = new Reader(data);
  const { size, checked } = zstdHeader(reader);
  const blocks = [];
  let most = 0;
  for (let last = 0; last === 0; ) {
    const head = reader.little(3, 'zstd block header');
    const kind = (head >> 1) & 3;
    const length = head >> 3;
    last = head & 1;
    if (kind === 3 || length > MAX_BLOCK || (kind === 2 && length < 2)) {
      throw malformed(`zstd block of kind ${kind} and ${length} bytes`);
    }
    blocks.push({ kind, length, bytes: reader.take(kind === 1 ? 1 : length, 'zstd block') });
    most += kind === 2 ? MAX_BLOCK : length;
  }
  const stated = checked ? reader.little(4, 'zstd checksum') : undefined;
  reader.done('the zstd frame');
  if (size > most) throw malformed(`zstd frame states ${size} bytes, its blocks yield at most ${most}`);
  if (size > limit) throw overLimit(`zstd frame of ${size} bytes exceeds ${limit}`);
  const out = new Uint8Array(size);
  const state = { at: 0, repeats: [1, 4, 8], huffman: undefined, ll: undefined, of: undefined, ml: undefined };
  for (const { kind, length, bytes } of blocks) {
    if (kind === 2) {
      compressedBlock(bytes, out, state, Math.min(size, state.at + MAX_BLOCK));
      continue;
    }
    if (length > size - state.at) throw malformed('zstd frame yields more than it states');
    if (kind === 0) out.set(bytes, state.at);
    else out.fill(bytes[0], state.at, state.at + length);
    state.at += length;
  }
  if (state.at !== size) throw malformed(`zstd frame yields ${state.at} bytes and states ${size}`);
  if (checked && Number(xxh64(out) & 0xffffffffn) !== stated) throw malformed('zstd checksum is wrong');
  return out;
}

// --------------------------------------------------------------------------------------------------------------- xz

const CRC32 = new Uint32Array(256).map((_, i) => {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(data) {
  let sum = 0xffffffff;
  for (let i = 0; i < data.length; i++) sum = CRC32[(sum ^ data[i]) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** Reflected polynomial of ECMA-182, as two halves. */
const CRC64 = range(256).map((i) => {
  let value = BigInt(i);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ 0xc96c5795d7870f42n : value >> 1n;
  return [Number(value >> 32n), Number(value & 0xffffffffn)];
});

function crc64(data) {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (let i = 0; i < data.length; i++) {
    const entry = CRC64[(low ^ data[i]) & 255];
    low = ((low >>> 8) | (high << 24)) ^ entry[1];
    high = (high >>> 8) ^ entry[0];
  }
  const sum = new Uint8Array(8);
  new DataView(sum.buffer).setUint32(0, ~low >>> 0, true);
  new DataView(sum.buffer).setUint32(4, ~high >>> 0, true);
  return sum;
}

const CHECKS = new Map([
  [0, { length: 0, of: () => NOTHING }],
  [
    1,
    {
      length: 4,
      of: (data) => {
        const sum = new Uint8Array(4);
        new DataView(sum.buffer).setUint32(0, crc32(data), true);
        return sum;
      },
    },
  ],
  [4, { length: 8, of: crc64 }],
  [10, { length: 32, of: sha256 }],
]);

const u32 = (data, at) => new DataView(data.buffer, data.byteOffset, data.length).getUint32(at, true);

/** Exactly one .xz stream of at most `limit` bytes, whose size its index and the headers of all chunks confirm first. */
export function xzDecode(data, limit) {
  const size = data.length;
  const magic = size >= 32 && size % 4 === 0 && equal(data.subarray(0, 6), ascii('\xfd7zXZ\0'));
  if (!magic || data[size - 2] !== 0x59 || data[size - 1] !== 0x5a) throw malformed('payload is not one .xz stream');
  const check = CHECKS.get(data[7]);
  if (data[6] !== 0 || check === undefined || crc32(data.subarray(6, 8)) !== u32(data, 8)) {
    throw malformed('.xz stream header is damaged');
  }
  const footer = data.subarray(size - 12);
  const back = (u32(footer, 4) + 1) * 4;
  const flags = footer[8] === data[6] && footer[9] === data[7];
  if (crc32(footer.subarray(4, 10)) !== u32(footer, 0) || !flags || back > size - 24) {
    throw malformed('.xz footer is damaged');
  }
  const start = size - 12 - back;
  const index = new Reader(data, start, size - 16);
  if (crc32(data.subarray(start, size - 16)) !== u32(data, size - 16) || index.u8() !== 0) {
    throw malformed('.xz index is damaged');
  }
  const count = index.count(Math.floor(index.left() / 2), '.xz blocks');
  const blocks = [];
  let at = 12;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const unpadded = index.uv('.xz index');
    const output = index.uv('.xz index');
    const padded = unpadded + ((4 - (unpadded % 4)) % 4);
    if (unpadded < 5 || padded > start - at) throw malformed('.xz index lists a block that is not there');
    const head = (data[at] + 1) * 4;
    if (data[at] === 0 || head + check.length > unpadded) throw malformed('.xz block header is not there');
    const distance = xzBlockHeader(data.subarray(at, at + head), unpadded - head - check.length, output);
    const chunks = data.subarray(at + head, at + unpadded - check.length);
    // Between data and check lies the padding.
    const end = at + padded;
    const padding = data.subarray(at + unpadded - check.length, end - check.length);
    if (lzma2Size(chunks) !== output || padding.some((byte) => byte !== 0)) {
      throw malformed('.xz index and block disagree');
    }
    blocks.push({ chunks, output, distance, sum: data.subarray(end - check.length, end) });
    total += output;
    at = end;
  }
  if (index.left() > 3 || index.take(index.left()).some((byte) => byte !== 0)) throw malformed('.xz index has no end');
  if (at !== start) throw notStrict('payload holds more than one .xz stream');
  if (total > limit) throw overLimit(`.xz stream of ${total} bytes exceeds ${limit}`);
  const out = new Uint8Array(total);
  let done = 0;
  for (const { chunks, output, distance, sum } of blocks) {
    const part = out.subarray(done, done + output);
    lzma2Decode(chunks, part);
    for (const step of distance) for (let i = step; i < part.length; i++) part[i] += part[i - step];
    if (!equal(check.of(part), sum)) throw malformed('.xz check is wrong');
    done += output;
  }
  return out;
}

/** Distances of the delta filters, the last filter first: the order in which they are undone. */
function xzBlockHeader(header, packed, output) {
  const end = header.length - 4;
  if (crc32(header.subarray(0, end)) !== u32(header, end)) throw malformed('.xz block header is damaged');
  const reader = new Reader(header, 1, end);
  const flags = reader.u8();
  if ((flags & 0x3c) !== 0) throw malformed('.xz block header has unknown flags');
  if ((flags & 0x40) !== 0 && reader.uv() !== packed) throw malformed('.xz block header and index disagree');
  if ((flags & 0x80) !== 0 && reader.uv() !== output) throw malformed('.xz block header and index disagree');
  const distances = [];
  for (let left = flags & 3; left >= 0; left--) {
    const kind = reader.uv();
    const properties = reader.lp();
    if ((kind === 0x21) !== (left === 0)) throw malformed('.xz block does not end in LZMA2');
    if (left > 0) {
      if (kind !== 3) throw unsupported(`.xz filter ${kind}`);
      if (properties.length !== 1) throw malformed('.xz block has broken delta properties');
      distances.unshift(properties[0] + 1);
      continue;
    }
    const number = properties[0];
    if (properties.length !== 1 || number > 40) throw malformed('.xz block has broken LZMA2 properties');
    const dictionary = number === 40 ? 2 ** 32 - 1 : (2 + (number & 1)) * 2 ** ((number >> 1) + 11);
    if (dictionary > MAX_DICTIONARY) throw overLimit(`.xz dictionary exceeds ${MAX_DICTIONARY} bytes`);
  }
  if (reader.take(reader.left()).some((byte) => byte !== 0)) {
    throw malformed('.xz block header has bytes after its filters');
  }
  return distances;
}

function* lzma2Chunks(data) {
  const reader = new Reader(data);
  const two = () => reader.u8('LZMA2 chunk') * 256 + reader.u8('LZMA2 chunk') + 1;
  for (;;) {
    const control = reader.u8('LZMA2 chunk');
    if (control === 0) {
      reader.done('the LZMA2 data');
      return;
    }
    const low = two();
    if (control < 0x80) {
      if (control > 2) throw malformed('LZMA2 chunk of an unknown kind');
      yield { control, size: low, bytes: reader.take(low, 'LZMA2 chunk'), properties: undefined };
    } else {
      const packed = two();
      const properties = control >= 0xc0 ? reader.u8('LZMA2 properties') : undefined;
      const bytes = reader.take(packed, 'LZMA2 chunk');
      if (bytes[0] !== 0) throw malformed('LZMA2 chunk does not begin with a zero');
      yield { control, size: (control & 0x1f) * 65536 + low, bytes, properties };
    }
  }
}

function lzma2Size(data) {
  let total = 0;
  for (const { size } of lzma2Chunks(data)) total += size;
  return total;
}

function lzma2Decode(data, out) {
  let lzma;
  let at = 0;
  let dictionary = false;
  let base = 0;
  for (const { control, size, bytes, properties } of lzma2Chunks(data)) {
    if (control === 1 || control >= 0xe0) {
      dictionary = true;
      base = at;
    }
    if (!dictionary) throw malformed('LZMA2 data begins without a new dictionary');
    if (control < 0x80) {
      out.set(bytes, at);
      at += size;
      // An uncompressed chunk leaves the probabilities; the state of the machine starts anew only with the next reset.
      if (control === 1) lzma = undefined;
      continue;
    }
    if (properties !== undefined) lzma = new Lzma(properties);
    if (lzma === undefined) throw malformed('LZMA2 chunk without properties');
    if (control >= 0xa0 && control < 0xc0) lzma.reset();
    lzma.decode(bytes, out, at, at + size, base);
    at += size;
  }
}

const fresh = (count) => new Uint16Array(count).fill(1024);

/** The LZMA machine: a range coder with adaptive bits, literals, matches and four repeated distances. */
class Lzma {
  constructor(properties) {
    if (properties >= 225) throw malformed('LZMA properties are out of range');
    this.lc = properties % 9;
    this.lp = Math.floor(properties / 9) % 5;
    this.pb = Math.floor(properties / 45);
    if (this.lc + this.lp > 4) throw malformed('LZMA properties are out of range');
    this.reset();
  }

  reset() {
    this.state = 0;
    this.reps = [0, 0, 0, 0];
    this.isMatch = fresh(12 * 16);
    this.isRep = fresh(12);
    this.isRep0 = fresh(12);
    this.isRep1 = fresh(12);
    this.isRep2 = fresh(12);
    this.isRep0Long = fresh(12 * 16);
    this.literal = fresh(0x300 << (this.lc + this.lp));
    this.slots = fresh(4 * 64);
    this.special = fresh(128);
    this.align = fresh(16);
    this.matchLength = { choice: fresh(2), low: fresh(16 * 8), mid: fresh(16 * 8), high: fresh(256) };
    this.repLength = { choice: fresh(2), low: fresh(16 * 8), mid: fresh(16 * 8), high: fresh(256) };
  }

  bit(probs, index) {
    if (this.range < 0x1000000) this.normalize();
    const bound = (this.range >>> 11) * probs[index];
    if (this.code < bound) {
      this.range = bound;
      probs[index] += (2048 - probs[index]) >> 5;
      return 0;
    }
    this.range -= bound;
    this.code -= bound;
    probs[index] -= probs[index] >> 5;
    return 1;
  }

  normalize() {
    if (this.pos >= this.input.length) throw malformed('LZMA chunk is cut short');
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.input[this.pos++]) >>> 0;
  }

  direct(count) {
    let value = 0;
    for (let i = 0; i < count; i++) {
      if (this.range < 0x1000000) this.normalize();
      this.range >>>= 1;
      const one = this.code >= this.range ? 1 : 0;
      if (one) this.code -= this.range;
      value = value * 2 + one;
    }
    return value;
  }

  tree(probs, base, bits) {
    let node = 1;
    for (let i = 0; i < bits; i++) node = 2 * node + this.bit(probs, base + node);
    return node - (1 << bits);
  }

  reverseTree(probs, base, bits) {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const one = this.bit(probs, base + node);
      node = 2 * node + one;
      value += one << i;
    }
    return value;
  }

  length(coder, position) {
    if (this.bit(coder.choice, 0) === 0) return 2 + this.tree(coder.low, position * 8, 3);
    if (this.bit(coder.choice, 1) === 0) return 10 + this.tree(coder.mid, position * 8, 3);
    return 18 + this.tree(coder.high, 0, 8);
  }

  distance(length) {
    const slot = this.tree(this.slots, Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 + (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + this.reverseTree(this.special, base - slot, bits);
    return base + this.direct(bits - 4) * 16 + this.reverseTree(this.align, 0, 4);
  }

  literalByte(out, at, base) {
    const before = at > base ? out[at - 1] : 0;
    const place = (((at - base) & ((1 << this.lp) - 1)) << this.lc) + (before >> (8 - this.lc));
    const probs = 0x300 * place;
    let node = 1;
    if (this.state >= 7) {
      let match = out[at - this.reps[0] - 1];
      while (node < 0x100) {
        const wanted = (match >> 7) & 1;
        match <<= 1;
        const one = this.bit(this.literal, probs + 0x100 * (1 + wanted) + node);
        node = 2 * node + one;
        if (one !== wanted) break;
      }
    }
    while (node < 0x100) node = 2 * node + this.bit(this.literal, probs + node);
    out[at] = node & 255;
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
  }

  /** One chunk: fills `out` from `at` to `end`; nothing before `base` may be copied. */
  decode(input, out, at, end, base) {
    if (input.length < 5) throw malformed('LZMA chunk is cut short');
    this.input = input;
    this.pos = 5;
    this.range = 0xffffffff;
    this.code = new DataView(input.buffer, input.byteOffset).getUint32(1);
    while (at < end) {
      const position = (at - base) & ((1 << this.pb) - 1);
      const place = this.state * 16 + position;
      if (this.bit(this.isMatch, place) === 0) {
        // A copy may have been the last thing before; its distance is known to be inside.
        if (this.state >= 7 && this.reps[0] >= at - base) throw malformed('LZMA distance from before the beginning');
        this.literalByte(out, at++, base);
        continue;
      }
      let length;
      if (this.bit(this.isRep, this.state) === 0) {
        length = this.length(this.matchLength, position);
        const distance = this.distance(length);
        this.reps = [distance, this.reps[0], this.reps[1], this.reps[2]];
        this.state = this.state < 7 ? 7 : 10;
      } else {
        length = this.repeated(place, position);
      }
      const distance = this.reps[0] + 1;
      if (distance > at - base) throw malformed('LZMA distance from before the beginning');
      if (length > end - at) throw malformed('LZMA chunk yields more than it states');
      for (const stop = at + length; at < stop; at++) out[at] = out[at - distance];
    }
    if (this.range < 0x1000000) this.normalize();
    if (this.pos !== input.length || this.code !== 0) throw malformed('LZMA chunk does not end where it states');
  }

  /** A match at one of the last four distances, which moves to the front. */
  repeated(place, position) {
    const { reps, state } = this;
    if (this.bit(this.isRep0, state) === 0) {
      if (this.bit(this.isRep0Long, place) === 0) {
        this.state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      const which = this.bit(this.isRep1, state) === 0 ? 1 : this.bit(this.isRep2, state) === 0 ? 2 : 3;
      const [distance] = reps.splice(which, 1);
      reps.unshift(distance);
    }
    this.state = state < 7 ? 8 : 11;
    return this.length(this.repLength, position);
  }
}

// -------------------------------------------------------------------------------------------------------- container

function runBackend(backend, payload, limit) {
  if (backend === 0) return xzDecode(payload, limit);
  if (backend === 1) return zstdDecode(payload, limit);
  if (backend !== 2) throw malformed(`unknown backend ${backend}`);
  if (payload.length > limit) throw overLimit(`stored payload of ${payload.length} bytes exceeds ${limit}`);
  return payload;
}

/** A stream set: named payloads, all decoded. A stream that is not there reads as empty. */
class Streams {
  constructor(reader, limit) {
    const count = reader.count(256, 'number of streams');
    this.found = new Map();
    let room = limit;
    for (let i = 0; i < count; i++) {
      const bytes = reader.lp('stream name');
      if (bytes.length < 1 || bytes.length > 31 || bytes.some((byte) => byte < 32 || byte > 126)) {
        throw notStrict('a stream name is not 1 to 31 characters of ASCII');
      }
      const name = Buffer.from(bytes).toString('latin1');
      if (this.found.has(name)) throw notStrict(`two streams are called ${name}`);
      const backend = reader.u8('stream backend');
      const data = runBackend(backend, reader.lp('stream payload'), room);
      room -= data.length;
      this.found.set(name, data);
    }
  }

  raw(name) {
    return this.found.get(name) ?? NOTHING;
  }

  reader(name) {
    return new Reader(this.raw(name));
  }

  cells(name) {
    return new Cells(this.raw(name), name);
  }
}

/** Cells with line feeds between, one after the other; no bytes at all are one empty cell. */
class Cells {
  constructor(data, name) {
    this.data = data;
    this.pos = 0;
    this.name = name;
  }

  next() {
    if (this.pos < 0) throw malformed(`stream ${this.name} has too few cells`);
    const start = this.pos;
    const end = this.data.indexOf(LF, start);
    this.pos = end < 0 ? -1 : end + 1;
    return this.data.subarray(start, end < 0 ? this.data.length : end);
  }
}

/** Pieces between the occurrences of some bytes; always one more than there are. */
function split(data, separator) {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.length);
  const found = [];
  let start = 0;
  for (;;) {
    const end = buffer.indexOf(separator, start);
    found.push(data.subarray(start, end < 0 ? data.length : end));
    if (end < 0) return found;
    start = end + separator.length;
  }
}

const NUL = Buffer.of(0);
const VARIABLE = Buffer.from('<*>');
const lines = (data) => split(data, Buffer.of(LF));

function pick(items, index, what) {
  if (!(index < items.length)) throw malformed(`${what} ${index} of ${items.length}`);
  return items[index];
}

/** The last 36 bytes, which every container has. */
function cutTrailer(data) {
  if (data.length < 3 || data[0] !== 0x41 || data[1] !== 0x54 || data[2] !== 0x31) {
    throw malformed('not an AT-1 container');
  }
  const trailer = data.subarray(-TRAILER);
  if (data.length < 5 + TRAILER || TRAILER_MAGIC.some((byte, i) => trailer[32 + i] !== byte)) {
    throw new Fail('container/trailer-missing', 'container without integrity trailer');
  }
  return trailer;
}

function checkTrailer(digest, trailer) {
  if (equal(digest, trailer.subarray(0, 32))) return;
  throw new Fail('container/digest-mismatch', 'output does not have the digest of the trailer');
}

function checkCodec(codec) {
  if (codec > 12 && codec < 255) throw malformed(`unknown codec ${codec}`);
}

const isContainer = (data) => data.length > 4 && data[0] === 0x41 && data[1] === 0x54 && data[2] === 0x31;
const isBundle = (data) => isContainer(data) && data[3] === 2 && data[4] === 12;

/** The output of a container in memory; everything about it is checked. Not for bundles. */
export function decodeContainer(data, limit = MAX_OUTPUT, wholeOnly = false) {
  if (isContainer(data) && data[3] !== 2 && data[3] !== 3) throw malformed(`unknown mode ${data[3]}`);
  if (isBundle(data)) throw unsupported('a bundle has several outputs');
  const trailer = cutTrailer(data);
  const end = data.length - TRAILER;
  const codec = data[4];
  checkCodec(codec);
  let output;
  if (data[3] === 3) {
    if (wholeOnly) throw notStrict('stream container where a whole one is expected');
    const out = new Out(limit);
    const reader = new Reader(data, 5, end);
    reader.uv('hint');
    while (reader.left() > 0) {
      const frame = reader.take(frameLength(reader.uv('frame length')), 'frame');
      out.add(decodeFrame(codec, frame, limit - out.size, reader.left() === 0));
    }
    output = out.bytes();
  } else if (codec === 255) {
    if (end < 6) throw malformed('container without a backend');
    output = runBackend(data[5], data.subarray(6, end), limit);
  } else {
    output = runCodec(codec, new Reader(data, 5, end), limit);
  }
  checkTrailer(sha256(output), trailer);
  return output;
}

function frameLength(length) {
  if (length < 2) throw malformed(`frame of ${length} bytes`);
  if (length > MAX_FRAME) throw overLimit(`frame of ${length} bytes exceeds ${MAX_FRAME}`);
  return length;
}

function decodeFrame(codec, frame, limit, last) {
  const most = Math.min(limit, MAX_FRAME_OUTPUT);
  if (frame[0] > 1) throw notStrict(`frame method ${frame[0]}`);
  if (frame[0] === 0) {
    if (codec >= 12) throw malformed(`codec frame under codec ${codec}`);
    return runCodec(codec, new Reader(frame, 1), most);
  }
  // Notes for other readers, as the very last frame: no output.
  if (frame[1] === 1 && last && frame.length >= 10 && u32(frame, 2) >>> 4 === 0x184d2a5) {
    if (u32(frame, 6) !== frame.length - 10) throw notStrict('bytes after a skippable frame');
    return NOTHING;
  }
  return runBackend(frame[1], frame.subarray(2), most);
}

function runCodec(codec, reader, limit) {
  // Streams are a model of the output and seldom larger; all of them together have this much room.
  const streams = new Streams(reader, Math.min(MAX_OUTPUT, 2 * limit + MIB));
  reader.done('the stream set');
  const out = new Out(limit);
  CODECS[codec](streams, out);
  return out.bytes();
}

// ----------------------------------------------------------------------------------------------------------- codecs

/** What line codecs share: verbatim lines, line feeds between lines, and the final one. */
function lineCodec(flags, { count, final }, verbatim, out, structured) {
  if (flags.length < count) throw malformed(`${count} lines with ${flags.length} flags`);
  for (let i = 0; i < count; i++) {
    if (i > 0) out.byte(LF);
    if (flags[i] === 0) out.add(verbatim.next());
    else structured(flags[i]);
  }
  if (final) out.byte(LF);
}

function linesMeta(meta) {
  return { count: meta.uv('lines'), final: flagOf(meta) };
}

function flagOf(meta) {
  return meta.u8('flag') !== 0;
}

/** The codecs json and osm: any other number than 1 means no. */
function flagThatIsOne(meta) {
  return meta.u8('flag') === 1;
}

function decodeLog(streams, out) {
  const meta = streams.reader('meta');
  const counted = linesMeta(meta);
  meta.done('meta');
  const templates = lines(streams.raw('templates')).map((template) => split(template, NUL));
  const ids = streams.reader('tids');
  const cells = streams.cells('vars');
  lineCodec(streams.raw('flags'), counted, streams.cells('verbatim'), out, () => {
    const parts = pick(templates, ids.uv('template'), 'template');
    for (const [i, part] of parts.entries()) {
      if (i > 0) out.add(cells.next());
      out.add(part);
    }
  });
}

function decodeSsh(streams, out) {
  const meta = streams.reader('meta');
  const counted = linesMeta(meta);
  meta.done('meta');
  const columns = ['months', 'days', 'times', 'hosts'].map((name) => streams.cells(name));
  const templates = lines(streams.raw('templates')).map((template) => split(template, VARIABLE));
  const pids = streams.reader('pids');
  const ids = streams.reader('template_ids');
  const variables = streams.cells('vars');
  const messages = streams.cells('rawmsgs');
  lineCodec(streams.raw('flags'), counted, streams.cells('verbatim'), out, (flag) => {
    for (const column of columns) {
      out.add(column.next());
      out.byte(32);
    }
    out.text(`sshd[${pids.big('pid')}]: `);
    if (flag !== 2) {
      out.add(messages.next());
      return;
    }
    const parts = pick(templates, ids.uv('template'), 'template');
    const values = split(variables.next(), NUL);
    for (const [i, part] of parts.entries()) {
      if (i > 0) out.add(values[i - 1] ?? NOTHING);
      out.add(part);
    }
  });
}

const LEAST = -(1n << 63n);
const MOST = (1n << 63n) - 1n;

function checkedI64(value) {
  if (value < LEAST || value > MOST) throw malformed('a number leaves 64 bits');
  return value;
}

/** `scale` undefined: a whole number. */
function decimal(value, scale) {
  if (scale === undefined) return ascii(String(value));
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return ascii(`${value < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`);
}

function scaleOf(reader) {
  const scale = reader.u8('scale');
  if (scale > 18) throw malformed(`decimal scale ${scale}`);
  return scale;
}

/** Signed differences, each to the value before. */
class Running {
  constructor(reader) {
    this.reader = reader;
    this.value = 0n;
  }

  next() {
    this.value = checkedI64(this.value + this.reader.sv());
    return this.value;
  }
}

// Columns of codec 4: each a generator, so that a long column is never in memory as a list.

function* textColumn(data) {
  const cells = new Cells(data, 'values');
  while (cells.pos >= 0) yield cells.next();
}

function* deltaColumn(reader, scale) {
  const running = new Running(reader);
  while (reader.left() > 0) yield decimal(running.next(), scale);
}

function* decimalColumn(data) {
  if (data.length === 0) return;
  const reader = new Reader(data);
  yield* deltaColumn(reader, scaleOf(reader));
}

function* numexcColumn(data) {
  const reader = new Reader(data);
  const kind = reader.u8('column');
  if (kind > 1) throw malformed(`column of exceptions to kind ${kind}`);
  const scale = kind === 1 ? scaleOf(reader) : undefined;
  const count = reader.count(8 * data.length, 'values');
  const bits = reader.take((count + 7) >>> 3, 'bits');
  const exceptions = [];
  for (let left = reader.count(Math.min(count, reader.left()), 'exceptions'); left > 0; left--) {
    exceptions.push(reader.lp());
  }
  let used = 0;
  const numbers = new Running(reader);
  for (let i = 0; i < count; i++) {
    if ((bits[i >>> 3] >> (i & 7)) & 1) yield decimal(numbers.next(), scale);
    else yield pick(exceptions, used++, 'exception');
  }
}

function* dictColumn(data) {
  const reader = new Reader(data);
  const count = reader.count(data.length, 'values');
  const words = [];
  for (let left = reader.count(reader.left(), 'dictionary'); left > 0; left--) words.push(reader.lp());
  for (let i = 0; i < count; i++) yield pick(words, reader.uv('dictionary index'), 'dictionary entry');
}

function* shufColumn(data) {
  const reader = new Reader(data);
  const count = reader.uv('values');
  const least = reader.sv('minimum');
  const width = reader.u8('width');
  if (width < 1 || width > 8 || count > reader.left() / width) {
    throw malformed(`column of ${reader.left()} bytes for ${count} values of width ${width}`);
  }
  const planes = reader.take(count * width);
  for (let i = 0; i < count; i++) {
    let value = 0n;
    for (let plane = width - 1; plane >= 0; plane--) value = value * 256n + BigInt(planes[plane * count + i]);
    yield decimal(checkedI64(least + value), undefined);
  }
}

class Columns {
  constructor(types, parts) {
    this.types = types;
    this.parts = parts;
    this.listed = new Map();
    this.room = 2 ** 24;
  }

  column(index) {
    const data = this.parts[index];
    const kind = this.types[index];
    if (kind === 0) return textColumn(data);
    if (kind === 1) return deltaColumn(new Reader(data), undefined);
    if (kind === 2) return decimalColumn(data);
    if (kind === 3) return numexcColumn(data);
    if (kind === 4) return this.derived(index, data);
    if (kind === 5) return dictColumn(data);
    if (kind === 6) return shufColumn(data);
    return [][Symbol.iterator]();
  }

  /** The column as a list: the source of derived ones. All such lists together have a bound. */
  list(index) {
    if (this.listed.has(index)) return;
    const found = [];
    for (const value of this.column(index)) {
      found.push(value);
      if (--this.room < 0) throw overLimit('derived columns hold too many values');
    }
    this.listed.set(index, found);
  }

  *derived(index, data) {
    const reader = new Reader(data);
    const sourceOf = (of, from) => {
      const source = from.uv('source column');
      if (source >= of) throw malformed(`column ${of} is derived from column ${source}`);
      return source;
    };
    const source = sourceOf(index, reader);
    const words = [];
    for (let left = reader.count(reader.left(), 'map'); left > 0; left--) words.push(reader.lp());
    // From the lowest column on, so that a long chain needs no deep recursion.
    const chain = [source];
    for (let last = source; this.types[last] === 4 && !this.listed.has(last); chain.push(last)) {
      last = sourceOf(last, new Reader(this.parts[last]));
    }
    for (const step of chain.reverse()) this.list(step);
    const numbers = new Map();
    for (const value of this.listed.get(source)) {
      const key = Buffer.from(value).toString('latin1');
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      yield pick(words, numbers.get(key), 'map entry');
    }
  }
}

function quotedCell(value) {
  const parts = split(value, Buffer.from('"'));
  return Buffer.concat([
    Buffer.from('"'),
    ...parts.flatMap((part, i) => (i > 0 ? [Buffer.from('""'), part] : [part])),
    Buffer.from('"'),
  ]);
}

function decodeColumnar(streams, out) {
  const meta = streams.reader('meta');
  const { count: rows, final } = linesMeta(meta);
  const hasHeader = flagOf(meta);
  const delimiter = meta.lp('delimiter');
  const lengths = streams.reader('col_index');
  const count = meta.count(lengths.left() + 1, 'columns');
  meta.done('meta');
  const types = streams.raw('coltypes');
  const modes = streams.raw('quotemodes');
  if (count > 0 && (types.length !== count || modes.length !== count)) {
    throw malformed(`${count} columns with ${types.length} types and ${modes.length} quote modes`);
  }
  const values = streams.reader('values');
  const parts = range(count).map(() => values.take(lengths.uv('column length'), 'column'));
  const table = new Columns(types, parts);
  const columns = range(count).map((index) => table.column(index));
  const rowModes = streams.raw('row_modes').subarray(0, rows);
  if (rowModes.length < rows) throw malformed(`${rows} rows with ${rowModes.length} modes`);
  const fieldCounts = streams.reader('fieldcounts');
  const fields = [];
  const cells = new Float64Array(count + 1);
  for (const mode of rowModes) {
    if (mode === 0) continue;
    const found = fieldCounts.count(count, 'cells of a row');
    fields.push(found);
    if (found > 0) cells[found - 1]++;
  }
  // Column i has a cell in every row of more than i cells.
  for (let i = count - 2; i >= 0; i--) cells[i] += cells[i + 1];
  const bits = streams.reader('quotebits');
  const quoted = range(count).map((i) => (modes[i] < 2 ? modes[i] : bits.take(Math.ceil(cells[i] / 8), 'quote bits')));
  const used = new Float64Array(count);
  const verbatim = streams.cells('verbatim');
  if (hasHeader) out.add(streams.raw('header'));
  let row = 0;
  for (const [line, mode] of rowModes.entries()) {
    if (line > 0 || hasHeader) out.byte(LF);
    if (mode === 0) {
      out.add(verbatim.next());
      continue;
    }
    const found = fields[row++];
    for (let i = 0; i < found; i++) {
      const { value, done } = columns[i].next();
      if (done) throw malformed(`column ${i} has too few values`);
      if (i > 0) out.add(delimiter);
      const place = used[i]++;
      const quote = typeof quoted[i] === 'number' ? quoted[i] : (quoted[i][Math.floor(place / 8)] >> (place % 8)) & 1;
      out.add(quote ? quotedCell(value) : value);
    }
  }
  if (final) out.byte(LF);
}

/** Blocks of codecs 7 and 8: the cells of a column for a group of rows; loaded group by group. */
class Groups {
  constructor(streams, prefix, types, rows, limit) {
    this.types = types;
    this.rows = rows;
    this.limit = limit;
    this.index = streams.reader(`${prefix}index`);
    this.blocks = streams.reader(`${prefix}blocks`);
    this.row = 0;
    this.cells = [];
  }

  next() {
    if (this.row++ % this.rows === 0) {
      let room = this.limit;
      this.cells = Array.from(this.types, (kind) => {
        const length = this.index.uv('block length');
        if (kind === 1) {
          this.index.sv();
          this.index.sv();
        } else if (kind === 2) {
          this.index.take(16, 'zone map');
        }
        const block = this.blocks.take(length, 'block');
        if (block.length < 1) throw malformed('empty block');
        if (block[0] > 1) throw notStrict(`block of kind ${block[0]}`);
        const data = runBackend(block[0], block.subarray(1), room);
        room -= data.length;
        return new Cells(data, 'blocks');
      });
    }
    return this.cells.map((cells) => cells.next());
  }
}

/** The end of meta that codecs 7 and 8 share: columns, rows of a group, rows, groups, types. */
function groupsMeta(meta, streams, prefix, limit) {
  const count = meta.count(meta.left(), 'columns');
  const size = meta.uv('rows of a group');
  const rows = meta.uv('rows');
  const groups = meta.uv('groups');
  if (size === 0 || groups !== Math.ceil(rows / size)) throw malformed(`${rows} rows in ${groups} groups of ${size}`);
  const types = meta.take(count, 'column types');
  meta.done('meta');
  const flags = streams.raw(`${prefix}row_modes`);
  let structured = 0;
  for (const flag of flags) if (flag !== 0) structured++;
  if (structured !== rows) throw malformed(`${rows} rows with another number of modes`);
  return { count, flags, groups: new Groups(streams, prefix, types, size, limit) };
}

function decodeQcolumnar(streams, out) {
  const meta = streams.reader('meta');
  const counted = linesMeta(meta);
  const delimiter = meta.lp('delimiter');
  const { flags, groups } = groupsMeta(meta, streams, '', out.limit);
  lineCodec(flags, counted, streams.cells('verbatim'), out, () => {
    for (const [i, value] of groups.next().entries()) {
      if (i > 0) out.add(delimiter);
      out.add(value);
    }
  });
}

function decodeQjson(streams, out, prefix = '') {
  const meta = streams.reader(`${prefix}meta`);
  const counted = linesMeta(meta);
  const { count, flags, groups } = groupsMeta(meta, streams, prefix, out.limit);
  const template = streams.reader(`${prefix}template`);
  if (template.uv('segments') !== count + 1) throw malformed(`template does not fit ${count} columns`);
  const segments = range(count + 1).map(() => template.lp('segment'));
  template.done('the template');
  lineCodec(flags, counted, streams.cells(`${prefix}verbatim`), out, () => {
    out.add(segments[0]);
    for (const [i, value] of groups.next().entries()) {
      out.add(value);
      out.add(segments[i + 1]);
    }
  });
}

function decodeQjson2(streams, out) {
  const meta = streams.reader('meta');
  const { count, final } = linesMeta(meta);
  const templates = meta.count(64, 'templates');
  meta.done('meta');
  const map = streams.reader('line_map');
  if (count > map.left()) throw malformed(`${count} lines in a map of ${map.left()} bytes`);
  const sources = [streams.cells('verbatim')];
  for (let i = 0; i < templates; i++) {
    const part = new Out(out.limit);
    decodeQjson(streams, part, `t${i}:`);
    sources.push(new Cells(part.bytes(), `t${i}`));
  }
  for (let i = 0; i < count; i++) {
    if (i > 0) out.byte(LF);
    out.add(pick(sources, map.uv('template'), 'template').next());
  }
  map.done('the line map');
  if (final && count > 0) out.byte(LF);
}

const MAX_DEPTH = 8192;

function decodeJson(streams, out) {
  const meta = streams.reader('meta');
  const counted = { count: meta.uv('lines'), final: flagThatIsOne(meta) };
  meta.done('meta');
  const keys = lines(streams.raw('keyvocab'));
  const index = streams.reader('value_index');
  const values = streams.reader('values');
  const columns = [];
  for (let left = index.count(index.left(), 'columns'); left > 0; left--) {
    if (columns.length > 0 && values.u8('separator') !== LF) throw malformed('columns without a line feed between');
    columns.push(new Cells(values.take(index.uv('column length'), 'column'), 'values'));
  }
  const rules = jsonRules(streams.reader('rules'));
  const tape = streams.reader('tape');
  const last = new Map();
  lineCodec(streams.raw('flags'), counted, streams.cells('verbatim'), out, () => {
    // Open objects and arrays; deep nesting is data, not recursion.
    const open = [];
    for (;;) {
      const kind = tape.u8('tape');
      if (kind === 0) {
        const column = tape.uv('column');
        const value = pick(columns, column, 'column').next();
        last.set(column, value);
        out.add(value);
      } else if (kind < 3) {
        if (open.length + 1 >= MAX_DEPTH) throw overLimit(`values nested deeper than ${MAX_DEPTH}`);
        out.text(kind === 1 ? '{' : '[');
        open.push({ left: tape.count(tape.left(), 'members'), object: kind === 1, first: true });
      } else if (kind === 3) {
        derivedString(pick(rules, tape.uv('rule'), 'rule'), last, out);
      } else {
        throw malformed(`tape has the unknown mark ${kind}`);
      }
      while (open.length > 0 && open[open.length - 1].left === 0) out.text(open.pop().object ? '}' : ']');
      const top = open[open.length - 1];
      if (top === undefined) return;
      top.left--;
      if (!top.first) out.text(',');
      top.first = false;
      if (top.object) {
        out.add(pick(keys, tape.uv('key'), 'key'));
        out.text(':');
      }
    }
  });
}

function jsonRules(reader) {
  const rules = [];
  for (let left = reader.count(reader.left(), 'rules'); left > 0; left--) {
    const literals = [];
    for (let more = reader.count(reader.left(), 'literals'); more > 0; more--) literals.push(reader.lp('literal'));
    const sources = [];
    for (let more = reader.count(reader.left(), 'sources'); more > 0; more--) sources.push(reader.uv('source'));
    if (literals.length !== sources.length + 1) {
      throw malformed(`rule of ${literals.length} literals for ${sources.length} sources`);
    }
    rules.push({ literals, sources });
  }
  return rules;
}

function derivedString({ literals, sources }, last, out) {
  out.text('"');
  out.add(literals[0]);
  for (const [i, source] of sources.entries()) {
    const value = last.get(source);
    if (value === undefined) throw malformed('a rule uses a column before its first value');
    const quoted = value.length > 1 && value[0] === 0x22 && value[value.length - 1] === 0x22;
    out.add(quoted ? value.subarray(1, -1) : value);
    out.add(literals[i + 1]);
  }
  out.text('"');
}

function decodeJsondoc(streams, out) {
  const meta = streams.reader('meta');
  const mode = meta.u8('mode');
  if (mode > 1) throw notStrict(`mode ${mode}`);
  if (mode === 0) {
    out.add(streams.raw('raw'));
    return;
  }
  const index = streams.reader('value_index');
  const values = streams.reader('values');
  const columns = [];
  for (let left = index.count(index.left(), 'columns'); left > 0; left--) {
    columns.push(new Cells(values.take(index.uv('column length'), 'column'), 'values'));
  }
  const ids = streams.reader('colids');
  const skeleton = streams.raw('skeleton');
  let start = 0;
  for (;;) {
    const end = skeleton.indexOf(0, start);
    out.add(skeleton.subarray(start, end < 0 ? skeleton.length : end));
    if (end < 0) return;
    out.add(pick(columns, ids.uv('column'), 'column').next());
    start = end + 1;
  }
}

function timestamp(seconds) {
  // A date of JavaScript has no range of 64 bits; years outside 0 to 9999 have no form here anyway.
  if (seconds < -62167219200n || seconds > 253402300799n) throw malformed('a timestamp is out of range');
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

function coordinate(value) {
  const digits = String(value < 0n ? -value : value).padStart(8, '0');
  const part = digits.slice(-7).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -7)}${part === '' ? '' : `.${part}`}`;
}

function nulStrings(reader, what) {
  const count = reader.count(reader.left(), what);
  const found = split(reader.take(reader.left()), NUL);
  if (found.length < count + 1) throw malformed(`${what} are not ${count} strings`);
  return found.slice(0, count);
}

const OSM_KINDS = ['node', 'way', 'relation'];

function decodeOsm(streams, out) {
  const meta = streams.reader('meta');
  const final = flagThatIsOne(meta);
  meta.done('meta');
  const keys = nulStrings(streams.reader('tag_keys'), 'tag keys');
  const roles = nulStrings(streams.reader('roles'), 'roles');
  const verbatim = streams.reader('verbatim');
  const sources = ['n', 'w', 'r'].map((letter) => {
    const source = {};
    for (const name of ['id', 'ts', 'lat', 'lon', 'ndref', 'memref']) {
      source[name] = new Running(streams.reader(`${letter}_${name}`));
    }
    for (const name of ['ver', 'tagcnt', 'tagkey', 'tagval', 'ndcnt', 'memcnt', 'memtype', 'memrole']) {
      source[name] = streams.reader(`${letter}_${name}`);
    }
    return source;
  });
  for (const [number, opcode] of streams.raw('opcodes').entries()) {
    if (number > 0) out.byte(LF);
    if (opcode === 0) {
      out.add(verbatim.lp('verbatim'));
      continue;
    }
    if (opcode > 3) throw notStrict(`opcode ${opcode}`);
    osmElement(OSM_KINDS[opcode - 1], sources[opcode - 1], keys, roles, out);
  }
  if (final) out.byte(LF);
}

function osmElement(kind, source, keys, roles, out) {
  const id = source.id.next();
  const version = source.ver.big('version');
  out.text(`  <${kind} id="${id}" version="${version}" timestamp="${timestamp(source.ts.next())}"`);
  let inner = 0;
  if (kind === 'node') out.text(` lat="${coordinate(source.lat.next())}" lon="${coordinate(source.lon.next())}"`);
  else if (kind === 'way') inner = source.ndcnt.count(source.ndref.reader.left(), 'nodes');
  else inner = source.memcnt.count(source.memref.reader.left(), 'members');
  const tags = source.tagcnt.count(source.tagkey.left(), 'tags');
  if (inner + tags === 0) {
    out.text('/>');
    return;
  }
  out.text('>');
  for (let i = 0; i < inner; i++) {
    if (kind === 'way') {
      out.text(`\n    <nd ref="${source.ndref.next()}"/>`);
      continue;
    }
    const member = pick(OSM_KINDS, source.memtype.uv('member type'), 'member type');
    out.text(`\n    <member type="${member}" ref="${source.memref.next()}" role="`);
    out.add(pick(roles, source.memrole.uv('role'), 'role'));
    out.text('"/>');
  }
  for (let i = 0; i < tags; i++) {
    out.text('\n    <tag k="');
    out.add(pick(keys, source.tagkey.uv('tag key'), 'tag key'));
    out.text('" v="');
    out.add(source.tagval.lp('tag value'));
    out.text('"/>');
  }
  out.text(`\n  </${kind}>`);
}

const TAB = 9;

function decodeVcf(streams, out) {
  const meta = streams.reader('meta');
  const counted = linesMeta(meta);
  const samples = meta.uv('samples');
  const delta = flagOf(meta);
  const common = meta.lp('genotype');
  const words = [];
  for (let left = meta.count(meta.left(), 'vocabulary'); left > 0; left--) words.push(meta.lp('genotype'));
  meta.done('meta');
  const names = ['chrom', 'pos', 'id', 'ref', 'alt', 'qual', 'filter', 'info', 'format'];
  const columns = names.map((name) => streams.cells(name));
  const positions = new Running(streams.reader('pos'));
  const genotypes = streams.reader('gt');
  lineCodec(streams.raw('flags'), counted, streams.cells('verbatim'), out, () => {
    for (const [i, column] of columns.entries()) {
      if (delta && i === 1) out.text(String(positions.next()));
      else out.add(column.next());
      out.byte(TAB);
    }
    const exceptions = new Map();
    let sample = 0;
    for (let left = genotypes.count(genotypes.left(), 'exceptions'); left > 0; left--) {
      sample += genotypes.uv('sample step');
      if (sample >= samples) throw malformed(`sample ${sample} of ${samples}`);
      exceptions.set(sample, pick(words, genotypes.uv('genotype'), 'genotype'));
    }
    // Samples without exception take at least a TAB each, all but one of them.
    if (samples > out.limit - out.size + 1) throw overLimit(`output exceeds ${out.limit} bytes`);
    for (let i = 0; i < samples; i++) {
      if (i > 0) out.byte(TAB);
      out.add(exceptions.get(i) ?? common);
    }
  });
}

function decodeDicom(streams, out) {
  const meta = streams.reader('meta');
  const mode = meta.u8('mode');
  if (mode > 1) throw notStrict(`mode ${mode}`);
  if (mode === 0) {
    out.add(streams.raw('raw'));
    return;
  }
  const transform = meta.u8('transform');
  const decodeClass = meta.u8('decode class');
  const [rows, columns, samples, bits] = range(4).map(() => meta.big('image'));
  const pad = meta.lp('pad');
  meta.done('meta');
  if (transform > 3) throw malformed(`transform ${transform}`);
  if (decodeClass !== 0) throw unsupported('pixels that need an image codec');
  const width = bits === 8n ? 1 : 2;
  const pixels = Uint8Array.from(streams.raw('pix'));
  if (transform !== 0 && rows * columns * samples * BigInt(width) !== BigInt(pixels.length)) {
    throw malformed(`pixels of ${pixels.length} bytes do not fit the image`);
  }
  if (transform === 3 && width !== 2) throw malformed('byte planes of single bytes');
  out.add(streams.raw('pre'));
  if (pixels.length > 0 && transform > 0) {
    const row = Number(columns * samples);
    out.add(transform === 3 ? joinHalves(pixels) : addNeighbours(pixels, width, row, transform === 1));
  } else {
    out.add(pixels);
  }
  out.add(pad);
  out.add(streams.raw('suf'));
}

/** All high bytes, then all low bytes, to words. */
function joinHalves(pixels) {
  const half = pixels.length / 2;
  const words = new Uint8Array(pixels.length);
  for (let i = 0; i < half; i++) {
    words[2 * i] = pixels[half + i];
    words[2 * i + 1] = pixels[i];
  }
  return words;
}

/** Each element is a difference to the one on its left, or to the one above. */
function addNeighbours(pixels, width, row, left) {
  const count = pixels.length / width;
  for (let i = 1; i < count; i++) {
    const from = left ? i - 1 : i - row;
    if (left ? i % row === 0 : from < 0) continue;
    const sum = pixels[i * width] + pixels[from * width];
    pixels[i * width] = sum;
    if (width === 2) pixels[2 * i + 1] += pixels[2 * from + 1] + (sum >> 8);
  }
  return pixels;
}

function decodeEmbed(streams, out) {
  const meta = streams.reader('meta');
  const width = meta.uv('width');
  if (width < 1 || width > 32) throw malformed(`element width ${width}`);
  const header = meta.lp('header');
  const count = meta.uv('elements');
  meta.done('meta');
  const data = streams.raw('data');
  if (width * count !== data.length) throw malformed(`${count} elements of ${width} bytes in ${data.length} bytes`);
  out.add(header);
  const both = new Uint8Array(data.length);
  for (let plane = 0; plane < width; plane++) {
    for (let i = 0, at = plane; i < count; i++, at += width) both[at] = data[plane * count + i];
  }
  out.add(both);
}

const CODECS = [
  decodeSsh,
  decodeJson,
  decodeOsm,
  decodeLog,
  decodeColumnar,
  decodeVcf,
  decodeJsondoc,
  decodeQcolumnar,
  decodeQjson,
  decodeDicom,
  decodeEmbed,
  decodeQjson2,
];

// ----------------------------------------------------------------------------------------------------------- bundle

/** JSON without escapes, keys at most once, at most 64 levels; throws on everything else. */
function readPlainJson(text) {
  let pos = 0;
  const wrong = () => malformed('bundle manifest is not JSON');
  const space = () => {
    while (' \t\r\n'.includes(text[pos] ?? 'x')) pos++;
  };
  const want = (token) => {
    if (!text.startsWith(token, pos)) throw wrong();
    pos += token.length;
  };
  const string = () => {
    want('"');
    const end = text.indexOf('"', pos);
    const found = text.slice(pos, end);
    if (end < 0 || /[\0-\x1f]/.test(found)) throw wrong();
    pos = end + 1;
    return found;
  };
  const members = (close, member) => {
    pos++;
    space();
    if (text[pos] === close) {
      pos++;
      return;
    }
    for (;;) {
      member();
      space();
      if (text[pos++] === close) return;
      if (text[pos - 1] !== ',') throw wrong();
      space();
    }
  };
  const value = (depth) => {
    space();
    const letter = text[pos];
    if (depth === 64 && (letter === '[' || letter === '{')) throw wrong();
    if (letter === '"') return string();
    if (letter === '[') {
      const found = [];
      members(']', () => found.push(value(depth + 1)));
      return found;
    }
    if (letter === '{') {
      const found = new Map();
      members('}', () => {
        const key = string();
        space();
        want(':');
        if (found.has(key)) throw malformed('bundle manifest has a key twice');
        found.set(key, value(depth + 1));
      });
      return found;
    }
    const word = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
    word.lastIndex = pos;
    const match = word.exec(text);
    if (match === null) throw wrong();
    pos = word.lastIndex;
    return JSON.parse(match[0]);
  };
  const found = value(0);
  space();
  if (pos !== text.length) throw wrong();
  return found;
}

function bundleNameProblem(name) {
  if (typeof name !== 'string' || name === '') return 'is empty';
  if (Buffer.byteLength(name) > 511) return 'is too long';
  if (name.startsWith('/') || name.includes('\\') || name.includes(':')) return 'is not a relative path';
  if (hasHidden(name)) return 'has an invisible character';
  for (const part of name.split('/')) {
    if (part === '' || part === '.' || part === '..') return 'has an empty part or dots';
    // Windows drops these, so that two names would be one file, or one of them .git.
    if (part.endsWith('.') || part.endsWith(' ')) return 'has a part that ends in a dot or a space';
    if (['.git', 'git~1'].includes(part.toLowerCase())) return 'has a part that git takes for its own folder';
  }
  return undefined;
}

/** No path twice, none a folder of another, where letter case and Unicode form are ignored. */
function refuseTwins(paths, error) {
  const seen = new Set();
  const folders = new Set();
  for (const path of paths) {
    const folded = path.toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
    if (seen.has(folded)) throw error(`two files are called ${path}`);
    seen.add(folded);
    const parts = folded.split('/');
    for (let end = 1; end < parts.length; end++) folders.add(parts.slice(0, end).join('/'));
  }
  for (const path of folders) if (seen.has(path)) throw error(`${path} is a file and a folder`);
}

/** Names and contents of the entries, all decoded and checked before anything is handed out. */
export function decodeBundle(data) {
  const reader = new Reader(data, 5);
  const streams = new Streams(reader, MAX_OUTPUT);
  reader.done('the bundle');
  const names = [...streams.found.keys()];
  if (names[names.length - 1] !== 'manifest') throw notStrict('the manifest of a bundle is not its last stream');
  const bytes = streams.raw('manifest');
  if (bytes.includes(0x5c)) throw malformed('bundle manifest has an escape');
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('bundle manifest is not JSON');
  }
  const entries = readPlainJson(text);
  if (!Array.isArray(entries) || entries.length === 0 || !entries.every((entry) => entry instanceof Map)) {
    throw malformed('bundle manifest is not a list of entries');
  }
  if (names.length !== entries.length + 1 || !entries.every((_, i) => streams.found.has(`e${i}`))) {
    throw malformed('bundle manifest does not name the entries that are there');
  }
  for (const entry of entries) {
    const problem = bundleNameProblem(entry.get('name'));
    if (problem !== undefined) throw malformed(`a name in the bundle ${problem}`);
  }
  const searched = Array.from(text.matchAll(/"name":(?: *"([^"]*)")?/g), ([, name]) => name);
  if (searched.length !== entries.length || searched.some((name, i) => name !== entries[i].get('name'))) {
    throw notStrict('names in the bundle can be read in two ways');
  }
  refuseTwins(
    entries.map((entry) => entry.get('name')),
    malformed,
  );
  let room = MAX_OUTPUT;
  return entries.map((entry, i) => {
    const inner = streams.raw(`e${i}`);
    if (isBundle(inner)) throw malformed('a bundle inside a bundle');
    const content = decodeContainer(inner, room);
    room -= content.length;
    const name = entry.get('name');
    if (entry.has('size') && entry.get('size') !== content.length) {
      throw malformed(`${name} has ${content.length} bytes, not those that the bundle states`);
    }
    const hex = sha256Hex(content);
    if (entry.has('sha256') && entry.get('sha256') !== hex) {
      throw new Fail('container/digest-mismatch', `${name} has another digest than the bundle states`);
    }
    return { name, content };
  });
}

// ------------------------------------------------------------------------------------------ transforms of a segment

const badTransform = (message) => new Fail('transform/malformed', message);

function ransTable(reader) {
  const symbols = new Uint8Array(4096);
  const frequencies = new Uint16Array(4096);
  const offsets = new Uint16Array(4096);
  let sum = 0;
  for (let value = 0; value < 256; value++) {
    const frequency = reader.count(4095, 'frequency');
    if (frequency === 0) {
      value += reader.count(255 - value, 'run of unused values');
      continue;
    }
    if (sum + frequency > 4096) throw badTransform('frequencies exceed 4096');
    symbols.fill(value, sum, sum + frequency);
    frequencies.fill(frequency, sum, sum + frequency);
    for (let i = 0; i < frequency; i++) offsets[sum + i] = i;
    sum += frequency;
  }
  if (sum !== 4096) throw badTransform(`frequencies sum to ${sum}`);
  return { symbols, frequencies, offsets };
}

function ransBlock(reader, { symbols, frequencies, offsets }, out, from, to) {
  const count = reader.count(Math.floor(reader.left() / 2), 'words');
  const states = range(4).map(() => reader.little(4, 'states'));
  const words = reader.take(2 * count, 'words');
  if (states.some((state) => state < 65536)) throw badTransform('a state is below 65536');
  let at = 0;
  for (let i = from; i < to; i++) {
    let state = states[(i - from) & 3];
    const place = state & 4095;
    out[i] = symbols[place];
    state = frequencies[place] * (state >>> 12) + offsets[place];
    if (state < 65536) {
      if (at === words.length) throw badTransform('code ends early');
      state = state * 65536 + words[at] + 256 * words[at + 1];
      at += 2;
      if (state < 65536) throw badTransform('a state is below 65536');
    }
    states[(i - from) & 3] = state;
  }
  if (at !== words.length || states.some((state) => state !== 65536)) {
    throw badTransform('code does not end where it began');
  }
}

function onePlane(reader, size) {
  const coder = reader.u8('coder');
  const part = new Reader(reader.lp('plane'), 0, undefined, badTransform);
  if (coder === 0) {
    if (part.left() !== size) throw badTransform(`stored plane of ${part.left()} bytes for ${size}`);
    return part.data;
  }
  if (coder === 2) {
    let plane;
    try {
      plane = zstdDecode(part.data, size);
    } catch (error) {
      if (!(error instanceof Fail)) throw error;
      throw badTransform(`plane: ${error.message}`);
    }
    if (plane.length !== size) throw badTransform(`plane of ${plane.length} bytes for ${size}`);
    return plane;
  }
  if (coder !== 1) throw badTransform(`unknown coder ${coder}`);
  const out = new Uint8Array(size);
  let table;
  for (let at = 0; at < size; at += 65536) {
    const end = Math.min(size, at + 65536);
    const kind = part.u8('block');
    if (kind === 0) {
      out.set(part.take(end - at, 'block'), at);
    } else if (kind === 2) {
      out.fill(part.u8('run'), at, end);
    } else if (kind === 1 || kind === 3) {
      if (kind === 1) table = ransTable(part);
      if (table === undefined) throw badTransform('a block uses a table that is not there');
      ransBlock(part, table, out, at, end);
    } else {
      throw badTransform(`block of kind ${kind}`);
    }
  }
  if (part.left() > 0) throw badTransform(`${part.left()} bytes after a plane`);
  return out;
}

/** The segment of a plane set (transforms.md); `base` are the bytes that a delta is to. */
export function undoPlanes(data, size, transform, base) {
  const reader = new Reader(data, 0, undefined, badTransform);
  if (reader.u8('version') !== 1) throw badTransform('unknown version of a plane set');
  const mode = reader.u8('mode');
  const width = reader.u8('width');
  if (mode > 3 || ![1, 2, 4, 8].includes(width)) throw badTransform(`mode ${mode}, width ${width}`);
  if (mode >= 2 !== (transform === 'delta')) throw badTransform(`mode ${mode} in a segment of transform ${transform}`);
  const before = reader.uv();
  const count = reader.uv();
  const after = reader.uv();
  if (before > size || after > size || count > size || before + width * count + after !== size) {
    throw badTransform(`plane set does not fit a segment of ${size}`);
  }
  const out = new Uint8Array(size);
  out.set(reader.take(before, 'bytes before'));
  out.set(reader.take(after, 'bytes after'), size - after);
  // Aligned, whatever the length of the bytes before.
  const codes = new Uint8Array(width * count);
  for (let plane = 0; plane < width; plane++) {
    const bytes = onePlane(reader, count);
    for (let i = 0, at = plane; i < count; i++, at += width) codes[at] = bytes[i];
  }
  if (reader.left() > 0) throw badTransform(`${reader.left()} bytes after a plane set`);
  const other = mode >= 2 ? base.slice(before, before + width * count) : NOTHING;
  const undo = width === 8 ? undoWide : undoNarrow;
  if (mode > 0) undo(codes, other, width, mode);
  out.set(codes, before);
  return out;
}

/** Elements of 1, 2 or 4 bytes, in place. */
function undoNarrow(codes, other, width, mode) {
  const shift = 8 * width - 1;
  const high = 2 ** shift;
  const full = 2 ** (shift + 1) - 1;
  const read = (bytes, at) => {
    let value = 0;
    for (let i = width - 1; i >= 0; i--) value = (value << 8) | bytes[at + i];
    return value >>> 0;
  };
  const ordered = (value) => (value >= high ? value ^ full : value ^ high) >>> 0;
  for (let at = 0; at < codes.length; at += width) {
    const code = read(codes, at);
    let value;
    if (mode === 1) {
      value = (code >>> 1) | (code & 1 ? high : 0);
    } else {
      const difference = (code >>> 1) ^ -(code & 1);
      const from = read(other, at);
      if (mode === 2) {
        value = from + difference;
      } else {
        const sum = ((ordered(from) + difference) & full) >>> 0;
        value = sum >= high ? sum ^ high : sum ^ full;
      }
    }
    for (let i = 0; i < width; i++) codes[at + i] = value >>> (8 * i);
  }
}

/** Elements of 8 bytes, in place. */
function undoWide(codes, other, _width, mode) {
  const high = 1n << 63n;
  const from = new DataView(other.buffer, other.byteOffset, other.length);
  const to = new DataView(codes.buffer);
  for (let at = 0; at < codes.length; at += 8) {
    const code = to.getBigUint64(at, true);
    let value;
    if (mode === 1) {
      value = (code >> 1n) | ((code & 1n) << 63n);
    } else {
      const difference = (code >> 1n) ^ -(code & 1n);
      const before = from.getBigUint64(at, true);
      if (mode === 2) {
        value = before + difference;
      } else {
        const sum = ((before & high ? before ^ M64 : before ^ high) + difference) & M64;
        value = sum & high ? sum ^ high : sum ^ M64;
      }
    }
    to.setBigUint64(at, value & M64, true);
  }
}

// ------------------------------------------------------------------------------------------------------------- TOML

/** The part of TOML 1.0 that machine-written documents of a registry use (registry.md, 3.2). Tables are Maps. */
class Toml {
  constructor(text) {
    this.text = text;
    this.pos = 0;
    this.depth = 0;
  }

  fail(message) {
    const line = this.text.slice(0, this.pos).split('\n').length;
    return new Fail('document/invalid', `line ${line}: ${message}`);
  }

  parse() {
    const root = new Map();
    const made = new Set();
    let table = root;
    for (;;) {
      this.space(true);
      if (this.pos >= this.text.length) return root;
      if (this.text.startsWith('[[', this.pos)) {
        this.pos += 2;
        const keys = this.keys();
        this.want(']]');
        const last = keys.pop();
        const parent = this.walk(root, keys);
        if (!parent.has(last)) {
          parent.set(last, []);
          made.add(parent.get(last));
        }
        const items = parent.get(last);
        if (!made.has(items)) throw this.fail(`'${last}' is there already`);
        table = new Map();
        items.push(table);
      } else if (this.text[this.pos] === '[') {
        this.pos++;
        const keys = this.keys();
        this.want(']');
        const last = keys.pop();
        const parent = this.walk(root, keys);
        if (parent.has(last)) throw this.fail(`'${last}' is there already`);
        table = new Map();
        parent.set(last, table);
      } else {
        this.pair(table);
      }
      this.space(false);
      if (this.pos < this.text.length) this.want('\n');
    }
  }

  walk(root, keys) {
    let table = root;
    for (const key of keys) {
      if (!table.has(key)) table.set(key, new Map());
      table = table.get(key);
      if (Array.isArray(table)) table = table[table.length - 1];
      if (!(table instanceof Map)) throw this.fail(`'${key}' is no table`);
    }
    return table;
  }

  space(lineFeeds) {
    for (; this.pos < this.text.length; this.pos++) {
      const letter = this.text[this.pos];
      if (letter === '#') {
        const end = this.text.indexOf('\n', this.pos);
        this.pos = (end < 0 ? this.text.length : end) - 1;
      } else if (letter !== ' ' && letter !== '\t' && !(lineFeeds && letter === '\n')) {
        return;
      }
    }
  }

  want(token) {
    if (!this.text.startsWith(token, this.pos)) {
      throw this.fail(`'${token.replace('\n', 'end of line')}' is missing`);
    }
    this.pos += token.length;
  }

  match(pattern) {
    pattern.lastIndex = this.pos;
    const found = pattern.exec(this.text);
    if (found !== null) this.pos = pattern.lastIndex;
    return found;
  }

  keys() {
    const found = [this.key()];
    while (this.text[this.pos] === '.') {
      this.pos++;
      found.push(this.key());
    }
    if (found.length > 16) throw this.fail('nested too deep');
    return found;
  }

  key() {
    if (this.text[this.pos] === '"') return this.string();
    const found = this.match(/[A-Za-z0-9_-]+/y);
    if (found === null) throw this.fail('a key is missing');
    return found[0];
  }

  pair(table) {
    const key = this.key();
    this.space(false);
    this.want('=');
    this.space(false);
    if (table.has(key)) throw this.fail(`'${key}' is there already`);
    table.set(key, this.value());
  }

  value() {
    if (this.text.startsWith('"""', this.pos)) return this.longString();
    const letter = this.text[this.pos];
    if (letter === '"') return this.string();
    if (letter === '[' || letter === '{') {
      if (++this.depth > 16) throw this.fail('nested too deep');
      const found = letter === '[' ? this.items() : this.inline();
      this.depth--;
      return found;
    }
    const word = this.match(/true|false/y);
    if (word !== null) return word[0] === 'true';
    const number = this.match(/[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/y);
    if (number === null) throw this.fail('a value is missing');
    return Number(number[0]);
  }

  items() {
    this.pos++;
    const found = [];
    for (;;) {
      this.space(true);
      if (this.text[this.pos] !== ']' && found.length > 0) {
        this.want(',');
        this.space(true);
      }
      if (this.text[this.pos] === ']') {
        this.pos++;
        return found;
      }
      found.push(this.value());
    }
  }

  inline() {
    this.pos++;
    const found = new Map();
    this.space(false);
    while (this.text[this.pos] !== '}') {
      if (found.size > 0) {
        this.want(',');
        this.space(false);
      }
      this.pair(found);
      this.space(false);
    }
    this.pos++;
    return found;
  }

  escape() {
    const plain = this.match(/\\(["\\tnrbf])/y);
    if (plain !== null) return { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f' }[plain[1]] ?? plain[1];
    const code = this.match(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/y);
    const number = code === null ? -1 : Number.parseInt(code[1] ?? code[2], 16);
    if (number < 0 || number > 0x10ffff || (number >= 0xd800 && number < 0xe000)) throw this.fail('unknown escape');
    return String.fromCodePoint(number);
  }

  string() {
    this.pos++;
    let found = '';
    for (;;) {
      found += this.match(/[^"\\\n\0-\x08\x0b\x0c\x0e-\x1f\x7f]+/y)?.[0] ?? '';
      const letter = this.text[this.pos];
      if (letter === '"') {
        this.pos++;
        return found;
      }
      if (letter !== '\\') throw this.fail('a string has no end');
      found += this.escape();
    }
  }

  longString() {
    this.pos += 3;
    if (this.text[this.pos] === '\n') this.pos++;
    let found = '';
    for (;;) {
      found += this.match(/[^"\\\0-\x08\x0b\x0c\x0e-\x1f\x7f]+/y)?.[0] ?? '';
      if (this.text.startsWith('"""', this.pos)) {
        this.pos += 3;
        return found;
      }
      const letter = this.text[this.pos];
      if (letter === '\\') {
        found += this.escape();
      } else if (letter === '"') {
        found += letter;
        this.pos++;
      } else {
        throw this.fail('a string has no end');
      }
    }
  }
}

export function readToml(data, what) {
  if (data.length > MAX_DOCUMENT) throw invalid(`${what} is larger than ${MAX_DOCUMENT} bytes`);
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw invalid(`${what} is not UTF-8`);
  }
  try {
    return new Toml(text).parse();
  } catch (error) {
    throw error instanceof Fail ? new Fail(error.code, `${what}, ${error.message}`) : error;
  }
}

// --------------------------------------------------------------------------------------------------------- registry

const PLACE = /^(model|data|recipe)\/([^@]+)\/([^/@]+)\.toml$/;
const invalid = (message) => new Fail('document/invalid', message);

function field(table, name, type, what) {
  const value = table.get(name);
  if (type === 'list' ? !Array.isArray(value) : typeof value !== type) {
    throw invalid(`${what} has no proper '${name}'`);
  }
  return value;
}

function numberField(table, name, most, what) {
  const value = field(table, name, 'number', what);
  if (!Number.isSafeInteger(value) || value < 0 || value > most) throw invalid(`${what}: '${name}' is ${value}`);
  return value;
}

function digestField(table, name, what) {
  const value = field(table, name, 'string', what);
  if (!/^[0-9a-f]{64}$/.test(value)) throw invalid(`${what}: '${name}' is no SHA-256`);
  return value;
}

function refuseUnknown(table, known, what) {
  for (const name of table.keys()) {
    if (!known.includes(name)) throw unsupported(`${what}: unknown field '${name}': a newer program is needed`);
  }
}

function readSegment(table, what) {
  if (!(table instanceof Map)) throw invalid(`${what} has a segment that is no table`);
  refuseUnknown(table, ['size', 'sha256', 'object', 'stored', 'transform', 'base'], what);
  const segment = {
    size: numberField(table, 'size', MAX_SEGMENT, what),
    sha256: digestField(table, 'sha256', what),
    object: digestField(table, 'object', what),
    stored: numberField(table, 'stored', MAX_OBJECT, what),
    transform: table.get('transform'),
    base: table.has('base') ? digestField(table, 'base', what) : undefined,
  };
  if (![undefined, 'planes', 'delta'].includes(segment.transform)) {
    throw unsupported(`${what}: unknown transform: a newer program is needed`);
  }
  if ((segment.transform === 'delta') !== (segment.base !== undefined)) {
    throw invalid(`${what}: a base goes with the transform delta, and with it alone`);
  }
  return segment;
}

function segmentsOf(table, name, what) {
  if (!table.has(name)) return [];
  return field(table, name, 'list', what).map((item) => readSegment(item, what));
}

/** Section 3.4 of registry.md: the first and last character of each range that nobody sees. */
const HIDDEN = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
];

function hasHidden(text) {
  for (const letter of text) {
    const code = letter.codePointAt(0);
    if (HIDDEN.some(([from, to]) => code >= from && code <= to)) return true;
  }
  return false;
}

function pathProblem(path) {
  if (path === '' || Buffer.byteLength(path) > 4096) return 'is empty or too long';
  if (path.includes('\\') || hasHidden(path) || /^[A-Za-z]:/.test(path)) return 'has a character that no path may have';
  if (path.normalize('NFC') !== path) return 'is not in Unicode form NFC';
  for (const part of path.split('/')) {
    // Windows takes .git, .git. and .git:x for one folder.
    const special = ['', '.', '..'].includes(part) || /^(?:\.git|git~1)[. ]*(?::|$)/i.test(part);
    if (special || Buffer.byteLength(part) > 255) return 'has a part that no path may have';
  }
  return undefined;
}

function readFileEntry(table, what) {
  if (!(table instanceof Map)) throw invalid(`${what} has a file that is no table`);
  refuseUnknown(table, ['path', 'size', 'sha256', 'blake3', 'executable', 'segments', 'bases', 'layout'], what);
  const path = field(table, 'path', 'string', what);
  const problem = pathProblem(path);
  if (problem !== undefined) throw invalid(`${what}: path ${JSON.stringify(path)} ${problem}`);
  const entry = {
    path,
    size: numberField(table, 'size', Number.MAX_SAFE_INTEGER, what),
    sha256: digestField(table, 'sha256', what),
    executable: table.get('executable') === true,
    layout: table.has('layout') ? readSegment(table.get('layout'), what) : undefined,
    segments: segmentsOf(table, 'segments', what),
    bases: segmentsOf(table, 'bases', what),
  };
  const listed = entry.segments.length > 0;
  if (listed === (entry.layout !== undefined) || (entry.layout !== undefined && entry.bases.length > 0)) {
    throw invalid(`${what}: ${path} has not either segments or a layout`);
  }
  return entry;
}

function readManifest(data, place) {
  const table = readToml(data, place);
  const urn = /^#:schema urn:at1:schema:manifest:([0-9]{1,9})\n/.exec(
    Buffer.from(data.subarray(0, 80)).toString('latin1'),
  );
  if (urn === null) throw invalid(`${place} is no manifest`);
  if (Number(urn[1]) > 1) throw unsupported(`${place} is of a newer version of the format`);
  const [, kind, name, version] = PLACE.exec(place) ?? [];
  if (table.get('kind') !== kind || table.get('name') !== name || table.get('version') !== version) {
    throw invalid(`${place} says that it is another version`);
  }
  const manifest = {
    place,
    form: field(table, 'form', 'string', place),
    size: numberField(table, 'size', Number.MAX_SAFE_INTEGER, place),
    content: field(table, 'content', 'string', place),
    directories: table.has('directories') ? field(table, 'directories', 'list', place) : [],
    files: (table.has('files') ? field(table, 'files', 'list', place) : []).map((entry) => readFileEntry(entry, place)),
  };
  checkManifest(manifest);
  return manifest;
}

function checkManifest({ place, form, size, content, directories, files }) {
  if (directories.some((path) => typeof path !== 'string' || pathProblem(path) !== undefined)) {
    throw invalid(`${place} has an improper directory`);
  }
  refuseTwins([...files.map(({ path }) => path), ...directories], invalid);
  if (form !== 'tree' && !(form === 'file' && files.length === 1 && directories.length === 0)) {
    throw invalid(`${place}: form ${JSON.stringify(form)} does not fit its files`);
  }
  let sum = 0;
  for (const file of files) sum += file.size;
  if (sum !== size) throw invalid(`${place}: the sizes do not add up`);
  const expected = form === 'file' ? files[0].sha256 : sha256Hex(Buffer.from(listingOf(files, directories)));
  if (content !== `sha256:${expected}`) {
    throw new Fail('manifest/content-mismatch', `${place}: the content digest is not that of its files`);
  }
}

const byBytes = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other));

function listingOf(files, directories) {
  const sorted = [...files].sort((one, other) => byBytes(one.path, other.path));
  return [
    ...sorted.map(({ sha256: digest, path }) => `${digest}  ${path}\n`),
    ...sorted.filter(({ executable }) => executable).map(({ path }) => `executable  ${path}\n`),
    ...[...directories].sort(byBytes).map((path) => `directory  ${path}\n`),
  ].join('');
}

const isFile = (path) => fs.statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function checkChain(segment, known, what) {
  let last = segment;
  for (let steps = 0; steps <= MAX_CHAIN; steps++) {
    if (last.transform !== 'delta') return;
    const base = known.get(last.base);
    if (base === undefined || base.size !== last.size) {
      throw invalid(`${what}: the base of a segment is not there, or of another size`);
    }
    last = base;
  }
  throw invalid(`${what}: more than ${MAX_CHAIN} differences in a chain`);
}

class Registry {
  constructor(folder) {
    this.folder = folder;
    if (!isFile(join(folder, 'at1.toml'))) {
      throw new Fail('registry/not-found', `${folder} is no registry: it has no at1.toml`);
    }
  }

  /** All manifests, by path, sorted. */
  places() {
    const found = [];
    const walk = (path) => {
      for (const entry of fs.readdirSync(join(this.folder, path), { withFileTypes: true })) {
        const inner = `${path}/${entry.name}`;
        if (entry.isDirectory()) {
          if (!entry.name.endsWith('.sig') && entry.name !== 'events') walk(inner);
        } else if (PLACE.test(inner)) {
          found.push(inner);
        }
      }
    };
    for (const kind of ['data', 'model', 'recipe']) if (fs.existsSync(join(this.folder, kind))) walk(kind);
    return found.sort(byBytes);
  }

  manifest(wanted) {
    const named = /^([^@]+)@([^/@]+)$/.exec(wanted);
    const place =
      named !== null && !wanted.endsWith('.toml') ? `${named[1]}/${named[2]}.toml` : wanted.replace(/^\.\//, '');
    if (!PLACE.test(place) || pathProblem(place) !== undefined) {
      throw new Fail('usage', `${wanted} is no manifest of a registry: use model/NAME/VERSION.toml`);
    }
    const path = join(this.folder, ...place.split('/'));
    if (!isFile(path)) throw new Fail('artifact/not-found', `${place} is not in this registry`);
    const data = readAtMost(path, MAX_DOCUMENT + 1);
    if (data.length > MAX_DOCUMENT) throw invalid(`${place} is larger than ${MAX_DOCUMENT} bytes`);
    return readManifest(data, place);
  }

  object({ object: name, stored }) {
    const path = join(this.folder, 'objects', name.slice(0, 2), `${name}.at1`);
    if (!isFile(path)) throw new Fail('object/missing', `object ${name} is not here`);
    const data = readAtMost(path, stored + 1);
    if (data.length !== stored || sha256Hex(data) !== name) {
      throw new Fail('object/digest-mismatch', `object ${name} does not match its digest`);
    }
    return data;
  }

  /** The bytes of a segment; `base` are those of the segment that its difference is to. */
  plain(segment, base) {
    const data = this.object(segment);
    const direct = segment.transform === undefined;
    const held = decodeContainer(data, direct ? segment.size : MAX_PLANE_SET, true);
    const output = direct ? held : undoPlanes(held, segment.size, segment.transform, base);
    if (output.length !== segment.size || sha256Hex(output) !== segment.sha256) {
      throw new Fail('object/content-mismatch', `object ${segment.object} does not hold its segment`);
    }
    return output;
  }

  /** The segments of a file one after the other, each checked. */
  *parts(entry) {
    let { segments, bases } = entry;
    const what = entry.path;
    if (entry.layout !== undefined) {
      if (entry.layout.transform !== undefined) throw invalid(`${what}: a layout has no transform`);
      const text = this.plain(entry.layout, undefined);
      const table = readToml(text, `layout of ${what}`);
      const urn = '#:schema urn:at1:schema:layout:1\n';
      if (!Buffer.from(text).toString('latin1', 0, urn.length).startsWith(urn) || table.get('size') !== entry.size) {
        throw invalid(`layout of ${what} is of something else`);
      }
      refuseUnknown(table, ['size', 'segments', 'bases'], `layout of ${what}`);
      segments = segmentsOf(table, 'segments', what);
      bases = segmentsOf(table, 'bases', what);
    }
    let sum = 0;
    for (const { size } of segments) sum += size;
    if (sum !== entry.size) throw invalid(`${what}: the sizes of its segments do not add up`);
    // From the back, so that of twins the first counts.
    const known = new Map([...segments, ...bases].reverse().map((segment) => [segment.sha256, segment]));
    const used = new Set([...segments, ...bases].map(({ base }) => base));
    for (const { sha256: digest } of bases) if (!used.has(digest)) throw invalid(`${what}: a base that nothing needs`);
    for (const segment of [...segments, ...bases]) checkChain(segment, known, what);
    const recent = new Map();
    for (const segment of segments) yield this.chain(segment, known, used, recent);
  }

  /** The bytes of a segment; what is a base of anything is kept for a while, as neighbours often share one. */
  chain(segment, known, used, recent) {
    const steps = [segment];
    for (let last = segment; last.transform === 'delta' && !recent.has(last.base); steps.push(last)) {
      last = known.get(last.base);
    }
    let data = recent.get(steps[steps.length - 1].base);
    for (const step of steps.reverse()) {
      data = this.plain(step, data);
      if (!used.has(step.sha256)) continue;
      if (recent.size >= 3) recent.delete(recent.keys().next().value);
      recent.set(step.sha256, data);
    }
    return data;
  }

  /** Rebuilds a file; `sink` is called with its parts. */
  rebuild(entry, sink) {
    const whole = createHash('sha256');
    for (const part of this.parts(entry)) {
      whole.update(part);
      sink(part);
    }
    if (whole.digest('hex') !== entry.sha256) {
      throw new Fail('file/digest-mismatch', `${entry.path} does not match its digest`);
    }
  }
}

// ---------------------------------------------------------------------------------------------------------- commands

function readAtMost(path, most) {
  const file = fs.openSync(path, 'r');
  try {
    return readAt(file, 0, Math.min(most, fs.fstatSync(file).size));
  } finally {
    fs.closeSync(file);
  }
}

/** As many bytes as there are from a place, at most `length`. */
function readAt(file, place, length) {
  const data = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = fs.readSync(file, data, done, length - done, place + done);
    if (count === 0) break;
    done += count;
  }
  return data.subarray(0, done);
}

function writeAll(file, bytes) {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += fs.writeSync(file, bytes, done);
    } catch (error) {
      // A pipe that is full for the moment.
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

const exists = (path) => fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined;

function refuseExisting(path) {
  if (exists(path)) throw new Fail('output/exists', `${path} exists already`);
}

const besides = (path) =>
  join(dirname(resolve(path)), `.at1-${basename(path).slice(0, 40)}-${randomBytes(6).toString('hex')}`);

/** Writes a file that gets its name when everything in it is known to be right, and is gone otherwise. */
function newFile(path, executable, fill) {
  refuseExisting(path);
  const temporary = besides(path);
  const file = fs.openSync(temporary, 'wx', executable ? 0o777 : 0o666);
  try {
    try {
      fill((bytes) => writeAll(file, bytes));
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    refuseExisting(path);
    fs.renameSync(temporary, path);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

/** The same for a folder; `fill` gets its temporary path. */
function newFolder(path, fill) {
  refuseExisting(path);
  const temporary = besides(path);
  fs.mkdirSync(temporary);
  try {
    fill(temporary);
    refuseExisting(path);
    fs.renameSync(temporary, path);
  } finally {
    fs.rmSync(temporary, { force: true, recursive: true });
  }
}

function inside(folder, path) {
  const full = join(folder, ...path.split('/'));
  fs.mkdirSync(dirname(full), { recursive: true });
  return full;
}

/** A stream container frame by frame, so that memory holds one frame and not the file. */
function decodeStream(file, size, sink) {
  const trailer = cutTrailer(Buffer.concat([ascii('AT1\x03\xff'), readAt(file, size - TRAILER, TRAILER)]));
  const codec = readAt(file, 4, 1)[0];
  checkCodec(codec);
  const end = size - TRAILER;
  let at = 5;
  const number = (what) => {
    const start = new Reader(readAt(file, at, Math.min(10, end - at)));
    const value = start.uv(what);
    at += start.pos;
    return value;
  };
  number('hint');
  const whole = createHash('sha256');
  while (at < end) {
    const length = frameLength(number('frame length'));
    if (length > end - at) throw malformed(`frame of ${length} bytes, ${end - at} are left`);
    const frame = readAt(file, at, length);
    if (frame.length !== length) throw malformed('file became shorter while it was read');
    at += length;
    const output = decodeFrame(codec, frame, MAX_FRAME_OUTPUT, at === end);
    whole.update(output);
    sink(output);
  }
  checkTrailer(whole.digest(), trailer);
}

function decodeTo(file, sink) {
  const { size } = fs.fstatSync(file);
  const head = readAt(file, 0, 5);
  if (isContainer(head) && head[3] === 3 && size >= 5 + TRAILER) {
    decodeStream(file, size, sink);
    return;
  }
  if (size > MAX_PAYLOAD) throw overLimit(`container of ${size} bytes exceeds ${MAX_PAYLOAD}`);
  sink(decodeContainer(readAt(file, 0, size)));
}

function commandDecode(words, output) {
  if (words.length !== 1) throw new Fail('usage', 'decode takes one file');
  const file = fs.openSync(words[0], 'r');
  try {
    if (isBundle(readAt(file, 0, 5))) {
      decodeBundleTo(file, output);
    } else if (output !== undefined) {
      newFile(output, false, (sink) => decodeTo(file, sink));
    } else {
      // Twice: nothing is printed before everything is known to be right, and memory does not hold all of it.
      decodeTo(file, () => undefined);
      decodeTo(file, (bytes) => writeAll(1, bytes));
    }
  } finally {
    fs.closeSync(file);
  }
  return 0;
}

function decodeBundleTo(file, output) {
  if (output === undefined) throw new Fail('usage', 'a bundle holds several files: -o FOLDER says where they go');
  const { size } = fs.fstatSync(file);
  if (size > MAX_PAYLOAD) throw overLimit(`container exceeds ${MAX_PAYLOAD} bytes`);
  const files = decodeBundle(readAt(file, 0, size));
  newFolder(output, (folder) => {
    for (const { name, content } of files) fs.writeFileSync(inside(folder, name), content, { flag: 'wx' });
  });
}

function commandGet(words, output) {
  if (words.length < 2 || words.length > 3 || output === undefined) {
    throw new Fail('usage', 'get takes a registry, a manifest, perhaps a path, and -o OUT');
  }
  const registry = new Registry(words[0]);
  const manifest = registry.manifest(words[1]);
  const one = words.length === 3 ? manifest.files.find(({ path }) => path === words[2]) : undefined;
  if (words.length === 3 && one === undefined) {
    throw new Fail('artifact/not-found', `${manifest.place} has no file ${JSON.stringify(words[2])}`);
  }
  const write = (path, entry) => newFile(path, entry.executable, (sink) => registry.rebuild(entry, sink));
  const single = one ?? (manifest.form === 'file' ? manifest.files[0] : undefined);
  if (single !== undefined) {
    write(output, single);
  } else {
    newFolder(output, (folder) => {
      for (const path of manifest.directories) fs.mkdirSync(join(folder, ...path.split('/')), { recursive: true });
      for (const entry of manifest.files) write(inside(folder, entry.path), entry);
    });
  }
  stderr.write(`${manifest.place}: every digest is right; signatures were not looked at (VERIFY.md)\n`);
  return 0;
}

const print = (text) => writeAll(1, Buffer.from(`${text}\n`));

function commandVerify(words, output) {
  if (words.length === 0 || output !== undefined)
    throw new Fail('usage', 'verify takes a registry and perhaps manifests');
  const registry = new Registry(words[0]);
  let worst = 0;
  for (const wanted of words.length > 1 ? words.slice(1) : registry.places()) {
    try {
      const manifest = registry.manifest(wanted);
      for (const entry of manifest.files) registry.rebuild(entry, () => undefined);
      print(`ok      ${manifest.content}  ${manifest.place}`);
    } catch (error) {
      if (!(error instanceof Fail) || error.code === 'usage') throw error;
      worst = worst === 20 ? worst : error.exit;
      print(`BROKEN  ${wanted}: ${error.code}: ${error.message}`);
    }
  }
  if (worst === 0) stderr.write('every digest is right; signatures were not looked at (VERIFY.md)\n');
  return worst;
}

function commandList(words, output) {
  if (words.length !== 1 || output !== undefined) throw new Fail('usage', 'list takes a registry');
  const registry = new Registry(words[0]);
  let worst = 0;
  for (const place of registry.places()) {
    try {
      const { content, size } = registry.manifest(place);
      print(`${content}  ${size} bytes  ${place}`);
    } catch (error) {
      if (!(error instanceof Fail)) throw error;
      worst = error.exit;
      print(`BROKEN  ${place}: ${error.code}: ${error.message}`);
    }
  }
  return worst;
}

const COMMANDS = { decode: commandDecode, get: commandGet, verify: commandVerify, list: commandList };

function help() {
  const source = fs.readFileSync(fileURLToPath(import.meta.url), 'utf8');
  return source
    .slice(source.indexOf('/**') + 4, source.indexOf(' */'))
    .replaceAll(/^ \* ?/gm, '')
    .trimEnd();
}

function run(words) {
  if (words.length === 0 || ['-h', '--help', 'help'].includes(words[0])) {
    print(help());
    return words.length === 0 ? 2 : 0;
  }
  if (!Object.hasOwn(COMMANDS, words[0])) throw new Fail('usage', `there is no command ${words[0]}; --help lists them`);
  const plain = [];
  let output;
  let only = false;
  for (let i = 1; i < words.length; i++) {
    const word = words[i];
    if (only || !word.startsWith('-')) {
      plain.push(word);
    } else if (word === '--') {
      only = true;
    } else if ((word === '-o' || word === '--output') && output === undefined) {
      output = words[++i];
      if (!output) throw new Fail('usage', `${word} needs a path`);
    } else {
      throw new Fail('usage', `there is no option ${word}`);
    }
  }
  return COMMANDS[words[0]](plain, output);
}

const IO_EXITS = new Map([
  ['ENOENT', ['artifact/not-found', 12]],
  ['EPIPE', ['io/failed', 141]],
]);

export function main(words) {
  const complain = (code, message) => stderr.write(`at1-decode: ${code}: ${message}\n`);
  try {
    return run(words);
  } catch (error) {
    if (error instanceof Fail) {
      complain(error.code, error.message);
      return error.exit;
    }
    if (typeof error?.syscall === 'string') {
      const [code, exit] = IO_EXITS.get(error.code) ?? ['io/failed', 15];
      if (exit !== 141) complain(code, `${error.path ?? ''}: ${error.code}`);
      return exit;
    }
    // A case that no check foresaw is still a refusal and not a dump.
    complain('container/malformed', `${error?.name}: ${error?.message}`);
    return 20;
  }
}

if (argv[1] !== undefined && fs.realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(argv.slice(2));
}
