import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import { readEmbed } from '../../src/codecs/read-embed.js';
import { writeEmbed } from '../../src/codecs/write-embed.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { throwsCode } from '../helpers/throws-code.js';
import { lp, type Part, streamsOf, uv } from './make-streams.js';

const engines = await createNativeEngines();
const kernel = await engines.kernel();
const decode = (meta: Part, data: Part, limit = 1000): Promise<Uint8Array> =>
  readEmbed(streamsOf({ meta, data }), limit, engines);

describe('codec embed', () => {
  it('gives back any header and elements of any width, with the planes where it says', async () => {
    const any = fc.record({
      header: fc.uint8Array({ maxLength: 300 }),
      width: fc.integer({ min: 1, max: 32 }),
      count: fc.integer({ min: 0, max: 40 }),
      seed: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    });
    await fc.assert(
      fc.asyncProperty(any, async ({ header, width, count, seed }) => {
        const elements = new Uint8Array(width * count).map((_, i) => ((seed[i % seed.length] as number) + i) & 255);
        const encoded = writeEmbed(header, elements, width) ?? assert.fail('not encoded');
        assert.deepEqual(writeEmbed(header, elements, width, kernel), encoded);
        const streams = new Map(encoded.map(({ name, data }) => [name, data]));
        const output = concatBytes([header, elements]);
        assert.deepEqual(await readEmbed(streams, output.length, engines), output);
        if (output.length > 0)
          await throwsCode(() => readEmbed(streams, output.length - 1, engines), 'container/limit');
        const [, { data, cuts = [] } = assert.fail()] = encoded;
        assert.equal(cuts.length, count === 0 ? 0 : width - 1);
        for (const [i, start] of [0, ...cuts].entries()) {
          const plane = data.subarray(start, start + count);
          assert.deepEqual(
            plane,
            elements.filter((_, at) => at % width === i),
          );
        }
      }),
    );
  });

  it('is written byte by byte as the format says', () => {
    const encoded = writeEmbed(Uint8Array.of(0x48), Uint8Array.of(0x80, 0x3f, 0, 0x40), 2);
    assert.deepEqual(encoded, [
      { name: 'meta', data: Uint8Array.of(2, 1, 0x48, 2) },
      { name: 'data', data: Uint8Array.of(0x80, 0, 0x3f, 0x40), cuts: [2] },
    ]);
  });

  it('does not suit elements that are cut short, or of no width that it has', () => {
    for (const [length, width] of [
      [3, 2],
      [4, 0],
      [4, 33],
      [4, 1.5],
      [4, -2],
      [4, Number.NaN],
    ] as const) {
      assert.equal(writeEmbed(new Uint8Array(0), new Uint8Array(length), width), undefined);
    }
  });

  it('refuses widths, headers and counts that do not fit the data', async () => {
    assert.deepEqual(await decode([2, lp('H'), 2], 'abcd'), Uint8Array.from(Buffer.from('Hacbd')));
    for (const meta of [
      [0, lp(), 4],
      [33, lp(), 0],
      [uv(2 ** 40), lp(), 0],
      [2, lp(), 1],
      [2, lp(), 3],
      [3, lp(), 1],
    ]) {
      await throwsCode(() => decode(meta, 'abcd'), 'container/malformed');
    }
    for (const meta of [[], [2], [2, lp()], [2, uv(2n ** 64n - 1n), 0], [2, 9, 'short']]) {
      await throwsCode(() => decode(meta, 'abcd'), 'container/malformed');
    }
    // Twice as many elements of half the width would be the same number of bytes modulo 2^64.
    await throwsCode(() => decode([2, lp(), uv(2n ** 63n + 2n)], 'abcd'), 'container/malformed');
    await throwsCode(() => decode([2, lp(), 0x82, 0], 'abcd'), 'container/not-strict');
  });
});
