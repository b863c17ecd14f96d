/** What a query selects, groups and orders by, as text and as data. What columns there are is not known here. */
import { formatName, Tokens } from './tokens.js';

export const AGGREGATES = ['count', 'sum', 'min', 'max', 'avg'] as const;
export type AggregateName = (typeof AGGREGATES)[number];

export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  /** Without a column it counts rows. */
  | { readonly kind: 'aggregate'; readonly aggregate: AggregateName; readonly column: string | undefined };

export type SelectItem =
  | { readonly kind: 'all' }
  | { readonly kind: 'one'; readonly expression: Expression; readonly alias: string | undefined };

export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
  /** Default: last, whichever way the order goes. */
  readonly nullsFirst: boolean;
}

/** Throws `usage/query`, like the others here. */
export function parseSelect(text: string): readonly SelectItem[] {
  return parseItems(new Tokens('select', text), "',', 'as' or the end", (tokens) => {
    if (tokens.skip('*')) return { kind: 'all' };
    const expression = parseExpression(tokens, "a column, an aggregate or '*'");
    return { kind: 'one', expression, alias: tokens.skip('as') ? tokens.name('a name') : undefined };
  });
}

/** Names of columns. */
export function parseGroupBy(text: string): readonly string[] {
  return parseItems(new Tokens('group by', text), "',' or the end", (tokens) => tokens.name('a column'));
}

export function parseOrderBy(text: string): readonly OrderItem[] {
  return parseItems(new Tokens('order by', text), "',', 'asc', 'desc', 'nulls' or the end", (tokens) => {
    const expression = parseExpression(tokens, 'a column or an aggregate');
    const descending = tokens.skip('desc');
    if (!descending) tokens.skip('asc');
    if (!tokens.skip('nulls')) return { expression, descending, nullsFirst: false };
    const nullsFirst = tokens.skip('first');
    if (!nullsFirst && !tokens.skip('last')) throw tokens.unexpected("'first' or 'last'");
    return { expression, descending, nullsFirst };
  });
}

export function formatSelect(items: readonly SelectItem[]): string {
  const format = (item: SelectItem): string => {
    if (item.kind === 'all') return '*';
    const alias = item.alias === undefined ? '' : ` as ${formatName(item.alias)}`;
    return formatExpression(item.expression) + alias;
  };
  return items.map(format).join(', ');
}

/** Also the name of the result, where it has no other. */
export function formatExpression(expression: Expression): string {
  if (expression.kind === 'column') return formatName(expression.name);
  const { aggregate, column } = expression;
  return `${aggregate}(${column === undefined ? '*' : formatName(column)})`;
}

function parseItems<T>(tokens: Tokens, expected: string, parse: (tokens: Tokens) => T): readonly T[] {
  const items: T[] = [];
  do items.push(parse(tokens));
  while (tokens.skip(','));
  tokens.demandEnd(expected);
  return items;
}

function parseExpression(tokens: Tokens, expected: string): Expression {
  const first = tokens.next;
  const name = tokens.name(expected);
  if (first.kind !== 'word' || !tokens.skip('(')) return { kind: 'column', name };
  const aggregate = AGGREGATES.find((known) => known === name.toLowerCase());
  if (aggregate === undefined) throw tokens.unexpected(`one of ${AGGREGATES.join(', ')}`, first);
  const all = aggregate === 'count' && tokens.skip('*');
  const column = all ? undefined : tokens.name(aggregate === 'count' ? "a column or '*'" : 'a column');
  tokens.demand(')');
  return { kind: 'aggregate', aggregate, column };
}
