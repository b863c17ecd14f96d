import assert from 'node:assert/strict';
import { nearest } from '../../src/registry/did-you-mean.js';

describe('did you mean', () => {
  it('offers the nearest few, nearest first', () => {
    assert.deepEqual(nearest('fraud-detecter', ['fraud-detector', 'fraud-selector', 'churn']), [
      'fraud-detector',
      'fraud-selector',
    ]);
    assert.deepEqual(nearest('abcd', ['bcd', 'zbcz', 'abcd', 'ab']), ['abcd', 'bcd', 'ab']);
    assert.deepEqual(nearest('abcd', ['abce', 'abcf', 'abcg', 'abch', 'abce']), ['abce', 'abcf', 'abcg']);
  });

  it('offers nothing that is merely short, far, or asked for by something endless', () => {
    assert.deepEqual(nearest('fraud', ['xy', 'completely-different']), []);
    assert.deepEqual(nearest('a'.repeat(100_000), ['a']), []);
    assert.deepEqual(nearest('', ['abc']), []);
    const [name, longer] = ['a'.repeat(160), 'a'.repeat(161)];
    assert.deepEqual([nearest(name, [longer]), nearest(longer, [name])], [[longer], []]);
  });
});
