/**
 * One frame of a stream container: a RAW payload behind method and backend bytes, or the stream set of a codec behind a
 * method byte. Length prefixes are the reader's business.
 */
import { Cursor } from '../bytes/cursor.js';
import { concatBytes, encodeVarint } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { formatBackend, METHOD_CODEC, METHOD_RAW, malformed, notStrict, parseBackend } from './format.js';
import { type Payload, readPayload } from './payload.js';
import { formatStreamSet, type NamedPayload, readStreamSet } from './stream-set.js';
import { readVarint } from './varint.js';
import { isSkippableFrame } from './zstd-frame.js';

/** Method and backend of a RAW frame. */
export const FRAME_HEAD = 2;
const STORED = formatBackend('stored');

/** The length that precedes a frame; throws `container/malformed` for zero. */
export function readFrameLength(cursor: Cursor): number {
  const length = readVarint(cursor, 'frame length');
  if (length === 0) throw malformed('frame of length 0');
  return length;
}

/** The streams of a codec frame; undefined for a frame of another kind. `limit`: most bytes that they may yield. */
export function readCodecFrame(frame: Uint8Array, limit: number): readonly NamedPayload[] | undefined {
  if (frame[0] !== METHOD_CODEC) return undefined;
  return readStreamSet(new Cursor(frame, 'container/malformed', 1), limit);
}

/** Whether a frame that begins so holds nothing but its data. */
export function isStoredFrame(head: Uint8Array): boolean {
  return head[0] === METHOD_RAW && head[1] === STORED;
}

/** The payload of a RAW frame, or `index` for a zstd payload of one skippable frame, which yields no output. */
export function readFrame(frame: Uint8Array): Payload | 'index' {
  const method = frame[0] as number;
  if (method === METHOD_CODEC) {
    throw new At1Error('container/malformed', { message: 'codec frame in a container of codec raw' });
  }
  if (method !== METHOD_RAW) throw notStrict(`unknown frame method ${method}`);
  if (frame.length < 2) throw malformed('frame without a backend');
  const backend = parseBackend(frame[1] as number);
  const bytes = frame.subarray(2);
  if (backend === 'zstd' && isSkippableFrame(bytes)) return 'index';
  return readPayload(backend, bytes);
}

export function formatFrame(payload: Payload): Uint8Array {
  return concatBytes([formatFrameHead(payload), payload.bytes]);
}

/** What stands before the bytes of the payload. */
export function formatFrameHead({ backend, bytes }: Payload): Uint8Array {
  const head = Uint8Array.of(METHOD_RAW, formatBackend(backend));
  return concatBytes([encodeVarint(head.length + bytes.length), head]);
}

export function formatCodecFrame(streams: readonly NamedPayload[]): Uint8Array {
  const set = formatStreamSet(streams);
  return concatBytes([formatCodecFrameHead(set), set]);
}

/** What stands before the set. */
export function formatCodecFrameHead(set: Uint8Array): Uint8Array {
  return concatBytes([encodeVarint(1 + set.length), Uint8Array.of(METHOD_CODEC)]);
}
