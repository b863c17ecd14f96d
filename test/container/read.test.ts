import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { ReadOptions } from '../../src/container/limits.js';
import { decodeWhole } from '../../src/container/read.js';
import { decodeStream } from '../../src/container/read-stream.js';
import type { Engines } from '../../src/engines.js';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { anyData, collectBytes, cutInto, inChunks } from '../helpers/byte-stream.js';
import { throwsCode } from '../helpers/throws-code.js';
import { BACKENDS, STREAM_HEAD, streamOf, WHOLE_HEAD, wholeOf, withTrailer } from './samples.js';

type Decode = (container: Uint8Array, options?: ReadOptions) => Promise<Uint8Array>;

describe('strict reader', () => {
  let engines: Engines;
  let fromMemory: Decode;
  let fromSource: Decode;
  before(async () => {
    engines = await createNativeEngines();
    fromMemory = (container, options) => decodeWhole(container, engines, options);
    fromSource = (container, options) => collectBytes(decodeStream(inChunks(container, 50), engines, options));
  });
  const both = (): Decode[] => [fromMemory, fromSource];

  it('gives back any data through whole containers of every backend', async () => {
    await fc.assert(
      fc.asyncProperty(anyData, fc.constantFrom(...BACKENDS), async (data, backend) => {
        const container = await wholeOf(data, backend, engines);
        for (const decode of both()) assert.deepEqual(await decode(container, { size: data.length }), data);
      }),
      { numRuns: 60 },
    );
  });

  it('gives back any data through stream containers, however they are cut into frames and chunks', async () => {
    const part = fc.record({ data: anyData, backend: fc.constantFrom(...BACKENDS) });
    const cuts = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), cuts, async (parts, lengths) => {
        const data = concatBytes(parts.map((each) => each.data));
        const container = await streamOf(parts, engines);
        assert.deepEqual(await fromMemory(container), data);
        assert.deepEqual(
          await collectBytes(decodeStream(cutInto(container, lengths), engines, { size: data.length })),
          data,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('never gives other bytes for a container with one bit flipped', async () => {
    const text = utf8('a small text, a small text, a small text\n');
    const containers = [
      ...(await Promise.all(BACKENDS.map((backend) => wholeOf(text, backend, engines)))),
      await streamOf(
        BACKENDS.map((backend) => ({ data: text, backend })),
        engines,
      ),
    ];
    const expected = [text, text, text, concatBytes([text, text, text])];
    let accepted = 0;
    for (const [i, container] of containers.entries()) {
      for (let bit = 0; bit < container.length * 8; bit++) {
        const flipped = container.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
        for (const decode of both()) {
          try {
            assert.deepEqual(await decode(flipped), expected[i]);
            accepted++;
          } catch (error) {
            assert.ok(error instanceof At1Error && error.code.startsWith('container/'), String(error));
          }
        }
      }
    }
    // What may change unseen: the block hint of the stream, dictionary sizes and the like.
    assert.ok(accepted < 200, `${accepted} accepted`);
  });

  it('refuses every container that is cut short or goes on', async () => {
    const data = utf8('some data, some data');
    const containers = await Promise.all(BACKENDS.map((backend) => wholeOf(data, backend, engines)));
    containers.push(
      await streamOf(
        [
          { data, backend: 'stored' },
          { data, backend: 'zstd' },
        ],
        engines,
      ),
    );
    for (const container of containers) {
      for (const decode of both()) {
        for (let length = 0; length < container.length; length++) {
          await assert.rejects(decode(container.subarray(0, length)), { name: 'At1Error' });
        }
        for (const extra of [[0], [0xa1, 0x53, 0x36, 1], Array.from(container)]) {
          await assert.rejects(decode(concatBytes([container, Uint8Array.from(extra)])), { name: 'At1Error' });
        }
      }
    }
  });

  it('refuses more and less output than expected, before decoding where it can', async () => {
    const data = new Uint8Array(5000);
    const untouched: Engines = {
      ...engines,
      zstdDecompress: () => assert.fail('decoded'),
      xzDecompress: () => assert.fail('decoded'),
    };
    for (const backend of BACKENDS) {
      const container = await wholeOf(data, backend, engines);
      await throwsCode(() => decodeWhole(container, untouched, { size: 4999 }), 'container/limit');
      await throwsCode(() => decodeWhole(container, untouched, { maxOutput: 4999 }), 'container/limit');
      await throwsCode(() => decodeWhole(container, untouched, { size: 5001 }), 'container/malformed');
      const source = (options: ReadOptions): (() => Promise<Uint8Array>) => {
        return () => collectBytes(decodeStream(inChunks(container, 64), untouched, options));
      };
      await throwsCode(source({ size: 4999 }), 'container/limit');
      await throwsCode(source({ maxOutput: 0 }), 'container/limit');
      await throwsCode(() => fromSource(container, { size: 5001 }), 'container/malformed');
    }
    const stream = await streamOf(
      [
        { data, backend: 'zstd' },
        { data, backend: 'xz' },
      ],
      engines,
    );
    for (const decode of both()) {
      await throwsCode(() => decode(stream, { size: 9999 }), 'container/limit');
      await throwsCode(() => decode(stream, { size: 10_001 }), 'container/malformed');
      assert.equal((await decode(stream, { size: 10_000 })).length, 10_000);
    }
  });

  it('refuses a frame over the limit for one frame', async () => {
    const container = await streamOf([{ data: new Uint8Array(200_000), backend: 'zstd' }], engines);
    await throwsCode(() => fromSource(container, { maxFrameOutput: 199_999 }), 'container/limit');
    assert.equal((await fromSource(container, { maxFrameOutput: 200_000 })).length, 200_000);
    const stored = await streamOf([{ data: new Uint8Array(200_000), backend: 'stored' }], engines);
    await throwsCode(() => fromSource(stored, { maxFrameOutput: 1000 }), 'container/limit');
  });

  it('refuses varints that are padded, too long or too large', async () => {
    const none = new Uint8Array(0);
    const cases: [number[], 'container/not-strict' | 'container/malformed'][] = [
      [[0x80, 0x00], 'container/not-strict'],
      [[0, 0x83, 0x00, 1, 2, 65], 'container/not-strict'],
      [[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], 'container/malformed'],
      [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], 'container/malformed'],
      [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], 'container/malformed'],
    ];
    for (const [body, code] of cases) {
      for (const decode of both()) await throwsCode(() => decode(withTrailer(engines, none, STREAM_HEAD, body)), code);
    }
  });

  it('refuses frames of no length, an unknown method, a codec, or an unknown backend', async () => {
    const data = utf8('A');
    const refuse = async (body: number[], code: 'container/not-strict' | 'container/malformed'): Promise<void> => {
      for (const decode of both()) await throwsCode(() => decode(withTrailer(engines, data, STREAM_HEAD, body)), code);
    };
    await refuse([0, 0], 'container/malformed');
    await refuse([0, 1, 1], 'container/malformed');
    await refuse([0, 3, 0, 2, 65], 'container/malformed');
    await refuse([0, 3, 7, 2, 65], 'container/not-strict');
    await refuse([0, 3, 1, 3, 65], 'container/malformed');
    await refuse([0, 4, 1, 2, 65], 'container/malformed');
    for (const decode of both()) {
      assert.deepEqual(await decode(withTrailer(engines, data, STREAM_HEAD, [0, 3, 1, 2, 65])), data);
      // A writer that meant lines may note their number.
      assert.deepEqual(await decode(withTrailer(engines, data, STREAM_HEAD, [50, 3, 1, 2, 65])), data);
    }
  });

  it('accepts an index frame as the last one only', async () => {
    const data = utf8('A');
    const index = [12, 1, 1, 0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7];
    const frame = [3, 1, 2, 65];
    for (const decode of both()) {
      assert.deepEqual(await decode(withTrailer(engines, data, STREAM_HEAD, [0], frame, index)), data);
      assert.equal((await decode(withTrailer(engines, new Uint8Array(0), STREAM_HEAD, [0], index))).length, 0);
      const misplaced = withTrailer(engines, data, STREAM_HEAD, [0], index, frame);
      await throwsCode(() => decode(misplaced), 'container/malformed');
      const twice = withTrailer(engines, data, STREAM_HEAD, [0], frame, index, index);
      await throwsCode(() => decode(twice), 'container/malformed');
      const whole = withTrailer(engines, new Uint8Array(0), WHOLE_HEAD, index.slice(2));
      await throwsCode(() => decode(whole), 'container/not-strict');
    }
  });

  it('throws at the end of a stream when the digest is wrong', async () => {
    const data = utf8('hello');
    const container = withTrailer(engines, utf8('other'), STREAM_HEAD, [0, 7, 1, 2], data);
    const seen: Uint8Array[] = [];
    await throwsCode(async () => {
      for await (const part of decodeStream(inChunks(container, 3), engines)) seen.push(part);
    }, 'container/digest-mismatch');
    assert.deepEqual(concatBytes(seen), data);
  });

  it('closes its source when the reader stops early', async () => {
    const container = await streamOf(
      Array.from({ length: 9 }, () => ({ data: new Uint8Array(4999), backend: 'stored' as const })),
      engines,
    );
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* inChunks(container, 10);
      } finally {
        closed = true;
      }
    }
    for await (const part of decodeStream(source(), engines)) {
      assert.equal(part.length, 4999);
      break;
    }
    assert.ok(closed);
  });

  it('holds no more of a long stream than a frame or two', async () => {
    const data = new Uint8Array(1024 * 1024);
    const one = (await streamOf([{ data, backend: 'stored' }], engines)).slice(6, -36);
    let given = 0;
    async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
      yield Uint8Array.from([...STREAM_HEAD, 0]);
      for (let i = 0; i < 50; i++) {
        for await (const chunk of inChunks(one, 65536)) {
          given += chunk.length;
          yield chunk;
        }
      }
    }
    let taken = 0;
    await throwsCode(async () => {
      for await (const part of decodeStream(source(), engines)) {
        taken += part.length;
        assert.ok(given - taken < 2 * 65536 + 1024, `${given - taken} bytes ahead`);
      }
    }, 'container/trailer-missing');
    assert.equal(taken, 49 * data.length);
  });

  it('tells of each piece how much of the container it and those after it have nothing to do with', async () => {
    const [noise, zeros] = [new Uint8Array(50_000).fill(7), new Uint8Array(30_000)];
    const blocks = [
      { data: noise, backend: 'stored' },
      { data: zeros, backend: 'zstd' },
      { data: utf8('crumb'), backend: 'stored' },
      { data: noise, backend: 'stored' },
    ] as const;
    const container = await streamOf(blocks, engines);
    const lengths = await Promise.all(blocks.map(async (block) => (await streamOf([block], engines)).length - 6 - 36));
    // Where each frame ends, the head and the hint before the first one.
    const ends = lengths.map((_, i) => 6 + lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0));
    assert.equal(ends.at(-1), container.length - 36);
    const told: [length: number, behind: number][] = [];
    const onPiece = (piece: Uint8Array, behind: number) => told.push([piece.length, behind]);
    const output = await collectBytes(decodeStream(inChunks(container, 1 << 20), engines, { onPiece }));
    assert.deepEqual(output, concatBytes(blocks.map(({ data }) => data)));
    assert.deepEqual(told, [
      [50_000, 0],
      [30_000, ends[0]],
      // Copied, and told when the next one has come.
      [5, ends[2]],
      [50_000, ends[2]],
    ]);
  });
});
