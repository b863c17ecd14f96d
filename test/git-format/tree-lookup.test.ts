import assert from 'node:assert/strict';
import { concatBytes } from '../../src/bytes/writer.js';
import { parseOid } from '../../src/git-format/oid.js';
import { formatTree, parseTree, type TreeEntry } from '../../src/git-format/tree.js';
import { entryNamed } from '../../src/git-format/tree-lookup.js';
import { throwsCode } from '../helpers/throws-code.js';

const OID = parseOid('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
const MANY = 20;

function entry(name: string, mode: TreeEntry['mode'] = '100644'): TreeEntry {
  return { mode, name, oid: OID };
}

describe('looking up one name of a tree', () => {
  // Large enough for an index; a byte that is no UTF-8 among the names.
  const names = [...Array(300).keys()].map((i) => `${i}.toml`).concat('é', '\udcff', 'folder');
  const tree = formatTree(names.map((name) => entry(name, name === 'folder' ? '40000' : '100644')));

  it('finds the same the first time and the hundredth, by scan and by index', () => {
    for (let round = 0; round < MANY; round++) {
      for (const expected of parseTree(tree)) assert.deepEqual(entryNamed(tree, expected.name), expected);
      for (const name of ['300.toml', '', '0', 'folder/', 'É']) assert.equal(entryNamed(tree, name), undefined);
    }
  });

  it('refuses a name that is there twice, and a torn tree, each time it is asked', async () => {
    const twice = concatBytes([tree, formatTree([entry('7.toml', '40000')])]);
    const torn = tree.subarray(0, tree.length - 1);
    for (let round = 0; round < MANY; round++) {
      await throwsCode(() => entryNamed(twice, '7.toml'), 'git/invalid-object');
      assert.deepEqual(entryNamed(twice, '8.toml'), entry('8.toml'));
      await throwsCode(() => entryNamed(torn, '7.toml'), 'git/invalid-object');
    }
  });
});
