import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { toHex, utf8 } from '../../src/bytes/text.js';
import { type RandomAccess, randomAccessTo } from '../../src/container/frame-source.js';
import { inspectContainer, inspectStream } from '../../src/container/inspect.js';
import type { Engines } from '../../src/engines.js';
import { At1Error, type ErrorCode } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { inChunks } from '../helpers/byte-stream.js';
import { throwsCode } from '../helpers/throws-code.js';
import { STREAM_HEAD, streamOf, WHOLE_HEAD, wholeOf, withTrailer } from './samples.js';

const folder = new URL('../fixtures/containers/', import.meta.url);
const read = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(`${name}.at1`, folder)));

describe('inspect', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  it('shows a whole container', async () => {
    const data = utf8('some text, some text, some text, some text');
    for (const backend of ['stored', 'zstd', 'xz'] as const) {
      const container = await wholeOf(data, backend, engines);
      assert.deepEqual(await inspectContainer(randomAccessTo(container)), {
        mode: 'whole',
        codec: 'raw',
        codecId: 255,
        size: container.length,
        hint: undefined,
        frames: [{ offset: 6, length: container.length - 42, kind: 'raw', backend, outputSize: data.length }],
        frameCount: 1,
        outputSize: data.length,
        trailer: toHex(engines.sha256(data)),
      });
    }
  });

  it('shows the frames of a stream and reads little of it', async () => {
    const data = new Uint8Array(100_000).map((_, i) => i * i);
    const parts = (['stored', 'zstd', 'stored', 'zstd'] as const).map((backend) => ({ data, backend }));
    const container = await streamOf(parts, engines);
    let bytesRead = 0;
    const source: RandomAccess = {
      size: container.length,
      read: async (offset, length) => {
        assert.ok(offset >= 0 && length >= 0 && offset + length <= container.length);
        bytesRead += length;
        return container.subarray(offset, offset + length);
      },
    };
    const info = await inspectContainer(source);
    assert.equal(info.outputSize, 400_000);
    assert.deepEqual(
      info.frames.map((frame) => frame.backend),
      parts.map((part) => part.backend),
    );
    assert.ok(bytesRead < 500, `${bytesRead} bytes read`);
  });

  it('shows an index frame and the frames of a codec that is not supported', async () => {
    const info = await inspectContainer(randomAccessTo(read('stream-safetensors-seek')));
    assert.equal(info.codec, 'embed');
    assert.equal(info.frameCount, 8);
    assert.equal(info.frames.at(-1)?.kind, 'index');
    assert.equal(info.frames[1]?.kind, 'codec');
    assert.equal(info.outputSize, undefined);
  });

  it('shows a whole container of a codec as one body whose size nobody can tell', async () => {
    const container = read('columnar-basic');
    const info = await inspectContainer(randomAccessTo(container));
    const length = container.length - 5 - (info.trailer === undefined ? 0 : 36);
    assert.equal(info.mode, 'whole');
    const [{ streams = [], ...body } = assert.fail(), ...others] = info.frames;
    assert.deepEqual(body, { offset: 5, length, kind: 'codec', backend: undefined, outputSize: undefined });
    assert.deepEqual(others, []);
    assert.equal(streams.length, 10);
    assert.deepEqual(streams[0], { name: 'meta', backend: 'stored', offset: 13, length: 6, outputSize: 6 });
    assert.equal(info.outputSize, undefined);
  });

  it('shows the same of every fixture from a file and from a source that flows', async () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.at1'))) {
      const container = read(file.slice(0, -4));
      const direct = await inspectContainer(randomAccessTo(container)).catch(codeOf);
      for (const size of [1, 50, 5000]) {
        assert.deepEqual(await inspectStream(inChunks(container, size)).catch(codeOf), direct, file);
      }
      if (typeof direct !== 'string') assert.equal(direct.size, container.length, file);
    }
  });

  it('says so when there is no trailer', async () => {
    assert.equal((await inspectContainer(randomAccessTo(read('raw-stored-nosha')))).trailer, undefined);
    assert.equal((await inspectContainer(randomAccessTo(read('raw-stored-nosha')))).outputSize, 1256);
  });

  it('refuses what is not a container or has broken frames, and says where it is broken', async () => {
    const wrong: readonly (readonly [readonly number[], RegExp])[] = [
      [[], /^not an AT-1 container/],
      [[1, 2, 3], /^not an AT-1 container/],
      [WHOLE_HEAD, /^backend: length 1 exceeds 0 available/],
      [[...WHOLE_HEAD, 3], /^unknown backend 3/],
      [STREAM_HEAD, /^block hint: length 1 exceeds 0 available/],
      [[...STREAM_HEAD, 0, 0], /^frame of length 0, or without content/],
      [[...STREAM_HEAD, 0, 9], /^frame of length 0, or without content/],
      [[...STREAM_HEAD, 0, 1, 1], /^frame without a backend/],
      [[...STREAM_HEAD, 0, 5, 1], /^frame without a backend/],
      [[...STREAM_HEAD, 0, 5, 1, 3], /^unknown backend 3/],
      [[...STREAM_HEAD, 0, 5, 1, 2, 7, 7], /^frame: length 3 exceeds 2 available/],
      [[...STREAM_HEAD, 0, 0x80], /^frame length: length 1 exceeds 0 available/],
    ];
    for (const [bytes, message] of wrong) {
      const container = Uint8Array.from(bytes);
      for (const inspect of [
        () => inspectContainer(randomAccessTo(container)),
        () => inspectStream(inChunks(container, 3)),
      ]) {
        assert.match((await throwsCode(inspect, 'container/malformed')).message, message);
      }
    }
  });

  it('shows frames whose size nobody can tell without one, and their sum neither', async () => {
    const frames = [
      // A zstd header that is cut short; a stored frame; a codec frame without content; an index.
      [3, 1, 1, 0x28],
      [4, 1, 2, 7, 7],
      [1, 0],
      [10, 1, 1, 0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0],
      [3, 1, 0, 0xfd],
    ];
    const container = withTrailer(engines, new Uint8Array(0), STREAM_HEAD, [42], ...frames);
    const unknown = { kind: 'raw', outputSize: undefined };
    for (const info of [
      await inspectContainer(randomAccessTo(container)),
      await inspectStream(inChunks(container, 7)),
    ]) {
      assert.equal(info.mode, 'stream');
      assert.equal(info.hint, 42);
      assert.equal(info.size, container.length);
      assert.equal(info.outputSize, undefined);
      assert.equal(info.frameCount, 5);
      assert.deepEqual(info.frames, [
        { offset: 9, length: 1, backend: 'zstd', ...unknown },
        { offset: 13, length: 2, kind: 'raw', backend: 'stored', outputSize: 2 },
        { offset: 17, length: 0, kind: 'codec', backend: undefined, outputSize: undefined },
        { offset: 20, length: 8, kind: 'index', backend: 'zstd', outputSize: 0 },
        { offset: 31, length: 1, backend: 'xz', ...unknown },
      ]);
    }
  });

  it('lists a hundred thousand frames and counts the others', async () => {
    const count = 100_002;
    const frames = new Uint8Array(count * 4).map((_, i) => [3, 1, 2, 65][i % 4] as number);
    const info = await inspectStream(inChunks(withTrailer(engines, frames, STREAM_HEAD, [0], frames), 65_536));
    assert.equal(info.frames.length, 100_000);
    assert.equal(info.frameCount, count);
    assert.equal(info.outputSize, count);
  });

  it('passes on what the source says when it fails, and closes it', async () => {
    const container = await wholeOf(utf8('some text, some text'), 'zstd', engines);
    const broken: RandomAccess = {
      size: container.length,
      read: async (offset, length) => {
        if (offset === 6) throw new Error('the disk is gone');
        return container.subarray(offset, offset + length);
      },
    };
    await assert.rejects(inspectContainer(broken), new Error('the disk is gone'));
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* inChunks(Uint8Array.from([...STREAM_HEAD, 0, 0, ...new Uint8Array(99)]), 10);
      } finally {
        closed = true;
      }
    }
    await throwsCode(() => inspectStream(source()), 'container/malformed');
    assert.ok(closed);
  });
});

function codeOf(error: unknown): ErrorCode {
  assert.ok(error instanceof At1Error, String(error));
  return error.code;
}
