/** zstd frames that are written and read without a library, against libzstd and an independent decoder. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Cursor } from '../../src/bytes/cursor.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { readZstdFrame } from '../../src/container/zstd-frame.js';
import type { Kernel } from '../../src/engines.js';
import { zstdOfWasm } from '../../src/native/zstd.js';
import { zstdDecompress as independent } from '../../src/portable/zstd.js';
import { entropyLength } from '../../src/transforms/frequencies.js';
import { codesOf, decodingOf, huffmanLength, huffmanOf, MOST_BITS } from '../../src/transforms/huffman-code.js';
import { formatWeights, readWeights } from '../../src/transforms/huffman-weights.js';
import { readLiteralFrame, writeLiteralFrame } from '../../src/transforms/literal-frame.js';
import { loadWasmKernel } from '../../src/transforms/load-kernel.js';
import { scriptKernel } from '../../src/transforms/script-kernel.js';
import { readSmallFrame, SMALL_FRAME } from '../../src/transforms/small-frame.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';

const library = zstdOfWasm();
const LEVELS = [1, 3, 9, 19];

/** What libzstd itself says: undefined where it refuses. `zstdOfWasm` would ask the code under test first. */
async function libzstd(frame: Uint8Array): Promise<Uint8Array | undefined> {
  const wasm = await import('@bokuweb/zstd-wasm');
  // Loads the library.
  await library.zstdCompress(Uint8Array.of(1), 1);
  try {
    return wasm.decompress(frame);
  } catch {
    return undefined;
  }
}

/** What an engine asks before anybody decodes. */
function states(frame: Uint8Array, size: number): boolean {
  try {
    return readZstdFrame(frame).size === size;
  } catch {
    return false;
  }
}

function same(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}

function skewed(length: number, seed: number): Uint8Array {
  return randomBytes(length, seed).map((byte) => Math.floor((byte * byte * byte) / 200_000));
}

/** Weights: three planes of noise and one of signs and exponents. */
function planesOfWeights(kernel: Kernel, count: number): { data: Uint8Array; cuts: number[] } {
  const planes = kernel.split(normalFloats(count, 5), 4, 'split');
  return { data: concatBytes(planes), cuts: [count, 2 * count, 3 * count] };
}

describe('a Huffman code', () => {
  const counts = fc
    .array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 131_072 })), { minLength: 2, maxLength: 256 })
    .map((pairs) => {
      const all = new Uint32Array(256);
      for (const [value, count] of pairs) all[value] = count;
      return all;
    })
    .filter((all) => all.filter((count) => count > 0).length > 1);

  it('is complete, has no code of more than eleven bits, and is told by its weights', () => {
    fc.assert(
      fc.property(counts, (all) => {
        const code = huffmanOf(all);
        assert.ok(code.bits <= MOST_BITS);
        const table = decodingOf(code);
        assert.ok(table !== undefined);
        const codes = codesOf(code);
        all.forEach((count, value) => {
          const [bits, length] = [(codes[value] as number) & 0xffff, (codes[value] as number) >>> 16];
          assert.equal(length > 0, count > 0);
          if (count === 0) return;
          assert.equal(table[bits << (MOST_BITS - length)], (value << 8) | length);
        });
        const written = formatWeights(code);
        if (written === undefined) return;
        const cursor = new Cursor(written);
        assert.deepEqual(readWeights(cursor), code);
        assert.equal(cursor.remaining, 0);
      }),
      { numRuns: 300 },
    );
  });

  it('of counts that grow like Fibonacci numbers is cut to eleven bits at little cost', () => {
    const all = new Uint32Array(256);
    let [a, b] = [1, 1];
    for (let value = 0; value < 24; value++) {
      all[value] = a;
      [a, b] = [b, a + b];
    }
    const code = huffmanOf(all);
    assert.equal(code.bits, 11);
    assert.ok(decodingOf(code) !== undefined);
    assert.ok(huffmanLength(all, code) < 1.1 * entropyLength(all));
    all[200] = 1;
    assert.equal(huffmanLength(all, code), Number.POSITIVE_INFINITY);
  });

  it('is refused where its weights are none', () => {
    const read = (...bytes: number[]) => readWeights(new Cursor(Uint8Array.from(bytes)));
    assert.equal(read(128, 0x00), undefined);
    assert.equal(read(128, 0xf0), undefined);
    assert.equal(read(130, 0x33, 0x10), undefined);
    assert.equal(read(1, 0x00), undefined);
    assert.equal(read(2, 0x10, 0x00), undefined);
  });
});

describe('a frame of literals', () => {
  let wasm: Kernel;
  before(async () => {
    wasm = await loadWasmKernel();
  });

  const contents = (): [string, Uint8Array, number[]][] => {
    const { data, cuts } = planesOfWeights(wasm, 150_000);
    return [
      ['weights', data, cuts],
      ['nothing', new Uint8Array(0), []],
      ['a byte', Uint8Array.of(7), []],
      ['a run', new Uint8Array(300_000).fill(9), []],
      ['noise', randomBytes(200_000, 3), []],
      ['skewed bytes', skewed(300_000, 4), [100_000]],
      ['few values', skewed(70_000, 6).map((byte) => byte & 1), []],
      ['all lengths of sizes', skewed(65_791, 8), []],
    ];
  };

  it('is what libzstd and an independent decoder read, and both kernels write and read', async () => {
    for (const [name, data, cuts] of contents()) {
      const frame = writeLiteralFrame(data, cuts, wasm).slice();
      assert.deepEqual(writeLiteralFrame(data, cuts, scriptKernel).slice(), frame, name);
      assert.deepEqual(readLiteralFrame(frame, data.length, wasm)?.slice(), data, name);
      assert.deepEqual(readLiteralFrame(frame, data.length, scriptKernel)?.slice(), data, name);
      if (data.length > 0) assert.equal(same(await libzstd(frame), data), true, name);
      assert.deepEqual(await independent(frame, data.length), data, name);
    }
  });

  it('makes less of weights than zstd 1 does', async () => {
    const { data, cuts } = planesOfWeights(wasm, 150_000);
    const frame = writeLiteralFrame(data, cuts, wasm);
    assert.ok(frame.length < (await library.zstdCompress(data, 1)).length);
  });

  it('is not taken for one when it is another, of another size, cut or longer', async () => {
    const data = skewed(300_000, 4);
    const frame = writeLiteralFrame(data, [], wasm).slice();
    assert.equal(readLiteralFrame(frame, data.length - 1, wasm), undefined);
    assert.equal(readLiteralFrame(frame.subarray(0, -1), data.length, wasm), undefined);
    assert.equal(readLiteralFrame(concatBytes([frame, Uint8Array.of(0)]), data.length, wasm), undefined);
    // A thousand blocks of nothing before it.
    const empty = concatBytes([frame.subarray(0, 9), new Uint8Array(3 * 1024), frame.subarray(9)]);
    assert.equal(readLiteralFrame(empty, data.length, wasm), undefined);
    assert.notEqual(
      readLiteralFrame(concatBytes([frame.subarray(0, 9), new Uint8Array(3), frame.subarray(9)]), data.length, wasm),
      undefined,
    );
    const text = Buffer.from('all work and no play '.repeat(20_000));
    assert.equal(readLiteralFrame(await library.zstdCompress(text, 3), text.length, wasm), undefined);
  });

  it('gives what libzstd gives, or nothing, whatever bit of it is flipped', async () => {
    const data = skewed(600, 4);
    const frame = writeLiteralFrame(data, [], wasm).slice();
    assert.ok(frame.length < 560);
    for (let bit = 0; bit < 8 * frame.length; bit++) {
      const bent = frame.slice();
      bent[bit >> 3] = (bent[bit >> 3] as number) ^ (1 << (bit & 7));
      const read = readLiteralFrame(bent, data.length, wasm);
      assert.deepEqual(readLiteralFrame(bent, data.length, scriptKernel)?.slice(), read?.slice(), `bit ${bit}`);
      if (read !== undefined) assert.ok(same(await libzstd(bent), read), `bit ${bit}`);
    }
  });
});

describe('a small frame', () => {
  const texts = (): Uint8Array[] => {
    const source = new Uint8Array(readFileSync(new URL('../../ARCHITECTURE.md', import.meta.url))).subarray(0, 20_000);
    const mixed = concatBytes([source.subarray(0, 3000), randomBytes(2000, 1), source.subarray(1000, 9000)]);
    const small = [1, 2, 5, 17, 100, 255, 256, 1000].map((length) => source.subarray(0, length));
    return [source, mixed, skewed(5000, 2), new Uint8Array(3000), randomBytes(900, 4), ...small];
  };

  it('of any level gives what was compressed', async () => {
    for (const text of texts()) {
      for (const level of LEVELS) {
        const frame = await library.zstdCompress(text, level);
        assert.deepEqual(readSmallFrame(frame, text.length), new Uint8Array(text), `${text.length} at level ${level}`);
      }
    }
  });

  it('is left to the library when it is long, empty, or of another size', async () => {
    const text = new Uint8Array(2000).fill(65);
    const frame = await library.zstdCompress(text, 3);
    assert.equal(readSmallFrame(frame, 1999), undefined);
    assert.equal(readSmallFrame(frame, 0), undefined);
    assert.equal(readSmallFrame(frame, SMALL_FRAME + 1), undefined);
    assert.equal(readSmallFrame(frame.subarray(0, -1), 2000), undefined);
    const padded = concatBytes([frame.subarray(0, 6), new Uint8Array(3 * SMALL_FRAME), frame.subarray(6)]);
    assert.equal(readSmallFrame(padded, 2000), undefined);
  });

  it('gives what libzstd gives, or nothing, whatever bit of it is flipped', async () => {
    const [source] = texts() as [Uint8Array];
    for (const [text, level] of [
      [source.subarray(0, 900), 3],
      [source.subarray(300, 1500), 19],
      [skewed(700, 9), 1],
    ] as const) {
      const frame = await library.zstdCompress(text, level);
      for (let bit = 0; bit < 8 * frame.length; bit++) {
        const bent = frame.slice();
        bent[bit >> 3] = (bent[bit >> 3] as number) ^ (1 << (bit & 7));
        const read = readSmallFrame(bent, text.length);
        if (read === undefined || !states(bent, text.length)) continue;
        assert.ok(same(await libzstd(bent), read), `bit ${bit}, level ${level}`);
      }
    }
  });
});
