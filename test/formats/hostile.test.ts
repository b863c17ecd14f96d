/** Headers that nobody honest writes: each is unknown with a reason, soon, and without reading or making much. */
import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { findTensors } from '../../src/formats/tensors.js';
import { within } from '../helpers/time-limit.js';
import {
  field,
  ggufOf,
  ggufValue,
  npyOf,
  onnxOf,
  onnxTensor,
  safetensorsOf,
  u32,
  u64,
  varint,
  zipOf,
} from './samples.js';

const tensor = (dtype: string, shape: string, offsets: string) =>
  `{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}`;
const one = (dtype: string, shape: string, offsets: string, data = 8) =>
  safetensorsOf(`{"a":${tensor(dtype, shape, offsets)}}`, data);
const good = tensor('"U8"', '[4]', '[0,4]');

const SAFETENSORS: Readonly<Record<string, Uint8Array>> = {
  'a header longer than the file': concatBytes([u64(100), utf8('{"a":1}')]),
  'a header of 100 MiB and a byte': concatBytes([u64(100 * 1024 * 1024 + 1), utf8('{}')]),
  'a header of almost 2^48 bytes': concatBytes([u64(2n ** 48n - 1n), utf8('{}')]),
  'an empty header': concatBytes([u64(0), utf8('{')]),
  'a header that ends in a string': safetensorsOf('{"a'),
  'a header that ends in an escape': safetensorsOf('{"a\\'),
  'a header that ends after a comma': safetensorsOf(`{"a":${good},`, 8),
  'a key without a value': safetensorsOf('{"a"}', 8),
  'something after the header': safetensorsOf(`{"a":${good}}x`, 8),
  'text that is not UTF-8': safetensorsOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)),
  'a control character in a name': safetensorsOf(`{"a\n":${good}}`, 8),
  'a wrong escape': safetensorsOf(`{"\\x":${good}}`, 8),
  'a list instead of a tensor': safetensorsOf('{"a":[]}'),
  'a tensor without a type': safetensorsOf('{"a":{"shape":[1],"data_offsets":[0,1]}}', 8),
  'a tensor without offsets': safetensorsOf('{"a":{"dtype":"U8","shape":[1]}}', 8),
  'a type that is a number': one('1', '[1]', '[0,1]'),
  'a shape of NaN': one('"U8"', '[NaN]', '[0,1]'),
  'a negative dimension': one('"U8"', '[-1]', '[0,1]'),
  'a fraction': one('"U8"', '[1.0]', '[0,1]'),
  'an exponent': one('"U8"', '[1e0]', '[0,1]'),
  'a number with a leading zero': one('"U8"', '[01]', '[0,1]'),
  'a dimension above 2^53': one('"U8"', '[9007199254740993]', '[0,1]'),
  'a product above 2^53': one('"U8"', '[4294967296,4294967296,4294967296]', '[0,1]'),
  'more dimensions than anything has': one('"U8"', `[${'1,'.repeat(100)}1]`, '[0,1]'),
  'offsets backwards': one('"U8"', '[4]', '[4,0]'),
  'three offsets': one('"U8"', '[4]', '[0,4,8]'),
  'one offset': one('"U8"', '[4]', '[0]'),
  'an offset beyond the file': one('"U8"', '[4]', '[100,104]'),
  'bytes that do not fit the shape': one('"F32"', '[4]', '[0,4]'),
  'half a block': one('"F4"', '[3]', '[0,2]'),
  'two tensors in one place': safetensorsOf(`{"a":${good},"b":${good}}`, 8),
  'two tensors that overlap by a byte': safetensorsOf(`{"a":${good},"b":${tensor('"U8"', '[4]', '[3,7]')}}`, 8),
  'one name twice': safetensorsOf(`{"a":${good},"a":${tensor('"U8"', '[4]', '[4,8]')}}`, 8),
  'one name twice, once with an escape': safetensorsOf(`{"a":${good},"\\u0061":${tensor('"U8"', '[4]', '[4,8]')}}`, 8),
  'one key of a tensor twice': safetensorsOf('{"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}}', 8),
  'a name of a million letters': safetensorsOf(`{"${'a'.repeat(1_000_000)}":${good}}`, 8),
  'a million open brackets': safetensorsOf(`{"__metadata__":${'['.repeat(1_000_000)}`),
  'a million open braces': safetensorsOf(`{"__metadata__":${'{"a":'.repeat(200_000)}`),
  'more tensors than anything has': safetensorsOf(
    `{${Array.from({ length: 140_000 }, (_, i) => `"${i}":${tensor('"U8"', '[0]', '[0,0]')}`).join()}}`,
  ),
};

const info = { name: 'a', shape: [4], type: 0, offset: 0 };
const GGUF: Readonly<Record<string, Uint8Array>> = {
  'only a magic': utf8('GGUF'),
  'version 0': ggufOf({ version: 0 }),
  'version 4': ggufOf({ version: 4 }),
  '2^63 tensors': ggufOf({ tensorCount: 2n ** 63n }),
  'a billion tensors': ggufOf({ tensorCount: 1_000_000_000 }),
  '2^62 values': ggufOf({ valueCount: 2n ** 62n }),
  'a value of a kind that is none': ggufOf({ values: [ggufValue('a', 13, new Uint8Array(8))] }),
  'a string of 2^60 bytes': ggufOf({ values: [ggufValue('a', 8, u64(2n ** 60n))] }),
  'an array of 2^61 numbers': ggufOf({ values: [ggufValue('a', 9, concatBytes([u32(10), u64(2n ** 52n)]))] }),
  'an array of a billion strings': ggufOf({ values: [ggufValue('a', 9, concatBytes([u32(8), u64(1e9)]))], data: 1e6 }),
  'three million empty strings': ggufOf({
    values: [ggufValue('a', 9, concatBytes([u32(8), u64(3_000_000), new Uint8Array(24_000_000)]))],
  }),
  'arrays in arrays in arrays': ggufOf({
    values: [ggufValue('a', 9, concatBytes(Array.from({ length: 1000 }, () => [u32(9), u64(1)]).flat()))],
  }),
  'a name of a gigabyte': concatBytes([ggufOf({ tensorCount: 1 }).subarray(0, 24), u64(1e9)]),
  'an alignment of 0': ggufOf({ values: [ggufValue('general.alignment', 4, u32(0))], tensors: [info], data: 64 }),
  'an alignment of 3': ggufOf({ values: [ggufValue('general.alignment', 4, u32(3))], tensors: [info], data: 64 }),
  'an alignment of 2 GiB': ggufOf({ values: [ggufValue('general.alignment', 4, u32(2 ** 31))], tensors: [info] }),
  'four billion dimensions': concatBytes([ggufOf({ tensorCount: 1 }).subarray(0, 24), u64(0), u32(0xffffffff)]),
  'a dimension of 2^64 - 1': ggufOf({ tensors: [{ ...info, shape: [2n ** 64n - 1n] }], data: 64 }),
  'a product of dimensions above 2^53': ggufOf({ tensors: [{ ...info, shape: [2 ** 31, 2 ** 31] }], data: 64 }),
  'a type that was never used': ggufOf({ tensors: [{ ...info, type: 999 }], data: 64 }),
  'a type that was taken out': ggufOf({ tensors: [{ ...info, type: 4 }], data: 64 }),
  'half a block of a row': ggufOf({ tensors: [{ ...info, type: 2, shape: [16, 2] }], data: 64 }),
  'an offset that is not aligned': ggufOf({ tensors: [{ ...info, offset: 4 }], data: 64 }),
  'an offset beyond the file': ggufOf({ tensors: [{ ...info, offset: 2 ** 40 }], data: 64 }),
  'an offset above 2^53': ggufOf({ tensors: [{ ...info, offset: 2n ** 60n }], data: 64 }),
  'two tensors in one place': ggufOf({ tensors: [info, { ...info, name: 'b' }], data: 64 }),
  'one name twice': ggufOf({ tensors: [info, { ...info, offset: 32 }], data: 64 }),
  'a file cut short': ggufOf({ tensors: [info], data: 15 }),
};

const npy = (header: string, data = 8) => npyOf(header, data);
const dict = (descr: string, shape: string, order = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
const NPY: Readonly<Record<string, Uint8Array>> = {
  'only a magic': npyOf('').subarray(0, 7),
  'version 0': npyOf(dict("'|u1'", '(8,)'), 8, 0),
  'version 4': npyOf(dict("'|u1'", '(8,)'), 8, 4),
  'a header longer than the file': concatBytes([npyOf('', 0, 2).subarray(0, 8), u32(1000), utf8('{}')]),
  'a header of 4 GiB': concatBytes([npyOf('', 0, 2).subarray(0, 8), u32(0xffffffff), utf8('{}')]),
  'no dictionary': npy('[1, 2]'),
  'a key that is missing': npy("{'descr': '|u1', 'shape': (8,), }"),
  'a key twice': npy("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (8,), }"),
  'a key of its own': npy("{'descr': '|u1', 'fortran_order': False, 'shape': (8,), 'run': 1}"),
  'a call': npy("{'descr': __import__('os'), 'fortran_order': False, 'shape': (8,), }"),
  'an escape': npy(dict("'\\x3cf4'", '(2,)')),
  'an order that is a number': npy(dict("'|u1'", '(8,)', '0')),
  'a negative dimension': npy(dict("'|u1'", '(-8,)')),
  'a dimension of NaN': npy(dict("'|u1'", '(nan,)')),
  'a dimension above 2^53': npy(dict("'|u1'", '(9007199254740993,)')),
  'a dimension of a thousand digits': npy(dict("'|u1'", `(${'9'.repeat(1000)},)`)),
  'a product above 2^53': npy(dict("'|u1'", '(4294967296, 4294967296)')),
  'more elements than bytes': npy(dict("'<f8'", '(2,)')),
  'a hundred dimensions': npy(dict("'|u1'", `(${'1, '.repeat(100)})`)),
  'a list that does not end': npy(`{'descr': ${'['.repeat(60_000)}`),
  'something after the dictionary': npy(`${dict("'|u1'", '(8,)')} + 1`),
};

const array = npy(dict("'|u1'", '(8,)'));
const ZIP: Readonly<Record<string, Uint8Array>> = {
  'a zip file without an end': utf8('PK\x03\x04 and then nothing'),
  'a directory beyond the file': zipOf([{ name: 'a.npy', data: array }], { at: 1e9 }),
  'a directory inside a member': zipOf([{ name: 'a.npy', data: array }], { at: 4 }),
  'more members than the directory has': zipOf([{ name: 'a.npy', data: array }], { count: 9 }),
  'fewer members than the directory has': zipOf([{ name: 'a.npy', data: array }], { count: 0 }),
  'two members in one place': zipOf([
    { name: 'a.npy', data: array },
    { name: 'b.npy', data: array, says: { headerAt: 0 } },
  ]),
  'a member inside another': zipOf([
    { name: 'a.npy', data: zipOf([{ name: 'b.npy', data: array }]) },
    { name: 'b.npy', data: array, says: { headerAt: 35 } },
  ]),
  'a member that reaches into the directory': zipOf([
    { name: 'a.npy', data: array, says: { length: array.length + 40 } },
  ]),
  'a member of 4 GiB': zipOf([{ name: 'a.npy', data: array, says: { length: 0xfffffffe } }]),
  'a stored member of two lengths': zipOf([{ name: 'a.npy', data: array, says: { original: 1 } }]),
  'a member called otherwise where it lies': zipOf([{ name: 'a.npy', data: array, says: { name: 'b.npy' } }]),
  'a member that is nowhere': zipOf([{ name: 'a.npy', data: array, says: { headerAt: 3 } }]),
  'one name twice': zipOf([
    { name: 'a.npy', data: array },
    { name: 'a.npy', data: array },
  ]),
  'a member that is no array': zipOf([{ name: 'a.npy', data: utf8('not an array') }]),
  'nothing that is known': zipOf([{ name: 'a.txt', data: utf8('text') }]),
};

const raw = onnxTensor('a', [4], 2, new Uint8Array(4));
const nested = (depth: number) => {
  let graph: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < depth; i++) graph = field(1, field(5, field(6, graph)));
  return graph;
};
const ONNX: Readonly<Record<string, Uint8Array>> = {
  'no graph': field(1, 8),
  'two graphs': concatBytes([onnxOf(raw), field(7, new Uint8Array(0))]),
  'a field that no model has': concatBytes([onnxOf(raw), field(99, 1)]),
  'a graph that is a number': concatBytes([field(1, 8), field(7, 1)]),
  'a graph longer than the file': concatBytes([field(1, 8), varint((7 << 3) | 2), varint(2 ** 40)]),
  'a length of 2^64 - 1': concatBytes([field(1, 8), varint((7 << 3) | 2), varint(2n ** 64n - 1n)]),
  'a number that does not end': concatBytes([Uint8Array.of(8), new Uint8Array(20).fill(0xff)]),
  'a group': concatBytes([onnxOf(raw), Uint8Array.of(0x1b)]),
  'field number 0': concatBytes([onnxOf(raw), Uint8Array.of(0, 0)]),
  'a tensor with two values': onnxOf(concatBytes([raw, field(9, new Uint8Array(4))])),
  'a thousand dimensions': onnxOf(onnxTensor('a', new Array<number>(1000).fill(1), 2, new Uint8Array(1))),
  'a gigabyte of packed dimensions': onnxOf(concatBytes([varint((1 << 3) | 2), varint(1e9)])),
  'a name that is not UTF-8': onnxOf(concatBytes([field(8, Uint8Array.of(0xff)), field(9, new Uint8Array(1))])),
  'graphs in graphs': concatBytes([field(1, 8), field(7, nested(200))]),
  'three million empty fields': concatBytes([
    field(1, 8),
    field(
      7,
      new Uint8Array(6_000_000).fill(1).map((_, i) => (i % 2 === 0 ? 0x12 : 0)),
    ),
  ]),
};

const footer = (...bytes: number[]) =>
  concatBytes([utf8('PAR1'), Uint8Array.from(bytes), u32(bytes.length), utf8('PAR1')]);
const PARQUET: Readonly<Record<string, Uint8Array>> = {
  'only a magic': utf8('PAR1'),
  'another end': concatBytes([utf8('PAR1'), new Uint8Array(8)]),
  'a footer longer than the file': concatBytes([utf8('PAR1'), u32(1e9), utf8('PAR1')]),
  'an empty footer': footer(),
  'a field of a kind that is none': footer(0x1f, 0),
  'structures in structures': concatBytes([
    utf8('PAR1'),
    new Uint8Array(100_000).fill(0x1c),
    u32(100_000),
    utf8('PAR1'),
  ]),
  'lists in lists': concatBytes([
    utf8('PAR1'),
    Uint8Array.of(0x19),
    new Uint8Array(99_999).fill(0x19),
    u32(100_000),
    utf8('PAR1'),
  ]),
  'a list of two million bits': footer(0x19, 0xf1, 0x80, 0x89, 0x7a),
  'a list of 2^60 structures': footer(0x49, 0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f),
  'row groups that are numbers': footer(0x45, 2, 0),
  'a column outside the file': footer(0x49, 0x1c, 0x19, 0x1c, 0x3c, 0x76, 0x80, 0x80, 1, 0x26, 0x10, 0, 0, 0, 0),
  'a negative place': footer(0x49, 0x1c, 0x19, 0x1c, 0x3c, 0x76, 1, 0, 0, 0, 0),
  'a map of a million nothings': footer(0x1b, 0x80, 0x89, 0x7a, 0xcc),
};

const ALL = { safetensors: SAFETENSORS, gguf: GGUF, npy: NPY, zip: ZIP, onnx: ONNX, parquet: PARQUET };

describe('a hostile header', () => {
  for (const [format, cases] of Object.entries(ALL)) {
    describe(`of ${format}`, () => {
      for (const [name, bytes] of Object.entries(cases)) {
        it(`is unknown: ${name}`, async () => {
          let read = 0;
          const source = {
            read: async (offset: number, length: number) => {
              assert.ok(offset >= 0 && length > 0 && offset + length <= bytes.length, 'reads inside the file');
              read += length;
              return bytes.subarray(offset, offset + length);
            },
          };
          const found = await within(2_000, () => findTensors(source, bytes.length));
          const { tensors, seams, warnings } = found;
          assert.deepEqual([found.format, tensors, seams, warnings.length], ['unknown', [], [], 1]);
          assert.notEqual(warnings[0], 'no format that is known');
          assert.ok(read <= bytes.length * 3 + 300_000, `${read} bytes read of ${bytes.length}`);
        });
      }
    });
  }

  it('is not one that is right but for something that does not matter', async () => {
    const fine = [
      safetensorsOf(`{"a":${good}}  `, 4),
      ggufOf({ tensors: [info], data: 16 }),
      array,
      onnxOf(raw),
      zipOf([{ name: 'a.npy', data: array }]),
    ];
    for (const bytes of fine) {
      const found = await findTensors(
        { read: async (offset, length) => bytes.slice(offset, offset + length) },
        bytes.length,
      );
      assert.equal(found.tensors.length, 1, found.warnings.join());
    }
  });

  it('never loads a pickle: instructions of any kind only leave types unknown', async () => {
    const evil = utf8("cos\nsystem\n(S'touch /tmp/at1-pickle'\ntR.");
    for (const pickle of [evil, new Uint8Array(5000).fill(0x28), Uint8Array.of(0x58, 0xff, 0xff, 0xff, 0xff)]) {
      const bytes = zipOf([
        { name: 'm/data.pkl', data: pickle },
        { name: 'm/data/0', data: new Uint8Array(8) },
      ]);
      const found = await findTensors(
        { read: async (offset, length) => bytes.slice(offset, offset + length) },
        bytes.length,
      );
      assert.deepEqual([found.format, found.tensors[0]?.dtype, found.tensors[0]?.length], ['torch', 'OPAQUE', 8]);
    }
  });
});
