/**
 * Structure of an xz payload, checked before a library sees it: exactly one .xz stream, nothing after it, sizes from
 * its index confirmed by the LZMA2 chunk headers, dictionaries bounded. Follows the .xz file format 1.1.
 */
import { Cursor } from '../bytes/cursor.js';
import { equalBytes } from '../bytes/text.js';
import { crc32 } from './crc32.js';
import { MAX_XZ_DICTIONARY, malformed, notStrict, overLimit } from './format.js';

const HEADER_MAGIC = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00);
const FOOTER_MAGIC = Uint8Array.of(0x59, 0x5a);
const EDGE_LENGTH = 12;
const LZMA2 = 0x21;
/** A header; that no data is behind it is told of the block. */
const SHORTEST_BLOCK = 12;
/** Bytes of the check by its id: none, CRC32, CRC64, SHA-256; other ids have no meaning. */
const CHECK_LENGTHS = new Map([
  [0, 0],
  [1, 4],
  [4, 8],
  [10, 32],
]);

export interface XzStream {
  /** Uncompressed size of all blocks. */
  readonly size: number;
  /** The largest LZMA2 dictionary of its blocks. */
  readonly dictionary: number;
  /** Check id: 0 none, 1 CRC32, 4 CRC64, 10 SHA-256. */
  readonly check: number;
  /** Has a block a filter besides LZMA2? */
  readonly filtered: boolean;
}

/** One block, as far as it can be told without decoding. */
export interface XzBlock {
  /** Filters before LZMA2, in the order in which they were applied. */
  readonly filters: readonly XzFilter[];
  readonly lzma2: Uint8Array;
  /** Uncompressed size. */
  readonly size: number;
  readonly dictionary: number;
  /** The stored check of the output. */
  readonly check: Uint8Array;
}

export interface XzFilter {
  readonly id: number;
  readonly properties: Uint8Array;
}

interface BlockRecord {
  readonly unpadded: number;
  readonly size: number;
}

/** Checks a payload that must be one .xz stream; throws `container/malformed`, `/not-strict` or `/limit`. */
export function readXzStream(payload: Uint8Array): XzStream {
  let size = 0;
  let dictionary = 0;
  let filtered = false;
  for (const block of walkXzBlocks(payload)) {
    dictionary = Math.max(dictionary, block.dictionary);
    filtered ||= block.filters.length > 0;
    size += block.size;
  }
  return { size, dictionary, check: payload[HEADER_MAGIC.length + 1] as number, filtered };
}

/** The blocks one by one, each checked; whatever is wrong behind them is thrown after the last. */
export function* walkXzBlocks(payload: Uint8Array): Generator<XzBlock, void, undefined> {
  if (payload.length < HEADER_MAGIC.length || !equalBytes(payload.subarray(0, HEADER_MAGIC.length), HEADER_MAGIC)) {
    throw malformed('payload is not an .xz stream');
  }
  if (payload.length < 2 * EDGE_LENGTH + 8 || payload.length % 4 !== 0) throw malformed('.xz stream is cut short');
  const header = new Cursor(payload, 'container/malformed', HEADER_MAGIC.length, EDGE_LENGTH);
  const flags = header.take(2);
  if (crc32(flags) !== header.u32le()) throw malformed('.xz stream header is damaged');
  const checkLength = CHECK_LENGTHS.get(flags[1] as number);
  if (flags[0] !== 0 || checkLength === undefined) throw malformed('.xz stream header has unknown flags');

  const indexEnd = payload.length - EDGE_LENGTH;
  const indexStart = indexEnd - readFooter(payload.subarray(indexEnd), flags);
  if (indexStart < EDGE_LENGTH) throw malformed('.xz index is larger than the stream');
  const index = payload.subarray(indexStart, indexEnd);
  // All of it before any block: who sends an index only pays for reading it, and keeps nobody waiting.
  checkIndex(index, indexStart - EDGE_LENGTH);

  let at = EDGE_LENGTH;
  for (const record of recordsOf(openIndex(index))) {
    const padded = record.unpadded + ((4 - (record.unpadded % 4)) % 4);
    if (padded > indexStart - at) throw malformed('.xz index lists a block that is not there');
    yield readBlock(payload.subarray(at, at + padded), record, checkLength);
    at += padded;
  }
  // Footer and index agree with each other but not with the front: the footer belongs to a second stream.
  if (at !== indexStart) throw notStrict('payload holds more than one .xz stream');
}

/** The size of the index in bytes. */
function readFooter(footer: Uint8Array, flags: Uint8Array): number {
  if (!equalBytes(footer.subarray(EDGE_LENGTH - 2), FOOTER_MAGIC)) {
    throw malformed('payload does not end with an .xz footer');
  }
  const cursor = new Cursor(footer);
  if (cursor.u32le() !== crc32(footer.subarray(4, 10))) throw malformed('.xz footer is damaged');
  const indexLength = (cursor.u32le() + 1) * 4;
  if (!equalBytes(cursor.take(2), flags)) throw malformed('.xz header and footer disagree');
  return indexLength;
}

/** `room`: bytes of all blocks. */
function checkIndex(index: Uint8Array, room: number): void {
  const sum = new Cursor(index, 'container/malformed', index.length - 4).u32le();
  if (sum !== crc32(index.subarray(0, -4))) throw malformed('.xz index is damaged');
  const opened = openIndex(index);
  if (opened.count > room / SHORTEST_BLOCK) throw malformed('.xz index lists a block that is not there');
  let total = 0;
  for (const { unpadded, size } of recordsOf(opened)) {
    total += size;
    if (unpadded < 5 || !Number.isSafeInteger(total)) throw malformed('.xz index has an impossible size');
  }
  const { cursor } = opened;
  if (cursor.remaining > 3 || cursor.rest().some((byte) => byte !== 0)) throw malformed('.xz index has no end');
}

interface XzIndex {
  readonly cursor: Cursor;
  /** Of its records, where the cursor is. */
  readonly count: number;
}

function openIndex(index: Uint8Array): XzIndex {
  const cursor = new Cursor(index, 'container/malformed', 0, index.length - 4);
  if (cursor.u8('.xz index') !== 0) throw malformed('.xz index is not where the footer says');
  // A record takes two bytes at least, so the count is bounded by what is there.
  return { cursor, count: cursor.length('number of .xz blocks', Math.floor(cursor.remaining / 2)) };
}

/** One by one: a list of millions would take more memory than all they stand for. */
function* recordsOf({ cursor, count }: XzIndex): Generator<BlockRecord, void, undefined> {
  for (let i = 0; i < count; i++) {
    yield { unpadded: cursor.length('.xz block length'), size: cursor.length('.xz block size') };
  }
}

function readBlock(block: Uint8Array, record: BlockRecord, checkLength: number): XzBlock {
  const headerLength = ((block[0] as number) + 1) * 4;
  if (block[0] === 0 || headerLength > record.unpadded) throw malformed('.xz block header is not there');
  const header = readBlockHeader(block.subarray(0, headerLength), record, headerLength + checkLength);
  const dataEnd = record.unpadded - checkLength;
  const yielded = walkChunks(new Cursor(block, 'container/malformed', headerLength, Math.max(headerLength, dataEnd)));
  if (yielded !== record.size) throw malformed(`.xz index states ${record.size} bytes for a block of ${yielded}`);
  return {
    ...header,
    lzma2: block.subarray(headerLength, dataEnd),
    size: record.size,
    check: block.subarray(block.length - checkLength),
  };
}

function readBlockHeader(
  header: Uint8Array,
  record: BlockRecord,
  overhead: number,
): Pick<XzBlock, 'dictionary' | 'filters'> {
  const cursor = new Cursor(header, 'container/malformed', 1, header.length - 4);
  const sum = new Cursor(header, 'container/malformed', header.length - 4).u32le();
  if (sum !== crc32(header.subarray(0, -4))) throw malformed('.xz block header is damaged');
  const flags = cursor.u8();
  if ((flags & 0x3c) !== 0) throw malformed('.xz block header has unknown flags');
  if ((flags & 0x40) !== 0 && cursor.length('.xz compressed size') !== record.unpadded - overhead) {
    throw malformed('.xz block header and index disagree');
  }
  if ((flags & 0x80) !== 0 && cursor.length('.xz uncompressed size') !== record.size) {
    throw malformed('.xz block header and index disagree');
  }
  const count = (flags & 3) + 1;
  const filters: XzFilter[] = [];
  for (let i = 1; i < count; i++) {
    const id = cursor.length('.xz filter');
    filters.push({ id, properties: cursor.take(cursor.length('.xz filter properties', cursor.remaining)) });
    if (id === LZMA2) throw malformed('.xz block has LZMA2 in the wrong place');
  }
  if (cursor.length('.xz filter') !== LZMA2) throw malformed('.xz block does not end in LZMA2');
  if (cursor.length('.xz filter properties') !== 1) throw malformed('.xz block has broken LZMA2 properties');
  const dictionary = dictionarySize(cursor.u8());
  if (cursor.rest().some((byte) => byte !== 0)) throw malformed('.xz block header has bytes after its filters');
  return { dictionary, filters };
}

function dictionarySize(property: number): number {
  if (property > 40) throw malformed('.xz block has a broken dictionary size');
  const size = property === 40 ? 2 ** 32 - 1 : (2 + (property & 1)) * 2 ** ((property >> 1) + 11);
  if (size > MAX_XZ_DICTIONARY) throw overLimit('.xz dictionary', size, MAX_XZ_DICTIONARY);
  return size;
}

/** Moves over the LZMA2 chunks, whose headers state what each yields; the end mark must be the last byte. */
function walkChunks(cursor: Cursor): number {
  let size = 0;
  for (;;) {
    const control = cursor.u8('LZMA2 chunk');
    if (control === 0) break;
    const low = cursor.u8('LZMA2 chunk') * 256 + cursor.u8('LZMA2 chunk') + 1;
    if (control < 0x80) {
      if (control > 2) throw malformed('LZMA2 chunk of an unknown kind');
      cursor.skip(low, 'LZMA2 chunk');
      size += low;
    } else {
      const packed = cursor.u8('LZMA2 chunk') * 256 + cursor.u8('LZMA2 chunk') + 1;
      if (control >= 0xc0) cursor.u8('LZMA2 properties');
      // Encoders begin with a zero; decoders differ in whether they look.
      if (cursor.take(packed, 'LZMA2 chunk')[0] !== 0) throw malformed('LZMA2 chunk does not begin with a zero');
      size += (control & 0x1f) * 65536 + low;
    }
  }
  cursor.expectEnd('the LZMA2 data');
  return size;
}
