import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import { randomAccessTo } from '../../src/container/frame-source.js';
import { inspectContainer } from '../../src/container/inspect.js';
import { decodeWhole } from '../../src/container/read.js';
import { decodeStream } from '../../src/container/read-stream.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { FRAME_SIZE, packStream, STREAM_THRESHOLD } from '../../src/packing/pack-stream.js';
import { anyData, collectBytes, cutInto, inChunks } from '../helpers/byte-stream.js';
import { randomBytes, randomStream } from '../helpers/random-bytes.js';

describe('packing of a stream', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });
  const pack = (source: AsyncIterable<Uint8Array>): Promise<Uint8Array> => collectBytes(packStream(source, engines));

  it('gives back any data, however it arrives', async () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(anyData, cuts, async (data, lengths) => {
        assert.deepEqual(await decodeWhole(await pack(cutInto(data, lengths)), engines, { size: data.length }), data);
      }),
      { numRuns: 40 },
    );
  });

  it('makes a whole container of short data and a stream of long data', async () => {
    for (const [size, mode, frames] of [
      [0, 'whole', 1],
      [STREAM_THRESHOLD - 1, 'whole', 1],
      [STREAM_THRESHOLD, 'stream', 1],
      [FRAME_SIZE, 'stream', 1],
      [FRAME_SIZE + 1, 'stream', 2],
      [2 * FRAME_SIZE, 'stream', 2],
    ] as const) {
      const data = new Uint8Array(size);
      const container = await pack(inChunks(data, 1_000_000));
      const info = await inspectContainer(randomAccessTo(container));
      assert.deepEqual([info.mode, info.frameCount, info.outputSize], [mode, frames, size]);
      assert.deepEqual(await decodeWhole(container, engines), data);
    }
  });

  it('chooses for each frame', async () => {
    const data = concatBytes([randomBytes(FRAME_SIZE, 1), new Uint8Array(FRAME_SIZE), randomBytes(1000, 1)]);
    const info = await inspectContainer(randomAccessTo(await pack(inChunks(data, 3_000_000))));
    assert.deepEqual(
      info.frames.map((frame) => frame.backend),
      ['stored', 'zstd', 'stored'],
    );
  });

  it('stores a frame whose codec does not give back the same bytes', async () => {
    const broken: Engines = { ...engines, zstdDecompress: async (_, size) => new Uint8Array(size).fill(1) };
    const data = new Uint8Array(STREAM_THRESHOLD);
    const container = await collectBytes(packStream(inChunks(data, 1_000_000), broken));
    assert.equal((await inspectContainer(randomAccessTo(container))).frames[0]?.backend, 'stored');
    assert.deepEqual(await decodeWhole(container, engines), data);
  });

  it('packs and unpacks long data with flat memory', async () => {
    const length = 160 * 1024 * 1024;
    const hasher = engines.newSha256();
    async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
      for await (const piece of randomStream(length, 42)) {
        hasher.update(piece);
        yield piece;
      }
    }
    const unpacked = engines.newSha256();
    let total = 0;
    let peak = 0;
    const before = process.memoryUsage().rss;
    for await (const part of decodeStream(packStream(counted(), engines), engines)) {
      unpacked.update(part);
      total += part.length;
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }
    assert.equal(total, length);
    assert.deepEqual(unpacked.digest(), hasher.digest());
    assert.ok(peak < 300 * 1024 * 1024, `${Math.round(peak / 1024 / 1024)} MiB more than before`);
  });

  it('closes its source when the reader stops early', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* inChunks(new Uint8Array(3 * FRAME_SIZE), 1_000_000);
      } finally {
        closed = true;
      }
    }
    for await (const _ of packStream(source(), engines)) break;
    assert.ok(closed);
  });
});
