/** The rows of an answer as CSV and as JSON, piece by piece, with every digit of their numbers. */
import { fromLatin1, utf8 } from '../bytes/text.js';
import { NumberWriter } from '../codecs/number-writer.js';
import { unreachable } from '../errors.js';
import type { QueryColumn, Value } from './columns.js';
import { formatDecimal } from './decimal.js';
import type { Row } from './order-rows.js';
import { decodeText } from './table-source.js';

export type AnswerFormat = 'csv' | 'json';

/** Rows that become one piece. */
const PIECE = 1024;

/** CSV has the texts byte for byte; JSON is one list of objects. */
export async function* formatAnswer(
  rows: AsyncIterable<Row>,
  columns: readonly QueryColumn[],
  format: AnswerFormat,
): AsyncGenerator<Uint8Array, void, undefined> {
  switch (format) {
    case 'csv':
      yield utf8(`${columns.map(({ name }) => quoted(name)).join(',')}\n`);
      yield* pieces(rows, (row) => `${row.map((value, i) => csvCell(value, columns[i] as QueryColumn)).join(',')}\n`);
      return;
    case 'json': {
      const names = columns.map(({ name }) => JSON.stringify(name));
      let before = '[\n';
      for await (const piece of pieces(rows, (row) => {
        const fields = row.map(
          (value, i) => `${byteText(names[i] ?? '')}:${jsonValue(value, columns[i] as QueryColumn)}`,
        );
        const line = `${before}{${fields.join(',')}}`;
        before = ',\n';
        return line;
      })) {
        yield piece;
      }
      yield utf8(before === '[\n' ? '[]\n' : '\n]\n');
      return;
    }
    default:
      unreachable(format);
  }
}

/** A value for people and for JSON: numbers with all digits, texts decoded. */
export function formatValue(value: Value, { scale }: QueryColumn): string | null {
  if (value === null) return null;
  return typeof value === 'bigint' ? formatDecimal({ unscaled: value, scale }) : decodeText(value);
}

/** Lines with a character for each byte. */
async function* pieces(
  rows: AsyncIterable<Row>,
  line: (row: Row) => string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let lines: string[] = [];
  for await (const row of rows) {
    lines.push(line(row));
    if (lines.length < PIECE) continue;
    yield new NumberWriter().latin1(lines.join('')).finish();
    lines = [];
  }
  if (lines.length > 0) yield new NumberWriter().latin1(lines.join('')).finish();
}

function csvCell(value: Value, { scale }: QueryColumn): string {
  if (value === null) return '';
  return typeof value === 'bigint' ? formatDecimal({ unscaled: value, scale }) : quoted(value);
}

/** A text of no characters is quoted, as without quotes it is null. */
function quoted(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonValue(value: Value, { scale }: QueryColumn): string {
  if (value === null) return 'null';
  if (typeof value === 'bigint') return formatDecimal({ unscaled: value, scale });
  return byteText(JSON.stringify(decodeText(value)));
}

function byteText(text: string): string {
  return fromLatin1(utf8(text));
}
