/** Which coder a plane gets, and its bytes: the smallest of what an effort tries. Reading is in plane-set.ts. */
import { concatBytes } from '../bytes/writer.js';
import type { Engines, Kernel } from '../engines.js';
import { repeatsNear } from './find-repeats.js';
import { entropyLength } from './frequencies.js';
import type { Level } from './level.js';
import { CODER_RANS, CODER_STORED, CODER_ZSTD } from './plane-format.js';
import { encodeRansPlane } from './rans-plane.js';

export interface CodedPlane {
  readonly coder: number;
  readonly payload: Uint8Array;
}

interface Rules {
  readonly level: number;
  /** zstd is tried where the sample is smaller with it than this many times its entropy. */
  readonly promising: number;
  /** rANS is tried where the sample's entropy is less than this part of it: reading costs time, too. */
  readonly worthwhile: number;
  /** What matches have to save of samples, a part of them, for zstd to be thought of. */
  readonly repeats: number;
}

/** Noise has 7.9944 bits a byte in a sample of this length, give or take a few of its last digit. */
const NOT_NOISE = 7.993 / 8;

/** `fast` decides from a sample what to try, `balanced` tries what might win, `max` tries everything. */
const RULES: Readonly<Record<Level, Rules>> = {
  fast: { level: 3, promising: 0.97, worthwhile: 1 - 1 / 64, repeats: 0.002 },
  balanced: { level: 9, promising: 1.03, worthwhile: NOT_NOISE, repeats: 0 },
  max: { level: 19, promising: 1, worthwhile: Number.POSITIVE_INFINITY, repeats: 0 },
};

const SAMPLE_PIECES = 8;
const SAMPLE_PIECE = 4096;
const SAMPLE_LEVEL = 1;
/** What a frame and its tables take, whatever the sample: of a long plane they are nothing. */
const FRAME_OVERHEAD = 64;
/** From this part of its length on, a compressed sample is not worth a second look. */
const NOISE = 0.99;

export async function codePlane(
  plane: Uint8Array,
  effort: Level,
  engines: Engines,
  kernel: Kernel,
): Promise<CodedPlane> {
  let best: CodedPlane = { coder: CODER_STORED, payload: plane };
  if (plane.length === 0) return best;
  const offer = (coder: number, payload: Uint8Array): void => {
    if (payload.length < best.payload.length) best = { coder, payload };
  };
  const { level, promising, worthwhile, repeats } = RULES[effort];
  const sample = sampleOf(plane);
  const entropy = entropyLength(kernel.histogram(sample));
  if (entropy < worthwhile * sample.length) offer(CODER_RANS, encodeRansPlane(plane, kernel));
  const tried =
    effort === 'max' ||
    (repeatsNear(plane, kernel, repeats) &&
      (await looksRepetitive(sample, promising * entropy + FRAME_OVERHEAD, engines)));
  if (tried) offer(CODER_ZSTD, await engines.zstdCompress(plane, level));
  return best;
}

async function looksRepetitive(sample: Uint8Array, most: number, engines: Engines): Promise<boolean> {
  const { length } = await engines.zstdCompress(sample, SAMPLE_LEVEL);
  // Noise stays noise at every level.
  return length < Math.min(most, NOISE * sample.length);
}

/** All of a short plane; of a long one pieces from everywhere. */
function sampleOf(plane: Uint8Array): Uint8Array {
  if (plane.length <= 2 * SAMPLE_PIECES * SAMPLE_PIECE) return plane;
  const apart = Math.floor((plane.length - SAMPLE_PIECE) / (SAMPLE_PIECES - 1));
  const pieces = Array.from({ length: SAMPLE_PIECES }, (_, i) => plane.subarray(i * apart, i * apart + SAMPLE_PIECE));
  return concatBytes(pieces);
}
