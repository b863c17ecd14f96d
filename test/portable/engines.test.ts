import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { adler32 } from '../../src/portable/inflate.js';
import { anyData } from '../helpers/byte-stream.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';

describe('portable and native engines', () => {
  let native: Engines;
  let portable: Engines;
  before(async () => {
    native = await createNativeEngines();
    portable = await createPortableEngines();
  });

  it('hash alike, at once and piece by piece', () => {
    fc.assert(
      fc.property(anyData, fc.nat(3000), (data, at) => {
        for (const name of ['sha1', 'sha256', 'sha512', 'blake3'] as const) {
          assert.deepEqual(portable[name](data), native[name](data));
        }
        for (const start of ['newSha256', 'newBlake3'] as const) {
          const [one, other] = [native[start](), portable[start]()];
          for (const hasher of [one, other]) {
            hasher.update(data.subarray(0, at));
            hasher.update(data.subarray(at));
          }
          const digest = one.digest();
          assert.deepEqual(other.digest(), digest);
          assert.deepEqual(digest, start === 'newSha256' ? native.sha256(data) : native.blake3(data));
        }
      }),
    );
  });

  it('decode what the other compressed', async () => {
    await fc.assert(
      fc.asyncProperty(anyData, fc.constantFrom(1, 3, 9), async (data, level) => {
        const frame = await native.zstdCompress(data, level);
        assert.deepEqual(await portable.zstdDecompress(frame, data.length), data);
        const stream = await native.xzCompress(data, 1);
        assert.deepEqual(await portable.xzDecompress(stream, data.length), data);
      }),
      { numRuns: 60 },
    );
  });

  it('decode large data over many blocks, and several streams at a time', async () => {
    const part = randomBytes(700_000, 2).map((byte) => byte & 15);
    const data = concatBytes([part, new Uint8Array(3_000_000), part]);
    const frame = await native.zstdCompress(data, 19);
    assert.deepEqual(await portable.zstdDecompress(frame, data.length), data);
    const stream = await native.xzCompress(data, 6);
    const broken = stream.slice();
    broken[200_000] = (broken[200_000] as number) ^ 255;
    const results = await Promise.allSettled(
      [stream, broken, stream].map((each) => portable.xzDecompress(each, data.length)),
    );
    assert.deepEqual(
      results.map((result) => result.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
  });

  it('refuse payloads of another size and damaged ones', async () => {
    const text = utf8('some text that compresses, some text that compresses'.repeat(20));
    const frame = await native.zstdCompress(text, 3);
    const stream = await native.xzCompress(text, 6);
    for (const size of [0, text.length - 1, text.length + 1]) {
      await throwsCode(() => portable.zstdDecompress(frame, size), 'container/malformed');
      await throwsCode(() => portable.xzDecompress(stream, size), 'container/malformed');
    }
    stream[40] = (stream[40] as number) ^ 1;
    await throwsCode(() => portable.xzDecompress(stream, text.length), 'container/malformed');
  });

  it('never return another length for a damaged zstd frame', async () => {
    const text = utf8('some text that compresses, some text that compresses'.repeat(20));
    const frame = await native.zstdCompress(text, 3);
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const flipped = frame.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      for (const engines of [native, portable]) {
        const result = await engines.zstdDecompress(flipped, text.length).catch((error: Error) => error);
        if (result instanceof Uint8Array) assert.equal(result.length, text.length);
        else assert.equal(result.name, 'At1Error');
      }
    }
  });

  it('undo the delta filter of .xz, one or several of them, and check what comes out', async () => {
    const text = utf8('2010-01-01T01:00:00\n2010-01-01T02:00:00\n'.repeat(300));
    for (const flags of [
      ['--delta=dist=20'],
      ['--delta=dist=1', '--delta=dist=256'],
      ['--delta=dist=3', '--block-size=5000'],
    ]) {
      for (const check of ['crc32', 'none']) {
        const all = ['-c', '-F', 'xz', `--check=${check}`, ...flags, '--lzma2=preset=2'];
        const stream = Uint8Array.from(execFileSync('xz', all, { input: text }));
        assert.deepEqual(await portable.xzDecompress(stream, text.length), text, flags.join(' '));
        if (check === 'none') continue;
        const blockEnd = stream.length - 12 - (readFooterSize(stream) + 1) * 4;
        stream[blockEnd - 1] = (stream[blockEnd - 1] as number) ^ 1;
        await throwsCode(() => portable.xzDecompress(stream, text.length), 'container/malformed');
      }
    }
  });

  it('say that compression and other xz filters are not there', async () => {
    await throwsCode(() => portable.zstdCompress(new Uint8Array(1), 3), 'capability/missing');
    await throwsCode(() => portable.xzCompress(new Uint8Array(1), 6), 'capability/missing');
    await throwsCode(() => portable.xzCompress(new Uint8Array(1), 6, { lc: 0 }), 'capability/missing');
    for (const flags of [
      ['--check=sha256'],
      ['--delta', '--lzma2=preset=1'],
      ['--check=crc32', '--x86', '--lzma2=preset=1'],
    ]) {
      const stream = Uint8Array.from(execFileSync('xz', ['-c', ...flags], { input: 'text' }));
      await throwsCode(() => portable.xzDecompress(stream, 4), 'capability/missing');
    }
  });

  it('inflate alike', () => {
    fc.assert(
      fc.property(anyData, fc.constantFrom(0, 1, 6, 9), (data, level) => {
        const packed = Uint8Array.from(deflateSync(data, { level }));
        assert.deepEqual(native.inflate(packed, data.length), data);
        assert.deepEqual(portable.inflate(packed, data.length), data);
      }),
    );
    const large = concatBytes([randomBytes(500_000, 8), new Uint8Array(2_000_000), randomBytes(500_000, 8)]);
    const packed = Uint8Array.from(deflateSync(large));
    assert.deepEqual(portable.inflate(packed, large.length), large);
  });

  it('refuse the same broken zlib data: another size, bytes after it, a wrong checksum, cut short', async () => {
    const data = utf8('tree of blobs, tree of blobs, tree of blobs');
    const packed = Uint8Array.from(deflateSync(data));
    for (const engines of [native, portable]) {
      const refuse = (bytes: Uint8Array, size = data.length) =>
        throwsCode(() => engines.inflate(bytes, size), 'git/invalid-object');
      for (const size of [0, 1, data.length - 1, data.length + 1, 1 << 20]) await refuse(packed, size);
      await refuse(concatBytes([packed, Uint8Array.of(0)]));
      await refuse(concatBytes([packed, packed]));
      // Bytes between the data and a checksum that is right.
      await refuse(concatBytes([packed.subarray(0, -4), Uint8Array.of(0), packed.subarray(-4)]));
      for (let length = 0; length < packed.length; length++) await refuse(packed.subarray(0, length));
      const wrong = packed.slice();
      wrong[packed.length - 1] = (wrong[packed.length - 1] as number) ^ 1;
      await refuse(wrong);
      await refuse(Uint8Array.of(0x78, 0xbb, ...packed.subarray(2)));
    }
  });

  it('never inflate to other bytes after a bit was flipped', () => {
    const data = utf8('tree of blobs, tree of blobs, tree of blobs');
    const packed = Uint8Array.from(deflateSync(data));
    for (let bit = 0; bit < packed.length * 8; bit++) {
      const flipped = packed.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      for (const engines of [native, portable]) {
        try {
          assert.deepEqual(engines.inflate(flipped, data.length), data);
        } catch (error) {
          assert.equal((error as Error).name, 'At1Error');
        }
      }
    }
  });

  it('stop inflating a bomb early', async () => {
    const bomb = Uint8Array.from(deflateSync(new Uint8Array(100_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    await throwsCode(() => portable.inflate(bomb, 1000), 'git/invalid-object');
    assert.ok(process.memoryUsage().arrayBuffers - before < 40_000_000);
  });

  it('know the Adler-32 of the standard example', () => {
    assert.equal(adler32(utf8('Wikipedia')), 0x11e60398);
    assert.equal(adler32(new Uint8Array(1_000_000).fill(255)), adlerSlowly(new Uint8Array(1_000_000).fill(255)));
  });

  it('judge signatures alike', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const raw = Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(511), (message, bit) => {
        const signature = Uint8Array.from(sign(null, message, privateKey));
        const flipped = signature.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
        for (const engines of [native, portable]) {
          assert.ok(engines.ed25519KeyIsStrong(raw));
          assert.ok(engines.ed25519Verify(signature, message, raw));
          assert.ok(!engines.ed25519Verify(flipped, message, raw));
        }
      }),
      { numRuns: 20 },
    );
  });
});

function adlerSlowly(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

/** The backward size in the footer of an .xz stream. */
function readFooterSize(stream: Uint8Array): number {
  return new DataView(stream.buffer, stream.byteOffset + stream.length - 8, 4).getUint32(0, true);
}
