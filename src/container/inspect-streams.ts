/** The streams of a codec container for people: names, backends and sizes, from a few bytes each; nothing is decoded. */
import { Cursor } from '../bytes/cursor.js';
import { At1Error } from '../errors.js';
import {
  type Backend,
  MAX_FRAME_OUTPUT,
  MAX_STREAM_NAME,
  MAX_STREAMS,
  MAX_VARINT_LENGTH,
  malformed,
  PAYLOAD_SLACK,
  parseBackend,
} from './format.js';
import type { FrameSource } from './frame-source.js';
import { parseStreamName } from './stream-set.js';
import { readVarint } from './varint.js';
import { readXzStream } from './xz-stream.js';
import { readFrameHeader } from './zstd-frame.js';

const ZSTD_HEADER_LENGTH = 18;
/** Nobody sees an error of a stream. */
const STREAM = 'stream';

export interface StreamInfo {
  readonly name: string;
  readonly backend: Backend;
  /** Where its payload starts in the container. */
  readonly offset: number;
  readonly length: number;
  /** What it says it yields; undefined where that cannot be told without decoding. */
  readonly outputSize: number | undefined;
}

/** The streams from here on; undefined where they cannot be understood. `end`: where they have to be over. */
export async function listStreams(walk: FrameSource, end: number): Promise<readonly StreamInfo[] | undefined> {
  try {
    const count = await takeVarint(walk, STREAM, end);
    if (count > MAX_STREAMS) return undefined;
    const streams: StreamInfo[] = [];
    while (streams.length < count) streams.push(await readStream(walk, end));
    return streams;
  } catch (error) {
    // Why it is broken is the reader's business.
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

async function readStream(walk: FrameSource, end: number): Promise<StreamInfo> {
  const nameLength = await takeVarint(walk, STREAM, end);
  // One more than a name may have is enough to be refused.
  const head = new Cursor(await walk.peek(Math.min(nameLength + 1, MAX_STREAM_NAME + 1, end - walk.offset)));
  const name = parseStreamName(head.take(nameLength));
  const backend = parseBackend(head.u8());
  await walk.skip(head.offset);
  const length = await takeVarint(walk, STREAM, end);
  const offset = walk.offset;
  const there = Math.min(length, end - offset);
  const outputSize = backend === 'stored' ? length : await statedSize(walk, backend, there);
  if ((await walk.skip(there)) < length) throw malformed(STREAM);
  return { name, backend, offset, length, outputSize };
}

/** The size a zstd header or an .xz index states. `length` undefined: the payload goes on to the trailer. */
export async function statedSize(
  walk: FrameSource,
  backend: Exclude<Backend, 'stored'>,
  length: number | undefined,
): Promise<number | undefined> {
  const most = MAX_FRAME_OUTPUT + PAYLOAD_SLACK;
  try {
    if (backend === 'zstd') {
      return readFrameHeader(new Cursor(await walk.peek(Math.min(ZSTD_HEADER_LENGTH, length ?? most)))).size;
    }
    const payload = await walk.peek(Math.min(length ?? most, most));
    return readXzStream(payload).size;
  } catch (error) {
    // A payload that cannot be understood is shown without a size; saying why is the reader's business.
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

export async function takeVarint(walk: FrameSource, what: string, end = Number.POSITIVE_INFINITY): Promise<number> {
  const cursor = new Cursor(await walk.peek(Math.min(MAX_VARINT_LENGTH, end - walk.offset)));
  const value = readVarint(cursor, what);
  await walk.skip(cursor.offset);
  return value;
}
