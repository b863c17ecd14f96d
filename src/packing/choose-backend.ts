/** Which backend a block of data gets: the smallest of few candidates, and stored whenever none of them wins. */
import type { Payload } from '../container/payload.js';
import type { Engines } from '../engines.js';
import { unreachable } from '../errors.js';
import type { Level } from '../transforms/level.js';
import { type ElementHint, xzTuningOf } from './elements.js';
import { type Attempt, racePayloads, XZ_PLAIN, XZ_TEXT } from './race-payloads.js';

const ZSTD: Attempt = { backend: 'zstd', level: 3 };
const ZSTD_SAMPLE_LEVEL = 1;
/** A sample is this many pieces from all over the data; smaller data is tried as a whole. */
const SAMPLE_PIECES = 8;
const SAMPLE_PIECE_LENGTH = 16 * 1024;
/** A sample that shrinks by less than one in fifty says that the data is compressed already. */
const SAMPLE_THRESHOLD = 0.98;

export async function choosePayload(
  data: Uint8Array,
  level: Level,
  engines: Engines,
  elements?: ElementHint,
): Promise<Payload> {
  switch (level) {
    case 'fast':
    case 'balanced': {
      const noise = (await sampleRatio(data, engines)) >= SAMPLE_THRESHOLD;
      return racePayloads(data, noise ? [] : [ZSTD], engines);
    }
    // No sample here: repeats far apart are what it cannot see. A tie goes to the one that is read faster.
    case 'max':
      return racePayloads(data, [ZSTD, XZ_PLAIN, ...tunedFor(elements)], engines);
    default:
      return unreachable(level);
  }
}

function tunedFor(elements: ElementHint | undefined): readonly Attempt[] {
  if (elements === undefined) return [XZ_TEXT];
  const tuning = xzTuningOf(elements);
  return tuning === undefined ? [] : [{ backend: 'xz', tuning }];
}

/** What zstd leaves of a sample from all over the data; 0 where the data is too short for a sample to tell. */
export async function sampleRatio(data: Uint8Array, engines: Engines): Promise<number> {
  if (data.length <= 2 * SAMPLE_PIECES * SAMPLE_PIECE_LENGTH) return 0;
  const sample = takeSample(data);
  const packed = await engines.zstdCompress(sample, ZSTD_SAMPLE_LEVEL);
  return packed.length / sample.length;
}

/** Pieces from all over the data, or all of it where it is short. */
function takeSample(data: Uint8Array): Uint8Array {
  const sampleLength = SAMPLE_PIECES * SAMPLE_PIECE_LENGTH;
  if (data.length <= 2 * sampleLength) return data;
  const sample = new Uint8Array(sampleLength);
  for (let i = 0; i < SAMPLE_PIECES; i++) {
    const at = Math.floor(((data.length - SAMPLE_PIECE_LENGTH) * i) / (SAMPLE_PIECES - 1));
    sample.set(data.subarray(at, at + SAMPLE_PIECE_LENGTH), i * SAMPLE_PIECE_LENGTH);
  }
  return sample;
}
