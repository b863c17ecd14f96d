/** The same registry in another folder of the history: who is led from one to the other must hear of it. */
import assert from 'node:assert/strict';
import { findEntry } from '../../src/git-format/diff-trees.js';
import type { Oid } from '../../src/git-format/oid.js';
import { readCommit } from '../../src/git-format/read-object.js';
import { foldHistory } from '../../src/history/fold.js';
import type { RegistryState } from '../../src/history/registry-state.js';
import { goodVersions } from '../helpers/fold-results.js';
import { ana, type Changes, HistoryBuilder, OTHER_REGISTRY } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
let genesis: Changes;
let root: Oid;
/** Where everybody has it. */
let real: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  genesis = await b.genesis(ana);
  root = await b.commit([], genesis);
  real = await b.commit([root], await b.version('model/x@1.0.0'));
});

const into = (folder: string, changes: Changes): Changes =>
  Object.fromEntries(Object.entries(changes).map(([path, file]) => [`${folder}/${path}`, file]));

const foldIn = (prefix: string, tip: Oid, from?: RegistryState) => foldHistory({ ...b.source, prefix }, tip, { from });

/** Of the same beginning, in another folder, without the commits of the real one. */
async function orphan(folder: string): Promise<Oid> {
  return b.commit([await b.commit([], into(folder, genesis))], { 'README.md': 'x' });
}

async function toldIn(prefix: string, tip: Oid): Promise<string[]> {
  const { state } = await foldIn(prefix, tip);
  return state.findings.map(({ severity, code, subject, message }) => `${severity} ${code} ${subject}: ${message}`);
}

const told = (commit: Oid, where: string): string =>
  `warning history/registry-changed commit ${commit}: this registry was in ${where} there; what was decided in that folder is no part of this history`;

describe('a registry that is in another folder', () => {
  it('of commits that a merge brings in, is told, alike wherever the fold is cut', async () => {
    const begun = await orphan('reg');
    const merged = await b.commit([begun, real], {}, { key: null });
    const later = await b.commit([merged], { 'README.md': 'y' });
    assert.deepEqual(await toldIn('reg', later), [told(real, 'the top folder')]);
    const whole = await foldIn('reg', later);
    for (const part of [begun, merged]) {
      assert.deepEqual((await foldIn('reg', later, (await foldIn('reg', part)).state)).state, whole.state);
    }
  });

  it('is told where a commit takes it away before the merge', async () => {
    const gone = Object.fromEntries(Object.keys(b.filesBelow(real, '')).map((path) => [path, null]));
    const removed = await b.commit([real], gone, { key: null });
    assert.deepEqual(await toldIn('reg', await b.commit([await orphan('reg'), removed], {}, { key: null })), [
      told(real, 'the top folder'),
    ]);
    // And where ours begins after that, upon it.
    const begun = await b.commit([removed], into('reg', genesis));
    assert.deepEqual(await toldIn('reg', begun), [told(root, 'the top folder')]);
  });

  it('is found above ours, below it and beside it', async () => {
    const place = async (folder: string) => b.commit([], folder === '' ? genesis : into(folder, genesis));
    for (const [ours, theirs, where] of [
      ['a/b', 'a', "'a'"],
      ['a/b', '', 'the top folder'],
      ['a/b', 'c', "'c'"],
      ['a', 'a/c', "'a/c'"],
      ['', 'c', "'c'"],
    ] as const) {
      const side = await place(theirs);
      const tip = await b.commit([await place(ours), side], {}, { key: null });
      assert.deepEqual(await toldIn(ours, tip), [told(side, where)], `${theirs} from ${ours}`);
    }
  });

  it('is another one if its id is, or no document says whose it is', async () => {
    const begun = await orphan('reg');
    const other = await b.commit([], await b.genesis(ana, { registry: OTHER_REGISTRY }, OTHER_REGISTRY));
    const broken = await b.commit([], {
      'at1.toml': 'junk',
      'c/at1.toml/file': 'x',
      'd/at1.toml': { mode: '120000', bytes: '../at1.toml' },
    });
    for (const side of [other, broken]) {
      assert.deepEqual(await toldIn('reg', await b.commit([begun, side], {}, { key: null })), []);
    }
  });

  it('is told where our folder held another registry then', async () => {
    const other = into('reg', await b.genesis(ana, { registry: OTHER_REGISTRY }, OTHER_REGISTRY));
    const side = await b.commit([], {
      ...other,
      ...into('c', genesis),
      ...into('d', { 'at1.toml': 'x'.repeat(65_537) }),
    });
    const tip = await b.commit([await orphan('reg'), side], {}, { key: null });
    assert.deepEqual(await toldIn('reg', tip), [told(side, "'c'")]);
  });

  it('is told of the older commit where the newer one held ours as well, before ours began', async () => {
    const older = await b.commit([], into('c', genesis));
    const newer = await b.commit([older], into('reg', genesis));
    const first = await b.commit([], { 'README.md': 'x' });
    const merged = await b.commit([first, newer], {}, { key: null, onto: first });
    const begun = await b.commit([merged], into('reg', genesis));
    assert.deepEqual(await toldIn('reg', begun), [told(older, "'c'")]);
  });

  it('is no other one where the commit holds ours as well', async () => {
    const both = await b.commit([], { ...genesis, ...into('reg', genesis) });
    assert.deepEqual(await toldIn('reg', await b.commit([await orphan('reg'), both], {}, { key: null })), []);
  });

  it('is looked for in a thousand folders of a commit, and what lay there before is not looked at again', async () => {
    const many = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`d${String(from + i).padStart(4, '0')}/x`, `${i}`]));
    const among = async (count: number, parents: Oid[] = []) =>
      b.commit(parents, { ...many(0, count), ...into('z', genesis) });
    const begun = await orphan('reg');
    const few = await among(999);
    assert.deepEqual(await toldIn('reg', await b.commit([begun, few], {}, { key: null, onto: begun })), [
      told(few, "'z'"),
    ]);
    const lots = await among(1000);
    assert.deepEqual(await toldIn('reg', await b.commit([begun, lots], {}, { key: null, onto: begun })), []);
    // Of the older commit, which comes second, only what the newer one does not hold.
    const older = await among(1000);
    const newer = await b.commit([older], { ...many(0, 999), 'z/y': 'y' }, { onto: await b.commit([], {}) });
    const tip = await b.commit([begun, newer], {}, { key: null, onto: begun });
    assert.deepEqual(await toldIn('reg', tip), [told(older, "'z'")]);
  });

  it('does not end the history where nobody can read it', async () => {
    const begun = await orphan('reg');
    const side = await b.commit([], into('c', { ...genesis, 'README.md': 'x' }));
    const tip = await b.commit([begun, side], {}, { key: null });
    assert.deepEqual(await toldIn('reg', tip), [told(side, "'c'")]);
    const lost = (await findEntry(b, (await readCommit(b, side)).tree, 'c'))?.oid;
    const reader = { read: (oid: Oid) => b.read(oid === lost ? ('f'.repeat(40) as Oid) : oid) };
    const folded = await foldHistory({ ...b.source, reader, prefix: 'reg' }, tip);
    assert.deepEqual([folded.state.findings, goodVersions(folded)], [[], []]);
  });
});
