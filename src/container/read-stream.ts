/**
 * Strict reader of RAW containers from a source of bytes, with flat memory in stream mode: one frame at a time, the last
 * 36 bytes held back. Output comes before its digest is known: write it to a temporary file and drop that on an error.
 */
import { Cursor } from '../bytes/cursor.js';
import type { Engines, Hasher } from '../engines.js';
import { HEAD_LENGTH, MAX_VARINT_LENGTH, malformed, overLimit, PAYLOAD_SLACK, parseBackend } from './format.js';
import { readFrame, readFrameLength } from './frame.js';
import { demandRaw, readHead } from './head.js';
import { checkComplete, checkOutput, type Limits, limitsOf, type ReadOptions } from './limits.js';
import { decodePayload, type Payload, readPayload } from './payload.js';
import { TailSource } from './tail-source.js';
import { demandTrailer, expectDigest } from './trailer.js';
import { readVarint } from './varint.js';

/**
 * Yields the output in order; throws `container/*`, at the end if the digest or the size is not the expected one.
 * The source must not use a chunk's buffer again: frames are views of it where they can be.
 */
export async function* decodeStream(
  source: AsyncIterable<Uint8Array>,
  engines: Engines,
  options: ReadOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const limits = limitsOf(options, true);
  const tail = new TailSource(source);
  try {
    const hasher = engines.newSha256();
    let total = 0;
    for await (const payload of readPayloads(tail, limits)) {
      total += payload.size;
      checkOutput(total, limits);
      yield await decodeAndHash(payload, hasher, engines);
    }
    checkComplete(total, limits);
    expectDigest(hasher.digest(), demandTrailer(await tail.rest()));
  } finally {
    await tail.close();
  }
}

async function decodeAndHash(payload: Payload, hasher: Hasher, engines: Engines): Promise<Uint8Array> {
  const data = await decodePayload(payload, engines);
  hasher.update(data);
  return data;
}

async function* readPayloads(tail: TailSource, limits: Limits): AsyncGenerator<Payload, void, undefined> {
  if ((await tail.available(HEAD_LENGTH)) < HEAD_LENGTH) {
    const all = await tail.rest();
    readHead(all);
    demandTrailer(all);
    throw malformed('container is cut short');
  }
  const head = readHead(tail.take(HEAD_LENGTH));
  demandRaw(head);
  if (head.mode === 'whole') yield await readWholeBody(tail, limits);
  else yield* readFrames(tail, limits);
}

async function readWholeBody(tail: TailSource, limits: Limits): Promise<Payload> {
  const most = limits.whole + PAYLOAD_SLACK;
  const length = await tail.available(most + 1);
  if (length > most) throw overLimit('payload of a whole container', length, most);
  demandTrailer((await tail.rest()).subarray(length));
  const body = new Cursor(tail.take(length));
  const payload = readPayload(parseBackend(body.u8('backend')), body.rest());
  if (payload.size > limits.whole) throw overLimit('output of the container', payload.size, limits.whole);
  return payload;
}

async function* readFrames(tail: TailSource, limits: Limits): AsyncGenerator<Payload, void, undefined> {
  await takeVarint(tail, (cursor) => readVarint(cursor, 'block hint'));
  while ((await tail.available(1)) > 0) {
    const length = await takeVarint(tail, readFrameLength);
    const most = Math.min(limits.frame, limits.output) + PAYLOAD_SLACK;
    if (length > most) throw overLimit('frame', length, most);
    const available = await tail.available(length);
    if (available < length) {
      // Without a trailer the last frame seems too long, since 36 bytes of it are held back.
      demandTrailer((await tail.rest()).subarray(available));
      throw malformed(`frame: length ${length} exceeds ${available} available`);
    }
    const frame = readFrame(tail.take(length));
    if (frame === 'index') {
      if ((await tail.available(1)) > 0) throw malformed('index frame before the end of the container');
      return;
    }
    if (frame.size > limits.frame) throw overLimit('output of a frame', frame.size, limits.frame);
    yield frame;
  }
}

async function takeVarint(tail: TailSource, read: (cursor: Cursor) => number): Promise<number> {
  const available = await tail.available(MAX_VARINT_LENGTH);
  if (available < MAX_VARINT_LENGTH) demandTrailer((await tail.rest()).subarray(available));
  const cursor = new Cursor(tail.peek(available));
  const value = read(cursor);
  tail.take(cursor.offset);
  return value;
}
