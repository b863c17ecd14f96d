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
import { STREAM_HEAD, streamOf, wholeOf } from './samples.js';

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

  it('refuses what is not a container or has broken frames', async () => {
    for (const bytes of [[], [1, 2, 3], [...STREAM_HEAD], [...STREAM_HEAD, 0, 9, 1, 2], [...STREAM_HEAD, 0, 0]]) {
      await throwsCode(() => inspectContainer(randomAccessTo(Uint8Array.from(bytes))), 'container/malformed');
    }
  });
});

function codeOf(error: unknown): ErrorCode {
  assert.ok(error instanceof At1Error, String(error));
  return error.code;
}
