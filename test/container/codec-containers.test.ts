/** Containers of a codec, as far as container/ knows them: what is handed to the codec, with which limit, and what is not. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes, encodeVarint } from '../../src/bytes/writer.js';
import { type CodecName, codecId, codecName } from '../../src/container/format.js';
import { formatCodecFrame, readCodecFrame } from '../../src/container/frame.js';
import { randomAccessTo } from '../../src/container/frame-source.js';
import { inspectContainer, inspectStream } from '../../src/container/inspect.js';
import type { ReadOptions } from '../../src/container/limits.js';
import { decodeStream, type RunCodec } from '../../src/container/read-stream.js';
import { formatStreamSet, type NamedPayload } from '../../src/container/stream-set.js';
import { type Block, type CodecBlock, writeStream, writeWholeCodec } from '../../src/container/write.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { collectBytes, cutInto, inChunks } from '../helpers/byte-stream.js';
import { throwsCode } from '../helpers/throws-code.js';
import { BACKENDS, block, withTrailer } from './samples.js';

const stored = (name: string, data: Uint8Array): NamedPayload => ({
  name,
  payload: { backend: 'stored', bytes: data, size: data.length },
});

/** A codec whose output is its one stream, twice; remembers how it was called. */
class Twice {
  readonly calls: { readonly codec: CodecName; readonly limit: number }[] = [];
  readonly run: RunCodec = async (codec, streams, limit) => {
    this.calls.push({ codec, limit });
    const bytes = streams[0]?.payload.bytes ?? new Uint8Array(0);
    return concatBytes([bytes, bytes]);
  };
}

const set = (text: string): NamedPayload[] => [stored('data', utf8(text))];
const twice = (text: string): CodecBlock => ({ data: utf8(text + text), streams: set(text) });

describe('a container of a codec', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  const read = (container: Uint8Array, run?: RunCodec, options: ReadOptions = {}): Promise<Uint8Array> =>
    collectBytes(decodeStream(inChunks(container, 7), engines, options, run));
  const whole = (text: string, codec: CodecName = 'embed'): Uint8Array =>
    writeWholeCodec(codec, set(text), engines.sha256(utf8(text + text)));
  const stream = (blocks: (Block | CodecBlock)[], codec: CodecName = 'log'): Promise<Uint8Array> =>
    collectBytes(writeStream(blocks, engines, codec));

  it('has its id in the head, and its streams after it', () => {
    for (let id = 0; id < 13; id++) {
      const codec = codecName(id) as CodecName;
      assert.equal(codecId(codec), id);
      assert.deepEqual(
        whole('ab', codec),
        withTrailer(engines, utf8('abab'), [0x41, 0x54, 0x31, 2, id], formatStreamSet(set('ab'))),
      );
    }
    assert.equal(codecId('raw'), 255);
    const memory = new Uint8Array(100);
    const digest = engines.sha256(utf8('aa'));
    const allocated = writeWholeCodec('vcf', set('a'), digest, (length) => memory.subarray(0, length));
    assert.equal(allocated.buffer, memory.buffer);
  });

  it('hands its streams to the codec with what is left of the output as limit', async () => {
    for (const [options, limit] of [
      [{}, 2 ** 30],
      [{ maxOutput: 9 }, 9],
      [{ size: 4 }, 4],
    ] as const) {
      const codec = new Twice();
      assert.deepEqual(await read(whole('ab'), codec.run, options), utf8('abab'));
      assert.deepEqual(codec.calls, [{ codec: 'embed', limit }]);
    }
    const codec = new Twice();
    const raw = await block(utf8('---'), 'zstd', engines);
    const container = await stream([twice('ab'), raw, twice('c'), twice('')]);
    assert.deepEqual(await read(container, codec.run, { maxOutput: 10, maxFrameOutput: 4 }), utf8('abab---cc'));
    assert.deepEqual(codec.calls, [
      { codec: 'log', limit: 4 },
      { codec: 'log', limit: 3 },
      { codec: 'log', limit: 1 },
    ]);
  });

  it('is a frame of method 00 in a stream, and joins with RAW frames in any order', async () => {
    const part = fc.record({ text: fc.string({ maxLength: 40 }), backend: fc.constantFrom(...BACKENDS, 'codec') });
    const cuts = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), cuts, async (parts, lengths) => {
        const blocks: (Block | CodecBlock)[] = [];
        for (const { text, backend } of parts) {
          blocks.push(backend === 'codec' ? twice(text) : await block(utf8(text), backend as 'zstd', engines));
        }
        const container = await stream(blocks);
        const output = await collectBytes(decodeStream(cutInto(container, lengths), engines, {}, new Twice().run));
        assert.deepEqual(output, concatBytes(blocks.map(({ data }) => data)));
      }),
      { numRuns: 50 },
    );
    const frame = formatCodecFrame(set('ab'));
    assert.deepEqual(frame, Uint8Array.of(11, 0, 1, 4, 0x64, 0x61, 0x74, 0x61, 2, 2, 0x61, 0x62));
    assert.deepEqual(readCodecFrame(frame.subarray(1), 2), set('ab'));
    await throwsCode(() => readCodecFrame(frame.subarray(1), 1), 'container/limit');
    assert.equal(readCodecFrame(Uint8Array.of(1, 2), 2), undefined);
  });

  it('are the same from streams and from the bytes of their set, short and long', async () => {
    for (const length of [10, 100_000]) {
      const data = utf8('x'.repeat(length));
      const streams: NamedPayload[] = [{ name: 'a', payload: { backend: 'stored', bytes: data, size: length } }];
      const bytes = formatStreamSet(streams);
      assert.deepEqual(
        await collectBytes(writeStream([{ data, streams: bytes }], engines, 'log')),
        await collectBytes(writeStream([{ data, streams }], engines, 'log')),
      );
      const digest = engines.sha256(data);
      const told: Uint8Array[] = [];
      const options = { onDigest: (sha256: Uint8Array) => void told.push(sha256) };
      const raw = writeStream([await block(data, 'stored', engines)], engines);
      assert.deepEqual(await collectBytes(decodeStream(raw, engines, options)), data);
      assert.deepEqual(told, [digest]);
      assert.deepEqual(writeWholeCodec('log', bytes, digest), writeWholeCodec('log', streams, digest));
    }
  });

  it('is refused without a codec, and where it is a bundle or a codec frame under RAW', async () => {
    await throwsCode(() => read(whole('ab')), 'container/unsupported');
    await throwsCode(() => stream([twice('a')]).then((container) => read(container)), 'container/unsupported');
    const codec = new Twice();
    await throwsCode(() => read(whole('ab', 'bundle'), codec.run), 'container/unsupported');
    await throwsCode(async () => read(await stream([twice('a')], 'raw'), codec.run), 'container/malformed');
    assert.deepEqual(codec.calls, []);
  });

  it('is refused for output that is longer, shorter or other than expected', async () => {
    const { run } = new Twice();
    await throwsCode(() => read(whole('ab'), run, { size: 5 }), 'container/malformed');
    // A codec that does not keep to its limit is found out.
    await throwsCode(async () => read(await stream([twice('abc')]), run, { size: 5 }), 'container/limit');
    await throwsCode(async () => read(await stream([twice('abc'), twice('d')]), run, { size: 7 }), 'container/limit');
    await throwsCode(async () => read(await stream([twice('abc')]), run, { maxFrameOutput: 5 }), 'container/limit');
    await throwsCode(() => read(whole('abc'), run, { maxOutput: 5 }), 'container/limit');
    const other = writeWholeCodec('embed', set('ab'), engines.sha256(utf8('ab')));
    await throwsCode(() => read(other, run), 'container/digest-mismatch');
    const flat = whole('ab');
    await throwsCode(() => read(flat.subarray(0, -36), run), 'container/trailer-missing');
    const gap = concatBytes([flat.subarray(0, -36), Uint8Array.of(0), flat.subarray(-36)]);
    await throwsCode(() => read(gap, run), 'container/not-strict');
  });

  it('may have streams of eight times its output and a MiB, and no more', async () => {
    const { run } = { run: async () => utf8('x') };
    const large = (size: number): NamedPayload[] => [
      { name: 'zeros', payload: { backend: 'zstd', bytes: zeros, size } },
    ];
    const size = 8 + 2 ** 20;
    const zeros = await engines.zstdCompress(new Uint8Array(size), 1);
    const sound = writeWholeCodec('embed', large(size), engines.sha256(utf8('x')));
    assert.deepEqual(await read(sound, run, { size: 1 }), utf8('x'));
    const more = [...large(size), stored('one', utf8('1'))];
    await throwsCode(
      () => read(writeWholeCodec('embed', more, engines.sha256(utf8('x'))), run, { size: 1 }),
      'container/limit',
    );
    const blocks = [{ data: utf8('x'), streams: more }];
    await throwsCode(async () => read(await stream(blocks), run, { size: 1 }), 'container/limit');
    await throwsCode(async () => read(await stream(blocks), run, { maxFrameOutput: 1 }), 'container/limit');
  });
});

describe('inspecting a container of a codec', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  it('lists its streams with backends, places and sizes, from a file and from a source that flows', async () => {
    const data = utf8('some text, some text, some text');
    const streams: NamedPayload[] = [];
    for (const backend of BACKENDS) {
      streams.push({ name: `as-${backend}`, payload: (await block(data, backend, engines)).payload });
    }
    const codecBlock = { data, streams };
    const container = await collectBytes(
      writeStream([codecBlock, await block(data, 'stored', engines), codecBlock], engines, 'osm'),
    );
    const info = await inspectContainer(randomAccessTo(container));
    assert.equal(info.codec, 'osm');
    assert.deepEqual(
      info.frames.map(({ kind, streams: listed }) => [kind, listed?.length]),
      [
        ['codec', 3],
        ['raw', undefined],
        ['codec', 3],
      ],
    );
    for (const { name, backend, offset, length, outputSize } of info.frames.flatMap((frame) => frame.streams ?? [])) {
      assert.equal(name, `as-${backend}`);
      assert.equal(outputSize, data.length);
      const { bytes } = (await block(data, backend, engines)).payload;
      assert.deepEqual(container.subarray(offset, offset + length), bytes);
    }
    assert.deepEqual(await inspectStream(inChunks(container, 11)), info);
  });

  it('lists none where they cannot be understood, and shows the frame all the same', async () => {
    const broken: readonly (readonly number[])[] = [
      [],
      [0x81, 0x02],
      [0x80, 0x00],
      [1, 32, ...new Array<number>(32).fill(0x61), 2, 0],
      [1, 1, 0x20, 2, 0],
      [1, 4, 0x61],
      [1, 1, 0x61],
      [1, 1, 0x61, 3, 0],
      [1, 1, 0x61, 2, 5, 1],
      formatStreamSet(Array.from({ length: 256 }, (_, i) => stored(`s${i}`, new Uint8Array(0)))).map((byte, i) =>
        // One more is counted than there are, and one more is there.
        i === 0 ? 0x81 : byte,
      ),
    ].map((bytes) => (bytes.length > 1000 ? [...bytes, 1, 0x61, 2, 0] : [...bytes]));
    for (const bytes of broken) {
      const container = withTrailer(engines, new Uint8Array(0), [0x41, 0x54, 0x31, 2, 10], bytes);
      const info = await inspectContainer(randomAccessTo(container));
      assert.deepEqual(info.frames, [
        { offset: 5, length: bytes.length, kind: 'codec', backend: undefined, outputSize: undefined },
      ]);
      // What comes after the frame is no part of it.
      const length = encodeVarint(bytes.length + 1);
      const head = [0x41, 0x54, 0x31, 3, 10, 0, ...length, 0];
      const start = 7 + length.length;
      const framed = withTrailer(engines, new Uint8Array(0), head, bytes, [3, 1, 2, 65]);
      const { frames } = await inspectContainer({
        size: framed.length,
        read: async (offset, wanted) => {
          assert.ok(wanted >= 0 && offset + wanted <= framed.length, `${wanted} bytes from ${offset}`);
          return framed.subarray(offset, offset + wanted);
        },
      });
      assert.deepEqual(frames, [
        { offset: start, length: bytes.length, kind: 'codec', backend: undefined, outputSize: undefined },
        { offset: start + 3 + bytes.length, length: 1, kind: 'raw', backend: 'stored', outputSize: 1 },
      ]);
    }
  });

  it('lists names of every length that there may be', async () => {
    const streams = ['a', 'b'.repeat(31)].map((name) => stored(name, utf8('x')));
    const info = await inspectContainer(randomAccessTo(writeWholeCodec('embed', streams, engines.sha256(utf8('x')))));
    assert.deepEqual(
      info.frames[0]?.streams?.map(({ name }) => name),
      ['a', 'b'.repeat(31)],
    );
  });

  it('passes on what the source says, and refuses a frame that is cut short', async () => {
    const container = writeWholeCodec('embed', set('abc'), engines.sha256(utf8('x')));
    const failing = {
      size: container.length,
      read: async (offset: number, length: number) => {
        if (offset > 5 && offset < 16) throw new RangeError('broken disk');
        return container.subarray(offset, offset + length);
      },
    };
    await assert.rejects(inspectContainer(failing), RangeError);
    const cut = withTrailer(engines, new Uint8Array(0), [0x41, 0x54, 0x31, 3, 10, 0, 20, 0], [1, 1, 0x61, 2, 3, 1, 2]);
    await throwsCode(() => inspectContainer(randomAccessTo(cut)), 'container/malformed');
  });

  it('stops listing frames where they have a hundred thousand streams', async () => {
    const streams = Array.from({ length: 256 }, (_, i) => stored(`s${i}`, new Uint8Array(0)));
    const frame = formatCodecFrame(streams);
    const count = 400;
    const head = Uint8Array.of(0x41, 0x54, 0x31, 3, 10, 0);
    const container = concatBytes([head, ...Array.from({ length: count }, () => frame)]);
    const info = await inspectContainer(randomAccessTo(container));
    assert.equal(info.frameCount, count);
    assert.equal(info.frames.length, Math.floor(100_000 / 256));
  });
});
