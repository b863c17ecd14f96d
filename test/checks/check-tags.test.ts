/** Which tags are right: name, target, message and signer, all of them. */
import assert from 'node:assert/strict';
import { checkTags } from '../../src/checks/check-tags.js';
import type { Oid } from '../../src/git-format/oid.js';
import type { VersionRow } from '../../src/history/registry-state.js';
import { codesOf, rowOf } from '../helpers/fold-results.js';
import { ana, bo, eve, HistoryBuilder } from '../helpers/registry-fixture.js';

const NAME = 'model/x@v1.0.0';
let b: HistoryBuilder;
let root: Oid;
let landed: Oid;
let tip: Oid;
let row: VersionRow;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  const rules = [
    { artifacts: ['*'], actions: ['register'], role: 'writer', threshold: 1 },
    { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
  ];
  root = await b.commit(
    [],
    await b.genesis(ana, { principals: [ana, bo], roles: { owner: ['ana'], writer: ['ana', 'bo'] }, rules }),
  );
  landed = await b.commit([root], await b.version('model/x@1.0.0'));
  tip = await b.commit([landed], await b.version('model/x@1.1.0'));
  row = rowOf(await b.fold(tip), 'model/x@1.0.0');
});

async function check(tags: Readonly<Record<string, Oid>>, at = tip) {
  const refs = Object.entries(tags).map(([name, oid]) => ({ name, oid }));
  return checkTags(b.source, [await b.fold(at)], refs);
}

async function errors(tags: Readonly<Record<string, Oid>>, at = tip): Promise<string[]> {
  return codesOf((await check(tags, at)).findings);
}

describe('a tag', () => {
  it('is right with name, target, digests and the signature of somebody who may', async () => {
    const { checked, findings } = await check({ [NAME]: await b.tag(row) });
    assert.deepEqual([checked, codesOf(findings), codesOf(findings, 'note')], [1, [], ['tag/missing']]);
  });

  it('that is missing is a note', async () => {
    const { findings } = await check({});
    assert.deepEqual(codesOf(findings, 'note'), ['tag/missing', 'tag/missing']);
    assert.deepEqual(codesOf(findings), []);
  });

  it('of somebody else is ignored', async () => {
    const foreign = [
      'v1.0',
      'release/x',
      'model/x',
      'model/x@1.0.0',
      'model/x@v1',
      'Model/x@v1.0.0',
      'sub=model/x@v1.0.0',
    ];
    const { checked, findings } = await check(Object.fromEntries(foreign.map((name) => [name, root])));
    assert.deepEqual([checked, codesOf(findings)], [0, []]);
  });

  it('hung under another name is seen through', async () => {
    const oid = await b.tag(row);
    assert.deepEqual(await errors({ 'model/x@v1.1.0': oid }), ['tag/name-mismatch']);
    assert.deepEqual(await errors({ 'model/x@v9.9.9': oid }), ['tag/name-mismatch']);
  });

  it('that points elsewhere is moved, though it is signed', async () => {
    for (const object of [root, tip])
      assert.deepEqual(await errors({ [NAME]: await b.tag(row, { object }) }), ['tag/moved']);
    const outside = await b.commit([root], await b.version('model/x@1.0.0'));
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { object: outside }) }), ['tag/moved']);
  });

  it('that is lightweight or unsigned is no tag of ours', async () => {
    assert.deepEqual(await errors({ [NAME]: landed }), ['tag/unsigned']);
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { key: null }) }), ['tag/unsigned']);
  });

  it('signed by a stranger, or by somebody without a tag role, does not count', async () => {
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { key: eve }) }), ['tag/unknown-signer']);
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { key: bo }) }), ['policy/denied']);
  });

  it('stays right when its signer leaves the policy', async () => {
    const later = await b.commit([tip], await b.policy(2, tip, [ana, bo], { principals: [bo] }));
    assert.deepEqual(await errors({ [NAME]: await b.tag(row) }, later), []);
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { key: eve }) }, later), ['tag/unknown-signer']);
  });

  it('with another digest, or a signature over other bytes, is refused', async () => {
    const message = `model/x 1.0.0\n\nManifest: sha256:${'0'.repeat(64)}\n`;
    assert.deepEqual(await errors({ [NAME]: await b.tag(row, { message }) }), ['tag/message-mismatch']);
    const { bytes } = b.objects.get(await b.tag(row)) ?? assert.fail();
    const text = new TextDecoder().decode(bytes).replace('model/x 1.0.0', 'model/x 1.0.1');
    const forged = b.put('tag', new TextEncoder().encode(text));
    assert.deepEqual(await errors({ [NAME]: forged }), ['tag/bad-signature']);
  });

  it('that nothing accounts for is an error, also for a version that does not count', async () => {
    const name = 'model/x@v9.9.9';
    assert.deepEqual(await errors({ [name]: await b.tag(row, { name }) }), ['tag/unexpected']);
    const pending = await b.commit([tip], await b.version('model/z@1.0.0', { keys: [eve] }));
    const theirs = rowOf(await b.fold(pending), 'model/z@1.0.0');
    assert.deepEqual(await errors({ 'model/z@v1.0.0': await b.tag(theirs) }, pending), ['tag/unexpected']);
  });

  it('may sit where a branch brought the manifest in, before the merge', async () => {
    const side = await b.commit([root], await b.version('data/y@1.0.0', { keys: [bo] }));
    const merged = await b.commit([tip, side], await b.version('data/y@1.0.0', { keys: [bo] }));
    const there = rowOf(await b.fold(merged), 'data/y@1.0.0');
    assert.equal(there.commit, merged);
    for (const object of [side, merged])
      assert.deepEqual(await errors({ 'data/y@v1.0.0': await b.tag(there, { object }) }, merged), []);
    const after = await b.commit([merged], {});
    assert.deepEqual(await errors({ 'data/y@v1.0.0': await b.tag(there, { object: after }) }, after), ['tag/moved']);
  });

  it('that is damaged or gone is a finding, and the others are still looked at', async () => {
    const [oid, other] = [await b.tag(row), await b.tag(rowOf(await b.fold(tip), 'model/x@1.1.0'))];
    b.damage(oid);
    const { checked, findings } = await check({ [NAME]: oid, 'model/x@v1.1.0': other });
    assert.deepEqual([checked, codesOf(findings)], [2, ['git/invalid-object']]);
    b.objects.delete(oid);
    assert.deepEqual(await errors({ [NAME]: oid }), ['git/object-missing']);
  });

  it('cannot be held against the edge of a shallow clone', async () => {
    const oid = await b.tag(row);
    b.shallow.add(tip);
    assert.deepEqual(await errors({ [NAME]: oid }), []);
  });
});
