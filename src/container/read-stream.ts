/**
 * Strict reader of containers from a source of bytes, with flat memory in stream mode: one frame at a time, the last
 * 36 bytes held back. Output comes before its digest is known: write it to a temporary file and drop that on an error.
 */
import { Cursor } from '../bytes/cursor.js';
import type { Engines } from '../engines.js';
import {
  CODEC_BUNDLE,
  CODEC_RAW,
  type CodecName,
  codecName,
  HEAD_LENGTH,
  MAX_VARINT_LENGTH,
  malformed,
  maxStreams,
  overLimit,
  PAYLOAD_SLACK,
  parseBackend,
} from './format.js';
import { FRAME_HEAD, isStoredFrame, readCodecFrame, readFrame, readFrameLength } from './frame.js';
import { demandRaw, type Head, readHead } from './head.js';
import { joinCrumbs } from './join-crumbs.js';
import { checkComplete, checkOutput, type Limits, limitsOf, type ReadOptions } from './limits.js';
import { decodePayload, type Payload, readPayload } from './payload.js';
import { type NamedPayload, readStreamSet } from './stream-set.js';
import { TailSource } from './tail-source.js';
import { demandTrailer, expectDigest } from './trailer.js';
import { readVarint } from './varint.js';

/**
 * Makes output of the streams of a codec: `limit` bytes at most, else `container/limit`. What a codec means is known in
 * `codecs/`; without it only RAW containers are read.
 */
export type RunCodec = (codec: CodecName, streams: readonly NamedPayload[], limit: number) => Promise<Uint8Array>;

/** A whole body or a frame. */
interface Part {
  /** What it yields, where that is known before decoding; else 0. */
  readonly size: number;
  /** The output in pieces. `limit`: what is left of it. */
  decode(limit: number): Promise<readonly Uint8Array[]>;
}

interface Reading {
  readonly tail: TailSource;
  readonly limits: Limits;
  readonly engines: Engines;
  readonly runCodec: RunCodec | undefined;
}

/**
 * Yields the output in order; throws `container/*`, at the end if the digest or the size is not the expected one.
 * Larger pieces are views of the chunks of the source where they can be, in the order of the chunks. So a chunk's buffer may be
 * used again when a view of a later one was yielded, and not before: what was yielded before that is hashed by then. Pieces
 * that are copies, or were decoded, say nothing of chunks; for them there is `onPiece`.
 */
export async function* decodeStream(
  source: AsyncIterable<Uint8Array>,
  engines: Engines,
  options: ReadOptions = {},
  runCodec?: RunCodec,
): AsyncGenerator<Uint8Array, void, undefined> {
  const limits = limitsOf(options, true);
  const tail = new TailSource(source);
  const hasher = engines.newSha256Aside(options.expected ?? 0);
  let hashing = Promise.resolve();
  try {
    let total = 0;
    let behind = 0;
    const parts = decodeParts({ tail, limits, engines, runCodec }, (bytes) => {
      behind = bytes;
    });
    for await (const data of joinCrumbs(parts)) {
      total += data.length;
      await hashing;
      hashing = hasher.update(data);
      // Reported when it is waited for.
      hashing.catch(() => undefined);
      options.onPiece?.(data, behind);
      yield data;
    }
    checkComplete(total, limits);
    await hashing;
    const sha256 = await hasher.digest();
    expectDigest(sha256, demandTrailer(await tail.rest()));
    options.onDigest?.(sha256);
  } finally {
    // Another thread reads what it hashes; afterwards its memory is somebody else's.
    await hashing.catch(() => undefined);
    hasher.close();
    await tail.close();
  }
}

async function* decodeParts(
  reading: Reading,
  onBehind: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { limits, tail } = reading;
  let total = 0;
  for await (const part of readParts(reading)) {
    checkOutput(total + part.size, limits);
    for (const data of await part.decode(limits.output - total)) {
      total += data.length;
      yield data;
    }
    onBehind(tail.taken);
  }
}

async function* readParts(reading: Reading): AsyncGenerator<Part, void, undefined> {
  const { tail, runCodec } = reading;
  if ((await tail.available(HEAD_LENGTH)) < HEAD_LENGTH) {
    const all = await tail.rest();
    readHead(all);
    demandTrailer(all);
    throw malformed('container is cut short');
  }
  const head = readHead(tail.take(HEAD_LENGTH));
  // A bundle is many outputs and never one.
  if (runCodec === undefined || head.codec === CODEC_BUNDLE) demandRaw(head);
  if (head.mode === 'whole') yield await readWholeBody(reading, head);
  else yield* readFrames(reading, head);
}

async function readWholeBody(reading: Reading, head: Head): Promise<Part> {
  const { tail, limits } = reading;
  const most = limits.whole + PAYLOAD_SLACK;
  const length = await tail.available(most + 1);
  if (length > most) throw overLimit('payload of a whole container', length, most);
  demandTrailer((await tail.rest()).subarray(length));
  const body = new Cursor(tail.take(length));
  if (head.codec !== CODEC_RAW) {
    return codecPart(reading, head, readStreamSet(body, maxStreams(limits.whole)), limits.whole);
  }
  const payload = readPayload(parseBackend(body.u8('backend')), body.rest());
  if (payload.size > limits.whole) throw overLimit('output of the container', payload.size, limits.whole);
  return payloadPart(reading, payload);
}

async function* readFrames(reading: Reading, head: Head): AsyncGenerator<Part, void, undefined> {
  const { tail, limits } = reading;
  const most = Math.min(limits.frame, limits.output);
  await takeVarint(tail, (cursor) => readVarint(cursor, 'block hint'));
  while ((await tail.available(1)) > 0) {
    const length = await takeVarint(tail, readFrameLength);
    if (length > most + PAYLOAD_SLACK) throw overLimit('frame', length, most + PAYLOAD_SLACK);
    const available = await tail.available(length);
    if (available < length) {
      // Without a trailer the last frame seems too long, since 36 bytes of it are held back.
      demandTrailer((await tail.rest()).subarray(available));
      throw malformed(`frame: length ${length} exceeds ${available} available`);
    }
    if (isStoredFrame(tail.peek(Math.min(length, FRAME_HEAD)))) {
      tail.take(FRAME_HEAD);
      const size = length - FRAME_HEAD;
      checkFrame(size, limits);
      const parts = tail.takeParts(size);
      yield { size, decode: async () => parts };
      continue;
    }
    const bytes = tail.take(length);
    const streams = head.codec === CODEC_RAW ? undefined : readCodecFrame(bytes, maxStreams(most));
    if (streams !== undefined) {
      yield codecPart(reading, head, streams, most);
      continue;
    }
    const frame = readFrame(bytes);
    if (frame === 'index') {
      if ((await tail.available(1)) > 0) throw malformed('index frame before the end of the container');
      return;
    }
    checkFrame(frame.size, limits);
    yield payloadPart(reading, frame);
  }
}

function checkFrame(size: number, limits: Limits): void {
  if (size > limits.frame) throw overLimit('output of a frame', size, limits.frame);
}

function payloadPart({ engines }: Reading, payload: Payload): Part {
  return { size: payload.size, decode: async () => [await decodePayload(payload, engines)] };
}

function codecPart({ runCodec }: Reading, head: Head, streams: readonly NamedPayload[], most: number): Part {
  // Asked for without one, only RAW gets here.
  const run = runCodec as RunCodec;
  const decode = async (left: number): Promise<readonly Uint8Array[]> => {
    const limit = Math.min(left, most);
    const data = await run(codecName(head.codec) as CodecName, streams, limit);
    // A codec keeps to it; one that does not is found out here and not by a machine without memory.
    if (data.length > limit) throw overLimit('output of a codec', data.length, limit);
    return [data];
  };
  return { size: 0, decode };
}

async function takeVarint(tail: TailSource, read: (cursor: Cursor) => number): Promise<number> {
  const available = await tail.available(MAX_VARINT_LENGTH);
  if (available < MAX_VARINT_LENGTH) demandTrailer((await tail.rest()).subarray(available));
  const cursor = new Cursor(tail.peek(available));
  const value = read(cursor);
  tail.take(cursor.offset);
  return value;
}
