/** The zstd and xz of the stand-alone decoders against the programs of these names, on data that is easy, hard and odd. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { concatBytes } from '../../src/bytes/writer.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { agreed, type Job, PYTHON, sha256 } from './both.js';

const ZSTD: readonly (readonly string[])[] = [
  ['-1'],
  ['-3', '--no-check'],
  ['-9'],
  ['-19'],
  ['-3', '--long=27'],
  ['--ultra', '-22', '--no-check'],
  ['--fast=5'],
];
const XZ: readonly (readonly string[])[] = [
  ['-0'],
  ['-6'],
  ['-6e', '--check=sha256'],
  ['--check=crc32', '--lzma2=preset=6,lc=0,lp=2,pb=1'],
  ['--delta=dist=4', '--lzma2=preset=3'],
  ['--block-size=16384', '--check=none'],
];

/** Many repeats at short and long distances, with noise between. */
function patchwork(): Uint8Array {
  const noise = randomBytes(40_000, 11);
  const parts: Uint8Array[] = [];
  for (let i = 0; i < 300; i++) {
    const at = ((noise[2 * i] as number) * 128 + i) % 30_000;
    parts.push(noise.subarray(at, at + (noise[2 * i + 1] as number)));
  }
  return concatBytes(parts);
}

/** A few byte values, some of them seldom: long Huffman words. */
function skewed(): Uint8Array {
  return randomBytes(30_000, 5).map((byte) => 31 - Math.clz32(byte + 1) + (byte === 255 ? 200 : 0));
}

describe('the stand-alone decoders and the programs zstd and xz', () => {
  const dir = useTempDir();
  const source = readFileSync(PYTHON).subarray(0, 60_000);
  const samples: ReadonlyMap<string, Uint8Array> = new Map([
    ['nothing', new Uint8Array(0)],
    ['a byte', Uint8Array.of(120)],
    ['zeros', new Uint8Array(140_000)],
    ['source', source],
    ['noise', randomBytes(20_000, 3)],
    ['skewed', skewed()],
    ['weights', normalFloats(10_000, 1)],
    ['patchwork', patchwork()],
    ['a bit of all', concatBytes([source.subarray(0, 9000), randomBytes(9000, 4), new Uint8Array(9000), patchwork()])],
  ]);

  async function compare(kind: 'zstd' | 'xz', options: readonly (readonly string[])[]): Promise<void> {
    const jobs: Job[] = [];
    const names: string[] = [];
    const wanted: string[] = [];
    for (const [name, data] of samples) {
      writeFileSync(dir.at('data'), data);
      for (const option of options) {
        const packed = execFileSync(kind, ['-q', '-c', '-k', ...option, dir.at('data')], { maxBuffer: 2 ** 24 });
        jobs.push({ kind, data: packed, size: data.length });
        names.push(`${name} ${option.join(' ')}`);
        wanted.push(sha256(data));
      }
    }
    const found = await agreed(jobs, names);
    for (const [i, answer] of found.entries()) assert.equal(answer, wanted[i], names[i]);
  }

  it('read every zstd frame, whatever the level, with and without checksum', () => compare('zstd', ZSTD));

  it('read every .xz stream, whatever its filter, check and blocks', () => compare('xz', XZ));

  it('refuse a damaged frame by its checksum, and what is larger than it may be', async () => {
    writeFileSync(dir.at('data'), randomBytes(5000, 8));
    const frame = execFileSync('zstd', ['-q', '-c', dir.at('data')]);
    const damaged = Uint8Array.from(frame);
    damaged[2000] = (damaged[2000] as number) ^ 4;
    const stream = Uint8Array.from(execFileSync('xz', ['-q', '-c', dir.at('data')]));
    const found = await agreed([
      { kind: 'zstd', data: damaged },
      { kind: 'zstd', data: frame, size: 4999 },
      { kind: 'xz', data: stream, size: 4999 },
      { kind: 'xz', data: stream.map((byte, i) => (i === 2000 ? byte ^ 4 : byte)) },
      { kind: 'zstd', data: concatBytes([frame, frame]) },
      { kind: 'xz', data: concatBytes([stream, stream]) },
    ]);
    const [malformed, limit, strict] = ['container/malformed', 'container/limit', 'container/not-strict'];
    assert.deepEqual(found, [malformed, limit, limit, malformed, strict, strict]);
  });
});
