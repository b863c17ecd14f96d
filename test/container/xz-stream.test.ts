import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { crc32 } from '../../src/container/crc32.js';
import { readXzStream } from '../../src/container/xz-stream.js';
import { At1Error } from '../../src/errors.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';

const xz = (data: Uint8Array, ...flags: string[]): Uint8Array =>
  Uint8Array.from(execFileSync('xz', ['-c', ...flags], { input: data, maxBuffer: 1 << 28 }));
const mixed = concatBytes([randomBytes(100_000, 5), new Uint8Array(3_000_000), randomBytes(70_000, 6)]);
const CHECKS = { none: 0, crc32: 1, crc64: 4, sha256: 10 };

describe('xz stream', () => {
  it('knows the CRC-32 of the standard example', () => {
    assert.equal(crc32(utf8('123456789')), 0xcbf43926);
  });

  it('reads what the xz program writes, with every check', () => {
    for (const [name, check] of Object.entries(CHECKS)) {
      assert.deepEqual(readXzStream(xz(mixed, '-1', `--check=${name}`)), {
        size: mixed.length,
        dictionary: 1 << 20,
        check,
        filtered: false,
      });
    }
    assert.equal(readXzStream(xz(new Uint8Array(0))).size, 0);
  });

  it('reads several blocks, sizes in block headers, and other filters', () => {
    assert.equal(readXzStream(xz(mixed, '-1', '--block-size=500000')).size, mixed.length);
    assert.equal(readXzStream(xz(mixed, '-1', '-T2', '--block-size=500000')).size, mixed.length);
    assert.equal(readXzStream(xz(mixed, '--delta=dist=4', '--lzma2=preset=1')).filtered, true);
    assert.equal(readXzStream(xz(mixed, '--x86', '--lzma2=preset=1')).filtered, true);
  });

  it('refuses a second stream, padding and junk after the stream', async () => {
    const one = xz(utf8('some text'));
    const other = xz(utf8('another text that is longer than the first'), '--check=none');
    for (const after of [one, other, Uint8Array.of(0), new Uint8Array(4), utf8('junk')]) {
      await assert.rejects(async () => readXzStream(concatBytes([one, after])), { name: 'At1Error' });
    }
    await throwsCode(() => readXzStream(concatBytes([one, one])), 'container/not-strict');
  });

  it('refuses the older .lzma form and every stream that is cut short', async () => {
    await throwsCode(() => readXzStream(xz(utf8('some text'), '--format=lzma')), 'container/malformed');
    const whole = xz(utf8('some text, some text, some text'));
    for (let length = 0; length < whole.length; length++) {
      await throwsCode(() => readXzStream(whole.subarray(0, length)), 'container/malformed');
    }
  });

  it('never believes another size after a bit was flipped', () => {
    const whole = xz(mixed.subarray(99_000, 400_000), '--check=crc32');
    for (let bit = 0; bit < whole.length * 8; bit += 7) {
      const flipped = whole.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      try {
        assert.equal(readXzStream(flipped).size, 301_000);
      } catch (error) {
        assert.ok(error instanceof At1Error && error.code === 'container/malformed', String(error));
      }
    }
  });

  it('refuses an index that states more than the chunks yield', async () => {
    const whole = xz(new Uint8Array(100), '--check=crc32');
    const view = new DataView(whole.buffer);
    // Index: 00, one record, unpadded size, uncompressed size 100 as one byte, then the CRC before the footer.
    const indexEnd = whole.length - 12;
    const indexStart = indexEnd - (view.getUint32(indexEnd + 4, true) + 1) * 4;
    const at = whole.indexOf(100, indexStart);
    assert.ok(at > indexStart && at < indexEnd - 4);
    whole[at] = 101;
    view.setUint32(indexEnd - 4, crc32(whole.subarray(indexStart, indexEnd - 4)), true);
    const error = await throwsCode(() => readXzStream(whole), 'container/malformed');
    assert.match(error.message, /100/);
  });

  it('refuses an LZMA chunk that does not begin with a zero, which some decoders overlook', async () => {
    const whole = xz(new Uint8Array(100), '--check=crc32');
    // After the header of the stream, that of the block and that of the chunk.
    const at = 12 + 12 + 6;
    assert.deepEqual([whole[24], whole[at]], [0xe0, 0]);
    whole[at] = 1;
    const error = await throwsCode(() => readXzStream(whole), 'container/malformed');
    assert.match(error.message, /zero/);
  });

  it('refuses dictionaries that cost too much memory', async () => {
    assert.equal(readXzStream(xz(utf8('small'), '-9')).dictionary, 64 << 20);
    const large = xz(utf8('small'), '--lzma2=preset=1,dict=96MiB');
    await throwsCode(() => readXzStream(large), 'container/limit');
  });
});
