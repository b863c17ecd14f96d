/**
 * A table as a query reads it, by groups of rows: the parts of an open container with the stream x-at1, each proven before
 * it is used, or the bytes of a whole table that were proven before, of which no zones are known.
 */
import { fromLatin1 } from '../bytes/text.js';
import { kindOf } from '../codecs/column-zones.js';
import { withoutQuotes } from '../codecs/cut-cells.js';
import { rawCells } from '../codecs/join-columns.js';
import type { OpenTable } from '../codecs/open-table.js';
import { headerNames, parseTable } from '../codecs/parse-table.js';
import { ROWS_PER_GROUP, rowsOfGroup } from '../codecs/qcolumnar-index.js';
import type { TableIndex, ZoneIndex } from '../codecs/table-index.js';
import { overLimit } from '../container/format.js';
import { At1Error } from '../errors.js';
import { cellValue, columnType, type QueryColumn, uniqueNames, type Value } from './columns.js';

/** What is known of the cells of a column in a group without reading them. */
export type KnownZone = Pick<ZoneIndex, 'nulls' | 'numbers'>;

export interface TableSource {
  readonly columns: readonly QueryColumn[];
  readonly groups: number;
  /** Lines that are neither header nor rows: no answer speaks of them. */
  readonly outside: number;
  rowsOf(group: number): number;
  /** The column that is text because its lines end in CR LF; -1 for none. */
  readonly returns: number;
  /** Undefined where nothing is known. */
  zone(group: number, column: number): KnownZone | undefined;
  values(group: number, column: number): Promise<readonly Value[]>;
  /** Texts that were read whose quote is not closed: what they belong to goes on in another line. */
  openTexts(): number;
}

/** Of a container: its cells are values all at once, and a line feed is a cell for next to nothing. */
const MOST_ROWS_PER_GROUP = 1_048_576;
const BYTE_ORDER_MARK = 'ï»¿';
const text = new TextDecoder();

/** `index` is the one of the table. Throws `container/limit` for groups of too many rows. */
export function partsSource(table: OpenTable, index: TableIndex): TableSource {
  const most = Math.min(table.meta.rowsPerGroup, table.meta.rows);
  if (most > MOST_ROWS_PER_GROUP) throw overLimit('rows of a group', most, MOST_ROWS_PER_GROUP);
  const names = index.header ? index.columns.map(({ name }) => fromLatin1(name)) : undefined;
  const shape = shapeOf(names, index.columns);
  let open = 0;
  return {
    ...shape,
    groups: table.meta.groups,
    outside: index.outside,
    rowsOf: (group) => rowsOfGroup(table.meta, group),
    zone: (group, column) => (shape.returns === column ? undefined : index.columns[column]?.groups[group]),
    values: async (group, column) => {
      const cells = fromLatin1(await table.block(group, column)).split('\n');
      return valuesOf(cells, column, shape, () => open++);
    },
    openTexts: () => open,
  };
}

/** Throws `file/malformed` where the bytes are no table. */
export function bytesSource(data: Uint8Array): TableSource {
  const table = parseTable(data, true);
  if (table === undefined) {
    throw new At1Error('file/malformed', {
      message: 'this is not a table: no delimiter cuts its lines into equally many cells',
      hint: 'a table has commas, tabs, semicolons or bars between its cells, and a row in each line',
    });
  }
  const columns = table.columns.map(rawCells);
  const rows = columns[0]?.length ?? 0;
  const shape = shapeOf(headerNames(table), columns.map(kindOf));
  let open = 0;
  return {
    ...shape,
    groups: Math.ceil(rows / ROWS_PER_GROUP),
    outside: table.rows.length - rows,
    rowsOf: (group) => Math.min(ROWS_PER_GROUP, rows - group * ROWS_PER_GROUP),
    zone: () => undefined,
    values: async (group, column) => {
      const cells = columns[column]?.slice(group * ROWS_PER_GROUP, (group + 1) * ROWS_PER_GROUP) ?? [];
      return valuesOf(cells, column, shape, () => open++);
    },
    openTexts: () => open,
  };
}

interface Shape {
  readonly columns: readonly QueryColumn[];
  /** The last column, where the lines end in carriage return and line feed: the former is no part of its cells. */
  readonly returns: number;
}

function shapeOf(
  names: readonly string[] | undefined,
  kinds: readonly { readonly type: number; readonly scale: number }[],
): Shape {
  const last = kinds.length - 1;
  const returns = names?.[last]?.endsWith('\r') === true ? last : -1;
  const plain = kinds.map((_, i) => {
    const name = names?.[i] ?? `column${i}`;
    const ended = i === returns ? withoutQuotes(name.slice(0, -1)) : name;
    return decodeText(i === 0 && ended.startsWith(BYTE_ORDER_MARK) ? withoutQuotes(ended.slice(3)) : ended);
  });
  const columns = uniqueNames(plain).map((name, i) => {
    const { type = 0, scale = 0 } = kinds[i] ?? {};
    return { name, type: columnType(type), scale };
  });
  return { columns, returns };
}

function valuesOf(cells: readonly string[], column: number, shape: Shape, onOpen: () => void): readonly Value[] {
  const facts = shape.columns[column] as QueryColumn;
  if (column !== shape.returns) return cells.map((cell) => cellValue(cell, facts, onOpen));
  return cells.map((cell) => cellValue(cell.endsWith('\r') ? cell.slice(0, -1) : cell, facts, onOpen));
}

/** Bytes as characters to text; what is no UTF-8 is U+FFFD. */
export function decodeText(bytes: string): string {
  // Most texts are the same in both.
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  return text.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}
