/** What both strict readers say of containers that are refused, and at which byte a limit holds. */
import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import type { ReadOptions } from '../../src/container/limits.js';
import { decodeWhole, readStructure } from '../../src/container/read.js';
import { decodeStream } from '../../src/container/read-stream.js';
import type { Engines } from '../../src/engines.js';
import type { ErrorCode } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { collectBytes, inChunks } from '../helpers/byte-stream.js';
import { throwsCode } from '../helpers/throws-code.js';
import { STREAM_HEAD, streamOf, WHOLE_HEAD, wholeOf, withTrailer } from './samples.js';

type Bytes = readonly number[];

describe('both strict readers', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });
  const memory = (container: Uint8Array, options?: ReadOptions) => decodeWhole(container, engines, options);
  const source = (container: Uint8Array, options?: ReadOptions, chunk = 7) =>
    collectBytes(decodeStream(inChunks(container, chunk), engines, options));
  const index: Bytes = [10, 1, 1, 0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0];

  const refused: readonly (readonly [string, Bytes, ErrorCode, RegExp])[] = [
    ['no backend', WHOLE_HEAD, 'container/malformed', /^backend: length 1 exceeds 0 available/],
    ['another backend', [...WHOLE_HEAD, 3], 'container/malformed', /^unknown backend 3/],
    ['no hint', STREAM_HEAD, 'container/malformed', /^block hint: length 1 exceeds 0 available/],
    ['a padded hint', [...STREAM_HEAD, 0x80, 0], 'container/not-strict', /^block hint is a varint of 2 bytes/],
    ['half a length', [...STREAM_HEAD, 0, 0x80], 'container/malformed', /^frame length: length 1 exceeds 0/],
    ['a frame of nothing', [...STREAM_HEAD, 0, 0], 'container/malformed', /^frame of length 0/],
    ['a frame too long', [...STREAM_HEAD, 0, 5, 1, 2, 7, 7], 'container/malformed', /^frame: length 5 exceeds 4 avai/],
    [
      'notes in the middle',
      [...STREAM_HEAD, 0, ...index, 3, 1, 2, 7],
      'container/malformed',
      /^index frame before the/,
    ],
    ['notes twice', [...STREAM_HEAD, 0, ...index, ...index], 'container/malformed', /^index frame before the end/],
    ['a codec', [0x41, 0x54, 0x31, 2, 3, 0], 'container/unsupported', /^container uses the codec log/],
  ];
  for (const [what, bytes, code, message] of refused) {
    it(`refuse a container with ${what} in the same words`, async () => {
      const container = withTrailer(engines, new Uint8Array(0), bytes);
      for (const decode of [memory, source]) {
        assert.match((await throwsCode(() => decode(container), code)).message, message);
      }
    });
  }

  it('ask for the trailer before anything behind the head', async () => {
    for (const body of [
      WHOLE_HEAD,
      [...WHOLE_HEAD, 3],
      STREAM_HEAD,
      [...STREAM_HEAD, 0, 0x80],
      [...STREAM_HEAD, 0, 9],
    ]) {
      // Frames of a long source are read as they come, whatever follows.
      for (const length of body[3] === 2 ? [0, 1, 20, 100] : [0, 1, 20]) {
        const container = Uint8Array.from([...body, ...new Uint8Array(length).fill(9)]);
        for (const decode of [memory, source]) await throwsCode(() => decode(container), 'container/trailer-missing');
      }
    }
    // The codec comes first where a container of it may do without: a bundle has its trailers inside.
    const bundle = Uint8Array.of(0x41, 0x54, 0x31, 2, 12, 1, 2, 3);
    await throwsCode(() => memory(bundle), 'container/unsupported');
    for (const decode of [memory, source]) {
      await throwsCode(() => decode(Uint8Array.of(0x41, 0x54, 0x31)), 'container/malformed');
      await throwsCode(() => decode(Uint8Array.from(WHOLE_HEAD)), 'container/trailer-missing');
    }
  });

  it('take an output of exactly what is allowed', async () => {
    const data = utf8('0123456789');
    const whole = await wholeOf(data, 'stored', engines);
    const stream = await streamOf(
      [
        { data: data.subarray(0, 4), backend: 'stored' },
        { data: data.subarray(4), backend: 'zstd' },
      ],
      engines,
    );
    for (const container of [whole, stream]) {
      for (const decode of [memory, source]) {
        for (const options of [{ size: 10 }, { maxOutput: 10 }, { size: 10, maxOutput: 11 }]) {
          assert.deepEqual(await decode(container, options), data);
        }
        const error = await throwsCode(() => decode(container, { maxOutput: 9 }), 'container/limit');
        assert.equal(error.message, 'output of the container: 10 exceeds 9');
      }
    }
  });

  it('take an empty container of frames, and one of a single empty frame', async () => {
    const nothing = new Uint8Array(0);
    for (const body of [[0], [0, ...index], [0, 2, 1, 2], [0, 2, 1, 2, ...index]]) {
      const container = withTrailer(engines, nothing, STREAM_HEAD, body);
      for (const decode of [memory, source]) assert.deepEqual(await decode(container, { size: 0 }), nothing);
    }
  });

  it('know the structure of a container before they decode it', async () => {
    const data = utf8('0123456789');
    const container = await streamOf(
      [
        { data, backend: 'zstd' },
        { data, backend: 'stored' },
      ],
      engines,
    );
    const { mode, payloads, size, sha256 } = readStructure(container, { size: 20 });
    assert.deepEqual(
      [mode, payloads.map((payload) => [payload.backend, payload.size]), size],
      [
        'stream',
        [
          ['zstd', 10],
          ['stored', 10],
        ],
        20,
      ],
    );
    assert.deepEqual(sha256, container.subarray(-36, -4));
    assert.equal(readStructure(await wholeOf(data, 'xz', engines)).mode, 'whole');
  });

  it('refuse a whole output of more than 1 GiB that nobody asked for, from 32 KiB and undecoded', async () => {
    const fails: Engines = { ...engines, zstdDecompress: () => assert.fail('decoded') };
    const run = 131_072;
    // A frame of zstd in a single segment, its size in four bytes: runs of 128 KiB, 4 bytes each.
    const containerOf = (size: number): Uint8Array => {
      const stated = [size & 255, (size >> 8) & 255, (size >> 16) & 255, size >>> 24];
      const blocks = Array.from({ length: Math.ceil(size / run) }, (_, i) => {
        const length = Math.min(run, size - i * run);
        const header = (length << 3) | 2 | ((i + 1) * run >= size ? 1 : 0);
        return [header & 255, (header >> 8) & 255, header >> 16, 0];
      });
      return withTrailer(
        engines,
        new Uint8Array(0),
        WHOLE_HEAD,
        [1, 0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...stated],
        blocks.flat(),
      );
    };
    const over = containerOf(2 ** 30 + 1);
    for (const decode of [
      () => decodeWhole(over, fails),
      () => collectBytes(decodeStream(inChunks(over, 10_000), fails)),
    ]) {
      const error = await throwsCode(decode, 'container/limit');
      assert.equal(error.message, 'output of the container: 1073741825 exceeds 1073741824');
    }
    assert.equal(readStructure(containerOf(2 ** 30)).size, 2 ** 30);
    assert.equal(readStructure(over, { size: 2 ** 30 + 1 }).size, 2 ** 30 + 1);
  });

  it('hand out stored data without copying it', async () => {
    const container = await wholeOf(utf8('0123456789'), 'stored', engines);
    assert.equal((await memory(container)).buffer, container.buffer);
  });
});

describe('the reader of a source', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });
  const SLACK = 64 * 1024;
  const read = (container: Uint8Array, options: ReadOptions) =>
    collectBytes(decodeStream(inChunks(container, 10_000), engines, options));

  it('gives up on a whole container once it is longer than its output may be, with 64 KiB to spare', async () => {
    for (const [length, message] of [
      [10 + SLACK - 1, `output of the container: ${10 + SLACK - 1} exceeds 10`],
      [10 + SLACK, `payload of a whole container: ${10 + SLACK + 1} exceeds ${10 + SLACK}`],
    ] as const) {
      const container = await wholeOf(new Uint8Array(length), 'stored', engines);
      const error = await throwsCode(() => read(container, { maxOutput: 10 }), 'container/limit');
      assert.equal(error.message, message);
    }
  });

  it('gives up on a frame by its length, with 64 KiB to spare, and then by its output', async () => {
    const frame = async (length: number) => streamOf([{ data: new Uint8Array(length), backend: 'stored' }], engines);
    for (const [options, length, message] of [
      [{ maxFrameOutput: 10 }, 10 + SLACK - 1, `frame: ${10 + SLACK + 1} exceeds ${10 + SLACK}`],
      [{ maxFrameOutput: 10 }, 10 + SLACK - 2, `output of a frame: ${10 + SLACK - 2} exceeds 10`],
      [{ maxFrameOutput: 10 }, 11, 'output of a frame: 11 exceeds 10'],
      [{ maxOutput: 10 }, 10 + SLACK - 1, `frame: ${10 + SLACK + 1} exceeds ${10 + SLACK}`],
      [{ maxOutput: 10 }, 11, 'output of the container: 11 exceeds 10'],
    ] as const) {
      const container = await frame(length);
      assert.equal((await throwsCode(() => read(container, options), 'container/limit')).message, message);
    }
    assert.equal((await read(await frame(10), { maxFrameOutput: 10 })).length, 10);
  });
});
