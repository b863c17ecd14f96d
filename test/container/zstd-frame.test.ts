import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { isSkippableFrame, readZstdFrame } from '../../src/container/zstd-frame.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';

const zstd = (data: Uint8Array, ...flags: string[]): Uint8Array =>
  Uint8Array.from(execFileSync('zstd', ['-q', '-c', ...flags, `--stream-size=${data.length}`], { input: data }));
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** A frame in a single segment with a content size of four bytes and the given blocks. */
const frame = (size: number, ...blocks: number[]): Uint8Array =>
  Uint8Array.of(...MAGIC, 0xa0, size & 255, (size >> 8) & 255, (size >> 16) & 255, size >>> 24, ...blocks);
const LAST_RLE = (size: number): number[] => [((size << 3) & 255) | 3, (size >> 5) & 255, size >> 13, 65];

describe('zstd frame', () => {
  it('reads what the zstd program writes, of any size and level, with and without checksum', () => {
    for (const size of [1, 255, 256, 65_791, 65_792, 400_000]) {
      const data = concatBytes([randomBytes(size >> 1, size), new Uint8Array(size - (size >> 1))]);
      for (const flags of [['-1'], ['-3', '--no-check'], ['-19', '--check']]) {
        const read = readZstdFrame(zstd(data, ...flags));
        assert.equal(read.size, size);
        assert.equal(read.checksum, !flags.includes('--no-check'));
      }
    }
  });

  it('demands the content size', async () => {
    const unsized = Uint8Array.from(execFileSync('zstd', ['-q', '-c'], { input: utf8('of unknown length') }));
    await throwsCode(() => readZstdFrame(unsized), 'container/malformed');
  });

  it('refuses a second frame, junk and skippable frames after the frame', async () => {
    const one = zstd(utf8('some text'));
    const skippable = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0);
    for (const after of [one, Uint8Array.of(0), skippable]) {
      await throwsCode(() => readZstdFrame(concatBytes([one, after])), 'container/not-strict');
    }
    await throwsCode(() => readZstdFrame(concatBytes([skippable, one])), 'container/not-strict');
  });

  it('refuses every frame that is cut short', async () => {
    const whole = zstd(concatBytes([utf8('some text'), new Uint8Array(500)]), '--check');
    for (let length = 0; length < whole.length; length++) {
      await throwsCode(() => readZstdFrame(whole.subarray(0, length)), 'container/malformed');
    }
  });

  it('refuses a size that the blocks cannot yield', async () => {
    assert.equal(readZstdFrame(frame(100, ...LAST_RLE(100))).size, 100);
    await throwsCode(() => readZstdFrame(frame(101, ...LAST_RLE(100))), 'container/malformed');
    await throwsCode(() => readZstdFrame(frame(0xffffffff, ...LAST_RLE(131_072))), 'container/malformed');
    await throwsCode(() => readZstdFrame(frame(131_073, ...LAST_RLE(131_073))), 'container/malformed');
  });

  it('refuses dictionaries, reserved bits and blocks, and windows that cost too much memory', async () => {
    const block = [1, 0, 0];
    await throwsCode(() => readZstdFrame(Uint8Array.of(...MAGIC, 0x21, 7, 0, ...block)), 'container/malformed');
    await throwsCode(() => readZstdFrame(Uint8Array.of(...MAGIC, 0x28, 0, ...block)), 'container/malformed');
    await throwsCode(() => readZstdFrame(Uint8Array.of(...MAGIC, 0x20, 0, 7, 0, 0)), 'container/malformed');
    await throwsCode(() => readZstdFrame(Uint8Array.of(...MAGIC, 0x40, 0x89, 0, 0, ...block)), 'container/limit');
    await throwsCode(
      () => readZstdFrame(Uint8Array.of(...MAGIC, 0xe0, ...Array(8).fill(255), ...block)),
      'container/malformed',
    );
    assert.deepEqual(readZstdFrame(Uint8Array.of(...MAGIC, 0x20, 0, ...block)), {
      size: 0,
      window: 0,
      checksum: false,
    });
  });

  it('refuses the unused bit of the header, and compressed blocks too short to be one', async () => {
    await throwsCode(() => readZstdFrame(Uint8Array.of(...MAGIC, 0x30, 0, 1, 0, 0)), 'container/not-strict');
    const compressed = (size: number) => [5 | (size << 3), 0, 0, ...Array<number>(size).fill(0)];
    for (const size of [0, 1]) {
      await throwsCode(() => readZstdFrame(frame(0, ...compressed(size))), 'container/malformed');
    }
    assert.equal(readZstdFrame(frame(0, ...compressed(2))).size, 0);
  });

  it('tells a payload that is one skippable frame from everything else', () => {
    const skippable = [0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 1];
    assert.ok(isSkippableFrame(Uint8Array.from(skippable)));
    assert.ok(!isSkippableFrame(Uint8Array.from([...skippable, 0])));
    assert.ok(!isSkippableFrame(Uint8Array.from(skippable.slice(0, -1))));
    assert.ok(!isSkippableFrame(Uint8Array.from(skippable.slice(0, 7))));
    assert.ok(!isSkippableFrame(zstd(utf8('data'))));
  });
});
