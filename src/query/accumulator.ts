/** Count, sum, minimum, maximum and average of the values of one group, exact, of single values or of whole zones. */
import { unreachable } from '../errors.js';
import type { QueryColumn, Value } from './columns.js';
import { divideRounded, powerOfTen } from './decimal.js';
import type { HeldMemory } from './held-memory.js';
import type { AggregateName } from './parse-select.js';
import type { KnownZone } from './table-source.js';
import { queryError } from './tokens.js';

/** An average has so many more digits after the point than its column, rounded to the nearest. */
const AVERAGE_DIGITS = 9;

export interface Aggregate {
  readonly name: AggregateName;
  /** Undefined for the count of rows. */
  readonly column: number | undefined;
}

/** Of the result. Throws `usage/query` for what texts do not have. */
export function aggregateType(
  name: AggregateName,
  column: QueryColumn | undefined,
): Pick<QueryColumn, 'type' | 'scale'> {
  if (name === 'count' || column === undefined) return { type: 'integer', scale: 0 };
  if (name === 'min' || name === 'max') return column;
  if (column.type === 'text') {
    throw queryError('select', `'${name}' is for columns of numbers, and ${column.name} is text`, {
      hint: 'a column is text where any of its cells is no plain number',
    });
  }
  // A sum of integers may have more digits than any of them: a decimal without any after the point.
  return { type: 'decimal', scale: name === 'sum' ? column.scale : column.scale + AVERAGE_DIGITS };
}

export class Accumulator {
  readonly #aggregate: Aggregate;
  #count = 0;
  #sum = 0n;
  #least: Value = null;
  #most: Value = null;

  readonly #memory: HeldMemory;

  constructor(aggregate: Aggregate, memory: HeldMemory) {
    this.#aggregate = aggregate;
    this.#memory = memory;
  }

  add(value: Value): void {
    if (this.#aggregate.column === undefined) {
      this.#count++;
      return;
    }
    if (value === null) return;
    this.#count++;
    if (typeof value === 'bigint') this.#sum += value;
    this.#extremes(value);
  }

  /** All values of a group of rows. */
  addZone({ nulls, numbers }: KnownZone, rows: number): void {
    this.#count += rows - nulls;
    if (numbers === undefined) return;
    this.#sum += numbers.sum;
    this.#extremes(numbers.minimum);
    this.#extremes(numbers.maximum);
  }

  #extremes(value: Exclude<Value, null>): void {
    const { name } = this.#aggregate;
    if (name === 'min' && (this.#least === null || value < this.#least)) {
      this.#least = this.#memory.swap(this.#least, value);
    } else if (name === 'max' && (this.#most === null || value > this.#most)) {
      this.#most = this.#memory.swap(this.#most, value);
    }
  }

  /** Null of no values, but for a count. */
  result(): Value {
    const { name } = this.#aggregate;
    if (name === 'count') return BigInt(this.#count);
    if (this.#count === 0) return null;
    switch (name) {
      case 'sum':
        return this.#sum;
      case 'min':
        return this.#least;
      case 'max':
        return this.#most;
      case 'avg':
        return divideRounded(this.#sum * powerOfTen(AVERAGE_DIGITS), BigInt(this.#count));
      default:
        return unreachable(name);
    }
  }
}

/** Whether the zone says all that is asked of its values. */
export function zoneTells({ name }: Aggregate, zone: KnownZone | undefined, rows: number): boolean {
  return zone !== undefined && (name === 'count' || zone.numbers !== undefined || zone.nulls === rows);
}
