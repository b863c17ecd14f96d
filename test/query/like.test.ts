import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromLatin1, utf8 } from '../../src/bytes/text.js';
import { likeTest } from '../../src/query/like.js';

const bytes = (text: string): string => fromLatin1(utf8(text));

/** The same pattern as a regular expression over characters. */
function oracle(pattern: string): RegExp {
  const parts = Array.from(pattern, (c) =>
    c === '%' ? '.*' : c === '_' ? '.' : c.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'),
  );
  return new RegExp(`^${parts.join('')}$`, 'su');
}

describe('like', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ab', 'é', '.', '漢'), maxLength: 12 });
  for (const [what, units] of [
    ['%', ['a', 'b', 'ab', 'é', '.', '%', '%']],
    ['% and _', ['a', 'b', 'é', '漢', '%', '_']],
    ['no wildcard', ['a', 'b']],
  ] as const) {
    it(`finds with ${what} what a regular expression finds`, () => {
      const pattern = fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });
      fc.assert(
        fc.property(text, pattern, (one, wanted) => {
          assert.equal(likeTest(bytes(wanted))(bytes(one)), oracle(wanted).test(one));
        }),
        { numRuns: 5000 },
      );
    });
  }

  it('needs no steps for each pair of characters where only % is asked for', () => {
    const cell = 'a'.repeat(4_000_000);
    assert.equal(likeTest(`%${'a'.repeat(2000)}b%`)(cell), false);
    assert.equal(likeTest(`${'a'.repeat(2000)}%${'a'.repeat(2000)}`)(cell), true);
    assert.equal(likeTest('aa%aa')('aaa'), false);
  });
});
