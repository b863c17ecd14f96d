import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromHex, fromLatin1 } from '../../src/bytes/text.js';
import { kindOf, zoneOf } from '../../src/codecs/column-zones.js';
import type { TableMeta } from '../../src/codecs/qcolumnar-index.js';
import { readTableMeta } from '../../src/codecs/qcolumnar-index.js';
import {
  formatTableIndex,
  readTableIndex,
  sealTableIndex,
  type TableIndex,
  unsealTableIndex,
  type ZoneIndex,
} from '../../src/codecs/table-index.js';
import { At1Error } from '../../src/errors.js';
import { signingEngines } from '../helpers/test-engines.js';
import { throwsCode } from '../helpers/throws-code.js';

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const number = fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n });

interface Case {
  readonly meta: TableMeta;
  readonly index: TableIndex;
}

const anyIndex: fc.Arbitrary<Case> = fc
  .record({
    rows: fc.integer({ min: 0, max: 20 }),
    rowsPerGroup: fc.integer({ min: 1, max: 8 }),
    header: fc.boolean(),
    outside: fc.integer({ min: 0, max: 3 }),
    types: fc.array(fc.constantFrom(0, 1, 2), { maxLength: 4 }),
    digests: fc.record({ meta: digest, index: digest, rowModes: digest, verbatim: digest }, { noNullPrototype: true }),
  })
  .chain(({ rows, rowsPerGroup, header, outside, types, digests }) => {
    const groups = Math.ceil(rows / rowsPerGroup);
    const zone = (type: number, group: number): fc.Arbitrary<ZoneIndex> => {
      const count = Math.min(rowsPerGroup, rows - group * rowsPerGroup);
      return fc
        .record({
          nulls: fc.integer({ min: 0, max: count }),
          numbers: fc.array(number, { minLength: count, maxLength: count }),
          sha256: digest,
        })
        .map(({ nulls, numbers, sha256 }) => {
          const present = numbers.slice(nulls);
          if (type === 0 || present.length === 0) return { nulls, numbers: undefined, sha256 };
          const sorted = [...present].sort((a, b) => (a < b ? -1 : 1));
          const sum = present.reduce((total, each) => total + each, 0n);
          return { nulls, numbers: { minimum: sorted[0] as bigint, maximum: sorted.at(-1) as bigint, sum }, sha256 };
        });
    };
    const column = (type: number) =>
      fc.record(
        {
          name: fc.uint8Array({ maxLength: 200 }),
          type: fc.constant(type),
          scale: type === 2 ? fc.integer({ min: 0, max: 18 }) : fc.constant(0),
          groups: fc.tuple(...Array.from({ length: groups }, (_, group) => zone(type, group))),
        },
        { noNullPrototype: true },
      );
    const meta: TableMeta = {
      lines: rows + outside + (header ? 1 : 0),
      finalNewline: true,
      delimiter: Uint8Array.of(44),
      types: Uint8Array.from(types),
      rowsPerGroup,
      rows,
      groups,
    };
    return fc
      .tuple(...types.map(column))
      .map((columns) => ({ meta, index: { rows, header, outside, digests, columns } }));
  });

describe('index of a table', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anyIndex, ({ meta, index }) => {
        assert.deepEqual(readTableIndex(formatTableIndex(index), meta), index);
      }),
      { numRuns: 300 },
    );
  });

  it('has one form: what is accepted after a change is written the same way', () => {
    fc.assert(
      fc.property(anyIndex, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ meta, index }, place, change) => {
        const bytes = formatTableIndex(index);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] as number) ^ change;
        try {
          const read = readTableIndex(bytes, meta);
          if (read !== undefined) assert.deepEqual(formatTableIndex(read), bytes);
        } catch (error) {
          if (!(error instanceof At1Error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is refused cut short anywhere, and with a byte more', async () => {
    const [{ meta, index }] = fc.sample(
      anyIndex.filter((each) => each.meta.types.length > 1 && each.meta.groups > 1),
      { numRuns: 1, seed: 5 },
    ) as [Case];
    const bytes = formatTableIndex(index);
    for (let length = 0; length < bytes.length; length++) {
      await throwsCode(() => readTableIndex(bytes.subarray(0, length), meta), 'container/malformed');
    }
    await throwsCode(() => readTableIndex(Uint8Array.of(...bytes, 0), meta), 'container/not-strict');
  });

  it('is as if absent in a version of another time', () => {
    const [{ meta, index }] = fc.sample(anyIndex, { numRuns: 1, seed: 1 }) as [Case];
    const bytes = formatTableIndex(index);
    bytes[0] = 2;
    assert.equal(readTableIndex(bytes, meta), undefined);
  });
});

describe('zones of a column', () => {
  it('are exact where floating point is not', () => {
    const cells = ['9007199254740993', '9007199254740993', '', '-1'];
    const kind = kindOf(cells);
    assert.deepEqual(kind, { type: 1, scale: 0 });
    const numbers = { minimum: -1n, maximum: 9007199254740993n, sum: 18014398509481985n };
    assert.deepEqual(zoneOf(cells, kind), { nulls: 1, numbers });
  });

  it('bring decimals and integers to one scale', () => {
    const cells = ['0.1', '0.2', '-3', '0.125'];
    const kind = kindOf(cells);
    assert.deepEqual(kind, { type: 2, scale: 3 });
    assert.deepEqual(zoneOf(cells, kind), { nulls: 0, numbers: { minimum: -3000n, maximum: 200n, sum: -2575n } });
  });

  it('take for text whatever has another spelling', () => {
    for (const cell of ['007', '-0', '1e5', '+1', '.5', '5.', ' 1', '1\r', '"1"', '-0.00', '1234567890123456789']) {
      assert.equal(kindOf(['1', cell]).type, 0, cell);
    }
    assert.equal(kindOf(['', '']).type, 0);
  });
});

describe('example in the description of tables', () => {
  const page = readFileSync(new URL('../../docs/format/query.md', import.meta.url), 'utf8');

  it('is what the page says of it', () => {
    const dump = page.split('```hex x-at1\n')[1]?.split('```')[0] ?? '';
    const sealed = fromHex(dump.replace(/^[0-9a-f]{4} {2}(.{48}).*$/gm, '$1').replaceAll(/\s/g, '')) as Uint8Array;
    const bytes = unsealTableIndex(sealed, signingEngines);
    assert.deepEqual(sealTableIndex(bytes, signingEngines), sealed);
    const meta = readTableMeta(Uint8Array.of(4, 1, 1, 44, 2, 2, 3, 2, 1, 2));
    const index = readTableIndex(bytes, meta) as TableIndex;
    assert.deepEqual(formatTableIndex(index), bytes);
    assert.deepEqual(
      index.columns.map(({ name, type, scale, groups }) => [
        fromLatin1(name),
        type,
        scale,
        groups.map(({ nulls, numbers }) => [nulls, numbers?.minimum, numbers?.maximum, numbers?.sum]),
      ]),
      [
        [
          'n',
          1,
          0,
          [
            [0, 1n, 5n, 6n],
            [0, 9n, 9n, 9n],
          ],
        ],
        [
          'p',
          2,
          2,
          [
            [1, 50n, 50n, 50n],
            [0, 225n, 225n, 225n],
          ],
        ],
      ],
    );
  });
});
