/**
 * What the numbers in a piece of a file are, as far as it matters for making it smaller: told by the file's format, or
 * guessed from which bytes are alike.
 */
import type { ElementWidth, XzTuning } from '../engines.js';
import type { Piece } from './cut-file.js';

export interface ElementHint {
  readonly width: ElementWidth;
  readonly kind: 'float' | 'integer';
  readonly byteOrder: 'little' | 'big';
  /** Bytes before the first element. */
  readonly head: number;
}

/** Undefined where the piece is of no single type, or of blocks that hold more than one number. */
export function elementsOf({ dtype, width, byteOrder, lead }: Piece): ElementHint | undefined {
  if (dtype === undefined || width === undefined || byteOrder === undefined) return undefined;
  const head = lead ?? 0;
  // Two floats each.
  if (dtype === 'C64') return { width: 4, kind: 'float', byteOrder, head };
  if (dtype === 'C128') return { width: 8, kind: 'float', byteOrder, head };
  if (width !== 1 && width !== 2 && width !== 4 && width !== 8) return undefined;
  if (!/^(F|BF|I|U)\d|^BOOL$/.test(dtype)) return undefined;
  return { width, kind: /^B?F\d/.test(dtype) && width > 1 ? 'float' : 'integer', byteOrder, head };
}

/** The numbers of bits that LZMA wants for elements of a width; measured: docs/benchmarks.md. */
export function xzTuningOf({ width }: ElementHint): XzTuning | undefined {
  switch (width) {
    case 1:
      return undefined;
    case 2:
      return { lc: 0, lp: 1, pb: 1 };
    case 4:
      return { lc: 0, lp: 2, pb: 2 };
    default:
      return { lc: 0, lp: 3, pb: 3 };
  }
}

const SAMPLE_LENGTH = 64 * 1024;
/** A width counts when bytes at the same place in it are more alike than bytes at any place, by this much. */
const GAIN = 0.97;
/** A wider element has to be better than a narrower one by this much: twice the width repeats every pattern. */
const WIDER_GAIN = 0.99;

/**
 * Numbers in data of which nothing is known, by the entropy of the bytes at each place of an element. The place that is most
 * alike is taken for sign and exponent, the last byte of a little-endian float.
 */
export function guessElements(data: Uint8Array): ElementHint | undefined {
  if (data.length < 1024) return undefined;
  const start = data.length <= SAMPLE_LENGTH ? 0 : Math.floor((data.length - SAMPLE_LENGTH) / 16) * 8;
  const sample = data.subarray(start, start + SAMPLE_LENGTH);
  let best = entropyAt(sample, 1, 0) * GAIN;
  let found: ElementHint | undefined;
  for (const width of [2, 4, 8] as const) {
    const places = Array.from({ length: width }, (_, place) => entropyAt(sample, width, place));
    const mean = places.reduce((sum, entropy) => sum + entropy, 0) / width;
    if (mean >= best) continue;
    best = mean * WIDER_GAIN;
    const last = (places.indexOf(Math.min(...places)) + start) % width;
    found = { width, kind: 'float', byteOrder: 'little', head: (last + 1) % width };
  }
  return found;
}

/** Bits per byte of the bytes at one place of every element. */
function entropyAt(sample: Uint8Array, width: number, place: number): number {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let i = place; i < sample.length; i += width) {
    counts[sample[i] as number] = (counts[sample[i] as number] as number) + 1;
    total++;
  }
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= count * Math.log2(count / total);
  return bits / total;
}
