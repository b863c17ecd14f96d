import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { readColumnar } from '../../src/codecs/read-columnar.js';
import type { EncodedStreams } from '../../src/codecs/streams.js';
import { writeColumnar } from '../../src/codecs/write-columnar.js';
import { decodePayload } from '../../src/container/payload.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import type { Level } from '../../src/transforms/level.js';
import { anyData } from '../helpers/byte-stream.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { throwsCode } from '../helpers/throws-code.js';
import { within } from '../helpers/time-limit.js';
import { scaled } from '../scale.js';
import { anyTable, columnarMeta, handmade, shown, streamsOf } from './tables.js';

const LEVELS: readonly Level[] = ['fast', 'balanced', 'max'];

describe('columnar', function () {
  this.timeout(scaled(60_000));
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  /** Proves the streams and the payload beside them; undefined where the data is no table. */
  async function proven(data: Uint8Array, level: Level): Promise<EncodedStreams | undefined> {
    const encoded = await writeColumnar(data, { level, engines });
    if (encoded === undefined) return undefined;
    const back = readColumnar(streamsOf(encoded), data.length);
    assert.deepEqual(back, data, `${shown(back)} for ${shown(data)}`);
    for (const { data: bytes, payload } of encoded) {
      if (payload !== undefined) assert.deepEqual(await decodePayload(payload, engines), bytes);
    }
    return encoded;
  }

  it('gives back every table, whatever its quotes, numbers and line ends', async () => {
    let tables = 0;
    await fc.assert(
      fc.asyncProperty(anyTable, async (data) => {
        if ((await proven(data, 'fast')) !== undefined) tables++;
      }),
      { numRuns: 400 },
    );
    assert.ok(tables > 150, `only ${tables} of 400 were taken for tables`);
  });

  for (const level of ['balanced', 'max'] as const) {
    it(`gives back tables at level ${level}, from the payload of its own making too`, async () => {
      await fc.assert(
        fc.asyncProperty(anyTable, async (data) => {
          await proven(data, level);
        }),
        { numRuns: level === 'max' ? 12 : 25 },
      );
    });
  }

  it('gives back data that is hardly a table', async () => {
    const soup = fc
      .array(fc.constantFrom(',', '"', '\n', '\r', 'a', '1', '-', '.', '0', '\0', ',"', '\n1,2', ';'), {
        maxLength: 200,
      })
      .map((parts) => utf8(parts.join('')));
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup, anyData), async (data) => {
        await proven(data, 'fast');
      }),
      { numRuns: 400 },
    );
  });

  it('uses each of the seven types where it is made for it', async () => {
    const chance = randomBytes(3000, 7);
    const lines = Array.from({ length: 1500 }, (_, i) => {
      const noise = chance[i] as number;
      const name = ['alpha', 'beta', 'gamma', 'delta'][(chance[i + 1500] as number) % 4] as string;
      const price = i % 40 === 0 ? 'n/a' : String(1_000_000 + i * 3);
      return `${i * 1000},${(i / 100).toFixed(2)},${price},${name},${noise},${name.length}-${name}`;
    });
    const encoded = await proven(utf8(`${lines.join('\n')}\n`), 'max');
    const types = encoded?.find(({ name }) => name === 'coltypes')?.data ?? [];
    // Text is what such a table hardly needs; the other tests have it everywhere.
    for (const type of [1, 2, 3, 4, 5, 6]) assert.ok([...types].includes(type), `type ${type} is not in ${[...types]}`);
  });

  it('is smaller than one piece of xz where columns are of steady length', async () => {
    const hours = Array.from({ length: 2000 }, (_, i) => new Date(i * 3_600_000).toISOString());
    const data = utf8(hours.map((hour, i) => `${hour},${(i * 7) % 24}\n`).join(''));
    const values = (await proven(data, 'max'))?.find(({ name }) => name === 'values');
    const whole = await engines.xzCompress(data, 9);
    assert.ok((values?.payload?.bytes.length ?? Number.POSITIVE_INFINITY) * 2 < whole.length);
  });

  it('takes no text for a table that has no columns', async () => {
    for (const text of [
      '',
      'one line',
      'many words\nof some text\n\nwithout a delimiter\n',
      'a,b\nc\n\nd\ne\nf\ng,h,i\n',
    ]) {
      for (const level of LEVELS) assert.equal(await writeColumnar(utf8(text), { level, engines }), undefined, text);
    }
  });

  it('decodes a worked example, byte by byte', () => {
    const streams = handmade({
      meta: columnarMeta(2, 3, { header: true }),
      coltypes: [1, 0, 2],
      col_index: [2, 2, 4],
      values: [0x02, 0x05, 0x78, 0x0a, 0x02, 0x64, 0x96, 0x01],
      quotemodes: [0, 1, 0],
      row_modes: [1, 1],
      fieldcounts: [3, 3],
      header: 'a,b,c',
    });
    assert.deepEqual(readColumnar(streams, 28), utf8('a,b,c\n1,"x",0.50\n-2,"",1.25\n'));
  });

  it('reads delimiters of several bytes, ragged rows and bits of quotes', () => {
    const streams = handmade({
      meta: columnarMeta(4, 2, { delimiter: '::', finalNewline: false }),
      coltypes: [0, 0],
      col_index: [6, 3],
      values: 'a\nb\n"cd\ne',
      quotemodes: [2, 0],
      quotebits: [0b101],
      row_modes: [1, 0, 1, 1],
      fieldcounts: [2, 1, 2],
      verbatim: 'a line',
    });
    assert.deepEqual(readColumnar(streams, 100), utf8('"a"::d\na line\nb\n"""c"::e'));
  });

  it('numbers the values of a source by value, also where its rows are longer than those of the derived column', () => {
    const streams = handmade({
      meta: columnarMeta(4, 2, { finalNewline: false }),
      coltypes: [0, 4],
      col_index: [7, 6],
      // The second value of the derived column pairs with the second of the source, which stands in another row.
      values: [0x61, 0x0a, 0x62, 0x0a, 0x61, 0x0a, 0x62, 0, 2, 1, 0x78, 1, 0x79],
      quotemodes: [0, 0],
      row_modes: [1, 1, 1, 1],
      fieldcounts: [2, 1, 2, 1],
    });
    assert.deepEqual(readColumnar(streams, 100), utf8('a,x\nb\na,y\nb'));
  });

  describe('refuses', () => {
    const table = (changes: Readonly<Record<string, string | readonly number[]>>) =>
      handmade({
        meta: columnarMeta(2, 1),
        coltypes: [0],
        col_index: [3],
        values: 'a\nb',
        quotemodes: [0],
        row_modes: [1, 1],
        fieldcounts: [1, 1],
        ...changes,
      });
    const column = (type: number, ...values: number[]) =>
      table({ coltypes: [type], col_index: [values.length], values });
    const huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    const cases: readonly [string, Parameters<typeof readColumnar>[0], string][] = [
      ['no streams', new Map(), 'malformed'],
      ['rows without modes', table({ meta: columnarMeta(3, 1) }), 'malformed'],
      ['columns without types', table({ meta: columnarMeta(2, 2) }), 'malformed'],
      ['a million columns', table({ meta: columnarMeta(2, 1_000_000) }), 'limit'],
      ['a row of more cells than columns', table({ fieldcounts: [1, 2] }), 'malformed'],
      ['rows without counts', table({ fieldcounts: [1] }), 'malformed'],
      ['a part longer than the values', table({ col_index: [4] }), 'malformed'],
      ['too few values', table({ col_index: [1] }), 'malformed'],
      ['too few verbatim lines', table({ row_modes: [0, 0], verbatim: 'a' }), 'malformed'],
      ['missing bits of quotes', table({ quotemodes: [2] }), 'malformed'],
      ['an unknown type', column(7, 1, 1), 'malformed'],
      ['integers that end', column(1, 2), 'malformed'],
      ['an integer over 64 bits', column(1, ...maximum(), ...maximum()), 'malformed'],
      ['19 decimals', column(2, 19, 2, 2), 'malformed'],
      ['numbers of an unknown kind', column(3, 2, 2, 3, 0, 2, 2), 'malformed'],
      ['a count of numbers beyond the bytes', column(3, 0, ...huge, 1), 'malformed'],
      ['exceptions beyond the bytes', column(3, 0, 2, 0, ...huge), 'malformed'],
      ['too few exceptions', column(3, 0, 2, 0, 1, 1, 0x61), 'malformed'],
      ['a column derived from itself', column(4, 0, 1, 1, 0x61), 'malformed'],
      ['a dictionary beyond the bytes', column(5, 2, ...huge, 1), 'malformed'],
      ['an index outside the dictionary', column(5, 2, 1, 1, 0x61, 0, 1), 'malformed'],
      ['fewer values than rows in a dictionary', column(5, 1, 1, 1, 0x61, 0, 0), 'malformed'],
      ['planes of no bytes', column(6, 2, 0, 0, 1, 1), 'malformed'],
      ['planes of nine bytes', column(6, 2, 0, 9, ...new Array(18).fill(0)), 'malformed'],
      ['planes beyond the bytes', column(6, ...huge, 0, 8, 1, 1), 'malformed'],
      ['a padded varint', column(1, 0x82, 0x00, 2), 'not-strict'],
    ];
    for (const [name, streams, code] of cases) {
      it(name, async () => {
        await throwsCode(() => readColumnar(streams, 1000), `container/${code as 'malformed'}`);
      });
    }

    it('more output than allowed, by one byte', async () => {
      assert.equal(readColumnar(table({}), 4).length, 4);
      await throwsCode(() => readColumnar(table({}), 3), 'container/limit');
    });

    it('small inputs of large outputs before they are made', async () => {
      const entry = new Array(60_000).fill(0x61);
      const bomb = table({
        meta: columnarMeta(50_000, 1),
        coltypes: [5],
        col_index: [0xe9, 0xa7, 0x06],
        values: [0xd0, 0x86, 0x03, 1, 0xe0, 0xd4, 0x03, ...entry, ...new Array(50_000).fill(0)].slice(0, 103_401),
        row_modes: new Array(50_000).fill(1),
        fieldcounts: new Array(50_000).fill(1),
      });
      await throwsCode(() => readColumnar(bomb, 1 << 20), 'container/limit');
    });

    it('cells that cost time and yield nothing', async () => {
      // A delimiter of no bytes, and thousands of columns derived from one, all of them empty.
      const columns = 10_000;
      const rows = 10_000;
      const part = [0, 1, 0];
      const streams = handmade({
        meta: columnarMeta(rows, columns, { delimiter: '' }),
        coltypes: [0, ...new Array(columns - 1).fill(4)],
        col_index: [0x90, 0x4e, ...new Array(columns - 1).fill(3)],
        values: [...new Array(rows).fill(10), ...new Array(columns - 1).fill(part).flat()],
        quotemodes: new Array(columns).fill(0),
        row_modes: new Array(rows).fill(1),
        fieldcounts: new Array(rows).fill([0x90, 0x4e]).flat(),
      });
      await within(3_000, () => throwsCode(() => readColumnar(streams, 1 << 18), 'container/limit'));
    });
  });

  it('numbers no more values of a source than the map has strings', async () => {
    const read = (fieldcounts: number[]) =>
      readColumnar(
        handmade({
          meta: columnarMeta(3, 2, { finalNewline: false }),
          coltypes: [1, 4],
          col_index: [3, 4],
          values: [2, 2, 2, 0, 1, 1, 0x61],
          quotemodes: [0, 0],
          row_modes: [1, 1, 1],
          fieldcounts,
        }),
        100,
      );
    assert.deepEqual(read([2, 1, 1]), utf8('1,a\n2\n3'));
    await throwsCode(() => read([2, 2, 1]), 'container/malformed');
  });

  it('follows long chains of derived columns in one pass', async () => {
    const columns = 1000;
    const rows = 500;
    const streams = handmade({
      meta: columnarMeta(rows, columns, { finalNewline: false }),
      coltypes: [0, ...new Array(columns - 1).fill(4)],
      col_index: [0xe8, 0x07, ...new Array(columns - 1).fill(0).flatMap((_, i) => [i < 128 ? 4 : 5])],
      values: [
        ...new Array(rows).fill([0x61, 10]).flat(),
        ...new Array(columns - 1)
          .fill(0)
          .flatMap((_, i) => [...(i < 128 ? [i] : [(i & 127) | 128, i >> 7]), 1, 1, 0x62]),
      ],
      quotemodes: new Array(columns).fill(0),
      row_modes: new Array(rows).fill(1),
      fieldcounts: new Array(rows).fill([0xe8, 0x07]).flat(),
    });
    const line = `a${',b'.repeat(columns - 1)}`;
    const data = await within(3_000, () => readColumnar(streams, 1 << 20));
    assert.deepEqual(data, utf8(new Array(rows).fill(line).join('\n')));
  });
});

/** The zigzag varint of 2^63 - 1. */
function maximum(): number[] {
  return [0xfe, ...new Array(8).fill(0xff), 0x01];
}
