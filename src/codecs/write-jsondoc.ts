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

/**
 * The smallest of several ways to cut the text, by what zstd makes of them. Undefined for text with NUL, which has no place
 * in this codec, and where there is nothing to cut. The caller decodes and compares.
 */
export async function writeJsondoc(
  data: Uint8Array,
  { engines }: { readonly engines: Engines },
): Promise<EncodedStreams | undefined> {
  if (data.length > MOST_TEXT_BYTES || data.includes(0)) return undefined;
  let best: EncodedStreams | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const scan of looksLikeJson(data) ? jsonScans(data) : logScans(data)) {
    if (scan.slots.length === 0) continue;
    const streams = formatSlots(data, scan);
    let size = 0;
    for (const stream of streams) size += (await engines.zstdCompress(stream.data, RANKING_LEVEL)).length;
    if (size < least) [best, least] = [streams, size];
  }
  return best;
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
  for (const byShape of [false, true]) {
    const scan = scanLog(data, byShape);
    yield scan;
    yield fillGaps(data, scan);
  }
}
