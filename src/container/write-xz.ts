/** An .xz stream around blocks that are compressed already, after the .xz file format 1.1: headers, sums and index. */
import { ByteWriter, concatBytes } from '../bytes/writer.js';
import { crc32 } from './crc32.js';

export interface XzBlockParts {
  readonly lzma2: Uint8Array;
  /** Uncompressed size. */
  readonly size: number;
  /** Distance of a delta filter before LZMA2, 1 to 256. */
  readonly delta?: number | undefined;
}

const STREAM_HEADER = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00);
const FOOTER_MAGIC = Uint8Array.of(0x59, 0x5a);
const CHECK_LENGTH = 4;
const FILTER_DELTA = 0x03;
const FILTER_LZMA2 = 0x21;
/** The dictionary of property p has (2 + p mod 2) times 2 to the power p div 2 + 11 bytes; this one is 64 MiB. */
const MOST_DICTIONARY_PROPERTY = 28;

/** `checks`: the CRC32 of what each block yields; without it the stream has no check. */
export function formatXzStream(blocks: readonly XzBlockParts[], checks?: readonly number[]): Uint8Array {
  const flags = Uint8Array.of(0, checks === undefined ? 0 : 1);
  const body: Uint8Array[] = [];
  const index = new ByteWriter().u8(0).varint(blocks.length);
  blocks.forEach((block, i) => {
    const header = blockHeader(block);
    const check = checks === undefined ? new Uint8Array(0) : u32le(checks[i] as number);
    body.push(header, block.lzma2, new Uint8Array(-block.lzma2.length & 3), check);
    index.varint(header.length + block.lzma2.length + check.length).varint(block.size);
  });
  index.bytes(new Uint8Array(-index.length & 3));
  const records = index.finish();
  const size = concatBytes([u32le((records.length + CHECK_LENGTH) / 4 - 1), flags]);
  return concatBytes([
    ...[STREAM_HEADER, flags, u32le(crc32(flags))],
    ...body,
    ...[records, u32le(crc32(records))],
    ...[u32le(crc32(size)), size, FOOTER_MAGIC],
  ]);
}

function blockHeader({ delta, size }: XzBlockParts): Uint8Array {
  const filters: number[] = delta === undefined ? [] : [FILTER_DELTA, 1, delta - 1];
  filters.push(FILTER_LZMA2, 1, dictionaryProperty(size));
  // Size byte, flags, filters, zeros to a multiple of four, CRC.
  const length = Math.ceil((2 + filters.length) / 4) * 4;
  const header = new Uint8Array(length);
  header[0] = (length + 4) / 4 - 1;
  header[1] = delta === undefined ? 0 : 1;
  header.set(filters, 2);
  return concatBytes([header, u32le(crc32(header))]);
}

/** The smallest dictionary that holds all data: a decoder allocates it. */
function dictionaryProperty(size: number): number {
  let property = 0;
  while (property < MOST_DICTIONARY_PROPERTY && (2 + (property & 1)) * 2 ** ((property >> 1) + 11) < size) property++;
  return property;
}

function u32le(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
