/** What a commit may do to what has landed: frozen manifests, kept signatures, and how an owner puts things right. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, bo, eve, HistoryBuilder, OTHER_REGISTRY } from '../helpers/registry-fixture.js';
import { throwsCode } from '../helpers/throws-code.js';

const MANIFEST = 'model/x/1.0.0.toml';
const SIGNATURE = 'model/x/1.0.0.sig/ana.sig';
let b: HistoryBuilder;
let root: Oid;
let landed: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
  landed = await b.commit([root], { ...(await b.version('model/x@1.0.0')), ...(await b.version('data/y@1.0.0')) });
});

describe('a landed manifest', () => {
  it('is not changed, not even by somebody who signs the change', async () => {
    const signed = await b.version('model/x@1.0.0', { content: 'other', keys: [bo] });
    for (const changes of [
      signed,
      { [MANIFEST]: 'junk' },
      { [MANIFEST]: { mode: '100755' as const, bytes: b.bytesAt(landed, MANIFEST) } },
    ]) {
      const folded = await b.fold(await b.commit([landed], changes));
      const row = rowOf(folded, 'model/x@1.0.0');
      assert.ok(codesOf(row.problems).includes('history/manifest-changed'));
      assert.equal(row.blob, b.fileAt(landed, MANIFEST), 'the row stays what it was');
      assert.deepEqual(goodVersions(folded), ['data/y@1.0.0']);
    }
  });

  it('is not removed, nor hidden behind a folder of its name', async () => {
    for (const changes of [{ [MANIFEST]: null }, { [MANIFEST]: null, [`${MANIFEST}/x`]: 'x' }]) {
      const folded = await b.fold(await b.commit([landed], changes));
      assert.deepEqual(errorsOf(folded), ['history/manifest-removed']);
      assert.deepEqual(goodVersions(folded), ['data/y@1.0.0']);
    }
  });

  it('misses no signature that lay there before it came, and goes as it comes', async () => {
    const all = await b.version('model/z@1.0.0');
    const { 'model/z/1.0.0.toml': manifest, ...signature } = all;
    const early = await b.commit([landed], signature);
    const folded = await b.fold(
      await b.commit([early], { 'model/z/1.0.0.toml': manifest as Uint8Array, 'model/z/1.0.0.sig/ana.sig': null }),
    );
    assert.deepEqual(errorsOf(folded), ['signature/missing']);
  });

  it('is not replaced by taking it away and bringing another', async () => {
    const gone = await b.commit([landed], { [MANIFEST]: null, [SIGNATURE]: null });
    const back = await b.commit([gone], await b.version('model/x@1.0.0', { content: 'other' }));
    const folded = await b.fold(back);
    assert.ok(errorsOf(folded).includes('history/manifest-changed'));
    assert.equal(rowOf(folded, 'model/x@1.0.0').blob, b.fileAt(landed, MANIFEST));
    assert.deepEqual(goodVersions(folded), ['data/y@1.0.0']);
  });

  it('is good again once it is as it was; what happened stays on record', async () => {
    for (const changes of [{ [MANIFEST]: null, [SIGNATURE]: null }, { [MANIFEST]: 'junk' }]) {
      const bad = await b.commit([landed], changes);
      const good = await b.commit([bad], {
        [MANIFEST]: b.bytesAt(landed, MANIFEST),
        [SIGNATURE]: b.bytesAt(landed, SIGNATURE),
      });
      const folded = await b.fold(good);
      assert.deepEqual(errorsOf(folded), []);
      assert.equal(rowOf(folded, 'model/x@1.0.0').effective, landed);
      assert.notDeepEqual(codesOf(rowOf(folded, 'model/x@1.0.0').problems, 'warning'), []);
    }
  });

  it('keeps its signatures', async () => {
    for (const change of [null, 'junk', { mode: '120000' as const, bytes: 'elsewhere' }]) {
      const bad = await b.commit([landed], { [SIGNATURE]: change });
      const row = rowOf(await b.fold(bad), 'model/x@1.0.0');
      assert.ok(codesOf(row.problems).includes('history/signature-changed'));
      const good = await b.commit([bad], { [SIGNATURE]: b.bytesAt(landed, SIGNATURE) });
      assert.deepEqual(errorsOf(await b.fold(good)), []);
    }
  });
});

describe('the signature of somebody who has left', () => {
  let left: Oid;
  const theirs = 'model/z/1.0.0.sig/bo.sig';

  beforeEach(async () => {
    const signed = await b.commit([landed], await b.version('model/z@1.0.0', { keys: [bo] }));
    left = await b.commit([signed], await b.policy(2, signed, [ana], { principals: [ana] }));
  });

  it('is kept like any other, and good again when it is back', async () => {
    for (const changes of [{ [theirs]: null }, { [theirs]: 'junk' }, { [theirs]: null, 'model/z/1.0.0.toml': null }]) {
      const bad = await b.commit([left], changes);
      assert.ok(errorsOf(await b.fold(bad)).includes('history/signature-changed'));
      const wrong = await b.version('model/z@1.0.0', { keys: [eve], filedUnder: 'bo' });
      const worse = await b.commit([bad], { [theirs]: wrong[theirs] as string });
      assert.ok(errorsOf(await b.fold(worse)).includes('history/signature-changed'));
      for (const from of [bad, worse]) {
        const back = await b.commit([from], b.filesBelow(left, 'model/z'));
        const folded = await b.fold(back);
        assert.deepEqual([errorsOf(folded), goodVersions(folded).length], [[], 3]);
        // A signature that comes later does not bring the blame back.
        const more = await b.version('model/z@1.0.0');
        const added = await b.commit([back], {
          'model/z/1.0.0.sig/ana.sig': more['model/z/1.0.0.sig/ana.sig'] as string,
        });
        assert.deepEqual(errorsOf(await b.fold(added)), []);
      }
    }
  });

  it('is told as a warning where it is new on what is in effect, because nobody may take it away again', async () => {
    const late = await b.version('data/y@1.0.0', { keys: [bo] });
    const added = await b.commit([left], { 'data/y/1.0.0.sig/bo.sig': late['data/y/1.0.0.sig/bo.sig'] as string });
    const folded = await b.fold(added);
    assert.deepEqual(errorsOf(folded), []);
    assert.deepEqual(codesOf(rowOf(folded, 'data/y@1.0.0').problems, 'warning'), ['signature/unknown-key']);
  });
});

describe('what never counted', () => {
  it('may be withdrawn, and the number is free again', async () => {
    const theirs = await b.version('model/z@1.0.0', { keys: [eve] });
    const one = await b.commit([landed], theirs);
    assert.deepEqual(errorsOf(await b.fold(one)), ['signature/unknown-key']);
    const two = await b.commit([one], Object.fromEntries(Object.keys(theirs).map((path) => [path, null])));
    const folded = await b.fold(two);
    assert.deepEqual(errorsOf(folded), []);
    assert.equal(folded.state.versions.size, 2);
    const three = await b.commit([two], await b.version('model/z@1.0.0'));
    assert.equal(rowOf(await b.fold(three), 'model/z@1.0.0').effective, three);
  });

  it('but not be changed in place: its signatures are for what they saw', async () => {
    const one = await b.commit([landed], await b.version('model/z@1.0.0', { keys: [eve] }));
    const two = await b.commit([one], await b.version('model/z@1.0.0', { content: 'other', keys: [ana] }));
    const folded = await b.fold(two);
    assert.equal(rowOf(folded, 'model/z@1.0.0').effective, null);
    assert.ok(errorsOf(folded).includes('history/manifest-changed'));
  });

  it('as a broken file may be mended or taken away', async () => {
    const one = await b.commit([landed], { 'model/z/1.0.0.toml': 'junk', 'model/Z/1.0.0.toml': 'junk' });
    assert.deepEqual(errorsOf(await b.fold(one)), ['manifest/wrong-place', 'document/syntax']);
    const mended = await b.commit([one], { ...(await b.version('model/z@1.0.0')), 'model/Z/1.0.0.toml': null });
    const folded = await b.fold(mended);
    assert.deepEqual(errorsOf(folded), []);
    assert.equal(rowOf(folded, 'model/z@1.0.0').effective, mended);
    const gone = await b.commit([one], { 'model/z/1.0.0.toml': null, 'model/Z/1.0.0.toml': null });
    assert.deepEqual(errorsOf(await b.fold(gone)), []);
  });
});

describe('the registry itself', () => {
  it('keeps its id', async () => {
    const config = new TextDecoder().decode(b.bytesAt(root, 'at1.toml'));
    const other = config.replace(/id = ".*"/, `id = "${OTHER_REGISTRY}"`);
    const bad = await b.commit([landed], { 'at1.toml': other });
    const folded = await b.fold(bad);
    assert.deepEqual(errorsOf(folded), ['history/registry-changed']);
    const theirs = await b.version('model/z@1.0.0', { registry: OTHER_REGISTRY });
    assert.ok(errorsOf(await b.fold(await b.commit([bad], theirs))).includes('manifest/other-registry'));
    assert.deepEqual(errorsOf(await b.fold(await b.commit([bad], { 'at1.toml': config }))), []);
  });

  it('keeps its configuration file', async () => {
    const gone = await b.commit([landed], { 'at1.toml': null });
    assert.deepEqual(errorsOf(await b.fold(gone)), ['history/registry-changed']);
    assert.deepEqual(errorsOf(await b.fold(await b.commit([landed], { 'at1.toml': '=' }))), ['document/syntax']);
  });

  it('does not mind other files anywhere', async () => {
    const changes = { 'model/x/notes.md': 'hi', 'src/main.c': 'int', 'objects/readme': 'x', 'model/readme': 'y' };
    const folded = await b.fold(await b.commit([landed], changes));
    assert.deepEqual(errorsOf(folded), []);
  });

  it('that vanished with its folder is held against what it was when it comes back', async () => {
    const inner = await HistoryBuilder.make('sub/registry');
    const begun = await inner.commit([], await inner.genesis(ana));
    const one = await inner.commit([begun], await inner.version('model/x@1.0.0'));
    const files = inner.filesBelow(one, '');
    const nothing = Object.fromEntries(Object.keys(files).map((path) => [path, null]));
    const gone = await inner.commit([one], nothing);
    const folded = await inner.fold(gone);
    assert.deepEqual(errorsOf(folded), ['history/registry-changed']);
    const all = files;
    const evil = { ...all, ...(await inner.version('model/x@1.0.0', { content: 'other' })) };
    const back = await inner.commit([gone], evil);
    assert.ok(errorsOf(await inner.fold(back)).includes('history/manifest-changed'));
    assert.ok(errorsOf(await inner.fold(back, folded.state)).includes('history/manifest-changed'));
    const whole = await inner.fold(await inner.commit([gone], all));
    assert.deepEqual([errorsOf(whole), codesOf(whole.state.findings, 'warning')], [[], ['history/registry-changed']]);
  });
});

describe('damage in git', () => {
  it('of a manifest is a finding about that manifest', async () => {
    b.damage(b.fileAt(landed, MANIFEST));
    const folded = await b.fold(landed);
    assert.deepEqual(errorsOf(folded), ['git/invalid-object']);
    assert.deepEqual(goodVersions(folded), ['data/y@1.0.0']);
  });

  it('of a commit or a tree is told, and nothing passes', async () => {
    const commit = [...b.objects].find(([oid]) => oid === landed)?.[0] as Oid;
    b.damage(commit);
    await throwsCode(() => b.fold(landed), 'git/invalid-object');
    b.damage(commit);
    const trees = [...b.objects].filter(([, { type }]) => type === 'tree').map(([oid]) => oid);
    let told = 0;
    let asFindings = 0;
    for (const tree of trees) {
      b.damage(tree);
      const folded = await b.fold(landed).catch((error: { code: string }) => error.code);
      if (typeof folded === 'string') assert.equal(folded, 'git/invalid-object');
      // Trees of objects/ are not followed, and those of earlier commits are met as differences only.
      else if (errorsOf(folded).length === 0) assert.equal(goodVersions(folded).length, 2);
      if (typeof folded === 'string' || errorsOf(folded).length > 0) told++;
      if (typeof folded !== 'string' && errorsOf(folded).length > 0) asFindings++;
      b.damage(tree);
    }
    assert.ok(told > 5);
    assert.equal(asFindings, 0, 'what a step was that cannot be read, nobody can tell');
    assert.deepEqual(errorsOf(await b.fold(landed)), []);
  });
});

describe('the edge of a shallow clone', () => {
  it('is where its versions seem to have landed', async () => {
    const more = await b.commit([landed], await b.version('model/x@1.1.0'));
    b.shallow.add(more);
    const { state } = await b.fold(more);
    assert.deepEqual([state.root.complete, state.root.commit], [false, more]);
    assert.deepEqual(
      [...state.versions.values()].map(({ commit }) => commit),
      [more, more, more],
    );
    assert.deepEqual(errorsOf(await b.fold(more)), []);
  });
});
