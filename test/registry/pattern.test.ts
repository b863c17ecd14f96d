import assert from 'node:assert/strict';
import { matchesPattern } from '../../src/registry/pattern.js';

const CASES: [string, string, boolean][] = [
  ['*', 'model/x', true],
  ['*', 'model/team/x', true],
  ['model/*', 'model/x', true],
  ['model/*', 'model/team/x', false],
  ['model/*', 'data/x', false],
  ['model/**', 'model/x', true],
  ['model/**', 'model/team/x', true],
  ['model/**', 'model', false],
  ['**/x', 'model/team/x', true],
  ['model/**/x', 'model/x', false],
  ['model/**/x', 'model/a/b/x', true],
  ['*/x', 'data/x', true],
  ['model/fraud-*', 'model/fraud-detector', true],
  ['model/fraud-*', 'model/fraud', false],
  ['model/*-v*-x', 'model/a-v-v-x', true],
  ['model/a*b*c', 'model/abbbc', true],
  ['model/a*b*c', 'model/abbb', false],
  ['model/x', 'model/x', true],
  ['model/x', 'model/xy', false],
  ['model/x', 'model/x/y', false],
  ['model/x.y', 'model/xzy', false],
  ['model/x*', 'model/x', true],
  ['model/x**', 'model/x', true],
  ['model/**/x', 'x', false],
  ['**', 'x', true],
  ['**/**', 'x', false],
  ['model/*', 'x', false],
  ['model/xundefined', 'model/x', false],
  ['model/x', 'model/y', false],
  ['model/*b', 'model/ab', true],
  ['model/a', 'model/ab', false],
  ['x/y', 'y', false],
  ['y', 'x/y', false],
];

describe('patterns', () => {
  for (const [pattern, text, expected] of CASES) {
    it(`${pattern} ${expected ? 'matches' : 'does not match'} ${text}`, () => {
      assert.equal(matchesPattern(pattern, text, '/'), expected);
    });
  }

  it('split actions at colons', () => {
    assert.equal(matchesPattern('promote:*', 'promote:production', ':'), true);
    assert.equal(matchesPattern('promote', 'promote:production', ':'), false);
    assert.equal(matchesPattern('*', 'promote:production', ':'), true);
  });

  it('take bounded time on patterns made to be slow', () => {
    const stars = `${'*a'.repeat(60)}*b`;
    assert.equal(matchesPattern(`model/${stars}`, `model/${'a'.repeat(120)}`, '/'), false);
    assert.equal(matchesPattern(`${'**/'.repeat(60)}b`, `${'a/'.repeat(60)}a`, '/'), false);
  });
});
