/** A block in four streams of Huffman codes, and what repeats in it, in plain arithmetic: the twin of wasm/huffman.ts. */
import type { Repeats } from '../engines.js';
import { MOST_BITS } from './huffman-code.js';

const JUMP_TABLE = 6;
/** The jump table and four streams of a byte. */
export const SHORTEST = 10;
const LEAST_REPEAT = 6;

export function encodeHuffmanBlock(block: Uint8Array, codes: Uint32Array): Uint8Array {
  const streams = quartersOf(block).map((quarter) => encodeStream(quarter, codes));
  const table = new Uint8Array(JUMP_TABLE);
  const view = new DataView(table.buffer);
  for (let i = 0; i < 3; i++) view.setUint16(2 * i, (streams[i] as number[]).length, true);
  return Uint8Array.from([...table, ...streams.flat()]);
}

function encodeStream(bytes: Uint8Array, codes: Uint32Array): number[] {
  const stream: number[] = [];
  let bits = 0;
  let count = 0;
  const add = (code: number, length: number): void => {
    bits += code * 2 ** count;
    count += length;
    for (; count >= 8; count -= 8) {
      stream.push(bits % 256);
      bits = Math.floor(bits / 256);
    }
  };
  for (let i = bytes.length - 1; i >= 0; i--) {
    const code = codes[bytes[i] as number] as number;
    add(code & 0xffff, code >>> 16);
  }
  add(1, 1);
  if (count > 0) stream.push(bits);
  return stream;
}

export function decodeHuffmanBlock(code: Uint8Array, decoding: Uint16Array, out: Uint8Array): boolean {
  if (code.length < SHORTEST) return false;
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  const ends = [0, 1, 2].map((i) => view.getUint16(2 * i, true));
  const parts = quartersOf(out);
  let begin = JUMP_TABLE;
  for (const [i, part] of parts.entries()) {
    const end = i === 3 ? code.length : begin + (ends[i] as number);
    if (end <= begin || end > code.length || !decodeStream(code.subarray(begin, end), decoding, part)) return false;
    begin = end;
  }
  return true;
}

function decodeStream(stream: Uint8Array, decoding: Uint16Array, out: Uint8Array): boolean {
  const mark = stream[stream.length - 1] as number;
  if (mark === 0) return false;
  let left = 8 * stream.length - 8 + 31 - Math.clz32(mark);
  for (let i = 0; i < out.length; i++) {
    let next = 0;
    for (let bit = left - 1; bit >= left - MOST_BITS; bit--) {
      next = 2 * next + (bit < 0 ? 0 : ((stream[bit >> 3] as number) >> (bit % 8)) & 1);
    }
    const entry = decoding[next] as number;
    out[i] = entry >> 8;
    left -= entry & 255;
    if (left < 0) return false;
  }
  return left === 0;
}

function quartersOf(bytes: Uint8Array): Uint8Array[] {
  const quarter = (bytes.length + 3) >> 2;
  return [0, 1, 2, 3].map((i) => bytes.subarray(i * quarter, i === 3 ? bytes.length : (i + 1) * quarter));
}

export function repeatsIn(bytes: Uint8Array): Repeats {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const seen = new Int32Array(4096).fill(-1);
  let [count, covered] = [0, 0];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const low = view.getUint32(at, true);
    const high = view.getUint16(at + 4, true);
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 20;
    const before = seen[slot] as number;
    seen[slot] = at;
    if (before < 0 || view.getUint32(before, true) !== low || view.getUint16(before + 4, true) !== high) {
      at++;
      continue;
    }
    let same = LEAST_REPEAT;
    while (at + same < bytes.length && bytes[before + same] === bytes[at + same]) same++;
    count++;
    covered += same;
    at += same;
  }
  return { count, bytes: covered };
}
