/**
 * zstd frames without a single match (RFC 8878): blocks as they are, runs, and blocks of literals with a Huffman code. What
 * zstd makes of the planes of weights, where matches only cost; written and read here at the speed of memory.
 */
import { Cursor } from '../bytes/cursor.js';
import { takeScratch } from '../bytes/scratch.js';
import { concatBytes } from '../bytes/writer.js';
import type { Kernel } from '../engines.js';
import { At1Error } from '../errors.js';
import { entropyLength } from './frequencies.js';
import { codesOf, decodingOf, type HuffmanCode, huffmanLength, huffmanOf } from './huffman-code.js';
import { formatWeights, readWeights } from './huffman-weights.js';

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const BLOCK = 128 * 1024;
const [RAW, RUN, COMPRESSED] = [0, 1, 2];
/** Of a block's literals: a code of their own or that of the block before, in four streams, both lengths in 18 bits. */
const LITERALS = 2 | (3 << 2);
const LITERALS_AS_BEFORE = 3 | (3 << 2);
const LITERALS_HEADER = 5;
/** Of more, which would be tiny ones, a library is asked: they are all listed before one is decoded. */
const MOST_BLOCKS = 1024;
/** A shorter block is not worth a table. */
const LEAST_BLOCK = 256;
/** A code has to save this part of a block, as in zstd itself: reading it costs time. */
const GAIN = 1 / 64;
/** Bytes of a block that are looked at first, and how much entropy too little so few of them show, in bits each. */
const SAMPLE = 4096;
const SAMPLE_ERROR = 0.05;
/** The code of the block before is used again where it is at most this much longer, beside the entropy, than it was there. */
const AS_GOOD = 1.002;

interface Before {
  readonly code: HuffmanCode;
  readonly codes: Uint32Array;
  /** Of the block that it was made for: its length over the entropy. */
  readonly overhead: number;
}

/** `cuts`: where another kind of bytes begins; no block goes over them. */
export function writeLiteralFrame(data: Uint8Array, cuts: readonly number[], kernel: Kernel): Uint8Array {
  const parts: Uint8Array[] = [frameHeader(data.length)];
  const ends = [...cuts, data.length];
  let before: Before | undefined;
  for (const [i, end] of ends.entries()) {
    for (let at = ends[i - 1] ?? 0; at < end; at += BLOCK) {
      const block = data.subarray(at, Math.min(end, at + BLOCK));
      const isLast = at + block.length === data.length;
      const formatted = formatBlock(block, isLast, before, kernel);
      parts.push(...formatted.parts);
      before = formatted.before;
    }
  }
  if (data.length === 0) parts.push(blockHeader(RAW, 0, true));
  return concatBytes(parts, takeScratch);
}

/** A single segment: its window is the content. */
function frameHeader(size: number): Uint8Array {
  const [flag, length, stated] = size < 256 ? [0, 1, size] : size < 65_792 ? [1, 2, size - 256] : [2, 4, size];
  const header = new Uint8Array(MAGIC.length + 1 + length);
  header.set(MAGIC);
  header[MAGIC.length] = (flag << 6) | 0x20;
  for (let i = 0; i < length; i++) header[MAGIC.length + 1 + i] = stated >>> (8 * i);
  return header;
}

function blockHeader(kind: number, size: number, isLast: boolean): Uint8Array {
  const header = (isLast ? 1 : 0) | (kind << 1) | (size << 3);
  return Uint8Array.of(header, header >> 8, header >> 16);
}

interface Formatted {
  readonly parts: readonly Uint8Array[];
  readonly before: Before | undefined;
}

function formatBlock(block: Uint8Array, isLast: boolean, before: Before | undefined, kernel: Kernel): Formatted {
  const asItIs = { parts: [blockHeader(RAW, block.length, isLast), block], before };
  if (block.length < LEAST_BLOCK || looksLikeNoise(block, kernel)) return asItIs;
  const counts = kernel.histogram(block);
  if (counts[block[0] as number] === block.length) {
    return { parts: [blockHeader(RUN, block.length, isLast), block.subarray(0, 1)], before };
  }
  const entropy = entropyLength(counts);
  const again = before !== undefined && huffmanLength(counts, before.code) <= entropy * before.overhead * AS_GOOD;
  const now = again ? before : beginCode(counts, entropy);
  if (huffmanLength(counts, now.code) > block.length * (1 - GAIN)) return asItIs;
  const weights = again ? new Uint8Array(0) : formatWeights(now.code);
  if (weights === undefined) return asItIs;
  const streams = kernel.encodeHuffman(block, now.codes);
  const packed = weights.length + streams.length;
  const size = LITERALS_HEADER + packed + 1;
  if (size >= block.length) return asItIs;
  const header = literalsHeader(again ? LITERALS_AS_BEFORE : LITERALS, block.length, packed);
  // No sequences: zero of them.
  const parts = [blockHeader(COMPRESSED, size, isLast), header, weights, streams, Uint8Array.of(0)];
  return { parts, before: now };
}

function beginCode(counts: Uint32Array, entropy: number): Before {
  const code = huffmanOf(counts);
  return { code, codes: codesOf(code), overhead: huffmanLength(counts, code) / entropy };
}

function looksLikeNoise(block: Uint8Array, kernel: Kernel): boolean {
  if (block.length <= 2 * SAMPLE) return false;
  const middle = (block.length - SAMPLE) >> 1;
  return (
    entropyLength(kernel.histogram(block.subarray(middle, middle + SAMPLE))) > SAMPLE * (1 - GAIN - SAMPLE_ERROR / 8)
  );
}

function literalsHeader(kind: number, size: number, packed: number): Uint8Array {
  const low = (kind | (size << 4) | (packed << 22)) >>> 0;
  return Uint8Array.of(low, low >>> 8, low >>> 16, low >>> 24, packed >> 10);
}

/**
 * What a frame of `size` bytes yields. Undefined for one with anything else in it, and for a broken one: a library says of both what
 * they are.
 */
export function readLiteralFrame(frame: Uint8Array, size: number, kernel: Kernel): Uint8Array | undefined {
  const header = frameHeader(size);
  if (frame.length < header.length || header.some((byte, i) => frame[i] !== byte)) return undefined;
  try {
    return readBlocks(new Cursor(frame, 'container/malformed', header.length), size, kernel);
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

function readBlocks(cursor: Cursor, size: number, kernel: Kernel): Uint8Array | undefined {
  const blocks = listBlocks(cursor, size);
  if (blocks === undefined) return undefined;
  const out = takeScratch(size);
  const memory: { decoding: Uint16Array | undefined } = { decoding: undefined };
  let at = 0;
  for (const { kind, bytes, length } of blocks) {
    const to = out.subarray(at, at + length);
    if (kind === RAW) to.set(bytes);
    else if (kind === RUN) to.fill(bytes[0] as number);
    else if (!readLiterals(bytes, to, memory, kernel)) return undefined;
    at += length;
  }
  return out;
}

interface Block {
  readonly kind: number;
  readonly bytes: Uint8Array;
  /** What it yields. */
  readonly length: number;
}

/** Undefined before anything is decoded where there are others among them, or where they do not yield `size` bytes. */
function listBlocks(cursor: Cursor, size: number): readonly Block[] | undefined {
  const blocks: Block[] = [];
  let [total, isLast] = [0, false];
  while (!isLast) {
    const header = cursor.u24le();
    const kind = (header >> 1) & 3;
    const bytes = cursor.take(kind === RUN ? 1 : header >> 3);
    isLast = (header & 1) === 1;
    const length = kind === COMPRESSED ? literalsIn(bytes) : header >> 3;
    total += length;
    if (kind > COMPRESSED || bytes.length > BLOCK || length > BLOCK || total > size) return undefined;
    if ((kind === COMPRESSED && length < LEAST_BLOCK) || blocks.length === MOST_BLOCKS) return undefined;
    blocks.push({ kind, bytes, length });
  }
  return total === size && cursor.remaining === 0 ? blocks : undefined;
}

/** 0 where the block is not of the kind that `formatBlock` makes. */
function literalsIn(block: Uint8Array): number {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = block;
  const isKnown = (first & 15) === LITERALS || (first & 15) === LITERALS_AS_BEFORE;
  if (!isKnown || block.at(-1) !== 0) return 0;
  const packed = (third >> 6) | (fourth << 2) | (fifth << 10);
  if (LITERALS_HEADER + packed + 1 !== block.length) return 0;
  return (first >> 4) | (second << 4) | ((third & 63) << 12);
}

function readLiterals(
  block: Uint8Array,
  out: Uint8Array,
  memory: { decoding: Uint16Array | undefined },
  kernel: Kernel,
): boolean {
  const cursor = new Cursor(block, 'container/malformed', LITERALS_HEADER, block.length - 1);
  if (((block[0] as number) & 15) === LITERALS) {
    const code = readWeights(cursor);
    memory.decoding = code && decodingOf(code);
  }
  const { decoding } = memory;
  return decoding !== undefined && kernel.decodeHuffman(cursor.rest(), decoding, out);
}
