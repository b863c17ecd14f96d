import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FolderIndex } from '../../src/artifacts/folder-index.js';

describe('an index of folders', () => {
  it('says what a look at all paths would, whatever came and went', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'é'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), path), { maxLength: 60 }), (steps) => {
        const index = new FolderIndex();
        const paths = new Set<string>();
        for (const [add, one] of steps) {
          if (add) index.add(one);
          else index.remove(one);
          if (add) paths.add(one);
          else paths.delete(one);
        }
        for (const folder of ['', 'a/', 'b/', 'a/b/', 'a/a/', 'a/b/é/']) {
          const below = [...paths].filter((one) => one.startsWith(folder)).map((one) => one.slice(folder.length));
          const children = new Set(below.map((rest) => folder + rest.slice(0, `${rest}/`.indexOf('/') + 1)));
          assert.deepEqual([...index.childrenOf(folder)].sort(), [...children].sort());
        }
      }),
    );
  });
});
