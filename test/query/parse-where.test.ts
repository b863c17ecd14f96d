import assert from 'node:assert/strict';
import fc from 'fast-check';
import { At1Error } from '../../src/errors.js';
import {
  formatSelect,
  parseGroupBy,
  parseOrderBy,
  parseSelect,
  type SelectItem,
} from '../../src/query/parse-select.js';
import { formatWhere, type Operand, parseWhere, type Where } from '../../src/query/parse-where.js';
import { SCALE } from '../scale.js';
import { COMPARISONS } from './drawn-queries.js';

const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a', 'not', 'Null', 'count', 'a b', '"', '--'));
const value: fc.Arbitrary<Extract<Operand, { kind: 'number' | 'text' }>> = fc.oneof(
  fc.string().map((text) => ({ kind: 'text' as const, value: text })),
  fc
    .record({ unscaled: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), scale: fc.integer({ min: 0, max: 20 }) })
    .map((decimal) => ({ kind: 'number' as const, value: decimal })),
);
const operand: fc.Arbitrary<Operand> = fc.oneof(
  value,
  name.map((text) => ({ kind: 'column' as const, name: text })),
);
const negated = fc.boolean();
const where: fc.Arbitrary<Where> = fc.letrec<{ all: Where }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 5 },
    fc.record({
      kind: fc.constant('compare' as const),
      comparison: fc.constantFrom(...COMPARISONS),
      left: operand,
      right: operand,
    }),
    fc.record({ kind: fc.constant('in' as const), column: name, values: fc.array(value, { minLength: 1 }), negated }),
    fc.record({ kind: fc.constant('like' as const), column: name, pattern: fc.string(), negated }),
    fc.record({ kind: fc.constant('null' as const), column: name, negated }),
    fc.record({ kind: fc.constant('not' as const), part: tie('all') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('all'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).all;

function refused(parse: () => unknown): At1Error {
  try {
    parse();
  } catch (error) {
    if (error instanceof At1Error) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'it was parsed' });
}

describe('conditions as text', () => {
  it('are the same tree when they are written and read again', () => {
    fc.assert(
      fc.property(where, (tree) => assert.deepEqual(parseWhere(formatWhere(tree)), structuredClone(tree))),
      { numRuns: Math.min(SCALE.properties, 20_000) },
    );
  });

  it('have and before or, any case of words, and any space', () => {
    const same = [
      'a = 1 or b=2 AND NOT c IS Null',
      'a=1 or(b=2and not c is null)',
      'a = 1\n OR ((b = 2) and (not c is null))',
    ];
    const [first] = same.map(parseWhere);
    for (const text of same.slice(1)) assert.deepEqual(parseWhere(text), first, text);
    assert.equal(formatWhere(first as Where), 'a = 1 or (b = 2 and not c is null)');
    assert.deepEqual(
      parseWhere('a != -1.50 and \'it\'\'s\' < "odd ""name"""'),
      parseWhere('a<>-1.50 and\'it\'\'s\'<"odd ""name"""'),
    );
  });

  it('say where they are wrong, and what belongs there', () => {
    const wrong: readonly [string, number, RegExp][] = [
      ['', 1, /a column, a value, 'not' or '\('/],
      ['a', 2, /a comparison, 'in', 'like' or 'is'/],
      ['a =', 4, /a column or a value/],
      ['a = 1 b', 7, /'and', 'or' or the end/],
      ['(a = 1', 7, /'\)'/],
      ['a in (1, b)', 10, /a value/],
      ['a in (1 2)', 9, /',' or '\)'/],
      ['a not = 1', 7, /'in' or 'like'/],
      ['a like b', 8, /pattern/],
      ['a is 1', 6, /'null'/],
      ['3 in (1)', 1, /a column before/],
      ["a = 'open", 5, /a closing '/],
      ['a = "open', 5, /a closing "/],
      ['a = null', 5, /a column or a value/],
      ['a = 1; drop', 6, /a name, a value or a sign/],
      [`a = ${'9'.repeat(70)}`, 5, /fewer digits/],
    ];
    for (const [text, position, expected] of wrong) {
      const error = refused(() => parseWhere(text));
      assert.equal(error.code, 'usage/query', text);
      assert.equal(error.facts.position, position, text);
      assert.match(String(error.facts.expected), expected, text);
    }
  });

  it('are refused quickly where they are too deep or too long, and read where they are only long', () => {
    for (const text of [
      `${'('.repeat(100_000)}a = 1`,
      `${'not '.repeat(100_000)}a = 1`,
      `${'(not '.repeat(65)}a = 1${')'.repeat(65)}`,
      `a = '${'x'.repeat(2 ** 20)}'`,
    ]) {
      assert.equal(refused(() => parseWhere(text)).code, 'usage/query');
    }
    const list = parseWhere(`a in (${Array.from({ length: 100_000 }, (_, i) => i).join()})`);
    assert.equal(list.kind === 'in' ? list.values.length : 0, 100_000);
    const chain = parseWhere(Array.from({ length: 50_000 }, (_, i) => `a = ${i}`).join(' or '));
    assert.equal(chain.kind === 'or' ? chain.parts.length : 0, 50_000);
    assert.equal(formatWhere(parseWhere(`${'('.repeat(60)}a = 1${')'.repeat(60)}`)), 'a = 1');
  });
});

describe('what is selected, as text', () => {
  const item: fc.Arbitrary<SelectItem> = fc.oneof(
    fc.constant({ kind: 'all' as const }),
    fc.record({
      kind: fc.constant('one' as const),
      alias: fc.option(name, { nil: undefined }),
      expression: fc.oneof(
        name.map((text) => ({ kind: 'column' as const, name: text })),
        fc.record({
          kind: fc.constant('aggregate' as const),
          aggregate: fc.constantFrom('sum' as const, 'min' as const, 'max' as const, 'avg' as const),
          column: name,
        }),
        fc.record({
          kind: fc.constant('aggregate' as const),
          aggregate: fc.constant('count' as const),
          column: fc.option(name, { nil: undefined }),
        }),
      ),
    }),
  );

  it('is the same when it is written and read again', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), (items) =>
        assert.deepEqual(parseSelect(formatSelect(items)), structuredClone(items)),
      ),
      { numRuns: Math.min(SCALE.properties, 20_000) },
    );
  });

  it('takes columns that are called like an aggregate, and orders either way', () => {
    assert.deepEqual(
      parseSelect('count, COUNT(count)').map((each) => each.kind === 'one' && each.expression),
      [
        { kind: 'column', name: 'count' },
        { kind: 'aggregate', aggregate: 'count', column: 'count' },
      ],
    );
    assert.deepEqual(parseGroupBy('a, "b c"'), ['a', 'b c']);
    assert.deepEqual(
      parseOrderBy('a, b desc nulls first, sum(c) asc nulls last').map(({ descending, nullsFirst }) => [
        descending,
        nullsFirst,
      ]),
      [
        [false, false],
        [true, true],
        [false, false],
      ],
    );
  });

  it('says where it is wrong', () => {
    const wrong: readonly [() => unknown, number][] = [
      [() => parseSelect('a,'), 3],
      [() => parseSelect('median(a)'), 1],
      [() => parseSelect('sum(*)'), 5],
      [() => parseSelect('a as'), 5],
      [() => parseSelect('a b'), 3],
      [() => parseGroupBy('sum(a)'), 4],
      [() => parseOrderBy('a nulls'), 8],
    ];
    for (const [parse, position] of wrong) {
      const error = refused(parse);
      assert.deepEqual([error.code, error.facts.position], ['usage/query', position]);
    }
  });
});
