/** A query against the columns of a table: which are read, what is computed, in which order. Nothing is read here. */
import { type Aggregate, aggregateType } from './accumulator.js';
import { findColumn, type QueryColumn } from './columns.js';
import type { Predicate } from './comparisons.js';
import {
  type Expression,
  formatExpression,
  type OrderItem,
  parseGroupBy,
  parseOrderBy,
  parseSelect,
  type SelectItem,
} from './parse-select.js';
import { parseWhere } from './parse-where.js';
import { bindWhere } from './predicate.js';
import { queryError } from './tokens.js';

/** The parts of a query as text. */
export interface Query {
  /** Default all columns, or the groups and how many rows they have. */
  readonly select?: string | undefined;
  /** Default every row. */
  readonly where?: string | undefined;
  readonly groupBy?: string | undefined;
  /** Default the order of the table; of groups, that of their first rows. */
  readonly orderBy?: string | undefined;
  /** Most rows of the answer. */
  readonly limit?: number | undefined;
}

/** Where a value of a row of the answer comes from: a column, or the nth aggregate. */
export type Source =
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'aggregate'; readonly index: number };

export interface Ordering {
  /** Which value of the row. */
  readonly index: number;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export interface Plan {
  /** Of the answer. */
  readonly columns: readonly QueryColumn[];
  /** One for each column of the answer, and then those that are there for the order only. */
  readonly sources: readonly Source[];
  readonly predicate: Predicate | undefined;
  /** Undefined where the rows themselves are the answer; of no columns, where all rows are one group. */
  readonly groups: readonly number[] | undefined;
  readonly aggregates: readonly Aggregate[];
  readonly order: readonly Ordering[];
  readonly limit: number;
}

/** Throws `usage/query`. */
export function planQuery(query: Query, columns: readonly QueryColumn[]): Plan {
  const { limit = Number.POSITIVE_INFINITY } = query;
  if (limit !== Number.POSITIVE_INFINITY && (!Number.isSafeInteger(limit) || limit < 0)) {
    throw queryError('limit', 'a whole number of rows is expected, 0 or more');
  }
  const grouped = query.groupBy === undefined ? undefined : parseGroupBy(query.groupBy);
  const items = query.select === undefined ? usualItems(grouped) : parseSelect(query.select);
  const order = query.orderBy === undefined ? [] : parseOrderBy(query.orderBy);
  const predicate = query.where === undefined ? undefined : bindWhere(parseWhere(query.where), columns);
  const groups = groupsOf(grouped, items, columns);
  const binding = new Binding(columns, groups);
  const named = items.flatMap((item) => expand(item, columns));
  const outputs = named.map(({ expression, name }) => ({ ...binding.add(expression, 'select'), name }));
  demandUnique(outputs.map(({ name }) => name));
  const orderings = order.map((item) => orderingOf(item, named, binding));
  return {
    columns: outputs,
    sources: binding.sources,
    predicate,
    groups,
    aggregates: binding.aggregates,
    order: orderings,
    limit,
  };
}

interface Named {
  readonly expression: Expression;
  readonly name: string;
}

function usualItems(grouped: readonly string[] | undefined): readonly SelectItem[] {
  if (grouped === undefined) return [{ kind: 'all' }];
  const count: Expression = { kind: 'aggregate', aggregate: 'count', column: undefined };
  const columns = grouped.map((name): Expression => ({ kind: 'column', name }));
  return [...columns, count].map((expression) => ({ kind: 'one', expression, alias: undefined }));
}

function groupsOf(
  grouped: readonly string[] | undefined,
  items: readonly SelectItem[],
  columns: readonly QueryColumn[],
): readonly number[] | undefined {
  if (grouped !== undefined) return [...new Set(grouped.map((name) => findColumn(columns, name, 'group by')))];
  return items.some((item) => item.kind === 'one' && item.expression.kind === 'aggregate') ? [] : undefined;
}

function expand(item: SelectItem, columns: readonly QueryColumn[]): readonly Named[] {
  if (item.kind === 'all') return columns.map(({ name }) => ({ expression: { kind: 'column', name }, name }));
  const { expression, alias } = item;
  if (alias !== undefined) return [{ expression, name: alias }];
  if (expression.kind !== 'column') return [{ expression, name: formatExpression(expression) }];
  return [{ expression, name: (columns[findColumn(columns, expression.name, 'select')] as QueryColumn).name }];
}

/** Collects what the rows of the answer consist of. */
class Binding {
  readonly sources: Source[] = [];
  readonly aggregates: Aggregate[] = [];
  readonly #columns: readonly QueryColumn[];
  readonly #groups: readonly number[] | undefined;

  constructor(columns: readonly QueryColumn[], groups: readonly number[] | undefined) {
    this.#columns = columns;
    this.#groups = groups;
  }

  add(expression: Expression, part: string): Pick<QueryColumn, 'type' | 'scale'> {
    if (expression.kind === 'column') {
      const column = findColumn(this.#columns, expression.name, part);
      if (this.#groups !== undefined && !this.#groups.includes(column)) {
        throw queryError(part, `the column ${expression.name} is neither grouped by nor in an aggregate`, {
          hint: 'add it to the group by, or take its min or max',
        });
      }
      this.sources.push({ kind: 'column', column });
      return this.#columns[column] as QueryColumn;
    }
    if (this.#groups === undefined) throw queryError(part, 'there are aggregates here, but no groups');
    const { aggregate: name, column: of } = expression;
    const column = of === undefined ? undefined : findColumn(this.#columns, of, part);
    const type = aggregateType(name, column === undefined ? undefined : this.#columns[column]);
    this.sources.push({ kind: 'aggregate', index: this.aggregates.length });
    this.aggregates.push({ name, column });
    return { type: type.type, scale: type.scale };
  }
}

/** By a result of this name, or else by what need not be in the answer. */
function orderingOf(item: OrderItem, named: readonly Named[], binding: Binding): Ordering {
  const { expression, descending, nullsFirst } = item;
  const text = expression.kind === 'column' ? expression.name : formatExpression(expression);
  const known = named.findIndex(({ name }) => name === text);
  if (known >= 0) return { index: known, descending, nullsFirst };
  binding.add(expression, 'order by');
  return { index: binding.sources.length - 1, descending, nullsFirst };
}

function demandUnique(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw queryError('select', `two results are called ${name}`, { hint: "name one of them with 'as'" });
    }
    seen.add(name);
  }
}
