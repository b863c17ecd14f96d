/** Comparisons bound to columns: with a value, whose digits are brought to those of the column once, or with a column. */
import { fromLatin1, utf8 } from '../bytes/text.js';
import type { NumberZone } from '../codecs/table-index.js';
import { unreachable } from '../errors.js';
import { findColumn, type QueryColumn, type Value } from './columns.js';
import { floorAt, powerOfTen } from './decimal.js';
import type { Comparison, Literal, Operand } from './parse-where.js';
import type { KnownZone } from './table-source.js';
import { queryError } from './tokens.js';

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

type ZoneOf = (column: number) => KnownZone | undefined;

export interface Predicate {
  readonly columns: readonly number[];
  /** `values`: of each column that it needs. */
  test(values: readonly (readonly Value[])[], row: number): boolean;
  /** False only where no row of the group passes. */
  mayPass(zone: ZoneOf, rows: number): boolean;
  /** True only where every row of the group passes. */
  allPass(zone: ZoneOf, rows: number): boolean;
}

export const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

type Known = bigint | string;

export function bindComparison(
  left: Operand,
  comparison: Comparison,
  right: Operand,
  columns: readonly QueryColumn[],
): Predicate {
  if (left.kind !== 'column') {
    if (right.kind === 'column') return bindComparison(right, MIRRORED[comparison], left, columns);
    throw queryError('where', 'two values are compared', { hint: 'one side of a comparison is a column' });
  }
  const column = findColumn(columns, left.name, 'where');
  const facts = columns[column] as QueryColumn;
  if (right.kind === 'column') return withColumn(column, comparison, findColumn(columns, right.name, 'where'), columns);
  if ((right.kind === 'text') !== (facts.type === 'text')) throw mixed(facts.type);
  return withValue(column, comparison, right, facts.scale);
}

function withValue(column: number, comparison: Comparison, literal: Literal, scale: number): Predicate {
  if (literal.kind === 'text') return against(column, comparison, fromLatin1(utf8(literal.value)));
  const { floor, exact } = floorAt(literal.value, scale);
  if (exact) return against(column, comparison, floor);
  // Between two numbers that the column can hold: nothing equals it, and what is below is at most the lower one.
  switch (comparison) {
    case '=':
      return { columns: [column], test: () => false, mayPass: () => false, allPass: () => false };
    case '<>':
      return against(column, '<>', undefined);
    case '<':
    case '<=':
      return against(column, '<=', floor);
    case '>':
    case '>=':
      return against(column, '>', floor);
    default:
      return unreachable(comparison);
  }
}

/** Without an expected value, none is equal to it. */
function against(column: number, comparison: Comparison, expected: Known | undefined): Predicate {
  const passes = testOf(comparison);
  return {
    columns: [column],
    test: (values, row) => {
      const value = values[column]?.[row] ?? null;
      return value !== null && (expected === undefined || passes(value, expected));
    },
    mayPass: (zone, rows) => {
      const known = zone(column);
      if (known === undefined) return true;
      if (known.nulls === rows) return false;
      return typeof expected !== 'bigint' || known.numbers === undefined || some(comparison, known.numbers, expected);
    },
    allPass: (zone) => {
      const known = zone(column);
      if (known === undefined || known.nulls > 0) return false;
      if (expected === undefined) return true;
      const opposite = known.numbers;
      return typeof expected === 'bigint' && opposite !== undefined && every(comparison, opposite, expected);
    },
  };
}

function withColumn(a: number, comparison: Comparison, b: number, columns: readonly QueryColumn[]): Predicate {
  const [left, right] = [columns[a] as QueryColumn, columns[b] as QueryColumn];
  if ((left.type === 'text') !== (right.type === 'text')) throw mixed(left.type);
  const scale = Math.max(left.scale, right.scale);
  const scaled = (value: Known, from: number): Known =>
    typeof value === 'bigint' && from < scale ? value * powerOfTen(scale - from) : value;
  const passes = testOf(comparison);
  return {
    columns: a === b ? [a] : [a, b],
    test: (values, row) => {
      const [one, other] = [values[a]?.[row] ?? null, values[b]?.[row] ?? null];
      return one !== null && other !== null && passes(scaled(one, left.scale), scaled(other, right.scale));
    },
    mayPass: (zone, rows) => (zone(a)?.nulls ?? 0) < rows && (zone(b)?.nulls ?? 0) < rows,
    allPass: () => false,
  };
}

function testOf(comparison: Comparison): (a: Exclude<Value, null>, b: Known) => boolean {
  switch (comparison) {
    case '=':
      return (a, b) => a === b;
    case '<>':
      return (a, b) => a !== b;
    case '<':
      return (a, b) => a < b;
    case '<=':
      return (a, b) => a <= b;
    case '>':
      return (a, b) => a > b;
    case '>=':
      return (a, b) => a >= b;
    default:
      return unreachable(comparison);
  }
}

function some(comparison: Comparison, { minimum, maximum }: NumberZone, value: bigint): boolean {
  switch (comparison) {
    case '=':
      return minimum <= value && value <= maximum;
    case '<>':
      return minimum !== value || maximum !== value;
    case '<':
      return minimum < value;
    case '<=':
      return minimum <= value;
    case '>':
      return maximum > value;
    case '>=':
      return maximum >= value;
    default:
      return unreachable(comparison);
  }
}

function every(comparison: Comparison, zone: NumberZone, value: bigint): boolean {
  return !some(OPPOSITE[comparison], zone, value);
}

export function mixed(type: QueryColumn['type']): Error {
  return type === 'text'
    ? queryError('where', 'a text is compared with a number', { hint: "write texts in 'single quotes'" })
    : queryError('where', 'a number is compared with a text', {
        hint: 'write numbers without quotes, as 1250 or -0.5; a column is text where any of its cells is no plain number',
      });
}
