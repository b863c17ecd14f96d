/**
 * A container for whoever waits for it: zstd where a look at the data says that it helps much, and otherwise the bytes as
 * they are. Decoded and compared like every other. Artifacts of a training run are logged so by default.
 */
import { concatBytes, encodeVarint } from '../bytes/writer.js';
import { formatFrameHead } from '../container/frame.js';
import { formatHead } from '../container/head.js';
import type { Payload } from '../container/payload.js';
import { formatTrailer } from '../container/trailer.js';
import { writeWhole } from '../container/write.js';
import type { Engines } from '../engines.js';
import { sampleRatio } from './choose-backend.js';
import { STREAM_THRESHOLD } from './pack-stream.js';
import { provePayload } from './prove-payload.js';
import { racePayloads } from './race-payloads.js';

/** What shrinks by less than a fifth is not worth the wait; weights shrink by seven percent so. */
const WORTH = 0.8;
/** The head of a zstd frame eats up what it would save. */
const SHORTEST = 64;

/** From this size on a container is a stream of frames. */
export const QUICK_STREAM = STREAM_THRESHOLD;

/** A whole container. */
export async function packQuickWhole(data: Uint8Array, engines: Engines): Promise<Uint8Array> {
  return writeWhole(await encode(data, engines), engines.sha256(data));
}

/**
 * A stream container, piece by piece; the trailer is the last. `frames`: the data, cut as it is to be. A frame that does not
 * shrink is a piece itself, because to join it with what stands before it would be to copy all of it. `release` is told of
 * those of which nothing is handed on.
 */
export async function* packQuickStream(
  frames: AsyncIterable<Uint8Array>,
  engines: Engines,
  release?: (data: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hasher = engines.newSha256();
  yield concatBytes([formatHead('stream'), encodeVarint(0)]);
  for await (const data of frames) {
    hasher.update(data);
    const payload = await encode(data, engines);
    if (payload.bytes.buffer !== data.buffer) release?.(data);
    yield formatFrameHead(payload);
    yield payload.bytes;
  }
  yield formatTrailer(hasher.digest());
}

async function encode(data: Uint8Array, engines: Engines): Promise<Payload> {
  const dense = data.length < SHORTEST || (await sampleRatio(data, engines)) >= WORTH;
  const payload = await racePayloads(data, dense ? [] : [{ backend: 'zstd', level: 3 }], engines);
  return provePayload(payload, data, engines);
}
