import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { parseOid } from '../../src/git-format/oid.js';
import { decodeName, encodeName, formatTree, parseTree, type TreeEntry } from '../../src/git-format/tree.js';
import { git } from '../helpers/git.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { throwsCode } from '../helpers/throws-code.js';
import { objectOf } from './oracle.js';

const OID = parseOid('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
const RAW = new Uint8Array(20).fill(7);

function raw(...rows: readonly (readonly [head: string | Uint8Array])[]): Uint8Array {
  return concatBytes(rows.flatMap(([head]) => [typeof head === 'string' ? utf8(head) : head, Uint8Array.of(0), RAW]));
}

describe('tree objects', () => {
  const temp = useTempDir('suite');

  it('reads and writes what git makes, in the order git sorts', () => {
    const dir = temp.path;
    git(dir, ['init', '-q', '.']);
    const blob = git(dir, ['hash-object', '-w', '--stdin'], { input: 'x' });
    const names = ['a', 'a.b', 'a0', 'a-b', 'B', 'é', '模', 'z/x', 'z.x', 'z0', 'ab/c', 'ab.c', 'q"uote', 'sp ace'];
    const rows = names.filter((name) => name !== 'a').map((name) => `100644 blob ${blob}\t${name}`);
    rows.push(`100755 blob ${blob}\ta/run`, `120000 blob ${blob}\tlink`, `160000 commit ${blob}\tmodule`);
    git(dir, ['update-index', '-z', '--index-info'], { input: `${rows.join('\0')}\0` });
    const tree = git(dir, ['write-tree']);
    const { bytes } = objectOf(dir, tree);
    const entries = parseTree(bytes);
    assert.deepEqual(formatTree(entries), bytes);
    assert.deepEqual(formatTree([...entries].reverse()), bytes);
    assert.deepEqual(
      entries.map((entry) => entry.name),
      git(dir, ['ls-tree', '-z', '--name-only', tree]).split('\0').slice(0, -1),
    );
    assert.deepEqual(new Set(entries.map((entry) => entry.mode)), new Set(['40000', '100644', '120000', '160000']));
  });

  it('has parse undo format', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((n) => !/[/\0]/.test(n) && n !== '.' && n !== '..');
    const entry: fc.Arbitrary<TreeEntry> = fc.record(
      {
        mode: fc.constantFrom('40000', '100644', '100755', '120000', '160000'),
        name,
        oid: fc.constant(OID),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (e) => e.name }), (entries) => {
        const bytes = formatTree(entries);
        const read = parseTree(bytes);
        assert.deepEqual(new Set(read), new Set(entries));
        assert.deepEqual(formatTree(read), bytes);
      }),
    );
  });

  it('carries any bytes of a name through', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, minLength: 1, maxLength: 12 }), (bytes) => {
        assert.deepEqual(encodeName(decodeName(bytes)), bytes);
      }),
    );
    const tree = raw([Uint8Array.of(...utf8('100644 a'), 0xff, 0xc3, 0xa9, 0xed, 0xa0, 0x80)]);
    assert.deepEqual(formatTree(parseTree(tree)), tree);
  });

  it('keeps old spellings of modes', () => {
    const tree = raw(['100664 a'], ['040000 b'], ['100777 c']);
    const entries = parseTree(tree);
    assert.deepEqual(
      entries.map((entry) => entry.mode),
      ['100644', '40000', '100755'],
    );
    assert.deepEqual(formatTree(entries), tree);
  });

  for (const [what, tree] of [
    ['an empty name', raw(['100644 '])],
    ['a dot', raw(['100644 .'])],
    ['two dots', raw(['40000 ..'])],
    ['a slash', raw(['100644 a/b'])],
    ['a name twice', raw(['100644 a'], ['100644 a'])],
    ['a file and a folder of one name', raw(['100644 a'], ['100644 a.b'], ['40000 a'])],
    ['a wrong order', raw(['100644 b'], ['100644 a'])],
    ['an unknown mode', raw(['170000 a'])],
    ['no mode', raw(['a'])],
    ['a NUL in a mode', raw(['1\0 a'])],
    ['a cut id', raw(['100644 a']).subarray(0, 20)],
    ['no NUL', utf8('100644 abc')],
  ] as const) {
    it(`refuses a tree with ${what}`, async () => {
      await throwsCode(() => parseTree(tree), 'git/invalid-object');
    });
  }

  it('refuses to write what a tree must not hold', async () => {
    const entry: TreeEntry = { mode: '100644', name: 'a', oid: OID };
    for (const name of ['', '.', '..', 'a/b', 'a\0', '\ud800']) {
      await throwsCode(() => formatTree([{ ...entry, name }]), 'git/invalid-object');
    }
    await throwsCode(() => formatTree([entry, { ...entry, mode: '40000' }]), 'git/invalid-object');
  });
});
