/** Merges: what comes in from the side is judged as strictly as what comes straight, and nothing is lost on the way. */
import assert from 'node:assert/strict';
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { Oid } from '../../src/git-format/oid.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, bo, carol, eve, HistoryBuilder, type NewFile } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
let root: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
});

/** A merge that takes everything of both sides, the second one's files over the first one's. */
async function merge(first: Oid, second: Oid, changes: Record<string, NewFile> = {}): Promise<Oid> {
  const signatures = Object.keys(b.filesBelow(first, '.at1/policy/policy.sig')).map((path) => [path, null]);
  return b.commit([first, second], { ...Object.fromEntries(signatures), ...everything(second), ...changes });
}

function everything(commit: Oid): Record<string, NewFile> {
  return Object.fromEntries(
    ['model', 'data', 'objects', '.at1'].flatMap((folder) => Object.entries(b.filesBelow(commit, folder))),
  );
}

describe('a merge', () => {
  it('lands what its other parent brings', async () => {
    const left = await b.commit([root], await b.version('model/x@1.0.0'));
    const right = await b.commit([root], await b.version('data/y@1.0.0', { keys: [bo] }));
    const tip = await merge(left, right);
    const folded = await b.fold(tip);
    assert.deepEqual(errorsOf(folded), []);
    assert.equal(rowOf(folded, 'model/x@1.0.0').commit, left);
    assert.equal(rowOf(folded, 'data/y@1.0.0').commit, tip);
  });

  it('that is squashed or rebased lands the same', async () => {
    const left = await b.commit([root], await b.version('model/x@1.0.0'));
    const right = await b.commit([root], await b.version('data/y@1.0.0', { keys: [bo] }));
    const squashed = await b.commit([left], everything(right), { key: null });
    assert.deepEqual(goodVersions(await b.fold(squashed)), ['data/y@1.0.0', 'model/x@1.0.0']);
  });

  it('that crosses another one loses nothing', async () => {
    const left = await b.commit([root], await b.version('model/x@1.0.0'));
    const right = await b.commit([root], await b.version('data/y@1.0.0'));
    const one = await merge(left, right);
    const two = await merge(right, left);
    const [left2, right2] = [
      await b.commit([one], await b.version('model/x@1.1.0')),
      await b.commit([two], await b.version('data/y@1.1.0')),
    ];
    const folded = await b.fold(await merge(left2, right2));
    assert.deepEqual(errorsOf(folded), []);
    assert.equal(goodVersions(folded).length, 4);
    const octopus = await b.commit([root, left2, right2], { ...everything(left2), ...everything(right2) });
    assert.deepEqual(errorsOf(await b.fold(octopus)), []);
    assert.equal(goodVersions(await b.fold(octopus)).length, 4);
  });

  it('does not drop or edit what only its other parent has', async () => {
    const left = await b.commit([root], {});
    const right = await b.commit([root], await b.version('model/x@1.0.0'));
    const dropped = await b.fold(await b.commit([left, right], {}));
    assert.deepEqual(errorsOf(dropped), ['history/manifest-removed', 'history/signature-changed']);
    const other = await b.version('model/x@1.0.0', { content: 'other', keys: [bo] });
    const edited = await b.fold(await b.commit([left, right], other));
    assert.ok(errorsOf(edited).includes('history/manifest-changed'));
    assert.deepEqual(goodVersions(edited), []);
    const { 'model/x/1.0.0.sig/ana.sig': _, ...unsigned } = everything(right);
    const stripped = await b.fold(await b.commit([left, right], unsigned));
    assert.ok(errorsOf(stripped).includes('history/signature-changed'));
    assert.deepEqual(goodVersions(stripped), []);
  });

  it('keeps the version of its first parent where both have made one, and says so', async () => {
    const left = await b.commit([root], await b.version('model/x@1.0.0', { content: 'left' }));
    const right = await b.commit([root], await b.version('model/x@1.0.0', { content: 'right', keys: [bo] }));
    for (const tip of [await b.commit([left, right], {}), await merge(left, right)]) {
      const folded = await b.fold(tip);
      assert.equal(rowOf(folded, 'model/x@1.0.0').blob, b.fileAt(left, 'model/x/1.0.0.toml'));
      assert.ok(errorsOf(folded).includes('history/manifest-changed'));
      assert.deepEqual(goodVersions(folded), []);
    }
  });

  it('of a branch from before a stranger was cleared away is no removal', async () => {
    const theirs = await b.version('model/z@1.0.0', { keys: [eve] });
    const one = await b.commit([root], theirs);
    const cleared = await b.commit([one], Object.fromEntries(Object.keys(theirs).map((path) => [path, null])));
    const branch = await b.commit([one], await b.version('data/y@1.0.0'));
    const folded = await b.fold(await b.commit([cleared, branch], await b.version('data/y@1.0.0')));
    assert.deepEqual(errorsOf(folded), []);
  });

  it('lands nothing of a stranger', async () => {
    const right = await b.commit([root], await b.version('model/x@1.0.0', { keys: [eve] }), { key: eve });
    const folded = await b.fold(await merge(await b.commit([root], {}), right));
    assert.deepEqual(goodVersions(folded), []);
    assert.deepEqual(errorsOf(folded), ['signature/unknown-key']);
  });
});

describe('the policy in force at a merge', () => {
  const withoutBo = { principals: [ana] };

  it('is the highest of all parents, for what the merge brings', async () => {
    const left = await b.commit([root], await b.version('model/x@1.0.0'));
    const right = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana, carol] }));
    const more = await b.commit([right], await b.version('data/y@1.0.0', { keys: [carol] }));
    const folded = await b.fold(await merge(left, more));
    assert.deepEqual([errorsOf(folded), folded.state.policy.version], [[], 2]);
    assert.deepEqual(goodVersions(folded), ['data/y@1.0.0', 'model/x@1.0.0']);
  });

  it('is found through every policy in between, in any branch of the other side', async () => {
    const left = await b.commit([root], await b.version('model/x@1.0.0'));
    const two = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana, carol] }));
    const side = await b.commit([two], await b.policy(3, two, [carol], { principals: [carol, ana] }));
    const main = await b.commit([root], { 'README.md': 'x' });
    const three = await merge(main, side);
    const tip = await merge(left, three);
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), folded.state.policy.version], [[], 3]);
    assert.deepEqual(
      folded.state.policies.map(({ version }) => version),
      [1, 2, 3],
    );
  });

  it('cannot be lowered by taking the files of the other side', async () => {
    const two = await b.commit([root], await b.policy(2, root, [ana], withoutBo));
    const old = await b.commit([root], await b.version('model/x@1.0.0', { keys: [bo] }));
    const tip = await merge(two, old);
    const folded = await b.fold(tip);
    assert.equal(folded.state.policy.version, 2);
    assert.deepEqual(goodVersions(folded), []);
    assert.ok(errorsOf(folded).includes('history/policy-rollback'));
  });

  it('cannot be left out by making the old side the first parent', async () => {
    const two = await b.commit([root], await b.policy(2, root, [ana], withoutBo));
    const old = await b.commit([root], { 'README.md': 'x' });
    // Bo was dropped on the other side; this merge keeps the policy of the first.
    for (const changes of [{}, { 'README.md': 'y' }]) {
      const tip = await b.commit([old, two], changes, { key: bo });
      const folded = await b.fold(tip);
      assert.equal(folded.state.policy.version, 2);
      assert.deepEqual(codesOf(folded.state.findings), ['history/policy-rollback']);
      const later = await b.fold(await b.commit([tip], await b.version('model/x@1.0.0', { keys: [bo] })));
      assert.deepEqual(goodVersions(later), []);
      assert.ok(errorsOf(later).includes('signature/unknown-key'));
    }
  });

  it('is not raised by a number: neither unsigned, nor by a chain with a hole, nor by a stranger', async () => {
    const left = await b.commit([root], {});
    const evil = { principals: [ana, eve], owners: [eve] };
    const unsigned = await b.commit([root], await b.policy(2, root, [eve], evil));
    const two = await b.commit([root], await b.policy(2, root, [eve], evil));
    const chained = await b.commit([two], await b.policy(3, two, [eve], evil));
    const jumped = await b.commit(
      [root],
      await b.policy(9, root, [ana], { ...evil, previous: `sha256:${'1'.repeat(64)}` }),
    );
    for (const side of [unsigned, chained, jumped]) {
      const theirs = await b.commit([side], await b.version('model/x@1.0.0', { keys: [eve] }), { key: eve });
      for (const tip of [
        await merge(left, theirs),
        await b.commit([left, theirs], await b.version('model/x@1.0.0', { keys: [eve] })),
      ]) {
        const folded = await b.fold(tip);
        assert.equal(folded.state.policy.version, 1);
        assert.deepEqual(goodVersions(folded), []);
        const next = await b.fold(await b.commit([tip], await b.version('model/x@2.0.0', { keys: [eve] })));
        assert.deepEqual(goodVersions(next), []);
      }
    }
  });

  it('is not shaken by a side whose policy is broken, gone or damaged', async () => {
    const left = await b.commit([root], await b.version('model/x@1.0.0'));
    for (const text of [null, 'junk', 'version = 9\n']) {
      const right = await b.commit([root], { '.at1/policy/policy.toml': text });
      const folded = await b.fold(await b.commit([left, right], { 'README.md': 'x' }));
      assert.deepEqual([errorsOf(folded), goodVersions(folded)], [[], ['model/x@1.0.0']]);
    }
  });

  it('of two that both follow the one before is the one that was in force first', async () => {
    const left = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana, carol] }));
    const right = await b.commit([root], await b.policy(2, root, [ana], withoutBo));
    assert.equal(
      (await b.fold(await b.commit([left, right], {}))).state.policy.digest,
      (await b.fold(left)).state.policy.digest,
    );
    const swapped = await b.fold(await merge(left, right));
    assert.deepEqual(codesOf(swapped.state.findings), ['history/policy-rollback']);
  });
});

describe('what is hidden in the side of a merge', () => {
  let before: Oid;
  let tip: Oid;

  beforeEach(async () => {
    before = await b.commit([root], await b.version('model/x@1.0.0'));
    tip = await b.commit([before], await b.version('model/x@1.0.1'));
  });

  const gone = (path: string) => Object.fromEntries(Object.keys(b.filesBelow(tip, path)).map((name) => [name, null]));

  it('does not take away a version, in however many steps', async () => {
    const file = { 'model/x/1.0.1.toml': null };
    const signatures = gone('model/x/1.0.1.sig');
    const atOnce = await b.commit([tip], { ...file, ...signatures }, { key: null });
    const byOne = await b.commit([await b.commit([tip], signatures, { key: null })], file, { key: null });
    const mode = { 'model/x/1.0.1.toml': { mode: '100755', bytes: b.bytesAt(tip, 'model/x/1.0.1.toml') } } as const;
    const byMode = await b.commit([await b.commit([tip], mode, { key: null })], file, { key: null });
    const nested = await b.commit([before, atOnce], {}, { key: null });
    for (const side of [atOnce, byOne, byMode, nested]) {
      const merged = await b.commit([before, side], {}, { key: null });
      const folded = await b.fold(merged);
      assert.deepEqual(errorsOf(folded), ['history/manifest-removed', 'history/signature-changed']);
      assert.deepEqual(goodVersions(folded), ['model/x@1.0.0']);
      // Nor can other bytes take its place; its own may come back.
      const other = await b.commit([merged], await b.version('model/x@1.0.1', { content: 'other', keys: [bo] }));
      for (const from of [undefined, folded.state]) {
        const replaced = await b.fold(other, from);
        assert.ok(errorsOf(replaced).includes('history/manifest-changed'));
        assert.deepEqual(goodVersions(replaced), ['model/x@1.0.0']);
      }
      const restored = await b.fold(await b.commit([merged], b.filesBelow(tip, 'model/x')));
      assert.deepEqual([errorsOf(restored), goodVersions(restored)], [[], ['model/x@1.0.0', 'model/x@1.0.1']]);
    }
  });

  it('is found although the mainline does not hold the registry yet, or not any more', async () => {
    const nothing = await b.commit([], { 'README.md': 'x' }, { key: null });
    const empty = await b.commit([nothing, tip], {}, { key: null });
    const again = await b.commit([empty], {}, { key: null, onto: before });
    assert.ok(errorsOf(await b.fold(again)).includes('history/manifest-removed'));
    const bare = Object.fromEntries(Object.keys(b.filesBelow(tip, '')).map((name) => [name, null]));
    const removed = await b.commit([before, tip], bare, { key: null });
    const back = await b.commit([removed], {}, { key: null, onto: before });
    for (const from of [undefined, (await b.fold(removed)).state]) {
      assert.ok(errorsOf(await b.fold(back, from)).includes('history/manifest-removed'));
    }
  });

  it('does not take away a signature that counted', async () => {
    const stripped = await b.commit([tip], gone('model/x/1.0.1.sig'), { key: null });
    const merged = await b.commit([before, stripped], { 'model/x/1.0.1.toml': b.bytesAt(tip, 'model/x/1.0.1.toml') });
    const folded = await b.fold(merged);
    assert.ok(errorsOf(folded).includes('history/signature-changed'));
    assert.deepEqual(goodVersions(folded), ['model/x@1.0.0']);
  });

  it('may take away what never counted', async () => {
    const theirs = await b.version('model/z@1.0.0', { keys: [eve] });
    const strange = await b.commit([tip], theirs, { key: null });
    const cleared = await b.commit([strange], Object.fromEntries(Object.keys(theirs).map((path) => [path, null])));
    const folded = await b.fold(await merge(before, cleared));
    assert.deepEqual([errorsOf(folded), goodVersions(folded)], [[], ['model/x@1.0.0', 'model/x@1.0.1']]);
  });
});

describe('a commit that git could not have made', () => {
  /** The commit of another tree, with the bytes of its root or one folder changed. */
  function spoiled(parent: Oid, spoil: (rows: Uint8Array[]) => Uint8Array[]): Oid {
    const text = fromUtf8(b.objects.get(parent)?.bytes as Uint8Array);
    const root = text.slice(5, 45) as Oid;
    const bytes = b.objects.get(root)?.bytes as Uint8Array;
    const rows: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(0, at) + 21;
      rows.push(bytes.subarray(at, end));
      at = end;
    }
    const tree = b.put('tree', concatBytes(spoil(rows)));
    return b.put(
      'commit',
      utf8(`tree ${tree}\nparent ${parent}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nx`),
    );
  }

  it('is a finding, and the history goes on after it as if it had not been', async () => {
    const good = await b.commit([root], await b.version('model/x@1.0.0'));
    const headers = `author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n`;
    const twice = `tree ${fromUtf8(b.objects.get(good)?.bytes as Uint8Array).slice(5, 45)}\nparent ${good}\n${headers}`;
    const bad = [
      b.put('commit', utf8(`${twice}gpgsig a\ngpgsig b\n\nx`)),
      spoiled(good, (rows) => rows.toReversed()),
      spoiled(good, (rows) => rows.flatMap((row) => [row, row])),
    ];
    for (const commit of bad) {
      assert.ok(errorsOf(await b.fold(commit)).includes('git/invalid-object'));
      const next = await b.commit([commit], await b.version('model/x@1.1.0'), { onto: good });
      for (const from of [undefined, (await b.fold(commit)).state]) {
        const folded = await b.fold(next, from);
        assert.deepEqual([errorsOf(folded), goodVersions(folded)], [[], ['model/x@1.0.0', 'model/x@1.1.0']]);
        assert.deepEqual(codesOf(folded.state.findings, 'warning'), ['git/invalid-object']);
      }
      const lost = await b.commit([commit], { 'model/x/1.0.0.toml': null }, { onto: good });
      assert.ok(errorsOf(await b.fold(lost)).includes('history/manifest-removed'));
    }
  });
});
