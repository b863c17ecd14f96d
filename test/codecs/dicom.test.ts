import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { readDicom } from '../../src/codecs/read-dicom.js';
import { throwsCode } from '../helpers/throws-code.js';
import { bytesOf, lp, type Part, streamsOf, uv } from './make-streams.js';

/** The other way, as plainly as possible: what a writer does. */
function transformed(pixels: readonly number[], transform: number, row: number, bits: number): Uint8Array {
  const wide = bits !== 8;
  const all = transform === 0 || transform === 3 ? pixels : pixels.map((value, i) => value - before(pixels, i));
  if (transform === 3) return Uint8Array.from([...all.map((value) => value >> 8), ...all.map((value) => value & 255)]);
  return Uint8Array.from(all.flatMap((value) => (wide ? [value & 255, (value >> 8) & 255] : [value & 255])));

  function before(values: readonly number[], i: number): number {
    if (transform === 1) return i % row === 0 ? 0 : (values[i - 1] as number);
    return i < row ? 0 : (values[i - row] as number);
  }
}

describe('codec dicom', () => {
  it('gives back pixels of both widths through every transform', () => {
    const any = fc.record({
      rows: fc.integer({ min: 0, max: 5 }),
      columns: fc.integer({ min: 0, max: 5 }),
      samples: fc.integer({ min: 0, max: 3 }),
      bits: fc.constantFrom(8, 10, 16),
      transform: fc.integer({ min: 0, max: 3 }),
      values: fc.array(fc.integer({ min: 0, max: 65535 }), { minLength: 75, maxLength: 75 }),
    });
    fc.assert(
      fc.property(any, ({ rows, columns, samples, bits, transform, values }) => {
        if (bits === 8 && transform === 3) return;
        const mask = bits === 8 ? 255 : 65535;
        const pixels = values.slice(0, rows * columns * samples).map((value) => value & mask);
        const pix = transformed(pixels, transform, columns * samples, bits);
        const meta = bytesOf(1, transform, 0, rows, columns, samples, bits, lp('pad'));
        const output = readDicom(streamsOf({ meta, pre: 'before', pix, suf: 'after' }), 1000);
        const plain = transformed(pixels, 0, 1, bits);
        assert.deepEqual(output, bytesOf('before', plain, 'pad', 'after'));
      }),
    );
  });

  const decode = (meta: Part, pix: Part, limit = 1000): Uint8Array => readDicom(streamsOf({ meta, pix }), limit);

  it('gives back what it did not take apart', async () => {
    const streams = streamsOf({ meta: [0], raw: 'as it is' });
    assert.deepEqual(readDicom(streams, 8), utf8('as it is'));
    await throwsCode(() => readDicom(streams, 7), 'container/limit');
  });

  it('refuses modes, classes, transforms and dimensions that it does not know or that do not fit', async () => {
    for (const meta of [
      [],
      [2],
      [1, 1, 1, 1, 2, 1, 8, lp()],
      [1, 4, 0, 1, 2, 1, 8, lp()],
      [1, 3, 0, 1, 2, 1, 8, lp()],
      [1, 1, 0, 1, 3, 1, 8, lp()],
      [1, 1, 0, 1, 2, 1, 16, lp()],
      [1, 1, 0, uv(2 ** 52), uv(2 ** 52), uv(2 ** 52), 8, lp()],
      [1, 0, 0, 1, 2, 1, 8, uv(2n ** 64n - 1n)],
      [1, 0, 0, 1, 2, 1, 8, 5, 'a'],
    ]) {
      await throwsCode(() => decode(meta, 'ab'), 'container/malformed');
    }
    assert.deepEqual(decode([1, 0, 0, 9, 9, 9, 8, lp('c')], 'ab'), utf8('abc'));
    await throwsCode(() => decode([1, 0, 0, 9, 9, 9, 8, lp('c')], 'ab', 2), 'container/limit');
  });
});
