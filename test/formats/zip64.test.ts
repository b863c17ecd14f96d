/** Zip files with 64-bit places: the numbers behind the narrow ones are used, and hostile ones are refused as the narrow are. */
import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { foundIn, npyOf, u16, u32, u64 } from './samples.js';

const FULL = u32(0xffffffff);
const array = npyOf("{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }", Uint8Array.of(1, 2, 3, 4, 5, 6));

interface Says {
  readonly original?: number | bigint;
  readonly compressed?: number | bigint;
  readonly headerAt?: number | bigint;
  readonly directoryAt?: number | bigint;
  readonly directoryLength?: number | bigint;
  readonly entries?: number | bigint;
  readonly endAt?: number | bigint;
  /** The extra fields of the directory's entry, instead of the right ones. */
  readonly extra?: Uint8Array;
  /** Narrow numbers, where they are there. */
  readonly narrow?: boolean;
}

function zip64(says: Says = {}): Uint8Array {
  const name = utf8('a.npy');
  const local = concatBytes([
    utf8('PK\x03\x04'),
    u16(45),
    u16(0),
    u16(0),
    u32(0),
    u32(0),
    FULL,
    FULL,
    u16(5),
    u16(0),
    name,
  ]);
  const wide = [u64(says.original ?? array.length), u64(says.compressed ?? array.length), u64(says.headerAt ?? 0)];
  const other = concatBytes([u16(0x5455), u16(5), new Uint8Array(5)]);
  const extra = says.extra ?? concatBytes([other, u16(1), u16(24), ...wide, Uint8Array.of(0, 0)]);
  const entry = concatBytes([
    ...[utf8('PK\x01\x02'), u16(45), u16(45), u16(0), u16(0), u32(0), u32(0), FULL, FULL],
    ...[u16(5), u16(extra.length), u16(0), u16(0), u16(0), u32(0), FULL, name, extra],
  ]);
  const at = local.length + array.length;
  const endAt = at + entry.length;
  const entries = u64(says.entries ?? 1);
  const directory = [u64(says.directoryLength ?? entry.length), u64(says.directoryAt ?? at)];
  const end64 = [utf8('PK\x06\x06'), u64(44), u16(45), u16(45), u32(0), u32(0), entries, entries, ...directory];
  const locator = [utf8('PK\x06\x07'), u32(0), u64(says.endAt ?? endAt), u32(1)];
  const numbers =
    says.narrow === true ? [u16(1), u16(1), u32(entry.length), u32(at)] : [u16(0xffff), u16(0xffff), FULL, FULL];
  return concatBytes([local, array, entry, ...end64, ...locator, utf8('PK\x05\x06'), u32(0), ...numbers, u16(0)]);
}

describe('a zip file of 64-bit places', () => {
  it('is read by its wide numbers, and by narrow ones where they are there', async () => {
    for (const says of [{}, { narrow: true }]) {
      const { format, tensors, warnings } = await foundIn(zip64(says));
      assert.equal(format, 'npz', warnings.join());
      assert.deepEqual(
        tensors.map(({ name, dtype, shape, offset, length }) => [name, dtype, shape, offset, length]),
        [['a', 'I16', [3], 35 + array.length - 6, 6]],
      );
    }
  });

  const hostile: Readonly<Record<string, Says>> = {
    'an original length above 2^53': { original: 2n ** 63n },
    'two lengths of a stored member': { original: 5 },
    'a length of 2^40': { original: 2 ** 40, compressed: 2 ** 40 },
    'a header beyond the file': { headerAt: 2 ** 40 },
    'a header above 2^53': { headerAt: 2n ** 64n - 1n },
    'a directory beyond the file': { directoryAt: 2 ** 45 },
    'a directory above 2^53': { directoryAt: 2n ** 60n },
    'a directory of 2^50 bytes': { directoryLength: 2 ** 50 },
    '2^60 members': { entries: 2n ** 60n },
    'a million members': { entries: 1_000_000 },
    'an end beyond the file': { endAt: 2 ** 40 },
    'an end that is none': { endAt: 3 },
    'no wide numbers': { extra: new Uint8Array(0) },
    'a wide field that is cut short': { extra: concatBytes([u16(1), u16(8), u64(5)]) },
    'a field longer than the rest': { extra: concatBytes([u16(1), u16(60), u64(5)]) },
  };
  for (const [name, says] of Object.entries(hostile)) {
    it(`is unknown: ${name}`, async () => {
      const { format, warnings } = await foundIn(zip64(says));
      assert.deepEqual([format, warnings.length], ['unknown', 1]);
    });
  }
});
