/**
 * One .xz stream of several blocks: each part of a stream with the LZMA model that fits it, and with the delta filter where
 * bytes resemble those a fixed distance before. Made of what the engine compresses part by part; any xz decoder reads it.
 */
import { Cursor } from '../bytes/cursor.js';
import { ByteWriter, concatBytes } from '../bytes/writer.js';
import { crc32 } from '../container/crc32.js';
import { type Payload, readPayload } from '../container/payload.js';
import type { Engines, XzTuning } from '../engines.js';

export interface XzPart {
  readonly data: Uint8Array;
  readonly tuning: XzTuning;
  /** Distance of the delta filter, 1 to 256. */
  readonly delta?: number | undefined;
}

const PRESET = 9;
const STREAM_HEADER = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00);
const FOOTER_MAGIC = Uint8Array.of(0x59, 0x5a);
/** No flags but the check: CRC32. */
const STREAM_FLAGS = Uint8Array.of(0x00, 0x01);
const EDGE_LENGTH = 12;
const CHECK_LENGTH = 4;
const FILTER_DELTA = 0x03;
const FILTER_LZMA2 = 0x21;
/** The dictionary of property p has (2 + p mod 2) times 2 to the power p div 2 + 11 bytes. */
const MOST_DICTIONARY_PROPERTY = 28;

/** What a block costs beside its LZMA2 data: header, check, padding, its record in the index. */
export const XZ_BLOCK_OVERHEAD = 22;

/** The LZMA2 data of a part. */
export async function compressPart(part: XzPart, engines: Engines): Promise<Uint8Array> {
  const input = part.delta === undefined ? part.data : deltaOf(part.data, part.delta);
  return lzma2Of(await engines.xzCompress(input, PRESET, part.tuning));
}

/** One stream of the parts, each with its LZMA2 data, checked like a foreign one. */
export function joinXzBlocks(parts: readonly { readonly part: XzPart; readonly lzma2: Uint8Array }[]): Payload {
  const body: Uint8Array[] = [];
  const index = new ByteWriter().u8(0).varint(parts.length);
  for (const { part, lzma2 } of parts) {
    const header = blockHeader(part);
    const padding = new Uint8Array(-lzma2.length & 3);
    body.push(header, lzma2, padding, u32le(crc32(part.data)));
    index.varint(header.length + lzma2.length + CHECK_LENGTH).varint(part.data.length);
  }
  index.bytes(new Uint8Array(-index.length & 3));
  const records = index.finish();
  const size = concatBytes([u32le((records.length + 4) / 4 - 1), STREAM_FLAGS]);
  const bytes = concatBytes([
    ...[STREAM_HEADER, STREAM_FLAGS, u32le(crc32(STREAM_FLAGS))],
    ...body,
    ...[records, u32le(crc32(records))],
    ...[u32le(crc32(size)), size, FOOTER_MAGIC],
  ]);
  return readPayload('xz', bytes);
}

/** Each byte less the one `distance` before it. */
export function deltaOf(data: Uint8Array, distance: number): Uint8Array {
  const out = data.slice();
  for (let i = distance; i < data.length; i++) out[i] = (data[i] as number) - (data[i - distance] as number);
  return out;
}

function blockHeader(part: XzPart): Uint8Array {
  const filters: number[] = part.delta === undefined ? [] : [FILTER_DELTA, 1, part.delta - 1];
  filters.push(FILTER_LZMA2, 1, dictionaryProperty(part.data.length));
  // Size byte, flags, filters, zeros to a multiple of four, CRC.
  const length = Math.ceil((2 + filters.length) / 4) * 4;
  const header = new Uint8Array(length);
  header[0] = (length + 4) / 4 - 1;
  header[1] = part.delta === undefined ? 0 : 1;
  header.set(filters, 2);
  return concatBytes([header, u32le(crc32(header))]);
}

/** The smallest dictionary that holds all data: a decoder allocates it. */
function dictionaryProperty(size: number): number {
  let property = 0;
  while (property < MOST_DICTIONARY_PROPERTY && (2 + (property & 1)) * 2 ** ((property >> 1) + 11) < size) property++;
  return property;
}

/** The LZMA2 data in a stream of one block, from the block header to the check. */
function lzma2Of(stream: Uint8Array): Uint8Array {
  if (readPayload('xz', stream).size === 0) return Uint8Array.of(0);
  const footer = new Cursor(stream, 'container/malformed', stream.length - 8);
  const indexStart = stream.length - EDGE_LENGTH - (footer.u32le() + 1) * 4;
  const index = new Cursor(stream, 'container/malformed', indexStart);
  if (index.u8() !== 0 || index.length() !== 1) throw new TypeError('the xz engine made more than one block');
  const checkLength = stream[7] === 1 ? CHECK_LENGTH : stream[7] === 0 ? 0 : 8;
  const start = EDGE_LENGTH + ((stream[EDGE_LENGTH] as number) + 1) * 4;
  return stream.slice(start, EDGE_LENGTH + index.length() - checkLength);
}

function u32le(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
