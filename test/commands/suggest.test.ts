/** Did you mean: near words are named, far ones are not. */
import assert from 'node:assert/strict';
import { closest, editDistance } from '../../commands/suggest.js';

const WORDS = ['register', 'unregister', 'get', 'list', 'verify', 'model'];

describe('closest', () => {
  it('finds a word with a slip in it', () => {
    assert.equal(closest('regsiter', WORDS), 'register');
    assert.equal(closest('verfy', WORDS), 'verify');
    assert.equal(closest('lst', WORDS), 'list');
    assert.equal(closest('reg', WORDS), 'register');
  });

  it('stays silent where nothing is near', () => {
    assert.equal(closest('xyzzy', WORDS), undefined);
    assert.equal(closest('', WORDS), undefined);
  });
});

describe('editDistance', () => {
  it('counts swapped neighbours once', () => {
    assert.deepEqual([editDistance('ab', 'ba'), editDistance('', 'abc'), editDistance('kitten', 'sitting')], [1, 3, 3]);
  });
});
