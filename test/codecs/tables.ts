/** Texts that are tables, nearly tables, or only look like them: whatever a writer could get wrong is likely in them. */
import fc from 'fast-check';
import { fromLatin1, utf8 } from '../../src/bytes/text.js';
import { NumberWriter } from '../../src/codecs/number-writer.js';
import type { EncodedStreams, Streams } from '../../src/codecs/streams.js';

const INTEGERS = fc.oneof(
  fc.integer().map(String),
  fc.integer({ min: -3, max: 300 }).map(String),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.constantFrom('0', '-0', '00', '007', '+1', '-', '1e5', '9223372036854775807', '-9223372036854775808'),
  fc.constantFrom('999999999999999999', '-999999999999999999', '1000000000000000000', '9007199254740993'),
);
const DECIMALS = fc.oneof(
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 0, max: 99 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(2, '0')}`),
  fc.constantFrom(
    '-0.00',
    '0.00',
    '.5',
    '5.',
    '-0.05',
    '00.10',
    '1.000000000000000001',
    '123456789012345678.5',
    '1..2',
  ),
);
const TEXTS = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('', 'a', 'é', '\0', '\r', ' ', '2010-01-01T01:00:00', '2010-01-02T01:00:00', 'null', 'x y'),
  fc.constantFrom('"', '""', '"""', '"a"', '"a""b"', 'a"b', '"a" ', ' "a"', '"a', 'a"', '"a,b"', '"a;b""', '"\r'),
);
const CELL_SORTS = [
  INTEGERS,
  fc.integer({ min: 0, max: 40 }).map(String),
  DECIMALS,
  TEXTS,
  fc.constantFrom('DE', 'US'),
];

/** A column of one sort with now and then a cell of another. */
const COLUMN = fc
  .constantFrom(...CELL_SORTS)
  .map((sort) => fc.oneof({ weight: 15, arbitrary: sort }, { weight: 1, arbitrary: TEXTS }));

const SHAPE = fc.record({
  columns: fc.array(COLUMN, { minLength: 1, maxLength: 5 }),
  delimiter: fc.constantFrom(',', '\t', ';', '|'),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n', 'mixed'),
  header: fc.boolean(),
  finalNewline: fc.boolean(),
  quoteAll: fc.boolean(),
  ragged: fc.constantFrom(0, 0, 10, 3),
});

export const anyTable: fc.Arbitrary<Uint8Array> = SHAPE.chain((shape) => {
  const row = fc.tuple(...shape.columns);
  return fc
    .tuple(fc.array(row, { minLength: 2, maxLength: 60 }), fc.infiniteStream(fc.nat({ max: 1000 })))
    .map(([rows, chance]) => {
      const next = (): number => chance.next().value as number;
      const lines = rows.map((cells) => {
        const quoted = cells.map((cell) => (shape.quoteAll || next() < 50 ? `"${cell.replaceAll('"', '""')}"` : cell));
        if (shape.ragged > 0 && next() % shape.ragged === 0) quoted.splice(next() % 3, 1 + (next() % 2));
        if (shape.ragged > 0 && next() % (2 * shape.ragged) === 0) quoted.push('more', '');
        return quoted.join(shape.delimiter);
      });
      if (shape.header) lines.unshift(shape.columns.map((_, i) => `name ${i}`).join(shape.delimiter));
      const text = lines
        .map((line, i) => {
          const last = i === lines.length - 1;
          if (last && !shape.finalNewline) return line;
          return line + (shape.lineEnd === 'mixed' ? (next() % 2 === 0 ? '\n' : '\r\n') : shape.lineEnd);
        })
        .join('');
      return utf8(text);
    });
});

export function streamsOf(encoded: EncodedStreams): Streams {
  return new Map(encoded.map(({ name, data }) => [name, data]));
}

/** Streams from short descriptions: text, or bytes. */
export function handmade(streams: Readonly<Record<string, string | readonly number[]>>): Streams {
  return new Map(
    Object.entries(streams).map(([name, content]) => [
      name,
      typeof content === 'string' ? utf8(content) : Uint8Array.from(content),
    ]),
  );
}

/** The fields of `meta` of columnar. */
export function columnarMeta(
  rows: number,
  columns: number,
  { delimiter = ',', header = false, finalNewline = true } = {},
): number[] {
  const writer = new NumberWriter()
    .uint(rows)
    .u8(finalNewline ? 1 : 0)
    .u8(header ? 1 : 0);
  return [...writer.string(delimiter).uint(columns).finish()];
}

/** For messages. */
export function shown(bytes: Uint8Array): string {
  return JSON.stringify(fromLatin1(bytes));
}
