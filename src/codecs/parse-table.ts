/**
 * Text as a table, so that joining its cells gives back every byte: delimiter, header, quotes, rows that fit and lines
 * that do not. Cells are strings of characters up to U+00FF, one for each byte.
 */
import { fromLatin1 } from '../bytes/text.js';
import { cutCells, unquote, withoutQuotes } from './cut-cells.js';
import { findDelimiter } from './find-delimiter.js';
import { scaleOf } from './table-number.js';

export interface TableColumn {
  /** What stands between the quotes, where there are any. */
  readonly values: readonly string[];
  /** One per value: 1 where it was quoted. */
  readonly quoted: readonly boolean[];
}

export interface Table {
  readonly delimiter: string;
  readonly header: string | undefined;
  readonly finalNewline: boolean;
  /** One per line after the header: the number of its cells, or the line itself. */
  readonly rows: readonly (number | string)[];
  readonly columns: readonly TableColumn[];
}

/** More is not a table that anybody reads by columns. */
const MOST_COLUMNS = 4096;
/** Lines of another number of cells than the others: at most this part of the bytes. */
const MOST_RAGGED = 0.3;
/** From here on a short row is a habit of the file, and its cells belong to their columns. */
const HABITUAL = 0.01;

/** Undefined where the text is no table. `exact`: a row has all columns, or it is a line of its own. */
export function parseTable(data: Uint8Array, exact: boolean): Table | undefined {
  const text = fromLatin1(data);
  const lines = text.split('\n');
  const finalNewline = lines.length > 1 && lines[lines.length - 1] === '';
  if (finalNewline) lines.pop();
  const found = findDelimiter(lines);
  if (found === undefined || found.columns > MOST_COLUMNS) return undefined;
  const { delimiter, columns } = found;
  const first = lines[0] as string;
  const hasHeader = lines.length > 1 && isHeader(first, delimiter, columns);
  const rows = hasHeader ? lines.slice(1) : lines;
  return fillTable(rows, { delimiter, columns, finalNewline, header: hasHeader ? first : undefined }, exact);
}

/** What the header calls the columns; undefined where there is none. */
export function headerNames({ header, delimiter, columns }: Table): readonly string[] | undefined {
  return header === undefined ? undefined : cutCells(header, delimiter, columns.length)?.map(withoutQuotes);
}

interface Shape {
  readonly delimiter: string;
  readonly columns: number;
  readonly finalNewline: boolean;
  readonly header: string | undefined;
}

function fillTable(lines: readonly string[], shape: Shape, exact: boolean): Table | undefined {
  const { delimiter, columns: width, finalNewline, header } = shape;
  const cells = lines.map((line) => cutCells(line, delimiter, width));
  const short = cells.filter((each) => each !== undefined && each.length < width).length;
  const keepShort = !exact && short > lines.length * HABITUAL;
  const columns = Array.from({ length: width }, () => ({ values: [] as string[], quoted: [] as boolean[] }));
  const rows: (number | string)[] = [];
  let ragged = 0;
  let total = 1;
  cells.forEach((row, at) => {
    const line = lines[at] as string;
    total += line.length;
    if (row === undefined || (row.length < width && !keepShort)) {
      ragged += line.length;
      rows.push(line);
      return;
    }
    if (row.length < width) ragged += line.length;
    rows.push(row.length);
    row.forEach((cell, i) => {
      const column = columns[i] as (typeof columns)[number];
      const inner = unquote(cell);
      column.values.push(inner ?? cell);
      column.quoted.push(inner !== undefined);
    });
  });
  if (ragged > total * MOST_RAGGED) return undefined;
  return { delimiter, header, finalNewline, rows, columns };
}

/** Names, not values: no cell of the first line is a number. To be wrong costs next to nothing. */
function isHeader(line: string, delimiter: string, columns: number): boolean {
  const cells = cutCells(line, delimiter, columns);
  return cells?.length === columns && cells.every((cell) => scaleOf(unquote(cell) ?? cell) === undefined);
}
