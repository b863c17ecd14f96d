/**
 * Writes codec jsondoc (id 6), which serves every text of values in a frame that repeats: JSON documents, JSON lines, logs.
 */
import type { Engines } from '../engines.js';
import { cutShapes } from './cut-shapes.js';
import { fillGaps } from './fill-gaps.js';
import { formatSlots } from './format-slots.js';
import { looksLikeJson } from './json-text.js';
import { refineSlots } from './refine-slots.js';
import { type Scan, scanJson } from './scan-json.js';
import { scanLog } from './scan-log.js';
import { MOST_TEXT_BYTES } from './slots.js';
import type { EncodedStreams } from './streams.js';

/** Fast, and it ranks ways to cut a text as the slow ones do. */
const RANKING_LEVEL = 9;
/** One in so many bytes. */
const FRAME_WEIGHS = 50;

/**
 * The smallest of several ways to cut the text, by what zstd makes of them. Undefined for text with NUL, which has no place
 * in this codec, and where there is nothing to cut. The caller decodes and compares.
 */
export async function writeJsondoc(
  data: Uint8Array,
  { engines }: { readonly engines: Engines },
): Promise<EncodedStreams | undefined> {
  if (data.length > MOST_TEXT_BYTES || data.includes(0)) return undefined;
  let best: Candidate | undefined;
  for (const scan of looksLikeJson(data) ? jsonScans(data) : logScans(data)) {
    if (scan.slots.length > 0) best = smaller(best, await rank(data, scan, engines));
  }
  // Where the order of messages is a good part of all, it may be worth saying it once.
  if (best !== undefined && best.frame * FRAME_WEIGHS > best.size) {
    best = smaller(best, await rank(data, fillGaps(data, best.scan), engines));
  }
  return best?.streams;
}

interface Candidate {
  readonly scan: Scan;
  readonly streams: EncodedStreams;
  /** What zstd makes of all streams, and of those that tell the order of columns. */
  readonly size: number;
  readonly frame: number;
}

async function rank(data: Uint8Array, scan: Scan, engines: Engines): Promise<Candidate> {
  const streams = formatSlots(data, scan);
  let [size, frame] = [0, 0];
  for (const { name, data: bytes } of streams) {
    const { length } = await engines.zstdCompress(bytes, RANKING_LEVEL);
    size += length;
    if (name === 'skeleton' || name === 'colids') frame += length;
  }
  return { scan, streams, size, frame };
}

function smaller(a: Candidate | undefined, b: Candidate): Candidate {
  return a !== undefined && a.size <= b.size ? a : b;
}

function* jsonScans(data: Uint8Array): Generator<Scan> {
  const whole = scanJson(data);
  yield whole;
  const refined = refineSlots(data, whole);
  yield refined;
  const shaped = cutShapes(data, refined);
  if (shaped !== undefined) yield refineSlots(data, shaped);
}

function* logScans(data: Uint8Array): Generator<Scan> {
  yield scanLog(data, false);
  yield scanLog(data, true);
}
