/** Both kernels against each other, and the modes against the words of docs/format/transforms.md in BigInt. */
import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import type { ElementWidth, Kernel, PlaneMode } from '../../src/engines.js';
import { chooseKernel, loadKernel, loadWasmKernel } from '../../src/transforms/load-kernel.js';
import { scriptKernel } from '../../src/transforms/script-kernel.js';
import { instantiateKernel } from '../../src/transforms/wasm-kernel.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';

const WIDTHS: readonly ElementWidth[] = [1, 2, 4, 8];
const MODES: readonly PlaneMode[] = ['split', 'rotate', 'difference', 'ordered'];
/** What a piece of the WebAssembly kernel holds. */
const PIECE = 131_072;

/** Bytes that carry, overflow and change sign. */
const edgeByte = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff), fc.nat(255));

function codeOf(x: bigint, y: bigint, width: number, mode: PlaneMode): bigint {
  const bits = BigInt(8 * width);
  const modulus = 1n << bits;
  const top = modulus >> 1n;
  const wrap = (v: bigint): bigint => ((v % modulus) + modulus) % modulus;
  const m = (v: bigint): bigint => ((v & top) === 0n ? v ^ top : v ^ (modulus - 1n));
  const zigzag = (d: bigint): bigint => (d < top ? 2n * d : -2n * (d - modulus) - 1n);
  if (mode === 'split') return x;
  if (mode === 'rotate') return wrap(2n * x) | (x >> (bits - 1n));
  return zigzag(mode === 'difference' ? wrap(x - y) : wrap(m(x) - m(y)));
}

function numberAt(bytes: Uint8Array, at: number, width: number): bigint {
  let value = 0n;
  for (let p = width - 1; p >= 0; p--) value = 256n * value + BigInt(bytes[at + p] as number);
  return value;
}

function merged(kernel: Kernel, planes: readonly Uint8Array[], mode: PlaneMode, base: Uint8Array): Uint8Array {
  const out = new Uint8Array(base.length);
  kernel.merge(planes, mode, out, base);
  return out;
}

/** Frequencies for every value there is, from a histogram and any noise. */
function someFrequencies(counts: Uint32Array, noise: readonly number[]): Uint16Array | undefined {
  const values = [...counts.keys()].filter((value) => counts[value] !== 0);
  if (values.length < 2) return undefined;
  const table = new Uint16Array(256);
  let left = 4096 - values.length;
  values.forEach((value, i) => {
    const extra = i === values.length - 1 ? left : Math.min(left, noise[i % noise.length] ?? 0);
    table[value] = 1 + extra;
    left -= extra;
  });
  return table;
}

describe('the kernels', () => {
  let wasm: Kernel;
  before(async () => {
    wasm = await loadWasmKernel();
  });

  it('are the WebAssembly one here, one for the process', async () => {
    const kernel = await loadKernel();
    assert.equal(kernel.name, 'wasm');
    assert.equal(await loadKernel(), kernel);
  });

  it('are the one in TypeScript where WebAssembly is missing or does not know SIMD', async () => {
    const without = async (): Promise<Kernel> => {
      throw new TypeError('WebAssembly is not defined');
    };
    assert.equal(await chooseKernel(without), scriptKernel);
    await assert.rejects(() => instantiateKernel(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 7)));
    const found = globalThis as { WebAssembly?: unknown };
    const kept = found.WebAssembly;
    try {
      found.WebAssembly = undefined;
      assert.equal(await chooseKernel(loadWasmKernel), scriptKernel);
    } finally {
      found.WebAssembly = kept;
    }
  });

  it('make the codes of the description and undo them, for every width, mode and size', () => {
    for (const width of WIDTHS) {
      for (const mode of MODES) {
        const sized = fc.constantFrom(0, 1, 2, 3, 15, 16, 17, 31, 33, 100).chain((count) => {
          const bytes = fc.uint8Array({ minLength: count * width, maxLength: count * width });
          const edges = fc
            .array(edgeByte, { minLength: count * width, maxLength: count * width })
            .map((all) => Uint8Array.from(all));
          return fc.tuple(fc.oneof(bytes, edges), fc.oneof(bytes, edges));
        });
        fc.assert(
          fc.property(sized, ([elements, base]) => {
            const planes = wasm.split(elements, width, mode, base);
            const same = scriptKernel.split(elements, width, mode, base);
            assert.deepEqual(same, planes);
            // `codecs/write-embed.ts` takes them as one.
            for (const [first, ...others] of [planes, same])
              for (const [i, plane] of others.entries()) {
                assert.equal(plane.buffer, first?.buffer);
                assert.equal(plane.byteOffset, (first?.byteOffset ?? 0) + (i + 1) * plane.length);
              }
            for (let i = 0; i < elements.length / width; i++) {
              const code = planes.reduceRight((sum, plane) => 256n * sum + BigInt(plane[i] as number), 0n);
              const [x, y] = [numberAt(elements, i * width, width), numberAt(base, i * width, width)];
              assert.equal(code, codeOf(x, y, width, mode));
            }
            assert.deepEqual(merged(wasm, planes, mode, base), elements);
            assert.deepEqual(merged(scriptKernel, planes, mode, base), elements);
          }),
          { numRuns: 30 },
        );
      }
    }
  });

  it('agree around the size of a piece', () => {
    for (const width of WIDTHS) {
      for (const count of [PIECE / width - 1, PIECE / width, PIECE / width + 1, (2 * PIECE) / width + 17]) {
        const elements = randomBytes(count * width, count);
        const base = randomBytes(count * width, count + 1);
        for (const mode of ['rotate', 'ordered'] as const) {
          const planes = wasm.split(elements, width, mode, base);
          const same = scriptKernel.split(elements, width, mode, base);
          planes.forEach((plane, p) => {
            assert.equal(Buffer.compare(plane, same[p] as Uint8Array), 0);
          });
          assert.equal(Buffer.compare(merged(wasm, planes, mode, base), elements), 0);
        }
      }
    }
  });

  it('count alike', () => {
    for (const length of [0, 1, 3, 7, 8, 9, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5]) {
      const bytes = randomBytes(length, length);
      assert.deepEqual(wasm.histogram(bytes), scriptKernel.histogram(bytes));
    }
    assert.equal(wasm.histogram(new Uint8Array(300_000).fill(7))[7], 300_000);
  });

  it('code a block to the same words, and decode each other', () => {
    const lengths = fc.oneof(fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9), fc.integer({ min: 1, max: 3000 }));
    const block = fc
      .tuple(lengths, fc.integer({ min: 0, max: 255 }), fc.nat(255), fc.nat())
      .map(([length, mask, offset, seed]) => randomBytes(length, seed).map((byte) => (byte & mask) ^ offset));
    const noise = fc.array(fc.oneof(fc.nat(4000), fc.nat(20)), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(block, noise, (bytes, extra) => {
        const frequencies = someFrequencies(scriptKernel.histogram(bytes), extra);
        if (frequencies === undefined) return;
        const code = wasm.encodeBlock(bytes, frequencies);
        assert.deepEqual(scriptKernel.encodeBlock(bytes, frequencies), code);
        for (const kernel of [wasm, scriptKernel]) {
          const out = new Uint8Array(bytes.length);
          assert.ok(kernel.decodeBlock(code, frequencies, out));
          assert.deepEqual(out, bytes);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('divide exactly at every frequency', () => {
    // Two values, of every pair of frequencies, over states of all sizes.
    for (let frequency = 1; frequency < 4096; frequency += frequency < 20 || frequency > 4070 ? 1 : 37) {
      const frequencies = new Uint16Array(256);
      frequencies[3] = frequency;
      frequencies[200] = 4096 - frequency;
      const block = randomBytes(801, frequency).map((byte) => (byte & 1 ? 3 : 200));
      const code = wasm.encodeBlock(block, frequencies);
      assert.deepEqual(scriptKernel.encodeBlock(block, frequencies), code);
      const out = new Uint8Array(801);
      assert.ok(wasm.decodeBlock(code, frequencies, out));
      assert.deepEqual(out, block);
    }
  });

  it('judge damaged codes alike, and never give other bytes for a right one', () => {
    const block = normalFloats(500, 3).map((byte) => byte & 15);
    const frequencies = someFrequencies(scriptKernel.histogram(block), [200]) as Uint16Array;
    const code = wasm.encodeBlock(block, frequencies);
    const damaged = fc.oneof(
      fc
        .tuple(fc.nat(code.length - 1), fc.nat(7))
        .map(([at, bit]) => code.map((b, i) => (i === at ? b ^ (1 << bit) : b))),
      fc.integer({ min: 8, max: code.length / 2 }).map((words) => code.slice(0, 2 * words)),
      fc.uint8Array({ maxLength: 40 }).map((more) => Uint8Array.from([...code, ...more, ...more])),
      fc.nat(100).map((words) => randomBytes(16 + 2 * words, words)),
    );
    fc.assert(
      fc.property(damaged, fc.constantFrom(block.length, block.length - 1, block.length + 1, 0, 1), (bytes, length) => {
        const [one, other] = [new Uint8Array(length), new Uint8Array(length)];
        const verdict = wasm.decodeBlock(bytes, frequencies, one);
        assert.equal(scriptKernel.decodeBlock(bytes, frequencies, other), verdict);
        if (verdict) assert.deepEqual(one, other);
      }),
      { numRuns: 500 },
    );
    assert.ok(!wasm.decodeBlock(code, frequencies, new Uint8Array(block.length - 1)));
    assert.ok(!wasm.decodeBlock(code.subarray(0, -2), frequencies, new Uint8Array(block.length)));
  });

  it('notice a changed table between two blocks', () => {
    const block = Uint8Array.of(1, 2, 1, 1, 2);
    const first = new Uint16Array(256);
    first[1] = 3000;
    first[2] = 1096;
    const second = new Uint16Array(256);
    second[1] = 100;
    second[2] = 3996;
    for (const frequencies of [first, second, first, second]) {
      const code = wasm.encodeBlock(block, frequencies);
      assert.deepEqual(code, scriptKernel.encodeBlock(block, frequencies));
      const out = new Uint8Array(5);
      assert.ok(wasm.decodeBlock(code, frequencies, out));
      assert.deepEqual(out, block);
    }
  });

  it('sum up as RFC 1950 and zlib do', () => {
    assert.equal(wasm.adler32(Buffer.from('Wikipedia'), 1), 0x11e60398);
    for (const length of [0, 1, 15, 16, 17, 5535, 5536, 5537, 5552, 5553, PIECE - 1, PIECE, PIECE + 1, 300_000]) {
      for (const bytes of [new Uint8Array(length).fill(255), randomBytes(length, length)]) {
        const sum = wasm.adler32(bytes, 1);
        assert.equal(sum, deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4), `${length}`);
        assert.equal(scriptKernel.adler32(bytes, 1), sum);
        assert.equal(wasm.adler32(bytes, 0xfff0fff0), scriptKernel.adler32(bytes, 0xfff0fff0));
      }
    }
  });

  it('find the same repeats', () => {
    const noise = randomBytes(2000, 1);
    const twice = Uint8Array.from([...noise, ...noise]);
    assert.deepEqual(wasm.repeats(noise), { count: 0, bytes: 0 });
    assert.deepEqual(wasm.repeats(twice), { count: 1, bytes: 2000 });
    assert.deepEqual(wasm.repeats(new Uint8Array(100)), { count: 1, bytes: 99 });
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 400 }), (values) => {
        assert.deepEqual(wasm.repeats(Uint8Array.from(values)), scriptKernel.repeats(Uint8Array.from(values)));
      }),
    );
  });

  it('refuse streams of Huffman codes that are none, alike', () => {
    const decoding = new Uint16Array(2048).map((_, i) => (((i >> 10) + 65) << 8) | 1);
    for (const kernel of [wasm, scriptKernel]) {
      const out = new Uint8Array(16);
      const whole = kernel.encodeHuffman(new Uint8Array(16).fill(66), new Uint32Array(256).fill(1 | (1 << 16)));
      assert.ok(kernel.decodeHuffman(whole, decoding, out));
      assert.deepEqual(out, new Uint8Array(16).fill(66));
      for (const code of [
        whole.subarray(0, 9),
        whole.with(6, 0),
        whole.with(whole.length - 1, 0),
        whole.with(0, 0),
        whole.with(0, 200),
        whole.with(6, 0xff),
        Uint8Array.from([...whole, 1]),
      ]) {
        assert.equal(kernel.decodeHuffman(code, decoding, out), false);
      }
    }
  });
});
