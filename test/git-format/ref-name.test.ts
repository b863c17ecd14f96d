import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isValidBranchName, isValidRefName } from '../../src/git-format/ref-name.js';
import { runGit } from '../helpers/git.js';

describe('names of refs', () => {
  const samples = [
    'refs/heads/main',
    'main',
    'refs/heads/',
    'refs//heads/x',
    '/refs/x',
    'refs/x/',
    'refs/.x',
    'refs/x.',
    'refs/x.lock',
    'refs/x.lock/y',
    'refs/a..b',
    'refs/a@{b',
    'refs/@',
    '@',
    'refs/a b',
    'refs/a~b',
    'refs/a^b',
    'refs/a:b',
    'refs/a?b',
    'refs/a*b',
    'refs/a[b',
    'refs/a\\b',
    'refs/a\x7fb',
    'refs/a\tb',
    'refs/ä/模',
    'refs/tags/model/x@v1.0.0!',
    'refs/tags/model/x#production#3',
    'refs/-x',
    'a/b',
    'refs/x.locked',
    'refs/..',
    'refs/./x',
  ];
  for (const name of samples) {
    it(`agrees with git about '${JSON.stringify(name)}'`, () => {
      assert.equal(isValidRefName(name), runGit('.', ['check-ref-format', name]).status === 0);
    });
  }

  it('agrees with git about names made of the characters that matter', () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab.@{/*lock \\-'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(part, (text) => {
        const name = `refs/${text}`;
        assert.equal(isValidRefName(name), runGit('.', ['check-ref-format', name]).status === 0, name);
      }),
      { numRuns: 150 },
    );
  });

  it('agrees with git about branches', () => {
    for (const name of ['main', '-x', 'HEAD', 'a/b', 'a..b', 'x.lock', 'HEAD/x', '']) {
      const args = ['check-ref-format', '--branch', name];
      assert.equal(isValidBranchName(name), runGit('.', args).status === 0, name);
    }
  });
});
