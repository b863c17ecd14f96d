/** Which commits and trees are read: the mainline, what comes in from the side, and where the registry lies in a tree. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { readCommit, readLinks } from '../../src/git-format/read-object.js';
import { Ancestry } from '../../src/history/ancestry.js';
import { readMainline } from '../../src/history/mainline.js';
import { registryChanges, registryTree, registryTreeAt } from '../../src/history/registry-tree.js';
import { HistoryBuilder, type NewFile } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
/** A commit by its letter: `a-b-d-f` is the mainline, `c` and `e` come in from the side at `d` and `f`. */
let at: Record<'a' | 'b' | 'c' | 'd' | 'e' | 'f', Oid>;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  const make = (name: string, ...parents: Oid[]) => b.commit(parents, { [name]: name }, { key: null });
  const a = await make('a');
  const one = await make('b', a);
  const c = await make('c', a);
  const d = await make('d', one, c);
  const e = await make('e', c, one);
  at = { a, b: one, c, d, e, f: await make('f', d, e, c) };
});

describe('the mainline', () => {
  it('goes by first parents to the root, oldest first', async () => {
    const read = (tip: Oid, until?: Oid, shallow: Oid[] = []) =>
      readMainline(b, tip, { shallow: new Set(shallow), until });
    assert.deepEqual(await read(at.f), { commits: [at.a, at.b, at.d, at.f], end: 'root' });
    assert.deepEqual(await read(at.f, at.b), { commits: [at.d, at.f], end: 'until' });
    assert.deepEqual(await read(at.f, at.f), { commits: [], end: 'until' });
    assert.deepEqual(await read(at.f, at.c), { commits: [at.a, at.b, at.d, at.f], end: 'root' });
    assert.deepEqual(await read(at.f, at.a, [at.d]), { commits: [at.d, at.f], end: 'shallow' });
  });
});

describe('what comes in from the side', () => {
  async function enter(ancestry: Ancestry, oid: Oid) {
    return ancestry.enter(oid, await readLinks(b, oid));
  }
  const arrival = async (oid: Oid, step: boolean, parents: Oid[]) => ({
    oid,
    step,
    tree: (await readCommit(b, oid)).tree,
    parents,
  });

  it('is what no commit before reached, newest first, and the merge against its other parents', async () => {
    for (const fresh of [true, false]) {
      const ancestry = new Ancestry(b.source, fresh);
      if (fresh) for (const oid of [at.a, at.b]) assert.deepEqual(await enter(ancestry, oid), []);
      assert.deepEqual(await enter(ancestry, at.d), [
        await arrival(at.c, false, [at.a]),
        await arrival(at.d, true, [at.c]),
      ]);
      assert.deepEqual(await enter(ancestry, at.f), [
        await arrival(at.e, false, [at.c, at.b]),
        await arrival(at.f, true, [at.e, at.c]),
      ]);
    }
    const late = new Ancestry(b.source, false);
    assert.deepEqual(await enter(late, at.b), []);
    assert.deepEqual(
      (await enter(late, at.f)).map(({ oid }) => oid),
      [at.e, at.f],
    );
  });

  it('is all of the side where it has a root of its own', async () => {
    const one = await b.commit([], { x: 'x' }, { key: null });
    const two = await b.commit([one], { y: 'y' }, { key: null });
    const merge = await b.commit([at.b, two], {}, { key: null });
    const ancestry = new Ancestry(b.source, false);
    assert.deepEqual(
      (await enter(ancestry, merge)).map(({ oid }) => oid),
      [two, one, merge],
    );
  });

  it('ends at the edge of a shallow clone', async () => {
    b.shallow.add(at.c);
    const fresh = new Ancestry(b.source, false);
    assert.deepEqual(await enter(fresh, at.d), [await arrival(at.c, false, []), await arrival(at.d, true, [at.c])]);
    b.shallow.add(at.f);
    assert.deepEqual(await enter(new Ancestry(b.source, true), at.f), []);
  });
});

describe('the tree of a registry', () => {
  it('is found in its folder, which must be one', async () => {
    const tip = await b.commit([], { 'a/b/x': '1', 'a/c': '2' }, { key: null });
    const { tree } = await readCommit(b, tip);
    const inner = await registryTree(b, tree, 'a/b');
    assert.equal(await registryTree(b, tree, ''), tree);
    assert.notEqual(inner, undefined);
    assert.equal(await registryTreeAt({ reader: b, prefix: 'a/b' }, tip), inner);
    for (const prefix of ['a/c', 'a/x', 'b', 'a/b/x', 'a/b/c'])
      assert.equal(await registryTree(b, tree, prefix), undefined);
  });

  it('differs in documents only, each with its place', async () => {
    const tree = async (files: Record<string, NewFile>) =>
      (await readCommit(b, await b.commit([], files, { key: null }))).tree;
    const changes = async (from: Oid | undefined, to: Oid | undefined) => {
      const found: string[] = [];
      for await (const { path, place, before, after } of registryChanges(b, from, to)) {
        found.push(`${place.kind} ${path} ${before?.mode ?? '-'} ${after?.mode ?? '-'}`);
      }
      return found;
    };
    const one = await tree({
      'at1.toml': 'x',
      'model/x/1.0.0.toml': 'x',
      'data/y': 'y',
      run: 'a file',
      'objects/aa/x': 'x',
      'README.md': 'x',
      'modelx/y': 'x',
    });
    const two = await tree({
      'at1.toml': { mode: '100755', bytes: 'x' },
      model: 'a file',
      'data/y': 'y',
      'run/z/a': 'z',
      'objects/bb/y': 'y',
      'at1.tomlx': 'x',
    });
    assert.deepEqual(await changes(one, one), []);
    assert.deepEqual(await changes(one, two), [
      'config at1.toml 100644 100755',
      'manifest model/x/1.0.0.toml 100644 -',
      'other model - 100644',
      'other run/z/a - 100644',
      'other run 100644 -',
    ]);
    assert.deepEqual(await changes(undefined, one), [
      'config at1.toml - 100644',
      'other data/y - 100644',
      'manifest model/x/1.0.0.toml - 100644',
      'other run - 100644',
    ]);
    assert.deepEqual(await changes(two, undefined), [
      'config at1.toml 100755 -',
      'other data/y 100644 -',
      'other model 100644 -',
      'other run/z/a 100644 -',
    ]);
  });
});
