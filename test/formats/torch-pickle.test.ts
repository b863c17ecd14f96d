/** Types of storages from the instructions of a pickle, written here by hand as PyTorch and TorchScript write them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { storagesOf } from '../../src/formats/torch-pickle.js';
import { within } from '../helpers/time-limit.js';
import { SCALE } from '../scale.js';
import { foundIn, u16, u32, u64, zipOf } from './samples.js';

const op = (text: string, ...more: Uint8Array[]) =>
  concatBytes([Uint8Array.from(text, (c) => c.charCodeAt(0)), ...more]);
const text = (value: string) => op('X', u32(value.length), utf8(value));
const put = (index: number) => op('q', Uint8Array.of(index));
const get = (index: number) => op('h', Uint8Array.of(index));
const small = (value: number) => op('K', Uint8Array.of(value));
/** MARK 'storage' class name device count TUPLE BINPERSID. */
const storage = (kind: string, name: string, count: Uint8Array) =>
  concatBytes([op('('), text('storage'), op(`ctorch\n${kind}\n`), text(name), text('cpu'), count, op('tQ')]);
const plain = (pickle: Uint8Array) =>
  [...storagesOf(pickle)].map(([name, { dtype, elements, bytes }]) => [name, dtype, elements, bytes]);

describe('the pickle of a PyTorch file', () => {
  it('tells the types of its storages, of counts of any length, through the memo and beside objects', () => {
    const first = concatBytes([
      op('('),
      text('storage'),
      put(0),
      op('ctorch\nHalfStorage\n'),
      put(1),
      text('0'),
      text('cpu'),
      put(2),
      small(7),
      op('t'),
      put(3),
      op('Q'),
    ]);
    const again = concatBytes([op('('), get(0), get(1), text('1'), get(2), op('M', u16(40_000)), op('tQ')]);
    const object = op('c__torch__.net\nNet\nq\x09)\x81}(');
    const pickle = concatBytes([
      op('\x80\x02'),
      object,
      first,
      again,
      storage('DoubleStorage', '2', op('J', u32(70_000))),
      storage('BoolStorage', '3', op('\x8a\x05', u64(2 ** 33).subarray(0, 5))),
      op('ub.'),
    ]);
    assert.deepEqual(plain(pickle), [
      ['0', 'F16', 7, 14],
      ['1', 'F16', 40_000, 80_000],
      ['2', 'F64', 70_000, 560_000],
      ['3', 'BOOL', 2 ** 33, 2 ** 33],
    ]);
  });

  it('says nothing where it says two things, something else, or more than it may', () => {
    const twice = concatBytes([storage('FloatStorage', '0', small(2)), storage('IntStorage', '0', small(2))]);
    assert.deepEqual(plain(twice), [['0', 'I32', 2, Number.NaN]]);
    for (const pickle of [
      storage('FancyStorage', '0', small(1)),
      storage('FloatStorage', '0', op('\x8a\x01\xff')),
      storage('FloatStorage', '0', op('\x8a\x08', u64(2n ** 60n))),
      storage('FloatStorage', '0', text('many')),
      concatBytes([op('S'), storage('FloatStorage', '0', small(1))]),
      op('c', new Uint8Array(1000).fill(0x61)),
      op('hQ'),
      op('Q'),
    ]) {
      assert.deepEqual(plain(pickle), []);
    }
  });

  it('gives a type only to a member that is as long', async () => {
    const pickle = concatBytes([storage('FloatStorage', '0', small(2)), storage('FloatStorage', '1', small(2))]);
    const { format, tensors } = await foundIn(
      zipOf([
        { name: 'm/data.pkl', data: pickle },
        { name: 'm/data/0', data: new Uint8Array(8) },
        { name: 'm/data/1', data: new Uint8Array(9) },
        { name: 'm/byteorder', data: utf8('big') },
        { name: 'other/data/2', data: new Uint8Array(9) },
      ]),
    );
    assert.equal(format, 'torch');
    assert.deepEqual(
      tensors.map(({ name, dtype, shape, byteOrder }) => [name, dtype, shape, byteOrder]),
      [
        ['data/0', 'F32', [2], 'big'],
        ['data/1', 'OPAQUE', [9], 'big'],
      ],
    );
  });

  it('never throws, whatever the instructions', () => {
    const instruction = fc
      .constantFrom(...'(tQ)]}hqjrXKMJGcRbuse.', '\x80', '\x81', '\x8a', '\x8c', '\x00')
      .map((c) => c.charCodeAt(0));
    const any = fc.array(fc.oneof(instruction, fc.integer({ min: 0, max: 9 })), { maxLength: 80 });
    fc.assert(
      fc.property(any, (bytes) => {
        storagesOf(Uint8Array.from(bytes));
      }),
      { numRuns: SCALE.properties },
    );
  });

  it('is left soon, however long', async () => {
    for (const part of [op('K\x01q\x01'), text('storage'), op('tQ')]) {
      const pickle = new Uint8Array(Buffer.alloc(8 * 1024 * 1024, part));
      await within(2_000, () => storagesOf(pickle));
    }
  });
});
