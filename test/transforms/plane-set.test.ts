/** Plane sets: round trips of every shape, the written example, sizes against the entropy, and what is refused. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { fromHex } from '../../src/bytes/text.js';
import { concatBytes, encodeVarint } from '../../src/bytes/writer.js';
import type { ElementWidth, Engines, PlaneMode } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createPortableEngines } from '../../src/portable/engines.js';
import { formatTable, frequenciesOf } from '../../src/transforms/frequencies.js';
import { type PlaneShape, readPlaneSet, writePlaneSet } from '../../src/transforms/plane-set.js';
import { scriptKernel } from '../../src/transforms/script-kernel.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';

const ROTATED = (elements: number, head = 0): PlaneShape => ({ mode: 'rotate', width: 4, head, elements });
const EFFORTS = ['fast', 'balanced', 'max'] as const;
const CODERS = ['stored', 'rans', 'zstd'] as const;

/** The coder of each plane of a set without bytes before and after. */
function codersOf(set: Uint8Array): string[] {
  const varintAt = (at: number): [number, number] => {
    let value = 0;
    let next = at;
    for (let shift = 0; ; shift += 7) {
      const byte = set[next++] as number;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return [value, next];
    }
  };
  let at = 3;
  for (let i = 0; i < 3; i++) at = varintAt(at)[1];
  const coders: string[] = [];
  while (at < set.length) {
    coders.push(CODERS[set[at] as number] as string);
    const [length, next] = varintAt(at + 1);
    at = next + length;
  }
  return coders;
}

describe('a plane set', () => {
  let native: Engines;
  let portable: Engines;
  let script: Engines;
  before(async () => {
    native = await createNativeEngines();
    portable = await createPortableEngines();
    script = { ...native, kernel: async () => scriptKernel };
  });

  const shaped = fc
    .record({
      mode: fc.constantFrom<PlaneMode>('split', 'rotate', 'difference', 'ordered'),
      width: fc.constantFrom<ElementWidth>(1, 2, 4, 8),
      head: fc.constantFrom(0, 1, 9),
      tail: fc.constantFrom(0, 1, 7),
      elements: fc.oneof(fc.constantFrom(0, 1, 3), fc.nat(400)),
      seed: fc.nat(),
      mask: fc.constantFrom(0, 1, 15, 255),
    })
    .map(({ seed, mask, tail, ...shape }) => {
      const size = shape.head + shape.width * shape.elements + tail;
      const segment = randomBytes(size, seed).map((byte, i) => (i % 3 === 0 ? byte : byte & mask));
      const base = segment.map((byte, i) => (i % 50 === seed % 50 ? byte ^ 1 : byte));
      return { segment, shape, base: shape.mode === 'split' || shape.mode === 'rotate' ? undefined : base };
    });

  it('gives the segment back, whatever its shape and the effort, with every kernel and engine', async () => {
    await fc.assert(
      fc.asyncProperty(shaped, fc.constantFrom(...EFFORTS), async ({ segment, shape, base }, effort) => {
        const set = await writePlaneSet(segment, shape, base, native, { effort });
        assert.ok(set.length <= segment.length + 14 + 8 * 5);
        assert.deepEqual(await writePlaneSet(segment, shape, base, script, { effort }), set);
        for (const engines of [native, portable, script]) {
          const read = await readPlaneSet(set, segment.length, base, engines);
          assert.equal(Buffer.compare(read, segment), 0);
        }
      }),
      { numRuns: 60 },
    );
    for (const elements of [65_535, 65_536, 65_537, 140_000]) {
      const segment = concatBytes([normalFloats(elements, elements), Uint8Array.of(1)]);
      const set = await writePlaneSet(segment, ROTATED(elements), undefined, native, { effort: 'fast' });
      assert.deepEqual(await writePlaneSet(segment, ROTATED(elements), undefined, script, { effort: 'fast' }), set);
      for (const engines of [native, script]) {
        const read = await readPlaneSet(set, segment.length, undefined, engines);
        assert.equal(Buffer.compare(read, segment), 0);
      }
    }
  });

  it('is as the description says, byte for byte', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/format/transforms.md'), 'utf8');
    const blocks = [...page.matchAll(/<!-- example (\w+) -->\n+```\n([^`]*)```/g)].map(([, name, text]) => {
      return [name, fromHex((text as string).replace(/\s/g, '').toLowerCase())] as const;
    });
    const example = Object.fromEntries(blocks) as Record<'segment' | 'planes' | 'base' | 'delta', Uint8Array>;
    const { segment, planes, base, delta } = example;
    for (const engines of [native, portable, script]) {
      assert.deepEqual(await readPlaneSet(planes, segment.length, undefined, engines), segment);
      assert.deepEqual(await readPlaneSet(delta, segment.length, base, engines), segment);
    }
    // So short a block is smaller stored: the encoder is asked for its code alone.
    const exponents = scriptKernel.split(segment.subarray(2, 98), 2, 'rotate')[1] as Uint8Array;
    const frequencies = frequenciesOf(scriptKernel.histogram(exponents));
    const code = scriptKernel.encodeBlock(exponents, frequencies);
    const block = concatBytes([Uint8Array.of(1), formatTable(frequencies), Uint8Array.of(4), code]);
    assert.deepEqual(planes.subarray(-block.length), block);
  });

  it('of floats is as small as the entropy of its planes allows, at every effort', async () => {
    const floats = normalFloats(400_000, 9);
    const planes = scriptKernel.split(floats, 4, 'rotate');
    const entropy = planes.reduce((sum, plane) => {
      const counts = scriptKernel.histogram(plane);
      return sum + counts.reduce((bits, n) => (n === 0 ? bits : bits + n * Math.log2(plane.length / n)), 0) / 8;
    }, 0);
    for (const effort of ['fast', 'balanced'] as const) {
      const set = await writePlaneSet(floats, ROTATED(400_000), undefined, native, { effort });
      assert.ok(set.length < entropy * 1.005, `${effort}: ${set.length} bytes, entropy ${Math.round(entropy)}`);
    }
  });

  it('takes zstd where bytes repeat, and only there when in haste', async () => {
    const noise = randomBytes(40_000, 3);
    const repeating = concatBytes([noise, noise, noise, noise, noise]);
    let compressed = 0;
    const listening: Engines = {
      ...native,
      zstdCompress: (data, level) => {
        compressed = Math.max(compressed, data.length);
        return native.zstdCompress(data, level);
      },
    };
    const bytes: PlaneShape = { mode: 'split', width: 1, head: 0, elements: repeating.length };
    assert.deepEqual(codersOf(await writePlaneSet(repeating, bytes, undefined, native, { effort: 'max' })), ['zstd']);
    const text = new TextEncoder().encode('weights of the second layer, '.repeat(7000)).subarray(0, 200_000);
    assert.deepEqual(codersOf(await writePlaneSet(text, bytes, undefined, listening, { effort: 'fast' })), ['zstd']);
    assert.equal(compressed, 200_000);
    compressed = 0;
    const floats = normalFloats(200_000, 4);
    const set = await writePlaneSet(floats, ROTATED(200_000), undefined, listening, { effort: 'fast' });
    assert.deepEqual(codersOf(set), ['stored', 'stored', 'stored', 'rans']);
    assert.ok(compressed < 70_000);
    const zeros = await writePlaneSet(new Uint8Array(800_000), ROTATED(200_000), undefined, native, {});
    assert.ok(zeros.length < 150);
  });

  it('of a slightly changed segment is a fraction of it', async () => {
    const base = normalFloats(100_000, 6);
    const view = new DataView(base.slice().buffer);
    for (let i = 0; i < 100_000; i += 3) view.setFloat32(4 * i, view.getFloat32(4 * i, true) * 1.0001, true);
    const segment = new Uint8Array(view.buffer);
    const shape: PlaneShape = { ...ROTATED(100_000), mode: 'ordered' };
    const set = await writePlaneSet(segment, shape, base, native);
    assert.ok(set.length < segment.length / 4, `${set.length}`);
    assert.equal(Buffer.compare(await readPlaneSet(set, segment.length, base, native), segment), 0);
  });

  it('is not made of shapes that do not fit', async () => {
    const segment = new Uint8Array(100);
    for (const [shape, base] of [
      [ROTATED(26), undefined],
      [ROTATED(25, 1), undefined],
      [ROTATED(-1), undefined],
      [ROTATED(1.5), undefined],
      [ROTATED(1, -1), undefined],
      [ROTATED(25), segment],
      [{ ...ROTATED(25), mode: 'ordered' as const }, undefined],
      [{ ...ROTATED(25), mode: 'ordered' as const }, new Uint8Array(99)],
    ] as const) {
      await assert.rejects(() => writePlaneSet(segment, shape, base, native), RangeError);
    }
    const large = new Uint8Array(16 * 1024 * 1024 + 1);
    await assert.rejects(() => writePlaneSet(large, ROTATED(0), undefined, native), RangeError);
  });
});

describe('a plane set is refused', () => {
  let native: Engines;
  before(async () => {
    native = await createNativeEngines();
  });

  const refuses = (bytes: Uint8Array | readonly number[], size: number, base?: Uint8Array) =>
    throwsCode(() => readPlaneSet(Uint8Array.from(bytes), size, base, native), 'transform/malformed');
  const accepts = (bytes: readonly number[], size: number, base?: Uint8Array) =>
    readPlaneSet(Uint8Array.from(bytes), size, base, native);
  /** Width 1, no bytes before and after, one plane. */
  const plane = (coder: number, n: number, payload: readonly number[]): number[] => [
    ...[1, 0, 1, 0, ...encodeVarint(n), 0],
    ...[coder, ...encodeVarint(payload.length), ...payload],
  ];

  it('for any field out of its range', async () => {
    const good = [1, 0, 2, 1, 2, 1, 77, 99, 0, 2, 1, 2, 0, 2, 3, 4];
    assert.deepEqual([...(await accepts(good, 6))], [77, 1, 3, 2, 4, 99]);
    for (const [at, values] of [
      [0, [0, 2, 255]],
      [1, [2, 3, 4, 255]],
      [2, [0, 1, 3, 4, 5, 8, 16, 255]],
      [3, [0, 2, 127]],
      [4, [0, 1, 3, 127]],
      [5, [0, 2, 127]],
      [8, [1, 2, 3, 255]],
      [9, [1, 3, 127]],
      [12, [3]],
      [13, [1, 3, 127]],
    ] as const) {
      for (const value of values) await refuses(good.with(at, value), 6);
    }
    for (let length = 0; length < good.length; length++) await refuses(good.slice(0, length), 6);
    await refuses([...good, 0], 6);
    for (const size of [0, 5, 7]) await refuses(good, size);
    // A padded varint.
    await refuses([1, 0, 2, 0x81, 0, 2, 1, 77, 99, 0, 2, 1, 2, 0, 2, 3, 4], 6);
    await refuses([1, 0, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 2, 1], 6);
    await refuses([1, 0, 8, 0, 255, 255, 255, 255, 15, 0], 6);
  });

  it('for a base where none is needed, and none where one is', async () => {
    const base = new Uint8Array(1);
    for (const mode of [2, 3]) {
      const delta = [1, mode, 1, 0, 1, 0, 0, 1, 0];
      assert.deepEqual([...(await accepts(delta, 1, base))], [0]);
      await refuses(delta, 1);
      await refuses(delta, 1, new Uint8Array(2));
    }
    for (const mode of [0, 1]) await refuses([1, mode, 1, 0, 1, 0, 0, 1, 0], 1, base);
  });

  it('over its limits, before anything is allocated', async () => {
    const size = 16 * 1024 * 1024;
    await refuses(new Uint8Array(100), size + 1);
    await refuses(new Uint8Array(size + 64 * 1024 + 1), size);
  });

  it('for blocks that are not what they should be', async () => {
    assert.deepEqual([...(await accepts(plane(1, 3, [2, 7]), 3))], [7, 7, 7]);
    assert.deepEqual([...(await accepts(plane(1, 3, [0, 7, 8, 9]), 3))], [7, 8, 9]);
    assert.deepEqual([...(await accepts(plane(1, 0, []), 0))], []);
    const states = [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0];
    for (const payload of [[], [0, 7, 8], [2], [4, 7, 8, 9], [2, 7, 2, 7], [2, 7, 0], [3, 0, ...states]]) {
      await refuses(plane(1, 3, payload), 3);
    }
    await refuses(plane(1, 0, [2, 7]), 0);
    await refuses(plane(1, 65_537, [2, 7]), 65_537);
    assert.equal((await accepts(plane(1, 65_537, [2, 7, 2, 8]), 65_537))[65_536], 8);
  });

  it('for tables that do not sum up, and codes that do not come out even', async () => {
    const block = Uint8Array.of(1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1);
    const frequencies = frequenciesOf(scriptKernel.histogram(block));
    const table = [...formatTable(frequencies)];
    const code = scriptKernel.encodeBlock(block, frequencies);
    const words = (code.length - 16) / 2;
    const of = (kind: number, tab: readonly number[], count: number, bytes: Uint8Array | readonly number[]) =>
      plane(1, block.length, [kind, ...tab, ...encodeVarint(count), ...bytes]);
    assert.deepEqual(await accepts(of(1, table, words, code), block.length), block);
    const wrongTables = [
      // 4,096 alone; nothing; a run of zeros beyond the last value; sums of 4,095 and 4,097; padded; three bytes.
      [0, 0, 0x80, 32, 0, 253],
      [0, 255, 1],
      [0, 254, 1, 1],
      [0, 0, 0xff, 31, 0, 253],
      [0, 0, 0xff, 31, 2, 0, 252],
      [0, 0, 0xff, 31, 0x81, 0, 0, 252],
      [0, 0, 0xff, 0x9f, 0, 1, 0, 252],
    ];
    for (const wrong of wrongTables) await refuses(of(1, wrong, words, code), block.length);
    await refuses(of(1, table, words + 1, [...code, 0, 0]), block.length);
    await refuses(of(1, table, 12, [...code.subarray(0, 16), ...new Uint8Array(24)]), block.length);
    await refuses(of(3, [], words, code), block.length);
    for (let at = 0; at < code.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = code.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        const set = Uint8Array.from(of(1, table, words, flipped));
        try {
          // What does come out even are other bytes, which the digest of the segment refuses.
          assert.equal((await readPlaneSet(set, block.length, undefined, native)).length, block.length);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'transform/malformed');
        }
      }
    }
  });

  it('of full size within a second, however many tables and blocks it has', async () => {
    const size = 16 * 1024 * 1024;
    const table = [...formatTable(frequenciesOf(new Uint32Array(256).fill(1)))];
    const states = [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0];
    const words = [...encodeVarint(65_536), ...states];
    const block = concatBytes([Uint8Array.from([1, ...table, ...words]), randomBytes(131_072, 1)]);
    const runs = new Array(255).fill([2, 7]).flat();
    // Four of them.
    await within(4_000, async () => {
      await refuses(plane(1, size, runs), size);
      await refuses(
        concatBytes([Uint8Array.from(plane(1, size, []).slice(0, -1)), encodeVarint(size), new Uint8Array(size)]),
        size,
      );
      await refuses(plane(1, size, [...runs, ...block.subarray(0, 70_000)]), size);
      await refuses(plane(1, size, [1, ...table, 0]), size);
    });
  });

  it('for zstd frames of another size, damaged, or two of them', async () => {
    const data = new Uint8Array(500).fill(3);
    const frame = await native.zstdCompress(data, 3);
    assert.deepEqual(await accepts(plane(2, 500, [...frame]), 500), data);
    await refuses(plane(2, 499, [...frame]), 499);
    await refuses(plane(2, 501, [...frame]), 501);
    await refuses(plane(2, 500, [...frame.subarray(0, -1)]), 500);
    await refuses(plane(2, 500, [...frame, ...frame]), 500);
    await refuses(plane(2, 500, []), 500);
    const missing: Engines = {
      ...native,
      zstdDecompress: async () => {
        throw new TypeError('broken');
      },
    };
    const set = Uint8Array.from(plane(2, 500, [...frame]));
    await assert.rejects(() => readPlaneSet(set, 500, undefined, missing), TypeError);
  });
});
