/**
 * A stream set: the body of a codec container or codec frame, named payloads one after another. Strict profile only;
 * what the streams mean is the codec's business (docs/format/container.md, "Stream sets").
 */
import type { Cursor } from '../bytes/cursor.js';
import { utf8 } from '../bytes/text.js';
import { type Allocate, concatBytes, encodeVarint } from '../bytes/writer.js';
import {
  formatBackend,
  MAX_STREAM_NAME,
  MAX_STREAMS,
  malformed,
  notStrict,
  overLimit,
  parseBackend,
} from './format.js';
import { type Payload, readPayload } from './payload.js';
import { readVarint } from './varint.js';

export interface NamedPayload {
  readonly name: string;
  readonly payload: Payload;
}

/**
 * The set that fills what is left of the cursor, nothing decoded. `limit`: most bytes that all streams together may yield.
 * Throws `container/malformed`, `container/not-strict` or `container/limit`.
 */
export function readStreamSet(cursor: Cursor, limit: number): readonly NamedPayload[] {
  const count = readVarint(cursor, 'number of streams');
  if (count > MAX_STREAMS) throw malformed(`${count} streams, ${MAX_STREAMS} are the most`);
  const streams: NamedPayload[] = [];
  const names = new Set<string>();
  let total = 0;
  for (let i = 0; i < count; i++) {
    const name = readName(cursor);
    if (names.has(name)) throw notStrict(`two streams have the name ${name}`);
    names.add(name);
    const backend = parseBackend(cursor.u8('backend'));
    const payload = readPayload(backend, cursor.take(readVarint(cursor, 'stream length'), 'stream'));
    total += payload.size;
    if (total > limit) throw overLimit('streams of a codec', total, limit);
    streams.push({ name, payload });
  }
  if (cursor.remaining > 0) throw notStrict(`${cursor.remaining} bytes after the streams`);
  return streams;
}

/** The streams in the order given. Throws a RangeError for a set that no strict reader takes. */
export function formatStreamSet(streams: readonly NamedPayload[], allocate?: Allocate): Uint8Array {
  if (streams.length > MAX_STREAMS || new Set(streams.map(({ name }) => name)).size < streams.length) {
    throw new RangeError('a stream set has at most 256 streams, each with a name of its own');
  }
  const parts: Uint8Array[] = [encodeVarint(streams.length)];
  for (const { name, payload } of streams) {
    const bytes = utf8(name);
    if (!isName(bytes)) throw new RangeError(`not a name of a stream: ${name}`);
    const backend = Uint8Array.of(formatBackend(payload.backend));
    parts.push(encodeVarint(bytes.length), bytes, backend, encodeVarint(payload.bytes.length), payload.bytes);
  }
  return concatBytes(parts, allocate);
}

function readName(cursor: Cursor): string {
  return parseStreamName(cursor.take(readVarint(cursor, 'length of a stream name'), 'stream name'));
}

/** Throws `container/malformed` for anything but 1 to 31 visible ASCII characters. */
export function parseStreamName(bytes: Uint8Array): string {
  if (!isName(bytes))
    throw malformed(`name of a stream of ${bytes.length} bytes is not 1 to 31 visible ASCII characters`);
  return String.fromCharCode(...bytes);
}

function isName(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.length <= MAX_STREAM_NAME && bytes.every((byte) => byte > 0x20 && byte < 0x7f);
}
