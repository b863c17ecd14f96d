/** The columns of a table by name, and what stands in their cells: nothing, an exact number, or the bytes of a text. */
import { unquote } from '../codecs/cut-cells.js';
import { DECIMAL_COLUMN, INTEGER_COLUMN } from '../codecs/qcolumnar-index.js';
import { scaleOf, unscaledOf } from '../codecs/table-number.js';
import { malformed } from '../container/format.js';
import { nearest } from '../registry/did-you-mean.js';
import { powerOfTen } from './decimal.js';
import { formatName, queryError } from './tokens.js';

export type ColumnType = 'text' | 'integer' | 'decimal';

export interface QueryColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Digits after the point; 0 unless the type is decimal. */
  readonly scale: number;
}

/** Null, a number without its point, or a text with a character for each byte: their order is the order of the bytes. */
export type Value = null | bigint | string;

/** Exactly so called, or the only one so called in another case. */
export function findColumn(columns: readonly QueryColumn[], name: string, part: string): number {
  const exact = columns.findIndex((column) => column.name === name);
  if (exact >= 0) return exact;
  const lower = name.toLowerCase();
  const alike = columns.flatMap((column, i) => (column.name.toLowerCase() === lower ? [i] : []));
  if (alike.length === 1) return alike[0] as number;
  const names = columns.map((column) => column.name);
  const near = alike.length > 1 ? alike.map((i) => names[i] as string) : nearest(name, names);
  const some = names.slice(0, 20).map(formatName).join(', ');
  throw queryError(part, `there is no column ${formatName(name)}`, {
    hint:
      near.length > 0
        ? `did you mean ${near.map(formatName).join(' or ')}?`
        : `the columns are ${some}${names.length > 20 ? ', ...' : ''}`,
    facts: { column: name, near },
  });
}

export function columnType(type: number): ColumnType {
  if (type === INTEGER_COLUMN) return 'integer';
  return type === DECIMAL_COLUMN ? 'decimal' : 'text';
}

/** What the header calls them; each once. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  const seen = new Map<string, number>();
  return names.map((name) => {
    let count = seen.get(name) ?? 0;
    // Counted on from where the last one of this name ended.
    while (count > 0 && taken.has(`${name}_${count}`)) count++;
    seen.set(name, count + 1);
    if (count === 0) return name;
    taken.add(`${name}_${count}`);
    return `${name}_${count}`;
  });
}

/** A text whose quote is not closed is one that goes on in another line: `onOpen` hears of it. */
export function cellValue(cell: string, column: QueryColumn, onOpen: () => void): Value {
  if (cell === '') return null;
  if (column.type === 'text') {
    if (cell.charCodeAt(0) !== 34) return cell;
    const inner = unquote(cell);
    if (inner === undefined) onOpen();
    return inner ?? cell;
  }
  const scale = scaleOf(cell);
  const own = Math.max(0, scale ?? 0);
  if (scale === undefined || own > column.scale) {
    throw malformed(`a cell of the column ${formatName(column.name)} is not the number that its type says`);
  }
  const unscaled = BigInt(unscaledOf(cell, scale));
  return own === column.scale ? unscaled : unscaled * powerOfTen(column.scale - own);
}
