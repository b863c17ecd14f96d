/**
 * Columns that belong together as one: a cell may hold the delimiter, so the format lets a writer cut a row into fewer cells
 * than it has. Origin, destination and distance of a flight are one route; apart, each would be told anew in every row.
 */
import type { Engines } from '../engines.js';
import type { Level } from '../transforms/level.js';
import { type Candidate, candidatesOf, type DistinctValues, distinctValues } from './column-candidates.js';
import { type Block, smallestForm } from './column-trials.js';
import { mergeNeighbours } from './merge-neighbours.js';
import type { TableColumn } from './parse-table.js';

export interface FormedColumn {
  readonly column: TableColumn;
  /** The column as text, and as what is smallest. */
  readonly text: Candidate;
  readonly form: Candidate;
  readonly size: number;
  /** By itself, where it was compressed so. */
  readonly block: Block | undefined;
}

/** Bytes that are compressed to try neighbours, as a multiple of the table. */
const BUDGET = 8;
/** Columns that copy each other gain by sharing a model what they seem to lose apart, but no more than this. */
const CLEARLY_LESS = 0.7;

/**
 * Each column in its best form, and with a delimiter the same with neighbours made one: what is likely smaller, or both where
 * only a trial of the whole can tell.
 */
export async function formColumns(
  columns: readonly TableColumn[],
  delimiter: string | undefined,
  level: Level,
  engines: Engines,
): Promise<readonly (readonly FormedColumn[])[]> {
  const apart = await formAll(columns, level, engines);
  if (delimiter === undefined || level === 'fast') return [apart];
  let budget = BUDGET * apart.reduce((sum, { text }) => sum + text.bytes.length, 0);
  const joined = await mergeNeighbours(
    apart,
    ({ size }) => size,
    async (a, b) => {
      budget -= a.text.bytes.length + b.text.bytes.length;
      if (budget < 0) return undefined;
      const both = await formOf(joinTwo(a.column, b.column, delimiter), [], level, engines);
      // Whether texts are smaller side by side is nothing that zstd can tell for xz.
      return level !== 'max' && both.form === both.text ? undefined : both;
    },
  );
  if (joined.length === apart.length) return [apart];
  // Columns that others are derived from may be parts of larger ones now: only the sum tells.
  const again = await formAll(
    joined.map(({ column }) => column),
    level,
    engines,
  );
  const [less, more] = total(again) < total(apart) ? [again, apart] : [apart, again];
  return level === 'max' && total(less) > total(more) * CLEARLY_LESS ? [less, more] : [less];
}

async function formAll(
  columns: readonly TableColumn[],
  level: Level,
  engines: Engines,
): Promise<readonly FormedColumn[]> {
  const earlier: DistinctValues[] = [];
  const formed: FormedColumn[] = [];
  for (const column of columns) formed.push(await formOf(column, earlier, level, engines));
  return formed;
}

/** Adds itself to `earlier`. */
async function formOf(
  column: TableColumn,
  earlier: DistinctValues[],
  level: Level,
  engines: Engines,
): Promise<FormedColumn> {
  const distinct = distinctValues(column.values);
  const candidates = candidatesOf(column.values, distinct, earlier);
  earlier.push(distinct);
  return { column, text: candidates[0] as Candidate, ...(await smallestForm(candidates, level, engines)) };
}

/** Both have a value in every row. Quotes become part of the cell, which is copied as it is. */
function joinTwo(a: TableColumn, b: TableColumn, delimiter: string): TableColumn {
  const right = rawCells(b);
  const values = rawCells(a).map((cell, i) => cell + delimiter + (right[i] as string));
  return { values, quoted: values.map(() => false) };
}

/** The cells as they stand in the file. */
export function rawCells({ values, quoted }: TableColumn): string[] {
  return values.map((value, i) => (quoted[i] === true ? `"${value.replaceAll('"', '""')}"` : value));
}

function total(columns: readonly FormedColumn[]): number {
  return columns.reduce((sum, { size }) => sum + size, 0);
}
