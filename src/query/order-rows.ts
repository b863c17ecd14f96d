/** Rows in order: all of them, or the first few without keeping the others. */
import type { Value } from './columns.js';
import { HeldMemory } from './held-memory.js';
import type { Ordering } from './plan.js';
import { queryError } from './tokens.js';

export type Row = readonly Value[];

/** Rows that are kept to be put in order. */
export const MOST_ORDERED_ROWS = 1_000_000;
/** With a limit, rows beyond it are dropped when there are so many more. */
const SLACK = 4096;

/** Equal rows stay in the order they came in. Throws `usage/query` for too many. */
export async function orderRows(
  rows: AsyncIterable<Row>,
  order: readonly Ordering[],
  limit: number,
): Promise<readonly Row[]> {
  const compare = (a: Row, b: Row): number => compareRows(a, b, order);
  const memory = new HeldMemory();
  let kept: Row[] = [];
  for await (const row of rows) {
    kept.push(memory.keep(row));
    if (kept.length >= limit + SLACK && kept.length >= 2 * limit) {
      kept.sort(compare);
      for (const dropped of kept.slice(limit)) memory.release(dropped);
      kept = kept.slice(0, limit);
    }
    if (kept.length > MOST_ORDERED_ROWS) {
      throw queryError('order by', `more than ${MOST_ORDERED_ROWS} rows are to be put in order`, {
        hint: 'narrow them down with where, or set a limit of at most half as many',
      });
    }
  }
  return kept.sort(compare).slice(0, limit);
}

function compareRows(a: Row, b: Row, order: readonly Ordering[]): number {
  for (const { index, descending, nullsFirst } of order) {
    const [one, other] = [a[index] ?? null, b[index] ?? null];
    if (one === other) continue;
    if (one === null || other === null) return (one === null) === nullsFirst ? -1 : 1;
    return one < other === descending ? 1 : -1;
  }
  return 0;
}
