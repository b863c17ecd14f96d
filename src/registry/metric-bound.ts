/** Bounds of metrics as policies write them: `auc >= 0.9`. */
import { At1Error } from '../errors.js';

export type BoundOperator = '>=' | '<=' | '>' | '<';

export interface MetricBound {
  readonly metric: string;
  readonly operator: BoundOperator;
  readonly value: number;
}

const OPERATORS: readonly string[] = ['>=', '<=', '>', '<'];
const NAME = /^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,127}$/;
const NUMBER = /^[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?$/;

/** Throws `usage/invalid` for anything but a name, an operator and a number with spaces between them. */
export function parseBound(text: string): MetricBound {
  const words = text.split(' ');
  const [operator, number] = words.splice(-2);
  const metric = words.join(' ');
  if (operator === undefined || number === undefined || !NAME.test(metric) || !OPERATORS.includes(operator)) {
    throw wrong(text);
  }
  return { metric, operator: operator as BoundOperator, value: parseDecimal(number) };
}

export function formatBound({ metric, operator, value }: MetricBound): string {
  return `${metric} ${operator} ${value}`;
}

/** A finite decimal number. */
export function parseDecimal(text: string): number {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw wrong(text);
  return value;
}

export function isWithinBound({ operator, value }: MetricBound, measured: number): boolean {
  switch (operator) {
    case '>=':
      return measured >= value;
    case '<=':
      return measured <= value;
    case '>':
      return measured > value;
    case '<':
      return measured < value;
  }
}

function wrong(text: string): At1Error {
  return new At1Error('usage/invalid', {
    message: `not a bound: '${text.slice(0, 80)}'`,
    hint: "write it like 'auc >= 0.9'",
  });
}
