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

/**
 * The container, piece by piece; the trailer of a stream is a piece of its own. `frames`: the data, cut as it is to be; one
 * alone where `size` is below 4 MiB. A frame is not used any more when the next is asked for.
 */
export async function* packQuick(
  frames: AsyncIterable<Uint8Array>,
  size: number,
  engines: Engines,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hasher = engines.newSha256();
  if (size >= STREAM_THRESHOLD) yield concatBytes([formatHead('stream'), encodeVarint(0)]);
  let only: Uint8Array = new Uint8Array(0);
  for await (const data of frames) {
    if (size < STREAM_THRESHOLD) only = data;
    else {
      hasher.update(data);
      const payload = await encode(data, engines);
      // Apart, because to join them would be to copy all of it.
      yield formatFrameHead(payload);
      yield payload.bytes;
    }
  }
  yield size < STREAM_THRESHOLD
    ? writeWhole(await encode(only, engines), engines.sha256(only))
    : formatTrailer(hasher.digest());
}

async function encode(data: Uint8Array, engines: Engines): Promise<Payload> {
  const dense = data.length < SHORTEST || (await sampleRatio(data, engines)) >= WORTH;
  const payload = await racePayloads(data, dense ? [] : [{ backend: 'zstd', level: 3 }], engines);
  return provePayload(payload, data, engines);
}
