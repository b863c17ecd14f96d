/** The order of parents is the pusher's choice: whom a policy dropped gains nothing by it, and nobody loses by it. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { readCommit } from '../../src/git-format/read-object.js';
import { foldHistory } from '../../src/history/fold.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, bo, carol, HistoryBuilder, type NewFile } from '../helpers/registry-fixture.js';
import { withTwiceEachEntry } from '../helpers/twice-each-entry.js';

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

describe('somebody who was dropped from the policy', () => {
  let two: Oid;
  let forged: Oid;

  beforeEach(async () => {
    const begun = await b.commit([root], await b.version('model/old@1.0.0', { keys: [bo] }));
    two = await b.commit([begun], await b.policy(2, begun, [ana], { principals: [ana] }));
    forged = await b.commit([begun], await b.version('model/x@6.6.6', { keys: [bo] }), { key: bo });
  });

  it('lands nothing by branching off before that, however the policy comes in', async () => {
    const copied = await b.commit([forged], await b.policy(2, forged, [ana], { principals: [ana] }), { key: bo });
    const stripped = await b.commit([two], {}, { key: bo, onto: forged });
    for (const tip of [
      await merge(forged, two),
      await b.commit([forged, two], {}, { key: bo }),
      await b.commit([forged, stripped], {}, { key: bo }),
      await merge(copied, two),
    ]) {
      const folded = await b.fold(tip);
      assert.equal(folded.state.policy.version, 2);
      assert.deepEqual(goodVersions(folded), ['model/old@1.0.0']);
      assert.ok(errorsOf(folded).includes('signature/unknown-key'));
      const again = await b.fold(await b.commit([tip], await b.version('model/x@7.0.0', { keys: [bo] })));
      assert.deepEqual(goodVersions(again), ['model/old@1.0.0']);
    }
  });

  it('keeps nothing in effect by the same manifest where the policy comes in, signed by a stranger', async () => {
    const begun = (await readCommit(b, forged)).parents[0] as Oid;
    const strange = await b.commit([begun], await b.version('model/x@6.6.6', { keys: [carol] }), { key: bo });
    const dropped = await b.commit([strange], await b.policy(2, strange, [ana], { principals: [ana] }));
    const merged = await merge(forged, dropped, { 'model/x/6.6.6.sig/bo.sig': null });
    assert.deepEqual(b.bytesAt(merged, 'model/x/6.6.6.toml'), b.bytesAt(forged, 'model/x/6.6.6.toml'));
    const folded = await b.fold(merged);
    const row = rowOf(folded, 'model/x@6.6.6');
    assert.equal(row.effective, null);
    assert.deepEqual(codesOf(row.problems, 'warning'), ['history/rewound']);
    assert.ok(errorsOf(folded).includes('history/signature-changed'));
  });

  it('lands nothing by taking the policy away on the side, nor does that count as a policy', async () => {
    const without = await b.commit([forged], { '.at1/policy/policy.toml': null }, { key: bo });
    const folded = await b.fold(await merge(forged, await b.commit([two, without], {}, { key: bo, onto: two })));
    assert.deepEqual([folded.state.policy.version, goodVersions(folded)], [2, ['model/old@1.0.0']]);
    assert.ok(errorsOf(folded).includes('signature/unknown-key'));
  });

  it('takes nothing away by carrying the policy over without its signatures', async () => {
    const mine = await b.commit([two], await b.version('model/y@1.0.0'));
    const begun = (await readCommit(b, two)).parents[0] as Oid;
    const policy = b.bytesAt(two, '.at1/policy/policy.toml');
    const unsigned = await b.commit([begun], { '.at1/policy/policy.toml': policy }, { key: bo });
    const folded = await b.fold(await b.commit([mine, unsigned], {}, { onto: mine }));
    assert.deepEqual([errorsOf(folded), goodVersions(folded)], [[], ['model/old@1.0.0', 'model/y@1.0.0']]);
  });

  it('lands nothing that lay unnoticed where a later policy was signed', async () => {
    const junk = await b.commit([two], await b.version('model/x@6.6.6', { keys: [bo] }), { key: bo });
    const three = await b.commit([junk], await b.policy(3, junk, [ana], { principals: [ana, carol] }));
    const folded = await b.fold(await merge(await b.commit([two], { 'README.md': 'x' }), three));
    assert.deepEqual([folded.state.policy.version, goodVersions(folded)], [3, ['model/old@1.0.0']]);
  });

  it('lands nothing by leaving it out of a merge and bringing it back', async () => {
    const all = await b.version('model/x@6.6.6', { keys: [bo] });
    const taken = await b.commit([forged], Object.fromEntries(Object.keys(all).map((path) => [path, null])));
    const merged = await b.commit([two, taken], {}, { key: bo });
    const { 'model/x/6.6.6.toml': manifest, ...rest } = all;
    for (const changes of [{ 'model/x/6.6.6.toml': manifest as Uint8Array }, all]) {
      const back = await b.commit([merged], changes, { key: bo });
      const folded = await b.fold(back);
      assert.deepEqual(goodVersions(folded), ['model/old@1.0.0']);
      assert.equal(rowOf(folded, 'model/x@6.6.6').effective, null);
      assert.notDeepEqual(errorsOf(folded), []);
    }
    // An owner clears it away by two commits; that it was there stays on record.
    const back = await b.commit([merged], { ...all, ...rest });
    const cleared = await b.fold(
      await b.commit([back], Object.fromEntries(Object.keys(all).map((path) => [path, null]))),
    );
    assert.deepEqual(
      [errorsOf(cleared), codesOf(cleared.state.findings, 'warning')],
      [[], ['history/manifest-removed']],
    );
  });

  it('takes no version away by turning it into one that nobody knew', async () => {
    const mine = await b.commit([two], await b.version('model/y@1.0.0'));
    const before = await b.commit([root], { 'README.md': 'x' });
    const left = await b.commit([before, mine], {}, { key: bo });
    const bare = await b.commit([left], { 'model/y/1.0.0.toml': b.bytesAt(mine, 'model/y/1.0.0.toml') }, { key: bo });
    const gone = await b.commit([bare], { 'model/y/1.0.0.toml': null }, { key: bo });
    for (const tip of [left, bare, gone]) {
      const folded = await b.fold(tip);
      assert.ok(errorsOf(folded).includes('history/signature-changed'));
      assert.equal(rowOf(folded, 'model/y@1.0.0').effective, left);
      const other = await b.fold(await b.commit([tip], await b.version('model/y@1.0.0', { content: 'other' })));
      assert.ok(!goodVersions(other).includes('model/y@1.0.0'));
    }
  });

  it('takes no version away by dropping its signature where the policy comes in', async () => {
    const mine = await b.commit([two], await b.version('model/y@1.0.0'));
    const copied = await b.commit([root], b.filesBelow(mine, 'model/y'));
    const stripped = await b.commit([copied], { 'model/y/1.0.0.sig/ana.sig': null }, { key: bo });
    for (const tip of [
      await b.commit([copied, mine], { 'model/y/1.0.0.sig/ana.sig': null }, { key: bo }),
      await b.commit([stripped, mine], {}, { key: bo }),
    ]) {
      const gone = await b.commit([tip], { 'model/y/1.0.0.toml': null }, { key: bo });
      const folded = await b.fold(gone);
      assert.ok(errorsOf(folded).includes('history/manifest-removed'));
      const back = await b.fold(await b.commit([gone], b.filesBelow(mine, 'model/y')));
      assert.ok(goodVersions(back).includes('model/y@1.0.0'));
    }
  });

  it('takes nothing from those who stay', async () => {
    const mine = await b.commit([root], await b.version('model/y@1.0.0'));
    const folded = await b.fold(await merge(mine, two));
    assert.deepEqual([errorsOf(folded), goodVersions(folded)], [[], ['model/old@1.0.0', 'model/y@1.0.0']]);
  });

  it("ends nobody's history by a folder in a side that git could not have made", async () => {
    const all = await b.version('model/x@6.6.6', { keys: [bo] });
    const broken = await withTwiceEachEntry(b, await b.commit([two], all), 'model/x/6.6.6.sig');
    const taken = await b.commit([broken], {}, { key: bo, onto: two });
    const begun = (await readCommit(b, two)).parents[0] as Oid;
    const merged = await b.commit([await b.commit([begun], {}), taken], {}, { key: bo });
    const folded = await b.fold(merged);
    assert.deepEqual([folded.state.policy.version, goodVersions(folded)], [2, ['model/old@1.0.0']]);
    assert.ok(errorsOf(folded).includes('history/manifest-removed'));
  });
});

describe('a policy that many commits of a side bring', () => {
  /** Signatures that are checked where so many commits of the side put the policy there, and as many take it away. */
  async function checks(copies: number): Promise<number> {
    const policy = await b.policy(2, root, [ana], { principals: [ana, bo] });
    const left = await b.commit([root], await b.version('model/x@1.0.0', { keys: [bo] }));
    let side = root;
    for (let i = 0; i < copies; i++) {
      const away = await b.commit([side], { 'data.txt': `${i}` }, { onto: root });
      side = await b.commit([away], { ...policy, 'README.md': `${i}` });
    }
    const tip = await b.commit([left, side], policy);
    const { engines } = b.source;
    let count = 0;
    const ed25519Verify: typeof engines.ed25519Verify = (...all) => {
      count++;
      return engines.ed25519Verify(...all);
    };
    const folded = await foldHistory({ ...b.source, engines: { ...engines, ed25519Verify } }, tip);
    assert.deepEqual([errorsOf(folded), goodVersions(folded), folded.state.policy.version], [[], ['model/x@1.0.0'], 2]);
    return count;
  }

  it('is judged once, and so is what it is held against', async () => {
    const few = await checks(2);
    assert.ok(few > 0);
    assert.equal(await checks(40), few);
  });
});
