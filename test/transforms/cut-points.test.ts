/** Cutting by content: bounds, both kernels alike, and cuts that stay where they were when bytes are put in front. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import type { CutSizes, Kernel } from '../../src/engines.js';
import { gearTable } from '../../src/transforms/cut-points.js';
import { loadWasmKernel } from '../../src/transforms/load-kernel.js';
import { scriptKernel } from '../../src/transforms/script-kernel.js';
import { randomBytes } from '../helpers/random-bytes.js';

const SMALL: CutSizes = { least: 64, average: 256, most: 1024 };
const USUAL: CutSizes = { least: 16_384, average: 65_536, most: 262_144 };

describe('cutting by content', () => {
  let wasm: Kernel;
  before(async () => {
    wasm = await loadWasmKernel();
  });

  const data = fc
    .tuple(fc.nat(9000), fc.constantFrom(255, 1, 0), fc.nat())
    .map(([length, mask, seed]) => randomBytes(length, seed).map((byte) => byte & mask));
  const sizes = fc
    .tuple(fc.integer({ min: 7, max: 12 }), fc.nat(), fc.integer({ min: 1, max: 5000 }))
    .map(([bits, least, more]): CutSizes => {
      const average = 2 ** bits;
      return { least: 64 + (least % (average - 64)), average, most: average + more };
    });

  it('keeps lengths within bounds, covers the data, and both kernels agree', () => {
    fc.assert(
      fc.property(data, sizes, (bytes, chosen) => {
        const cuts = wasm.cutPoints(bytes, chosen);
        assert.deepEqual(scriptKernel.cutPoints(bytes, chosen), cuts);
        const lengths = cuts.map((cut, i) => cut - (cuts[i - 1] ?? 0));
        assert.ok(
          lengths.every((length, i) => length <= chosen.most && (i === cuts.length - 1 || length >= chosen.least)),
        );
        assert.equal(cuts.at(-1) ?? 0, bytes.length);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees on data of many pieces of memory', () => {
    const bytes = randomBytes(1_500_000, 4);
    const cuts = wasm.cutPoints(bytes, USUAL);
    assert.deepEqual(scriptKernel.cutPoints(bytes, USUAL), cuts);
    assert.ok(cuts.length > 12 && cuts.length < 40, `${cuts.length} pieces`);
    const large = { least: 300_000, average: 524_288, most: 700_000 };
    assert.deepEqual(scriptKernel.cutPoints(bytes, large), wasm.cutPoints(bytes, large));
  });

  it('changes no cut but the last when more data follows', () => {
    const bytes = randomBytes(20_000, 5);
    const all = wasm.cutPoints(bytes, SMALL);
    for (const length of [0, 1, 63, 64, 65, 1023, 1024, 5000, 19_999]) {
      const cuts = wasm.cutPoints(bytes.subarray(0, length), SMALL).slice(0, -1);
      assert.deepEqual(cuts, all.slice(0, cuts.length));
    }
  });

  it('finds its cuts again behind an insertion', () => {
    const bytes = randomBytes(100_000, 6);
    const shift = 37;
    const moved = concatBytes([randomBytes(shift, 7), bytes]);
    const before = new Set(wasm.cutPoints(bytes, SMALL));
    const after = wasm.cutPoints(moved, SMALL).map((cut) => cut - shift);
    const lost = after.filter((cut) => !before.has(cut));
    assert.ok(lost.length < 12, `${lost.length} of ${after.length} cuts moved`);
  });

  it('has the table and the cuts of the description', () => {
    const table = gearTable();
    const words = [0, 1, 2, 3, 255].map((value) => table[value]?.toString(16));
    assert.deepEqual(words, ['64625032', 'd9c0799c', 'af362e10', '7fa88912', '51a665a7']);
    // Computed by a program in another language from the description alone.
    const bytes = Uint8Array.from({ length: 6000 }, (_, i) => (i * i * i + (i >> 2) * 7) / 16);
    assert.deepEqual(
      wasm.cutPoints(bytes, SMALL),
      [308, 842, 1111, 1410, 1774, 2303, 2580, 2850, 3144, 3536, 3831, 4220, 4482, 4885, 5156, 5433, 5667, 6000],
    );
  });

  it('refuses sizes that make no sense', () => {
    for (const wrong of [
      { ...SMALL, least: 63 },
      { ...SMALL, least: 256 },
      { ...SMALL, most: 256 },
      { ...SMALL, average: 255 },
      { ...SMALL, least: 64.5 },
      { least: 64, average: 2 ** 27, most: 2 ** 28 },
    ]) {
      for (const kernel of [wasm, scriptKernel]) {
        assert.throws(() => kernel.cutPoints(new Uint8Array(1), wrong), RangeError);
      }
    }
  });
});
