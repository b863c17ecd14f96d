/**
 * Whether matches may make data smaller than a code of its bytes alone does: a look that takes a hundredth of the time of a
 * compressor, so that of weights, which hold none, none is asked. In doubt they may.
 */
import type { Kernel } from '../engines.js';
import { entropyLength } from './frequencies.js';

/** Looked through for repeats that are near: so many pieces from everywhere, or a piece of each so many bytes. */
const PIECE = 8 * 1024;
const APART = 64 * 1024;
const LEAST_PIECES = 4;
const MOST_PIECES = 8;
/** Bytes that a match costs, at least; and what part of the data matches have to save to be worth a thought. */
const MATCH_COST = 3;
const WORTH = 0.002;
/** Pieces cut by content, to find what is the same far apart, and how many bytes behind a cut are compared. */
const SIZES = { least: 1024, average: 4096, most: 16_384 } as const;
const MARK = 16;
/** Words of a sample that say whether numbers are of a few values only, and what part of them may be there twice. */
const WORDS = 2048;
const TWICE = 1 / 16;

/** `planes`: each of one kind of bytes. */
export function mayRepeat(planes: readonly Uint8Array[], kernel: Kernel): boolean {
  if (planes.some((plane) => repeatsNear(plane, kernel))) return true;
  // What is copied as a whole shows in every plane, and by chance the least in the one that is most like noise.
  let [noisiest, most] = [planes[0], -1];
  for (const plane of planes) {
    const entropy = entropyLength(kernel.histogram(plane.subarray(0, APART)));
    if (entropy > most) [noisiest, most] = [plane, entropy];
  }
  return noisiest !== undefined && repeatsFar(noisiest, kernel);
}

/** The same of numbers that are not in planes: a match may be as short as one of them. */
export function mayRepeatAsIs(data: Uint8Array, kernel: Kernel): boolean {
  return repeatsNear(data, kernel) || hasEqualWords(data);
}

/** Whether matches within samples save more than this part of them. */
export function repeatsNear(bytes: Uint8Array, kernel: Kernel, worth = WORTH): boolean {
  const count = Math.min(MOST_PIECES, Math.max(LEAST_PIECES, Math.floor(bytes.length / APART)));
  const pieces = bytes.length <= LEAST_PIECES * PIECE ? [bytes] : spread(bytes, count);
  let [gain, length] = [0, 0];
  for (const piece of pieces) {
    const repeats = kernel.repeats(piece);
    length += piece.length;
    if (repeats.count === 0) continue;
    const literals = entropyLength(kernel.histogram(piece)) / piece.length;
    gain += Math.max(0, repeats.bytes * literals - MATCH_COST * repeats.count);
  }
  return gain > worth * length;
}

function spread(bytes: Uint8Array, count: number): Uint8Array[] {
  const step = (bytes.length - PIECE) / (count - 1);
  return Array.from({ length: count }, (_, i) => {
    const start = Math.floor(i * step);
    return bytes.subarray(start, start + PIECE);
  });
}

/** Where bytes are noise, the same sixteen behind two cuts are no chance. */
function repeatsFar(plane: Uint8Array, kernel: Kernel): boolean {
  const view = new DataView(plane.buffer, plane.byteOffset, plane.length);
  const seen = new Set<number>();
  let [marks, again] = [0, 0];
  for (const cut of kernel.cutPoints(plane, SIZES)) {
    if (cut + MARK > plane.length) continue;
    let mark = 0;
    for (let i = 0; i < MARK; i += 4)
      mark = Math.imul(mark ^ view.getUint32(cut + i, true), 0x9e3779b1) ^ (mark >>> 15);
    marks++;
    if (seen.has(mark)) again++;
    seen.add(mark);
  }
  return again > Math.max(1, WORTH * marks);
}

function hasEqualWords(data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const count = Math.min(WORDS, Math.floor(data.length / 4));
  const step = 4 * Math.max(1, Math.floor(data.length / 4 / WORDS));
  const seen = new Set<number>();
  for (let i = 0; i < count; i++) seen.add(view.getUint32(i * step, true));
  return seen.size < count * (1 - TWICE);
}
