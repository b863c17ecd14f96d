/** Tables and conditions that fast-check draws: numbers near to each other, texts with quotes and signs, nulls everywhere. */
import fc from 'fast-check';
import type { Literal, Operand, Where } from '../../src/query/parse-where.js';

const WORDS = [
  '',
  'a',
  'A',
  'ab',
  'a%',
  'b_c',
  "it's",
  'say "so"',
  'x,y',
  ' a ',
  'Zürich',
  '日本',
  'null',
  '007',
  'zz',
];

export const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;

interface Drawn {
  readonly n: bigint | null;
  readonly d: number | null;
  readonly t: string | null;
  readonly u: string | null;
  readonly k: number;
}

const row: fc.Arbitrary<Drawn> = fc.record({
  n: fc.oneof(fc.bigInt({ min: -5n, max: 9n }), fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.constant(null)),
  d: fc.option(fc.integer({ min: -300, max: 300 }), { freq: 5 }),
  t: fc.option(fc.constantFrom(...WORDS), { freq: 5 }),
  u: fc.option(fc.constantFrom(...WORDS), { freq: 5 }),
  k: fc.integer({ min: 0, max: 4 }),
});

/** Five columns: n integers, d decimals of two digits, t and u texts, k small integers. */
export const drawnTable: fc.Arbitrary<string> = fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => {
  const lines = rows.map(({ n, d, t, u, k }) =>
    [n ?? '', d === null ? '' : decimalText(d), cell(t), cell(u), k].join(','),
  );
  // The first rows decide on the types, so that both engines read the same ones.
  return `n,d,t,u,k\n3,0.50,"w","a",0\n${lines.join('\n')}\n`;
});

function decimalText(hundredths: number): string {
  const sign = hundredths < 0 ? '-' : '';
  const digits = String(Math.abs(hundredths)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function cell(text: string | null): string {
  if (text === null) return '';
  return /^[a-z%_ü日]+$/i.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

const number: fc.Arbitrary<Literal> = fc
  .oneof(
    fc.record({ unscaled: fc.bigInt({ min: -900n, max: 900n }), scale: fc.constantFrom(0, 1, 2, 3) }),
    fc.record({ unscaled: fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), scale: fc.constant(0) }),
  )
  .map((value) => ({ kind: 'number', value }));
const text: fc.Arbitrary<Literal> = fc.constantFrom(...WORDS).map((value) => ({ kind: 'text', value }));
const column = (...names: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...names);
const named = (name: string): Operand => ({ kind: 'column', name });
const comparison = fc.constantFrom(...COMPARISONS);
const negated = fc.boolean();
const pattern = fc
  .array(fc.constantFrom('%', '_', 'a', 'b', 'ü', '日', '"'), { maxLength: 4 })
  .map((all) => all.join(''));

function compare(left: fc.Arbitrary<Operand>, right: fc.Arbitrary<Operand>): fc.Arbitrary<Where> {
  return fc.record({ kind: fc.constant('compare' as const), comparison, left, right });
}

const numeric = column('n', 'd', 'k');
const textual = column('t', 'u');

const test: fc.Arbitrary<Where> = fc.oneof(
  compare(numeric.map(named), number),
  compare(number, numeric.map(named)),
  compare(textual.map(named), text),
  compare(numeric.map(named), numeric.map(named)),
  compare(textual.map(named), textual.map(named)),
  fc.record({
    kind: fc.constant('in' as const),
    column: numeric,
    values: fc.array(number, { minLength: 1, maxLength: 5 }),
    negated,
  }),
  fc.record({
    kind: fc.constant('in' as const),
    column: textual,
    values: fc.array(text, { minLength: 1, maxLength: 5 }),
    negated,
  }),
  fc.record({ kind: fc.constant('like' as const), column: textual, pattern, negated }),
  fc.record({ kind: fc.constant('null' as const), column: column('n', 'd', 't', 'u', 'k'), negated }),
);

/** Conditions on the columns of `drawnTable` that have a type error nowhere. */
export const drawnWhere: fc.Arbitrary<Where> = fc.letrec<{ where: Where; test: Where }>((tie) => ({
  test,
  where: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('test'),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('where'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('where') }),
  ),
})).where;
