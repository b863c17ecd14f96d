import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type BoundOperator,
  formatBound,
  isWithinBound,
  type MetricBound,
  parseBound,
  parseDecimal,
} from '../../src/registry/metric-bound.js';
import { throwsCode } from '../helpers/throws-code.js';

const anyOperator = fc.constantFrom('>=', '<=', '>', '<') as fc.Arbitrary<BoundOperator>;
const anyValue = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()).map((value) => value + 0);
const anyMetric = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_./: @%+-]{0,20}$/);
const anyBound: fc.Arbitrary<MetricBound> = fc.record({ metric: anyMetric, operator: anyOperator, value: anyValue });

describe('a bound of a metric', () => {
  it('is read as it is written', () => {
    fc.assert(
      fc.property(anyBound, (bound) => {
        assert.deepEqual(parseBound(formatBound(bound)), { ...bound });
      }),
      {
        numRuns: 1000,
        examples: [
          [{ metric: 'a', operator: '<', value: 5e-324 }],
          [{ metric: 'a', operator: '<', value: Number.MAX_VALUE }],
        ],
      },
    );
  });

  it('has a name, an operator and a decimal number', () => {
    assert.deepEqual(parseBound('auc >= 0.9'), { metric: 'auc', operator: '>=', value: 0.9 });
    assert.deepEqual(parseBound('top 5 error < -1.5e-3'), { metric: 'top 5 error', operator: '<', value: -0.0015 });
    assert.deepEqual(parseBound('p99/ms <= +20'), { metric: 'p99/ms', operator: '<=', value: 20 });
    assert.equal(parseBound(`${'a'.repeat(128)} > 0`).metric.length, 128);
  });

  for (const text of [
    '',
    'auc',
    'auc >=',
    '>= 0.9',
    ' >= 0.9',
    'auc 0.9',
    'auc>=0.9',
    'auc = 0.9',
    'auc == 0.9',
    'auc => 0.9',
    'auc >= 0.9 ',
    'auc >= .9',
    'auc >= 0.',
    'auc >= 0x10',
    'auc >= 1e999',
    'auc >= NaN',
    'auc >= Infinity',
    'auc >= 1_000',
    'auc >= 0,9',
    '-auc >= 1',
    'auc<b> >= 1',
    `${'a'.repeat(129)} > 0`,
    `auc > ${'1'.repeat(41)}`,
  ]) {
    it(`is not '${text.slice(0, 20)}'`, async () => {
      await throwsCode(() => parseBound(text), 'usage/invalid');
    });
  }

  it('holds for the numbers on its side, and at its end where it is said so', () => {
    const within = (text: string) => [0.8, 0.9, 1].filter((value) => isWithinBound(parseBound(text), value));
    assert.deepEqual(within('auc >= 0.9'), [0.9, 1]);
    assert.deepEqual(within('auc > 0.9'), [1]);
    assert.deepEqual(within('auc <= 0.9'), [0.8, 0.9]);
    assert.deepEqual(within('auc < 0.9'), [0.8]);
  });

  it('holds for nothing that is no number', () => {
    fc.assert(fc.property(anyBound, (bound) => !isWithinBound(bound, Number.NaN)));
  });
});

describe('a decimal number', () => {
  it('is finite, and nothing but digits, sign, point and exponent', async () => {
    assert.deepEqual(['0', '-1', '+2.50', '1e3', '1E-3'].map(parseDecimal), [0, -1, 2.5, 1000, 0.001]);
    for (const text of ['', ' 1', '1 ', 'one', '1e', '--1', '1.2.3', '9e999']) {
      await throwsCode(() => parseDecimal(text), 'usage/invalid');
    }
  });
});
