/**
 * One .xz stream of several blocks: each part of a stream with the LZMA model that fits it, and with the delta filter where
 * bytes resemble those a fixed distance before. Made of what the engine compresses part by part; any xz decoder reads it.
 */
import { crc32 } from '../container/crc32.js';
import { type Payload, readPayload } from '../container/payload.js';
import { formatXzStream } from '../container/write-xz.js';
import { walkXzBlocks } from '../container/xz-stream.js';
import type { Engines, XzTuning } from '../engines.js';

export interface XzPart {
  readonly data: Uint8Array;
  readonly tuning: XzTuning;
  /** Distance of the delta filter, 1 to 256. */
  readonly delta?: number | undefined;
}

const PRESET = 9;
/** LZMA2 data of no bytes: the end mark. */
const NOTHING = Uint8Array.of(0);

/** What a block costs beside its LZMA2 data: header, check, padding, its record in the index. */
export const XZ_BLOCK_OVERHEAD = 22;

/** The LZMA2 data of a part. */
export async function compressPart(part: XzPart, engines: Engines): Promise<Uint8Array> {
  const input = part.delta === undefined ? part.data : deltaOf(part.data, part.delta);
  const [block, ...more] = walkXzBlocks(await engines.xzCompress(input, PRESET, part.tuning));
  if (more.length > 0) throw new TypeError('the xz engine made more than one block');
  return block?.lzma2 ?? NOTHING;
}

/** One stream of the parts, each with its LZMA2 data, checked like a foreign one. */
export function joinXzBlocks(parts: readonly { readonly part: XzPart; readonly lzma2: Uint8Array }[]): Payload {
  const blocks = parts.map(({ part, lzma2 }) => ({ lzma2, size: part.data.length, delta: part.delta }));
  return readPayload(
    'xz',
    formatXzStream(
      blocks,
      parts.map(({ part }) => crc32(part.data)),
    ),
  );
}

/** Each byte less the one `distance` before it. */
export function deltaOf(data: Uint8Array, distance: number): Uint8Array {
  const out = data.slice();
  for (let i = distance; i < data.length; i++) out[i] = (data[i] as number) - (data[i - distance] as number);
  return out;
}
