import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { toHex, utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { readXzStream } from '../../src/container/xz-stream.js';
import { readZstdFrame } from '../../src/container/zstd-frame.js';
import type { Engines } from '../../src/engines.js';
import { loadBlake3Addon, loadBlake3Wasm } from '../../src/native/blake3.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { zstdOfNode, zstdOfWasm } from '../../src/native/zstd.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

const pipe = (program: string, flags: string[], input: Uint8Array): Uint8Array =>
  Uint8Array.from(execFileSync(program, flags, { input, maxBuffer: 1 << 28 }));
const SAMPLES = [
  new Uint8Array(0),
  Uint8Array.of(7),
  utf8('some text, '.repeat(1000)),
  concatBytes([randomBytes(300_000, 3), new Uint8Array(2_000_000), randomBytes(300_000, 3)]),
];

describe('native engines', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  it('hash like sha256sum and like the published vectors', () => {
    const data = SAMPLES[3] as Uint8Array;
    const line = new TextDecoder().decode(pipe('sha256sum', [], data));
    assert.equal(toHex(engines.sha256(data)), line.slice(0, 64));
    assert.equal(toHex(engines.sha1(utf8('abc'))), 'a9993e364706816aba3e25717850c26c9cd0d89d');
    assert.equal(toHex(engines.sha512(data)), createHash('sha512').update(data).digest('hex'));
    const empty = 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262';
    assert.equal(toHex(engines.blake3(new Uint8Array(0))), empty);
    assert.equal(toHex(engines.newBlake3().digest()), empty);
  });

  it('return plain arrays that share no memory', () => {
    const hasher = engines.newSha256();
    hasher.update(utf8('a'));
    for (const digest of [engines.sha256(utf8('a')), engines.blake3(utf8('a')), hasher.digest()]) {
      assert.equal(Object.getPrototypeOf(digest), Uint8Array.prototype);
      assert.equal(digest.buffer.byteLength, digest.length);
    }
  });

  it('compute the same BLAKE3 with the addon and with wasm, several hashers at a time', async () => {
    const addon = await loadBlake3Addon();
    assert.ok(addon !== undefined, 'the addon loads on this platform');
    const wasm = await loadBlake3Wasm();
    const data = SAMPLES[3] as Uint8Array;
    const [first, second] = [wasm.start(), wasm.start()];
    first.update(data.subarray(0, 100_000));
    second.update(utf8('other'));
    assert.deepEqual(wasm.hash(data), addon.hash(data));
    first.update(data.subarray(100_000));
    assert.deepEqual(first.digest(), addon.hash(data));
    assert.deepEqual(second.digest(), addon.hash(utf8('other')));
  });

  it('write zstd that the zstd program reads, and read what it writes', async () => {
    for (const data of SAMPLES) {
      for (const level of [1, 3, 19]) {
        const frame = await engines.zstdCompress(data, level);
        assert.equal(readZstdFrame(frame).size, data.length);
        assert.deepEqual(pipe('zstd', ['-dcq'], frame), data);
        assert.deepEqual(await engines.zstdDecompress(frame, data.length), data);
      }
      const theirs = pipe('zstd', ['-cq', '-5', `--stream-size=${data.length}`], data);
      assert.deepEqual(await engines.zstdDecompress(theirs, data.length), data);
    }
  });

  it('keep one wasm instance, however many engines there are', async () => {
    const [first, second] = await Promise.all([zstdOfWasm(), zstdOfWasm()]);
    const data = SAMPLES[2] as Uint8Array;
    const frame = await first.zstdCompress(data, 3);
    assert.deepEqual(await second.zstdDecompress(frame, data.length), data);
    assert.deepEqual(await first.zstdDecompress(frame, data.length), data);
  });

  it('share it with a second copy of the module, as loaders and bundlers make them', async () => {
    const data = SAMPLES[2] as Uint8Array;
    const first = await zstdOfWasm();
    const copy: unknown = await import(new URL('../../src/native/zstd.ts?copy', import.meta.url).href);
    assert.notEqual((copy as { zstdOfWasm: unknown }).zstdOfWasm, zstdOfWasm);
    const second = await (copy as { zstdOfWasm: typeof zstdOfWasm }).zstdOfWasm();
    const frame = await second.zstdCompress(data, 3);
    assert.deepEqual(await first.zstdDecompress(frame, data.length), data);
  });

  it('agree between the zstd of node and of wasm where node has one', async () => {
    const node = zstdOfNode();
    const wasm = await zstdOfWasm();
    assert.equal(node !== undefined, 'zstdCompress' in (await import('node:zlib')));
    for (const data of node === undefined ? [] : SAMPLES) {
      const frame = await node?.zstdCompress(data, 3);
      if (frame !== undefined) assert.deepEqual(await wasm.zstdDecompress(frame, data.length), data);
      assert.deepEqual(await node?.zstdDecompress(await wasm.zstdCompress(data, 3), data.length), data);
    }
  });

  it('write xz that the xz program reads, and read what it writes', async () => {
    for (const data of SAMPLES) {
      for (const preset of [0, 6, 9]) {
        const stream = await engines.xzCompress(data, preset);
        assert.equal(readXzStream(stream).size, data.length);
        assert.deepEqual(pipe('xz', ['-dc'], stream), data);
        assert.deepEqual(await engines.xzDecompress(stream, data.length), data);
      }
      for (const flags of [['-1'], ['-9e', '--check=sha256'], ['--delta', '--lzma2=preset=2']]) {
        assert.deepEqual(await engines.xzDecompress(pipe('xz', ['-c', ...flags], data), data.length), data);
      }
    }
  });

  it('compress and decompress what lies in memory that threads share', async () => {
    const shared = (bytes: Uint8Array): Uint8Array => {
      const copy = new Uint8Array(new SharedArrayBuffer(bytes.length + 64), 32, bytes.length);
      copy.set(bytes);
      return copy;
    };
    const data = SAMPLES[3] as Uint8Array;
    const [xz, zstd] = [await engines.xzCompress(shared(data), 6), await engines.zstdCompress(shared(data), 3)];
    assert.deepEqual(await engines.xzDecompress(shared(xz), data.length), data);
    assert.deepEqual(await engines.zstdDecompress(shared(zstd), data.length), data);
  });

  it('compress to xz exactly as small as the xz program does', async () => {
    const data = SAMPLES[3] as Uint8Array;
    for (const preset of [0, 6, 9]) {
      const theirs = pipe('xz', ['-c', `-${preset}`, '--check=crc32'], data);
      assert.equal((await engines.xzCompress(data, preset)).length, theirs.length);
    }
  });

  it('compress to xz with no more dictionary than the data needs', async () => {
    assert.equal(readXzStream(await engines.xzCompress(new Uint8Array(10), 9)).dictionary, 8 << 20);
    assert.equal(readXzStream(await engines.xzCompress(new Uint8Array(9 << 20), 9)).dictionary, 16 << 20);
  });

  it('tune xz: as small as the xz program with the same settings, which reads it, and smaller on floats', async () => {
    const floats = normalFloats(10_000, 5);
    const text = SAMPLES[2] as Uint8Array;
    const plain = await engines.xzCompress(floats, 9);
    for (const tuning of [{}, { lc: 0, lp: 2, pb: 2 }, { lc: 4, pb: 0 }, { lc: 0, lp: 4, pb: 4 }, { pb: 1 }]) {
      for (const [data, preset] of [
        [floats, 9],
        [floats, 4],
        [text, 6],
      ] as const) {
        const stream = await engines.xzCompress(data, preset, tuning);
        assert.deepEqual(pipe('xz', ['-dc'], stream), data);
        assert.deepEqual(await engines.xzDecompress(stream, data.length), data);
        const { lc = 3, lp = 0, pb = 2 } = tuning as { lc?: number; lp?: number; pb?: number };
        const settings = `preset=${preset},lc=${lc},lp=${lp},pb=${pb},dict=${readXzStream(stream).dictionary}`;
        const theirs = pipe('xz', ['-c', '--check=crc32', `--lzma2=${settings}`], data);
        assert.equal(stream.length, theirs.length);
      }
    }
    const tuned = await engines.xzCompress(floats, 9, { lc: 0, lp: 2, pb: 2 });
    assert.ok(tuned.length < plain.length * 0.95, `${tuned.length} against ${plain.length}`);
    assert.equal((await engines.xzCompress(floats, 9, {})).length, plain.length);
  });

  it('tune xz within the limit of its dictionary, and refuse settings LZMA2 does not have', async () => {
    for (const [length, preset, dictionary] of [
      [1, 9, 4096],
      [4096, 9, 4096],
      [4097, 9, 8192],
      [(4 << 20) + 1, 9, 8 << 20],
      [(4 << 20) + 1, 4, 4 << 20],
    ] as const) {
      const stream = await engines.xzCompress(new Uint8Array(length), preset, { lc: 0, lp: 2 });
      assert.equal(readXzStream(stream).dictionary, dictionary);
    }
    for (const tuning of [{ lc: 3, lp: 2 }, { lc: 5 }, { pb: 5 }, { lp: -1 }, { lc: 0.5 }]) {
      await assert.rejects(() => engines.xzCompress(SAMPLES[1] as Uint8Array, 9, tuning), RangeError);
    }
    await assert.rejects(() => engines.xzCompress(SAMPLES[1] as Uint8Array, 3, {}), RangeError);
  });

  it('compress data full of the letters that end an .xz stream in no time', async () => {
    const data = utf8('YZ'.repeat(500_000));
    const back = await within(10_000, async () => {
      const stream = await engines.xzCompress(data, 6);
      return engines.xzDecompress(stream, data.length);
    });
    assert.deepEqual(back, data);
  });

  it('refuse damaged payloads and payloads of another size', async () => {
    const data = randomBytes(5000, 9);
    const frame = await engines.zstdCompress(data, 3);
    const stream = await engines.xzCompress(data, 6);
    for (const size of [0, 4999, 5001]) {
      await throwsCode(() => engines.zstdDecompress(frame, size), 'container/malformed');
      await throwsCode(() => engines.xzDecompress(stream, size), 'container/malformed');
    }
    const text = utf8('some text that compresses, some text that compresses'.repeat(20));
    const packed = await engines.xzCompress(text, 6);
    packed[40] = (packed[40] as number) ^ 1;
    await throwsCode(() => engines.xzDecompress(packed, text.length), 'container/malformed');
  });

  it('stop inflating at the stated size', async () => {
    const bomb = Uint8Array.from(deflateSync(new Uint8Array(50_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    await throwsCode(() => engines.inflate(bomb, 1000), 'git/invalid-object');
    assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000);
  });

  it('check Ed25519 signatures', () => {
    assert.equal(engines.ed25519KeyIsStrong(new Uint8Array(32)), false);
    assert.equal(engines.ed25519Verify(new Uint8Array(64), utf8('m'), new Uint8Array(32)), false);
  });
});
