import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import { diffTrees, findEntry, listTree } from '../../src/git-format/diff-trees.js';
import { type GitObject, hashObject, type ObjectReader, type Oid } from '../../src/git-format/oid.js';
import { formatTree, type TreeEntry, type TreeMode } from '../../src/git-format/tree.js';
import { throwsCode } from '../helpers/throws-code.js';
import { sha1 } from './oracle.js';

/** A whole tree in memory: path to content and mode. */
type Files = ReadonlyMap<string, { content: string; mode: TreeMode }>;

class MemoryObjects implements ObjectReader {
  readonly objects = new Map<Oid, GitObject>();
  readonly asked: Oid[] = [];

  async read(oid: Oid): Promise<GitObject> {
    this.asked.push(oid);
    return this.objects.get(oid) as GitObject;
  }

  add(type: GitObject['type'], bytes: Uint8Array): Oid {
    const oid = hashObject(type, bytes, sha1);
    this.objects.set(oid, { type, bytes });
    return oid;
  }

  tree(files: Files): Oid {
    const folders = new Map<string, Map<string, { content: string; mode: TreeMode }>>();
    const entries: TreeEntry[] = [];
    for (const [path, file] of files) {
      const slash = path.indexOf('/');
      if (slash < 0) entries.push({ mode: file.mode, name: path, oid: this.add('blob', utf8(file.content)) });
      else {
        const name = path.slice(0, slash);
        const folder = folders.get(name) ?? new Map();
        folders.set(name, folder.set(path.slice(slash + 1), file));
      }
    }
    for (const [name, folder] of folders) entries.push({ mode: '40000', name, oid: this.tree(folder) });
    return this.add('tree', formatTree(entries));
  }
}

/** Few names, so that files become folders and the other way round. */
const files: fc.Arbitrary<Files> = fc
  .array(
    fc.tuple(
      fc.array(fc.constantFrom('a', 'a.b', 'a0', 'b', 'model'), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('1', '2', '3'),
      fc.constantFrom<TreeMode>('100644', '100644', '100755', '120000'),
    ),
    { maxLength: 12 },
  )
  .map((rows) => {
    const out = new Map<string, { content: string; mode: TreeMode }>();
    for (const [parts, content, mode] of rows) {
      const path = parts.join('/');
      const clash = [...out.keys()].some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
      if (!clash) out.set(path, { content, mode });
    }
    return out;
  });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
}

describe('differences of trees', () => {
  it('are what comparing all files one by one finds', async () => {
    await fc.assert(
      fc.asyncProperty(files, files, async (before, after) => {
        const objects = new MemoryObjects();
        const changes = await collect(diffTrees(objects, objects.tree(before), objects.tree(after), 'p/'));
        const found = new Map<string, (string | undefined)[]>();
        for (const { path, before: b, after: a } of changes) {
          const known = found.get(path) ?? [undefined, undefined];
          found.set(path, [known[0] ?? text(b), known[1] ?? text(a)]);
        }
        const wanted = new Map<string, (string | undefined)[]>();
        for (const path of new Set([...before.keys(), ...after.keys()])) {
          const [b, a] = [fileText(objects, before.get(path)), fileText(objects, after.get(path))];
          if (b !== a) wanted.set(`p/${path}`, [b, a]);
        }
        assert.deepEqual(new Map([...found].sort()), new Map([...wanted].sort()));
      }),
    );
  });

  it('name every file of the other side where one is empty', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (some) => {
        const objects = new MemoryObjects();
        const tree = objects.tree(some);
        const added = await collect(diffTrees(objects, undefined, tree));
        const removed = await collect(diffTrees(objects, tree, undefined));
        const listed = await collect(listTree(objects, tree));
        assert.deepEqual(
          added.map(({ path, after }) => ({ path, entry: after })),
          listed,
        );
        assert.deepEqual(
          removed.map(({ path, before }) => ({ path, entry: before })),
          listed,
        );
        assert.deepEqual(listed.map(({ path }) => path).sort(), [...some.keys()].sort());
        for (const { path, entry } of listed) assert.deepEqual(await findEntry(objects, tree, path), entry);
      }),
    );
  });

  it('read no folder that is the same on both sides', async () => {
    const objects = new MemoryObjects();
    const base = new Map<string, { content: string; mode: TreeMode }>();
    for (let i = 0; i < 300; i++) base.set(`folder${i}/file`, { content: String(i), mode: '100644' });
    const before = objects.tree(base);
    const after = objects.tree(new Map([...base, ['folder7/other', { content: 'x', mode: '100644' }]]));
    const changes = await collect(diffTrees(objects, before, after));
    assert.deepEqual(
      changes.map(({ path }) => path),
      ['folder7/other'],
    );
    assert.equal(objects.asked.length, 4);
  });

  it('find nothing where there is nothing', async () => {
    const objects = new MemoryObjects();
    const tree = objects.tree(new Map([['a/b', { content: 'x', mode: '100644' }]]));
    assert.equal(await findEntry(objects, tree, 'a/c'), undefined);
    assert.equal(await findEntry(objects, tree, 'a/b/c'), undefined);
    assert.equal(await findEntry(objects, tree, ''), undefined);
    assert.equal((await findEntry(objects, tree, 'a'))?.mode, '40000');
  });

  it('are counted before they are walked where a bound is given', async () => {
    const objects = new MemoryObjects();
    let tree = objects.tree(new Map([['f', { content: 'x', mode: '100644' }]]));
    for (let level = 0; level < 15; level++) {
      const entries = Array.from({ length: 10 }, (_, i) => ({ mode: '40000' as const, name: `d${i}`, oid: tree }));
      tree = objects.add('tree', formatTree(entries));
    }
    const bound = { depth: 20, entries: 20_000 };
    await throwsCode(() => collect(diffTrees(objects, undefined, tree, '', bound)), 'document/too-large');
    await throwsCode(() => collect(diffTrees(objects, tree, undefined, '', bound)), 'document/too-large');
    await throwsCode(() => collect(listTree(objects, tree, '', bound)), 'document/too-large');
    const shallow = { depth: 10, entries: 20_000 };
    await throwsCode(() => collect(listTree(objects, tree, '', shallow)), 'document/too-large');
  });

  it('refuse what is no tree, and names a tree holds twice', async () => {
    const objects = new MemoryObjects();
    const blob = objects.add('blob', utf8('x'));
    await throwsCode(() => collect(diffTrees(objects, undefined, blob)), 'git/invalid-object');
    const once = formatTree([{ mode: '100644', name: 'a', oid: blob }]);
    const twice = objects.add('tree', Uint8Array.of(...once, ...once));
    await throwsCode(() => findEntry(objects, twice, 'a'), 'git/invalid-object');
    await throwsCode(() => collect(listTree(objects, twice)), 'git/invalid-object');
  });
});

function text(entry: TreeEntry | undefined): string | undefined {
  return entry === undefined ? undefined : `${entry.mode} ${entry.oid}`;
}

function fileText(objects: MemoryObjects, file: { content: string; mode: TreeMode } | undefined): string | undefined {
  return file === undefined ? undefined : `${file.mode} ${objects.add('blob', utf8(file.content))}`;
}
