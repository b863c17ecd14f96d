/**
 * The structure of a container for people: mode, codec, backends, frames, trailer. Decodes nothing and verifies nothing,
 * also shows containers that the strict reader refuses or whose codec this package does not read.
 */
import { Cursor } from '../bytes/cursor.js';
import { toHex } from '../bytes/text.js';
import {
  type Backend,
  CODEC_RAW,
  type CodecName,
  codecName,
  HEAD_LENGTH,
  METHOD_RAW,
  malformed,
  parseBackend,
} from './format.js';
import { type FrameSource, type RandomAccess, walkRandomAccess, walkStream } from './frame-source.js';
import { type Head, type Mode, readHead } from './head.js';
import { listStreams, type StreamInfo, statedSize, takeVarint } from './inspect-streams.js';
import { isSkippableFrame } from './zstd-frame.js';

/** Frames are listed up to so many and counted beyond that. */
const MAX_LISTED_FRAMES = 100_000;
/** And streams, which may be many a frame. */
const MAX_LISTED_STREAMS = 100_000;

export interface FrameInfo {
  /** Where the frame's payload (of a codec frame: its stream set) starts in the container. */
  readonly offset: number;
  readonly length: number;
  /** `index`: a zstd payload that yields no output. */
  readonly kind: 'raw' | 'codec' | 'index';
  readonly backend: Backend | undefined;
  /** What it says it yields; undefined where that cannot be told without decoding. */
  readonly outputSize: number | undefined;
  /** Of a codec frame, where they can be understood. */
  readonly streams?: readonly StreamInfo[];
}

export interface ContainerInfo {
  readonly mode: Mode;
  readonly codec: CodecName;
  readonly codecId: number;
  /** Size of the container in bytes. */
  readonly size: number;
  /** Lines in a block, as the writer noted; stream mode only. */
  readonly hint: number | undefined;
  /** In whole mode the body is the one frame. */
  readonly frames: readonly FrameInfo[];
  readonly frameCount: number;
  /** Sum of the frames; undefined if one of them is. */
  readonly outputSize: number | undefined;
  /** SHA-256 of the output as the trailer claims it, in hex. */
  readonly trailer: string | undefined;
}

/** Reads a few bytes a frame. */
export async function inspectContainer(source: RandomAccess): Promise<ContainerInfo> {
  return inspect(await walkRandomAccess(source));
}

/** The same from a source that only flows. */
export async function inspectStream(source: AsyncIterable<Uint8Array>): Promise<ContainerInfo> {
  return inspect(walkStream(source));
}

async function inspect(walk: FrameSource): Promise<ContainerInfo> {
  try {
    const head = readHead(await walk.peek(HEAD_LENGTH));
    await walk.skip(HEAD_LENGTH);
    const hint = head.mode === 'stream' ? await takeVarint(walk, 'block hint') : undefined;
    const frames: FrameInfo[] = [];
    let frameCount = 0;
    let streamCount = 0;
    let outputSize: number | undefined = 0;
    for await (const frame of head.mode === 'whole' ? wholeBody(walk, head) : streamFrames(walk)) {
      frameCount++;
      streamCount += frame.streams?.length ?? 0;
      if (frames.length < MAX_LISTED_FRAMES && streamCount <= MAX_LISTED_STREAMS) frames.push(frame);
      outputSize =
        outputSize === undefined || frame.outputSize === undefined ? undefined : outputSize + frame.outputSize;
    }
    const digest = await walk.trailer();
    return {
      mode: head.mode,
      codec: codecName(head.codec) as CodecName,
      codecId: head.codec,
      size: walk.offset + (digest === undefined ? 0 : digest.length + 4),
      hint,
      frames,
      frameCount,
      outputSize,
      trailer: digest === undefined ? undefined : toHex(digest),
    };
  } finally {
    await walk.close();
  }
}

async function* wholeBody(walk: FrameSource, head: Head): AsyncGenerator<FrameInfo> {
  if (head.codec !== CODEC_RAW) {
    yield await codecFrame(walk, undefined);
    return;
  }
  const backend = parseBackend(new Cursor(await walk.peek(1)).u8('backend'));
  await walk.skip(1);
  const offset = walk.offset;
  const stated = backend === 'stored' ? undefined : await statedSize(walk, backend, undefined);
  const length = await walk.skip(Number.MAX_SAFE_INTEGER);
  yield { offset, length, kind: 'raw', backend, outputSize: backend === 'stored' ? length : stated };
}

async function* streamFrames(walk: FrameSource): AsyncGenerator<FrameInfo> {
  while ((await walk.peek(1)).length > 0) {
    const frameLength = await takeVarint(walk, 'frame length');
    const start = await walk.peek(Math.min(2, frameLength));
    if (start.length === 0) throw malformed('frame of length 0, or without content');
    const raw = start[0] === METHOD_RAW;
    if (raw && start.length < 2) throw malformed('frame without a backend');
    const length = frameLength - (await walk.skip(raw ? 2 : 1));
    if (!raw) yield await codecFrame(walk, length);
    else {
      const frame = await rawFrame(walk, parseBackend(start[1] as number), walk.offset, length);
      await skipAll(walk, length);
      yield frame;
    }
  }
}

/** `length` undefined: up to the trailer. */
async function codecFrame(walk: FrameSource, length: number | undefined): Promise<FrameInfo> {
  const offset = walk.offset;
  const streams = await listStreams(walk, offset + (length ?? Number.POSITIVE_INFINITY));
  const read = walk.offset - offset;
  const rest = length === undefined ? await walk.skip(Number.MAX_SAFE_INTEGER) : await skipAll(walk, length - read);
  const frame = { offset, length: read + rest, kind: 'codec', backend: undefined, outputSize: undefined } as const;
  return streams === undefined ? frame : { ...frame, streams };
}

async function skipAll(walk: FrameSource, length: number): Promise<number> {
  const skipped = await walk.skip(length);
  if (skipped < length) throw malformed(`frame: length ${length} exceeds ${skipped} available`);
  return length;
}

async function rawFrame(walk: FrameSource, backend: Backend, offset: number, length: number): Promise<FrameInfo> {
  if (backend === 'stored') return { offset, length, kind: 'raw', backend, outputSize: length };
  if (backend === 'zstd' && isSkippableFrame(await walk.peek(Math.min(8, length)), length)) {
    return { offset, length, kind: 'index', backend, outputSize: 0 };
  }
  return { offset, length, kind: 'raw', backend, outputSize: await statedSize(walk, backend, length) };
}
