/** Keys that were stolen: what they signed counts only where it landed by the cut-off, whatever it says of its time. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { foldHistory } from '../../src/history/fold.js';
import { effects, eventFiles } from '../helpers/event-fixture.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, bo, carol, eve, HistoryBuilder, keyOf } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
let landed: Oid;
let stolen: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
  landed = await b.commit([root], await b.version('model/x@1.0.0', { keys: [bo] }));
  // From here on somebody else has the key of bo.
  stolen = await b.commit([landed], {
    ...(await b.version('model/x@1.1.0', { keys: [bo] })),
    ...(await eventFiles(b, landed, 'promote', 'model/x@1.0.0', { keys: [bo] })),
  });
});

async function revoke(after: Oid, cutoff: Oid, principals = [ana, bo]): Promise<Oid> {
  const revoked = [{ key: bo.line, cutoff, reason: 'stolen' }];
  return b.commit([after], await b.policy(2, after, [ana], { principals, revoked }));
}

describe('a revoked key', () => {
  it('speaks for nobody in what landed after the cut-off, and for its owner in what landed before', async () => {
    assert.deepEqual(goodVersions(await b.fold(stolen)), ['model/x@1.0.0', 'model/x@1.1.0']);
    for (const principals of [[ana, bo], [ana]]) {
      const folded = await b.fold(await revoke(stolen, landed, principals));
      assert.deepEqual(goodVersions(folded), ['model/x@1.0.0']);
      assert.deepEqual(effects(folded), []);
      assert.deepEqual(codesOf(rowOf(folded, 'model/x@1.1.0').problems), ['signature/revoked-key']);
      assert.equal(rowOf(folded, 'model/x@1.1.0').effective, null);
    }
  });

  it('is judged alike wherever the fold was cut', async () => {
    const revoked = await revoke(stolen, landed);
    const whole = await b.fold(revoked);
    for (const part of [landed, stolen, revoked]) {
      assert.deepEqual((await b.fold(revoked, (await b.fold(part)).state)).state, whole.state);
    }
    const later = await b.commit([revoked], { 'README.md': 'x' });
    assert.deepEqual((await b.fold(later, whole.state)).state, (await b.fold(later)).state);
  });

  it('counts nowhere if the cut-off is not in the history at all', async () => {
    const folded = await b.fold(await revoke(stolen, 'f'.repeat(40) as Oid));
    assert.deepEqual(goodVersions(folded), []);
  });

  it('is not judged by a cut-off that cannot be read for a reason nobody foresaw', async () => {
    const aside = await b.commit([landed], { 'README.md': 'aside' });
    const tip = await revoke(stolen, aside);
    const reason = new TypeError('a reason');
    const reader = { read: (oid: Oid) => (oid === aside ? Promise.reject(reason) : b.read(oid)) };
    await assert.rejects(foldHistory({ ...b.source, reader }, tip), reason);
  });

  it('is spared as far as a shallow clone shows', async () => {
    const after = await revoke(stolen, landed);
    b.shallow.add(landed);
    assert.deepEqual(goodVersions(await b.fold(after)), ['model/x@1.0.0']);
  });

  it('counts in all that led to the cut-off, however long before it landed', async () => {
    const later = await b.commit([await b.commit([landed], { 'README.md': 'x' })], { 'README.md': 'y' });
    const gone = await b.commit([later], await b.version('model/x@1.1.0', { keys: [bo] }));
    assert.deepEqual(goodVersions(await b.fold(await revoke(gone, later))), ['model/x@1.0.0']);
  });

  it('counts nowhere behind the edge of a shallow clone, though the objects are here', async () => {
    const aside = await b.commit([landed], { 'README.md': 'aside' });
    const merged = await b.commit([landed, aside], {});
    const tip = await revoke(merged, aside);
    assert.deepEqual(goodVersions(await b.fold(tip)), ['model/x@1.0.0']);
    b.shallow.add(aside);
    assert.deepEqual(goodVersions(await b.fold(tip)), []);
  });

  it('is named in the order of its bytes, whatever the policy says first', async () => {
    const keys = [eve, carol, bo, ana];
    for (const order of [keys, keys.toReversed()]) {
      const revoked = order.map(({ line }) => ({ key: line, cutoff: landed }));
      const own = keyOf('own');
      const root = await b.commit([], await b.genesis(own, { principals: [own], revoked }));
      const found = (await b.fold(root)).state.revoked;
      assert.equal(found.length, keys.length);
      assert.deepEqual(
        found.map(({ key }) => key),
        found.map(({ key }) => key).sort(),
      );
    }
  });

  it('does not take back the policies it signed', async () => {
    const theirs = await b.commit([landed], await b.policy(2, landed, [bo], { principals: [ana, bo, eve] }));
    const revoked = [{ key: bo.line, cutoff: landed }];
    const after = await b.commit([theirs], await b.policy(3, theirs, [ana], { principals: [ana], revoked }));
    const folded = await b.fold(after);
    assert.deepEqual([folded.state.policy.version, errorsOf(folded)], [3, []]);
  });

  it('lets others go on in a lane in which it had its say', async () => {
    const next = await b.commit([stolen], await eventFiles(b, stolen, 'promote', 'model/x@1.1.0'));
    assert.deepEqual(effects(await b.fold(next)), ['staging 1.0.0', 'staging 1.1.0']);
    const signed = await b.commit([next], {
      'model/x/1.1.0.sig/ana.sig': await b.sign(ana, 'at1-manifest', b.bytesAt(next, 'model/x/1.1.0.toml')),
    });
    const folded = await b.fold(await revoke(signed, landed));
    // The event of bo is passed over, and that of ana waits for her signature of the version no more.
    assert.deepEqual(effects(folded), ['staging 1.1.0']);
    assert.equal(folded.state.events.get('model/x/events/staging/0001.toml')?.order, null);
  });

  it('leaves the tags of others as they were made, and those made for it behind', async () => {
    const next = await b.commit([stolen], {
      ...(await eventFiles(b, stolen, 'promote', 'model/x@1.0.0', { lane: 'archived', from: 'staging' })),
    });
    const other = await b.commit([next], await eventFiles(b, next, 'alias', 'model/x@1.0.0', { lane: 'champion' }));
    const later = await b.commit([other], await eventFiles(b, other, 'yank', 'model/x@1.0.0'));
    const before = (await b.fold(later)).state;
    const after = (await b.fold(await revoke(later, landed))).state;
    const lifecycle = 'model/x/events/lifecycle/0001.toml';
    assert.deepEqual(after.events.get(lifecycle)?.tags, before.events.get(lifecycle)?.tags);
    assert.deepEqual(after.formerTags, [
      'model/x#archived#3',
      'model/x#staging!#2',
      'model/x#staging#1',
      'model/x@v1.1.0',
    ]);
    // What comes later has numbers of its own.
    const tip = await revoke(later, landed);
    const more = await b.commit([tip], await eventFiles(b, tip, 'restore', 'model/x@1.0.0'));
    const restored = (await b.fold(more)).state.events.get('model/x/events/lifecycle/0002.toml');
    assert.equal(restored?.tags?.number, 5);
  });

  it('may be cleared away, what it left behind included', async () => {
    const revoked = await revoke(stolen, landed);
    const theirs = Object.keys(await b.version('model/x@1.1.0', { keys: [bo] })).filter(
      (path) => !path.startsWith('objects'),
    );
    const cleared = await b.commit([revoked], Object.fromEntries(theirs.map((path) => [path, null])));
    const folded = await b.fold(cleared);
    assert.deepEqual(goodVersions(folded), ['model/x@1.0.0']);
    assert.equal(folded.state.versions.size, 1);
  });
});
