/**
 * Conditions bound to columns. `not` is moved inwards first, where each test has an opposite: after that "unknown" and "no"
 * are the same, as both leave a row out, and the three values of SQL are two.
 */
import { fromLatin1, utf8 } from '../bytes/text.js';
import { unreachable } from '../errors.js';
import { findColumn, type QueryColumn, type Value } from './columns.js';
import { bindComparison, mixed, OPPOSITE, type Predicate } from './comparisons.js';
import { floorAt } from './decimal.js';
import { likeTest } from './like.js';
import type { Where } from './parse-where.js';
import { queryError } from './tokens.js';

/** Bytes of a pattern: a test takes at most as many steps for each of its cell. */
const MOST_PATTERN = 4096;

/** Throws `usage/query` for a column that is not there, or a comparison of texts with numbers. */
export function bindWhere(where: Where, columns: readonly QueryColumn[], negated = false): Predicate {
  const find = (name: string): number => findColumn(columns, name, 'where');
  switch (where.kind) {
    case 'and':
    case 'or': {
      const parts = where.parts.map((part) => bindWhere(part, columns, negated));
      return (where.kind === 'and') === negated ? anyOf(parts) : allOf(parts);
    }
    case 'not':
      return bindWhere(where.part, columns, !negated);
    case 'compare': {
      const { left, right, comparison } = where;
      return bindComparison(left, negated ? OPPOSITE[comparison] : comparison, right, columns);
    }
    case 'in':
      return bindIn(where, find(where.column), columns, where.negated !== negated);
    case 'like': {
      const column = find(where.column);
      if (columns[column]?.type !== 'text') throw queryError('where', "'like' is for columns of text");
      const pattern = fromLatin1(utf8(where.pattern));
      if (pattern.length > MOST_PATTERN) {
        throw queryError('where', `a pattern of ${pattern.length} bytes, ${MOST_PATTERN} are the most`);
      }
      return likePattern(column, pattern, where.negated === negated);
    }
    case 'null':
      return isNull(find(where.column), where.negated === negated);
    default:
      return unreachable(where);
  }
}

function allOf(parts: readonly Predicate[]): Predicate {
  return {
    columns: columnsOf(parts),
    test: (values, row) => parts.every((part) => part.test(values, row)),
    mayPass: (zone, rows) => parts.every((part) => part.mayPass(zone, rows)),
    allPass: (zone, rows) => parts.every((part) => part.allPass(zone, rows)),
  };
}

function anyOf(parts: readonly Predicate[]): Predicate {
  return {
    columns: columnsOf(parts),
    test: (values, row) => parts.some((part) => part.test(values, row)),
    mayPass: (zone, rows) => parts.some((part) => part.mayPass(zone, rows)),
    allPass: (zone, rows) => parts.some((part) => part.allPass(zone, rows)),
  };
}

function columnsOf(parts: readonly Predicate[]): readonly number[] {
  return [...new Set(parts.flatMap((part) => part.columns))];
}

function isNull(column: number, wanted: boolean): Predicate {
  return {
    columns: [column],
    test: (values, row) => (values[column]?.[row] === null) === wanted,
    mayPass: (zone, rows) => (wanted ? (zone(column)?.nulls ?? 1) > 0 : (zone(column)?.nulls ?? 0) < rows),
    allPass: (zone, rows) => zone(column)?.nulls === (wanted ? rows : 0),
  };
}

function likePattern(column: number, pattern: string, wanted: boolean): Predicate {
  const passes = likeTest(pattern);
  return {
    columns: [column],
    test: (values, row) => {
      const value = values[column]?.[row];
      return typeof value === 'string' && passes(value) === wanted;
    },
    mayPass: (zone, rows) => (zone(column)?.nulls ?? 0) < rows,
    allPass: () => false,
  };
}

function bindIn(
  { values: literals }: Extract<Where, { kind: 'in' }>,
  column: number,
  columns: readonly QueryColumn[],
  negated: boolean,
): Predicate {
  const { type, scale } = columns[column] as QueryColumn;
  const wanted = new Set<Value>();
  for (const literal of literals) {
    if ((literal.kind === 'text') !== (type === 'text')) throw mixed(type);
    if (literal.kind === 'text') wanted.add(fromLatin1(utf8(literal.value)));
    else {
      const { floor, exact } = floorAt(literal.value, scale);
      if (exact) wanted.add(floor);
    }
  }
  const numbers = [...wanted].filter((value) => typeof value === 'bigint').sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const test = (values: readonly (readonly Value[])[], row: number): boolean => {
    const value = values[column]?.[row] ?? null;
    return value !== null && wanted.has(value) !== negated;
  };
  return {
    columns: [column],
    test,
    mayPass: (zone, rows) => {
      const known = zone(column);
      if (known === undefined) return true;
      if (known.nulls === rows) return false;
      return negated || known.numbers === undefined || someWithin(numbers, known.numbers);
    },
    allPass: () => false,
  };
}

/** Whether one of the numbers, which are sorted, is inside. */
function someWithin(
  numbers: readonly bigint[],
  { minimum, maximum }: { readonly minimum: bigint; readonly maximum: bigint },
): boolean {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as bigint) < minimum) low = middle + 1;
    else high = middle;
  }
  const first = numbers[low];
  return first !== undefined && first <= maximum;
}
