/** Conditions as text and as a tree, by recursive descent of bounded depth. What columns there are is not known here. */
import { unreachable } from '../errors.js';
import { type Decimal, formatDecimal, parseDecimal } from './decimal.js';
import { formatName, formatText, queryError, Tokens } from './tokens.js';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Literal =
  | { readonly kind: 'number'; readonly value: Decimal }
  | { readonly kind: 'text'; readonly value: string };

export type Operand = Literal | { readonly kind: 'column'; readonly name: string };

export type Where =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Where[] }
  | { readonly kind: 'not'; readonly part: Where }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'in'; readonly column: string; readonly values: readonly Literal[]; readonly negated: boolean }
  | { readonly kind: 'like'; readonly column: string; readonly pattern: string; readonly negated: boolean }
  | { readonly kind: 'null'; readonly column: string; readonly negated: boolean };

/** Parentheses and `not` inside each other. */
const MOST_DEPTH = 64;
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ...(['=', '<>', '<', '<=', '>', '>='] as const).map((sign) => [sign, sign] as const),
  ['!=', '<>'],
]);

/** Throws `usage/query` with the position, and what was expected there. */
export function parseWhere(text: string): Where {
  const tokens = new Tokens('where', text);
  const where = parseAny(tokens, 0);
  tokens.demandEnd("'and', 'or' or the end");
  return where;
}

/** Parsed again it is the same tree. */
export function formatWhere(where: Where): string {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.parts.map(formatPart).join(` ${where.kind} `);
    case 'not':
      return `not ${formatPart(where.part)}`;
    case 'compare':
      return `${formatOperand(where.left)} ${where.comparison} ${formatOperand(where.right)}`;
    case 'in':
      return `${formatName(where.column)}${not(where)} in (${where.values.map(formatOperand).join(', ')})`;
    case 'like':
      return `${formatName(where.column)}${not(where)} like ${formatText(where.pattern)}`;
    case 'null':
      return `${formatName(where.column)} is${not(where)} null`;
    default:
      return unreachable(where);
  }
}

function parseAny(tokens: Tokens, depth: number): Where {
  return parseChain(tokens, 'or', () => parseAll(tokens, depth));
}

function parseAll(tokens: Tokens, depth: number): Where {
  return parseChain(tokens, 'and', () => parseOne(tokens, depth));
}

function parseChain(tokens: Tokens, kind: 'and' | 'or', parse: () => Where): Where {
  const first = parse();
  if (!tokens.skip(kind)) return first;
  const parts = [first];
  do parts.push(parse());
  while (tokens.skip(kind));
  return { kind, parts };
}

function parseOne(tokens: Tokens, depth: number): Where {
  if (depth > MOST_DEPTH) {
    const position = tokens.next.at + 1;
    throw queryError('where', `at character ${position} it is more than ${MOST_DEPTH} levels deep`, {
      facts: { position },
    });
  }
  if (tokens.skip('not')) return { kind: 'not', part: parseOne(tokens, depth + 1) };
  if (!tokens.skip('(')) return parseTest(tokens);
  const inner = parseAny(tokens, depth + 1);
  tokens.demand(')');
  return inner;
}

function parseTest(tokens: Tokens): Where {
  const start = tokens.next;
  const left = parseOperand(tokens, "a column, a value, 'not' or '('");
  const comparison = tokens.next.kind === 'sign' ? COMPARISONS.get(tokens.next.text) : undefined;
  if (comparison !== undefined) {
    tokens.take();
    return { kind: 'compare', comparison, left, right: parseOperand(tokens, 'a column or a value') };
  }
  const expected = "a comparison, 'in', 'like' or 'is'";
  const negated = tokens.skip('not');
  const isNull = !negated && tokens.skip('is');
  const isIn = !isNull && tokens.skip('in');
  if (!isNull && !isIn && !tokens.skip('like')) throw tokens.unexpected(negated ? "'in' or 'like'" : expected);
  if (left.kind !== 'column') throw tokens.unexpected("a column before 'in', 'like' or 'is'", start);
  const column = left.name;
  if (isNull) {
    const isNot = tokens.skip('not');
    tokens.demand('null');
    return { kind: 'null', column, negated: isNot };
  }
  if (isIn) return { kind: 'in', column, values: parseList(tokens), negated };
  if (tokens.next.kind !== 'text') throw tokens.unexpected("a pattern in 'single quotes'");
  return { kind: 'like', column, pattern: tokens.take().text, negated };
}

function parseList(tokens: Tokens): readonly Literal[] {
  tokens.demand('(');
  const values: Literal[] = [];
  do {
    const { next } = tokens;
    const value = parseOperand(tokens, 'a value');
    if (value.kind === 'column') throw tokens.unexpected('a value', next);
    values.push(value);
  } while (tokens.skip(','));
  if (!tokens.skip(')')) throw tokens.unexpected("',' or ')'");
  return values;
}

function parseOperand(tokens: Tokens, expected: string): Operand {
  const { kind, text } = tokens.next;
  if (kind === 'text') return { kind, value: tokens.take().text };
  if (kind !== 'number') return { kind: 'column', name: tokens.name(expected) };
  const value = parseDecimal(text);
  if (value === undefined) throw tokens.unexpected('a number of fewer digits');
  tokens.take();
  return { kind, value };
}

function formatPart(where: Where): string {
  return where.kind === 'and' || where.kind === 'or' ? `(${formatWhere(where)})` : formatWhere(where);
}

function formatOperand(operand: Operand): string {
  if (operand.kind === 'column') return formatName(operand.name);
  return operand.kind === 'text' ? formatText(operand.value) : formatDecimal(operand.value);
}

function not({ negated }: { readonly negated: boolean }): string {
  return negated ? ' not' : '';
}
