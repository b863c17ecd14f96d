/** Random valid files: exactly the tensors that were written are found, in the order of the file, and nothing beside. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { blockOf, bytesOfElements, elementsOf, parseDtype } from '../../src/formats/dtype.js';
import { SCALE, scaled } from '../scale.js';
import { foundIn, ggufOf, ggufValue, npyOf, onnxOf, onnxTensor, safetensorsOf, u32, u64, zipOf } from './samples.js';

const runs = { numRuns: Math.ceil(SCALE.properties / 8) };
const PLAIN = [
  'F64',
  'F32',
  'F16',
  'BF16',
  'I64',
  'I32',
  'I16',
  'I8',
  'U64',
  'U32',
  'U16',
  'U8',
  'BOOL',
  'F8_E5M2',
] as const;
const name = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('__proto__', 'constructor', 'a"b\\', '\u0000', '', 'layer.0.weight'),
);
const shape = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 });
const tensors = fc.uniqueArray(
  fc.record(
    { name, shape, dtype: fc.constantFrom(...PLAIN), gap: fc.integer({ min: 0, max: 3 }) },
    { noNullPrototype: true },
  ),
  { maxLength: 8, selector: ({ name: own }) => own },
);

function bytesOf(dtype: (typeof PLAIN)[number], dimensions: readonly number[]): number {
  return bytesOfElements(dtype, elementsOf(dimensions) ?? Number.NaN) ?? Number.NaN;
}

describe('tensors of random files', function () {
  this.timeout(scaled(60_000));

  it('are found in safetensors, whatever the order of keys, names and spaces', async () => {
    const metadata = fc.option(fc.dictionary(fc.string(), fc.string()), { nil: undefined });
    const space = fc.stringMatching(/^[ \n\t]{0,3}$/);
    await fc.assert(
      fc.asyncProperty(tensors, metadata, space, fc.boolean(), async (list, meta, spaces, reversed) => {
        let at = 0;
        const expected = list.map(({ name: own, dtype, shape: dimensions, gap }) => {
          const length = bytesOf(dtype, dimensions);
          const begin = at + gap;
          at = begin + length;
          return { name: own, dtype, shape: dimensions, begin, length };
        });
        const members = expected
          .filter(({ name: own }) => own !== '__metadata__')
          .map(
            (t) =>
              `${JSON.stringify(t.name)}:${spaces}{"shape":${JSON.stringify(t.shape)},"dtype":"${t.dtype}",${spaces}"extra":[{"a":null,"b":-1.5e3}],"data_offsets":[${t.begin},${t.begin + t.length}]}`,
          );
        if (meta !== undefined) members.push(`"__metadata__":${JSON.stringify(meta)}`);
        const header = `{${spaces}${(reversed ? members.reverse() : members).join(`${spaces},`)}}${spaces}`;
        const bytes = safetensorsOf(header, at);
        const found = await foundIn(bytes);
        // The format demands '{' as its first byte.
        assert.equal(found.format, 'safetensors', found.warnings.join());
        const start = bytes.length - at;
        const order = [...expected].sort((a, b) => a.begin - b.begin || a.length - b.length);
        assert.deepEqual(
          found.tensors.map((t) => [t.offset, t.length]),
          order.map((t) => [start + t.begin, t.length]),
        );
        assert.deepEqual(
          new Map(found.tensors.map((t) => [t.name, [t.dtype, t.shape, t.offset, t.length, t.width]])),
          new Map(expected.map((t) => [t.name, [t.dtype, t.shape, start + t.begin, t.length, blockOf(t.dtype).bytes]])),
        );
      }),
      runs,
    );
  });

  it('are found in GGUF of every version, alignment and byte order', async () => {
    const type = fc.constantFrom(
      { type: 0, dtype: 'F32' },
      { type: 1, dtype: 'F16' },
      { type: 2, dtype: 'Q4_0' },
      { type: 14, dtype: 'Q6_K' },
      { type: 30, dtype: 'BF16' },
      { type: 24, dtype: 'I8' },
    );
    const list = fc.uniqueArray(
      fc.record({
        name: fc.string({ maxLength: 8 }),
        type,
        shape: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
      }),
      {
        maxLength: 6,
        selector: ({ name: own }) => own,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        list,
        fc.constantFrom(1, 2, 3),
        fc.constantFrom(8, 32, 256),
        fc.boolean(),
        async (given, version, alignment, big) => {
          const values =
            version === 1
              ? []
              : [
                  ggufValue('general.alignment', 4, u32(alignment, big), big),
                  ggufValue(
                    'tokens',
                    9,
                    concatBytes([u32(8, big), u64(2, big), u64(1, big), utf8('a'), u64(0, big)]),
                    big,
                  ),
                  ggufValue(
                    'nested',
                    9,
                    concatBytes([u32(9, big), u64(1, big), u32(0, big), u64(3, big), utf8('abc')]),
                    big,
                  ),
                ];
          const step = version === 1 ? 32 : alignment;
          let at = 0;
          const placed = given.map(({ name: own, type: { type: number, dtype }, shape: small }) => {
            const block = blockOf(parseDtype(dtype) ?? 'OPAQUE');
            const dimensions = small.map((n, i) => (i === 0 ? n * block.elements : n));
            const length = ((elementsOf(dimensions) ?? 0) / block.elements) * block.bytes;
            const offset = at;
            at = Math.ceil((at + length) / step) * step;
            return { name: own, type: number, dtype, shape: dimensions, offset, length };
          });
          const bytes = ggufOf({ version, values, alignment: step, tensors: placed, data: at, big });
          const found = await foundIn(bytes);
          assert.equal(found.format, 'gguf', found.warnings.join());
          assert.deepEqual(
            found.tensors.map((t) => [t.name, t.dtype, t.shape, t.offset, t.length, t.byteOrder]),
            placed.map((t) => [
              t.name,
              t.dtype,
              t.shape,
              bytes.length - at + t.offset,
              t.length,
              big ? 'big' : 'little',
            ]),
          );
        },
      ),
      runs,
    );
  });

  it('are found in npy and npz', async () => {
    const descr = fc.constantFrom(
      ['<f4', 'F32'],
      ['>i2', 'I16'],
      ['|b1', 'BOOL'],
      ['<c16', 'C128'],
      ['<M8[ns]', 'I64'],
      ['|u1', 'U8'] as const,
    );
    const array = fc.record({
      descr,
      shape,
      fortran: fc.boolean(),
      version: fc.constantFrom(1, 2, 3),
      member: fc.stringMatching(/^[a-z/]{1,9}$/),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(array, { minLength: 1, maxLength: 5, selector: ({ member }) => member }),
        async (list) => {
          const made = list.map(({ descr: [code, dtype], shape: dimensions, fortran, version, member }) => {
            const text = dimensions.length === 1 ? `(${dimensions[0]},)` : `(${dimensions.join(', ')})`;
            const header = `{'descr': '${code}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${text}, }  \n`;
            const length = bytesOfElements(parseDtype(dtype as string) ?? 'OPAQUE', elementsOf(dimensions) ?? 0) ?? 0;
            return { member, dtype, shape: dimensions, fortran, length, bytes: npyOf(header, length, version) };
          });
          for (const { bytes, length, dtype, shape: dimensions, fortran } of made) {
            const {
              format,
              tensors: [tensor],
            } = await foundIn(bytes);
            assert.equal(format, 'npy');
            assert.deepEqual(
              [tensor?.dtype, tensor?.shape, tensor?.offset, tensor?.length, tensor?.fortran ?? false],
              [dtype, dimensions, bytes.length - length, length, fortran],
            );
          }
          const zip = zipOf(made.map(({ member, bytes }) => ({ name: `${member}.npy`, data: bytes })));
          const found = await foundIn(zip);
          assert.equal(found.format, 'npz', found.warnings.join());
          assert.deepEqual(
            found.tensors.map((t) => [t.name, t.dtype, t.shape, t.length]),
            made.map((t) => [t.member, t.dtype, t.shape, t.length]),
          );
        },
      ),
      runs,
    );
  });

  it('are found in ONNX, each at its own bytes', async () => {
    const list = fc.array(fc.record({ name: fc.string({ maxLength: 5 }), raw: fc.uint8Array({ maxLength: 40 }) }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(list, async (given) => {
        const bytes = onnxOf(...given.map(({ name: own, raw }) => onnxTensor(own, [raw.length], 2, raw)));
        const found = await foundIn(bytes);
        assert.equal(found.format, 'onnx', found.warnings.join());
        assert.deepEqual(
          found.tensors.map((t) => bytes.slice(t.offset, t.offset + t.length)),
          given.map(({ raw }) => raw),
        );
        const first = new Set<string>();
        found.tensors.forEach((t, i) => {
          const own = given[i]?.name ?? '';
          if (!first.has(own) && own !== '' && !given.some(({ name: other }) => other.includes('#')))
            assert.equal(t.name, own);
          first.add(own);
        });
      }),
      runs,
    );
  });
});
