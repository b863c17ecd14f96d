/** Which backend a block of data gets: the smallest of few candidates, and stored whenever none of them wins. */
import { encodePayload, type Payload } from '../container/payload.js';
import type { Engines } from '../engines.js';
import { unreachable } from '../errors.js';

/** `default`: fast to write and read. `max`: smallest, at one or two MB/s. */
export type Level = 'default' | 'max';

const ZSTD_LEVEL = 3;
const ZSTD_SAMPLE_LEVEL = 1;
const XZ_PRESET = 9;
/** A sample is this many pieces from all over the data; smaller data is tried as a whole. */
const SAMPLE_PIECES = 8;
const SAMPLE_PIECE_LENGTH = 16 * 1024;
/** A sample that shrinks by less than one in fifty says that the data is compressed already. */
const SAMPLE_THRESHOLD = 0.98;

export async function choosePayload(data: Uint8Array, level: Level, engines: Engines): Promise<Payload> {
  const stored: Payload = { backend: 'stored', bytes: data, size: data.length };
  if (data.length === 0) return stored;
  switch (level) {
    case 'default': {
      if (!(await looksCompressible(data, engines))) return stored;
      return smaller(stored, await encodePayload('zstd', data, ZSTD_LEVEL, engines));
    }
    case 'max': {
      // No sample here: repeats far apart are what it cannot see. A tie goes to the one that is read faster.
      const zstd = smaller(stored, await encodePayload('zstd', data, ZSTD_LEVEL, engines));
      return smaller(zstd, await encodePayload('xz', data, XZ_PRESET, engines));
    }
    default:
      return unreachable(level);
  }
}

function smaller(first: Payload, second: Payload): Payload {
  return second.bytes.length < first.bytes.length ? second : first;
}

async function looksCompressible(data: Uint8Array, engines: Engines): Promise<boolean> {
  const sampleLength = SAMPLE_PIECES * SAMPLE_PIECE_LENGTH;
  if (data.length <= 2 * sampleLength) return true;
  const sample = new Uint8Array(sampleLength);
  for (let i = 0; i < SAMPLE_PIECES; i++) {
    const at = Math.floor(((data.length - SAMPLE_PIECE_LENGTH) * i) / (SAMPLE_PIECES - 1));
    sample.set(data.subarray(at, at + SAMPLE_PIECE_LENGTH), i * SAMPLE_PIECE_LENGTH);
  }
  const packed = await engines.zstdCompress(sample, ZSTD_SAMPLE_LEVEL);
  return packed.length < sampleLength * SAMPLE_THRESHOLD;
}
