/**
 * Structure of a zstd payload, checked before a library sees it: one data frame with content size, without
 * dictionary, ending exactly at the end of the payload. Also the skippable frame that carries an index (RFC 8878).
 */
import { Cursor } from '../bytes/cursor.js';
import { MAX_ZSTD_WINDOW, malformed, notStrict, overLimit } from './format.js';

const DATA_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAX_BLOCK = 128 * 1024;
/** A compressed block has a header of its literals and a count of its sequences; decoders differ on shorter ones. */
const MIN_COMPRESSED = 2;

export interface ZstdFrame {
  /** The content size its header states. */
  readonly size: number;
  /** Bytes a decoder needs for back references. */
  readonly window: number;
  readonly checksum: boolean;
}

/** Is a payload of `length` bytes one skippable frame and nothing else? It yields no output. `start`: 8 bytes suffice. */
export function isSkippableFrame(start: Uint8Array, length = start.length): boolean {
  if (start.length < 8) return false;
  const cursor = new Cursor(start);
  if ((cursor.u32le() & 0xfffffff0) >>> 0 !== SKIPPABLE_MAGIC) return false;
  return cursor.u32le() === length - 8;
}

/** Checks a payload that must be one data frame; throws `container/malformed`, `/not-strict` or `/limit`. */
export function readZstdFrame(payload: Uint8Array): ZstdFrame {
  const cursor = new Cursor(payload);
  const frame = readFrameHeader(cursor);
  const most = walkBlocks(cursor);
  if (frame.checksum) cursor.take(4, 'zstd checksum');
  if (cursor.remaining !== 0) throw notStrict(`${cursor.remaining} bytes after the zstd frame`);
  // A header that promises more than its blocks can yield is refused before anybody allocates what it promises.
  if (frame.size > most) throw malformed(`zstd frame states ${frame.size} bytes, its blocks yield at most ${most}`);
  return frame;
}

/** Only the header, of a payload that may be cut short: for a look at a container without reading it. */
export function readFrameHeader(cursor: Cursor): ZstdFrame {
  const magic = cursor.u32le('zstd magic');
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) throw notStrict('zstd payload starts with a skippable frame');
  if (magic !== DATA_MAGIC) throw malformed('payload is not a zstd frame');
  const descriptor = cursor.u8('zstd frame header');
  const singleSegment = (descriptor & 0x20) !== 0;
  // Encoders must leave it 0 and decoders must not look: it would be one more way to write the same.
  if ((descriptor & 0x10) !== 0) throw notStrict('zstd frame header has its unused bit set');
  if ((descriptor & 0x08) !== 0) throw malformed('zstd frame header has its reserved bit set');
  if ((descriptor & 0x03) !== 0) throw malformed('zstd frame asks for a dictionary');
  let window = 0;
  if (!singleSegment) {
    const byte = cursor.u8('zstd window');
    const base = 2 ** (10 + (byte >> 3));
    window = base + (base / 8) * (byte & 7);
    if (window > MAX_ZSTD_WINDOW) throw overLimit('zstd window', window, MAX_ZSTD_WINDOW);
  }
  const size = readContentSize(cursor, descriptor >> 6, singleSegment);
  return { size, window: singleSegment ? size : window, checksum: (descriptor & 0x04) !== 0 };
}

function readContentSize(cursor: Cursor, flag: number, singleSegment: boolean): number {
  if (flag === 1) {
    const low = cursor.u8('zstd content size');
    return low + 256 * cursor.u8('zstd content size') + 256;
  }
  if (flag === 2) return cursor.u32le('zstd content size');
  if (flag === 3) {
    const size = cursor.u64le('zstd content size');
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed(`zstd content size ${size} is not a size`);
    return Number(size);
  }
  if (!singleSegment) throw malformed('zstd frame does not state its content size');
  return cursor.u8('zstd content size');
}

/** Moves over all blocks; returns the most bytes they can yield. An attacker may send millions of them: none costs a call. */
function walkBlocks(cursor: Cursor): number {
  const { bytes, offset, remaining } = cursor;
  let most = 0;
  for (let moved = 0; ; ) {
    const at = offset + moved;
    moved += 3;
    if (moved > remaining) cursor.skip(moved, 'zstd block header');
    const header = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
    const kind = (header >> 1) & 3;
    const size = header >> 3;
    if (kind === 3) throw malformed('zstd block of the reserved kind');
    if (size > MAX_BLOCK || (kind === 2 && size < MIN_COMPRESSED)) throw malformed(`zstd block of ${size} bytes`);
    moved += kind === 1 ? 1 : size;
    if (moved > remaining || (header & 1) === 1) cursor.skip(moved, 'zstd block');
    most += kind === 2 ? MAX_BLOCK : size;
    if ((header & 1) === 1) return most;
  }
}
