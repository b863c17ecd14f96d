/** In which form a segment is kept: whatever is smallest, and only what gives the same bytes back. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { chooseForm } from '../../src/packing/choose-form.js';
import { type ElementHint, elementsOf, guessElements } from '../../src/packing/elements.js';
import { encodeSegment, openSegment } from '../../src/packing/segment.js';
import { LEVELS } from '../../src/transforms/level.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';

const engines = await createNativeEngines();
const FLOAT: ElementHint = { width: 4, kind: 'float', byteOrder: 'little', head: 0 };

/** Every weight a little off, as after another step of training. */
function nudged(data: Uint8Array, by: number): Uint8Array {
  const out = new Uint8Array(data);
  const view = new DataView(out.buffer);
  for (let i = 0; i + 4 <= out.length; i += 4) view.setFloat32(i, view.getFloat32(i, true) * (1 + by * (i % 7)), true);
  return out;
}

describe('the form of a segment', () => {
  const all = normalFloats(65_536, 1);

  for (const level of LEVELS) {
    // What is slow by design shows the same on less.
    const weights = level === 'max' ? all.subarray(0, 65_536) : all;

    it(`is planes for weights at ${level}, within half a percent of what their planes' entropy allows`, async () => {
      const { transform, payload } = await chooseForm(weights, level, engines, { elements: FLOAT });
      assert.equal(transform, 'planes');
      const kernel = await engines.kernel();
      const bound = kernel
        .split(weights, 4, 'rotate')
        .reduce((sum, plane) => sum + entropyBytes(kernel.histogram(plane)), 0);
      assert.ok(payload.bytes.length <= bound * 1.005 + 1024, `${payload.bytes.length} bytes, bound ${bound}`);
    });

    it(`is a difference at ${level} where the base is near, and planes where it is not`, async () => {
      const near = await chooseForm(nudged(weights, 1e-5), level, engines, { elements: FLOAT, base: weights });
      assert.equal(near.transform, 'delta');
      assert.ok(near.payload.bytes.length < weights.length / 1.5, `${near.payload.bytes.length}`);
      const far = await chooseForm(normalFloats(weights.length / 4, 2), level, engines, {
        elements: FLOAT,
        base: weights,
      });
      assert.equal(far.transform, 'planes');
    });

    it(`is the data itself for noise, and a backend's payload for text, at ${level}`, async () => {
      const noise = await chooseForm(randomBytes(100_000, 3), level, engines);
      assert.deepEqual([noise.transform, noise.payload.backend], [undefined, 'stored']);
      const text = new TextEncoder().encode('one line of a log that repeats itself\n'.repeat(4000));
      const words = await chooseForm(text, level, engines);
      assert.equal(words.transform, undefined);
      assert.ok(words.payload.bytes.length < text.length / 50);
    });
  }

  it('is what openSegment gives back, whatever the data, the hint and the base', async () => {
    const hint = fc.record({
      width: fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const),
      kind: fc.constantFrom('float' as const, 'integer' as const),
      byteOrder: fc.constantFrom('little' as const, 'big' as const),
      head: fc.nat({ max: 9 }),
    });
    const input = fc
      .record({ length: fc.integer({ min: 9, max: 6000 }), seed: fc.nat(), kind: fc.nat({ max: 3 }) })
      .map(({ length, seed, kind }) => {
        if (kind === 0) return randomBytes(length, seed);
        if (kind === 1) return normalFloats(Math.ceil(length / 4), seed).slice(0, length);
        return new Uint8Array(length).map((_, i) => (kind === 2 ? i % 3 : (i * seed) >> 8));
      });
    await fc.assert(
      fc.asyncProperty(
        input,
        fc.option(hint, { nil: undefined }),
        fc.boolean(),
        fc.constantFrom('fast' as const, 'balanced' as const),
        async (data, elements, withBase, level) => {
          const base = withBase ? data.map((byte, i) => (i % 5 === 0 ? byte + 1 : byte)) : undefined;
          const encoded = await encodeSegment(data, level, engines, { elements, base });
          const { container, transform } = encoded;
          const expected = {
            object: encoded.object,
            sha256: encoded.original,
            size: data.length,
            stored: container.length,
            ...(transform === undefined ? {} : { transform }),
          };
          const back = await openSegment(container, expected, engines, transform === 'delta' ? base : undefined);
          assert.deepEqual(back, data);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('cannot be mistaken for another, nor opened without its base or with a wrong one', async () => {
    const changed = nudged(all, 1e-5);
    const encoded = await encodeSegment(changed, 'fast', engines, { elements: FLOAT, base: all });
    const expected = {
      object: encoded.object,
      sha256: encoded.original,
      size: changed.length,
      stored: encoded.container.length,
    };
    const open = (transform: 'planes' | 'delta' | undefined, base?: Uint8Array) =>
      openSegment(encoded.container, { ...expected, ...(transform === undefined ? {} : { transform }) }, engines, base);
    assert.deepEqual(await open('delta', all), changed);
    await throwsCode(() => open(undefined), 'object/content-mismatch');
    await throwsCode(() => open('planes'), 'transform/malformed');
    await throwsCode(() => open('delta'), 'transform/malformed');
    await throwsCode(() => open('delta', all.subarray(1)), 'transform/malformed');
    await throwsCode(() => open('delta', normalFloats(65_536, 9)), 'object/content-mismatch');
  });

  it('never opens to other bytes where the container says something else than the manifest', async () => {
    const encoded = await encodeSegment(all, 'fast', engines, { elements: FLOAT });
    for (let at = 0; at < encoded.container.length; at += 997) {
      const container = encoded.container.slice();
      container[at] = (container[at] as number) ^ 1;
      // As its own name says: all that is left is what it holds.
      const expected = {
        object: (await encodeSegmentName(container)) as typeof encoded.object,
        sha256: encoded.original,
        size: all.length,
        stored: container.length,
        transform: 'planes' as const,
      };
      try {
        assert.deepEqual(await openSegment(container, expected, engines), all);
      } catch (error) {
        assert.ok(error instanceof At1Error, String(error));
      }
    }
  });
});

describe('what the numbers of a piece are', () => {
  it('is told by the type of a tensor', () => {
    const piece = { offset: 0, length: 64, byteOrder: 'little' as const };
    assert.deepEqual(elementsOf({ ...piece, dtype: 'BF16', width: 2, lead: 3 }), {
      width: 2,
      kind: 'float',
      byteOrder: 'little',
      head: 3,
    });
    assert.equal(elementsOf({ ...piece, dtype: 'I64', width: 8 })?.kind, 'integer');
    assert.equal(elementsOf({ ...piece, dtype: 'F8_E4M3', width: 1 })?.kind, 'integer');
    assert.deepEqual(elementsOf({ ...piece, dtype: 'C128', width: 16 })?.width, 8);
    assert.equal(elementsOf({ ...piece, dtype: 'Q4_0', width: 18 }), undefined);
    assert.equal(elementsOf(piece), undefined);
  });

  it('is guessed from raw weights, wherever they begin', () => {
    const weights = normalFloats(40_000, 5);
    for (const head of [0, 1, 2, 3]) {
      const shifted = new Uint8Array(weights.length + head);
      shifted.set(weights, head);
      assert.deepEqual(guessElements(shifted), { ...FLOAT, head }, `${head}`);
    }
    const bf16 = new Uint8Array(weights.length / 2).map((_, i) => weights[(i >> 1) * 4 + 2 + (i % 2)] as number);
    assert.equal(guessElements(bf16)?.width, 2);
  });

  it('is not seen in noise, text or little data', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},name-${(i * 7919) % 1009},${i / 8}\n`).join('');
    assert.equal(guessElements(randomBytes(70_000, 1)), undefined);
    assert.equal(guessElements(new TextEncoder().encode(rows)), undefined);
    assert.equal(guessElements(normalFloats(100, 1)), undefined);
  });
});

async function encodeSegmentName(container: Uint8Array): Promise<string> {
  return Buffer.from(engines.sha256(container)).toString('hex');
}

function entropyBytes(counts: Uint32Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((bits, count) => bits - (count === 0 ? 0 : count * Math.log2(count / total)), 0) / 8;
}
