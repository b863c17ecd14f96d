import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import { At1Error } from '../../src/errors.js';
import { diffTrees } from '../../src/git-format/diff-trees.js';
import { type ObjectReader, type Oid, parseOid } from '../../src/git-format/oid.js';
import { formatEntry, formatTree, parseTree, type TreeEntry } from '../../src/git-format/tree.js';
import { entryNamed } from '../../src/git-format/tree-lookup.js';
import { throwsCode } from '../helpers/throws-code.js';

const OID = parseOid('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
const MANY = 20;

function entry(name: string, mode: TreeEntry['mode'] = '100644'): TreeEntry {
  return { mode, name, oid: OID };
}

function oidNumbered(number: number): Oid {
  return parseOid(String(number + 1).padStart(40, '0'));
}

/** As git sorts; names that are there twice stay. */
function sorted(entries: readonly TreeEntry[]): TreeEntry[] {
  const key = ({ name, mode }: TreeEntry) => (mode === '40000' ? `${name}/` : name);
  return [...entries].sort((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))));
}

/** What is found, or the code of what is thrown. */
function asked(tree: Uint8Array, name: string): TreeEntry | string | undefined {
  try {
    return entryNamed(tree, name);
  } catch (error) {
    return error instanceof At1Error ? error.code : fail(String(error));
  }
}

/** Hands out these trees; every other one is empty. */
function readerOf(trees: ReadonlyMap<Oid, Uint8Array>): ObjectReader {
  return {
    read: async (oid) => ({ type: 'tree', bytes: trees.get(oid) ?? new Uint8Array(0) }),
  };
}

function fail(message: string): never {
  throw new Error(message);
}

const numbers = fc.nat({ max: 400 });
/** Entries that go, come, or come with another mode or id; some come though they are there. */
const edits = fc.array(
  fc.record({
    number: numbers,
    come: fc.boolean(),
    folder: fc.boolean(),
    twice: fc.integer({ min: 0, max: 20 }).map((one) => one === 0),
    oid: fc.constantFrom(OID, parseOid('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391')),
  }),
  { maxLength: 8 },
);

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

  it('finds in the tree that took its place what a look at all of it finds, whatever was edited', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 6 }), async (steps) => {
        let before = parseTree(tree);
        let bytes: Uint8Array = Uint8Array.from(tree);
        for (let round = 0; round < MANY; round++) entryNamed(bytes, '1.toml');
        for (const [step, those] of steps.entries()) {
          const after = those.reduce((entries, { number, come, folder, twice, oid }) => {
            const name = `${number}.toml`;
            const rest = twice ? entries : entries.filter((one) => one.name !== name);
            return come ? [...rest, { ...entry(name, folder ? '40000' : '100644'), oid }] : rest;
          }, before);
          const now = concatBytes(sorted(after).map(formatEntry));
          const trees = new Map([
            [oidNumbered(step), bytes],
            [oidNumbered(step + 1), now],
          ]);
          for await (const change of diffTrees(readerOf(trees), oidNumbered(step), oidNumbered(step + 1))) void change;
          for (let number = 0; number <= 400; number++) {
            assert.deepEqual(asked(now, `${number}.toml`), asked(Uint8Array.from(now), `${number}.toml`));
          }
          [before, bytes] = [after, now];
        }
      }),
      { numRuns: 40 },
    );
  });
});
