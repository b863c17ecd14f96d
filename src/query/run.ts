/**
 * Runs a plan over a table, group of rows by group of rows: what the zones rule out is skipped, what they tell is not read,
 * and of the rest only the columns that are needed, those of the condition first.
 */
import { Accumulator, zoneTells } from './accumulator.js';
import type { Value } from './columns.js';
import { HeldMemory } from './held-memory.js';
import { orderRows, type Row } from './order-rows.js';
import type { Plan } from './plan.js';
import type { TableSource } from './table-source.js';
import { queryError } from './tokens.js';

/** What a run came to, counted while it goes on. */
export interface RunCounts {
  /** Groups that the zones ruled out. */
  skipped: number;
  /** Groups of which the zones told everything. */
  told: number;
  /** Blocks that were read: a column of a group. */
  blocks: number;
}

/** Groups that a `group by` may have. */
export const MOST_GROUPS = 100_000;
const ACCUMULATOR_BYTES = 160;

/** The rows of the answer. Throws `usage/query` for more than is kept in memory, `container/*`. */
export async function* runPlan(
  plan: Plan,
  source: TableSource,
  counts: RunCounts,
): AsyncGenerator<Row, void, undefined> {
  if (plan.limit === 0) return;
  const width = plan.columns.length;
  const rows = plan.groups === undefined ? plainRows(plan, source, counts) : groupedRows(plan, source, counts);
  const ordered = plan.order.length === 0 ? rows : await orderRows(rows, plan.order, plan.limit);
  let count = 0;
  for await (const row of ordered) {
    yield row.length === width ? row : row.slice(0, width);
    if (++count >= plan.limit) return;
  }
}

async function* plainRows(plan: Plan, source: TableSource, counts: RunCounts): AsyncGenerator<Row, void, undefined> {
  const columns = plan.sources.map((from) => (from.kind === 'column' ? from.column : -1));
  for (let group = 0; group < source.groups; group++) {
    const blocks = new GroupBlocks(source, group, counts);
    const passing = await passingRows(plan, source, group, blocks);
    if (passing.length === 0) continue;
    const values = await blocks.load(columns);
    for (const row of passing) yield columns.map((column) => values[column]?.[row] ?? null);
  }
}

interface Gathered {
  readonly key: readonly Value[];
  readonly accumulators: readonly Accumulator[];
}

async function* groupedRows(plan: Plan, source: TableSource, counts: RunCounts): AsyncGenerator<Row, void, undefined> {
  const gathering = new Gathering(plan);
  for (let group = 0; group < source.groups; group++) {
    if (toldByZones(plan, source, group, gathering)) {
      counts.told++;
      continue;
    }
    const blocks = new GroupBlocks(source, group, counts);
    const passing = await passingRows(plan, source, group, blocks);
    if (passing.length === 0) continue;
    const needed = plan.aggregates.flatMap(({ column }) => (column === undefined ? [] : [column]));
    gathering.add(await blocks.load([...(plan.groups ?? []), ...needed]), passing);
  }
  const at = new Map((plan.groups ?? []).map((column, i) => [column, i]));
  for (const { key, accumulators } of gathering.groups()) {
    yield plan.sources.map((from) =>
      from.kind === 'column' ? (key[at.get(from.column) ?? -1] ?? null) : (accumulators[from.index]?.result() ?? null),
    );
  }
}

/** Whether all rows of the group are in the answer and its zones say everything; they are added then. */
function toldByZones(plan: Plan, source: TableSource, group: number, gathering: Gathering): boolean {
  const { predicate, aggregates } = plan;
  if (plan.groups === undefined || plan.groups.length > 0) return false;
  const rows = source.rowsOf(group);
  if (predicate?.allPass((column) => source.zone(group, column), rows) === false) return false;
  const zones = aggregates.map(({ column }) =>
    column === undefined ? { nulls: 0, numbers: undefined } : source.zone(group, column),
  );
  if (!aggregates.every((aggregate, i) => zoneTells(aggregate, zones[i], rows))) return false;
  const [all] = gathering.groups();
  zones.forEach((zone, i) => {
    if (zone !== undefined) all?.accumulators[i]?.addZone(zone, rows);
  });
  return true;
}

/** The columns of one group of rows, each read once, when it is asked for. */
class GroupBlocks {
  readonly #source: TableSource;
  readonly #group: number;
  readonly #counts: RunCounts;
  readonly #values: (readonly Value[])[] = [];

  constructor(source: TableSource, group: number, counts: RunCounts) {
    this.#source = source;
    this.#group = group;
    this.#counts = counts;
  }

  /** By the number of the column. */
  async load(columns: readonly number[]): Promise<readonly (readonly Value[])[]> {
    for (const column of columns) {
      if (this.#values[column] !== undefined) continue;
      this.#values[column] = await this.#source.values(this.#group, column);
      this.#counts.blocks++;
    }
    return this.#values;
  }

  skip(): void {
    this.#counts.skipped++;
  }
}

async function passingRows(
  { predicate }: Plan,
  source: TableSource,
  group: number,
  blocks: GroupBlocks,
): Promise<readonly number[]> {
  const rows = source.rowsOf(group);
  const zone = (column: number) => source.zone(group, column);
  if (predicate === undefined || predicate.allPass(zone, rows)) return Array.from({ length: rows }, (_, row) => row);
  if (!predicate.mayPass(zone, rows)) {
    blocks.skip();
    return [];
  }
  const values = await blocks.load(predicate.columns);
  const passing: number[] = [];
  for (let row = 0; row < rows; row++) if (predicate.test(values, row)) passing.push(row);
  return passing;
}

/** Groups by their key, in the order in which they appear. */
class Gathering {
  readonly #plan: Plan;
  readonly #memory = new HeldMemory();
  readonly #groups = new Map<string, Gathered>();

  constructor(plan: Plan) {
    this.#plan = plan;
    // All rows are one group, even of none.
    if (plan.groups?.length === 0) this.#start('', []);
  }

  groups(): IterableIterator<Gathered> {
    return this.#groups.values();
  }

  add(values: readonly (readonly Value[])[], rows: readonly number[]): void {
    const { groups = [], aggregates } = this.#plan;
    for (const row of rows) {
      const key = groups.map((column) => values[column]?.[row] ?? null);
      const name = keyOf(key);
      const { accumulators } = this.#groups.get(name) ?? this.#start(name, key);
      for (let i = 0; i < accumulators.length; i++) {
        const column = aggregates[i]?.column;
        (accumulators[i] as Accumulator).add(column === undefined ? null : (values[column]?.[row] ?? null));
      }
    }
  }

  #start(name: string, key: readonly Value[]): Gathered {
    if (this.#groups.size >= MOST_GROUPS) {
      throw queryError('group by', `there are more than ${MOST_GROUPS} groups`, {
        hint: 'narrow them down with where, or group by another column',
      });
    }
    const accumulators = this.#plan.aggregates.map((aggregate) => new Accumulator(aggregate, this.#memory));
    this.#memory.add(accumulators.length * ACCUMULATOR_BYTES);
    // The key is kept twice, as values and as a name.
    const kept = this.#memory.keep([...key, name]);
    const gathered = { key: kept.slice(0, -1), accumulators };
    this.#groups.set(kept.at(-1) as string, gathered);
    return gathered;
  }
}

/** Different for different keys: no text can look like the end of itself. */
function keyOf(key: readonly Value[]): string {
  return key
    .map((value) => (value === null ? 'n' : typeof value === 'bigint' ? `i${value}` : `t${value.length}:${value}`))
    .join(',');
}
