/** Which manifests count: whose signature, over which bytes, in which place. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, bo, carol, eve, HistoryBuilder, keyOf, OTHER_REGISTRY } from '../helpers/registry-fixture.js';

let b: HistoryBuilder;
let root: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo], owners: [ana], roles: ROLES, rules: RULES }));
});

const ROLES = { owner: ['ana'], writer: ['ana', 'bo'] };
const RULES = [
  { artifacts: ['model/two-*'], actions: ['register'], role: 'writer', threshold: 2 },
  { artifacts: ['model/**'], actions: ['register'], role: 'writer', threshold: 1 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];

/** Lands beside a good version, which must not suffer. */
async function land(changes: Awaited<ReturnType<HistoryBuilder['version']>>) {
  const good = await b.commit([root], await b.version('model/good@1.0.0'));
  const folded = await b.fold(await b.commit([good], changes));
  assert.ok(goodVersions(folded).includes('model/good@1.0.0'));
  return folded;
}

describe('a manifest takes effect', () => {
  it('at the commit that brings it with the signature of somebody who may', async () => {
    const tip = await b.commit([root], await b.version('model/x@1.0.0', { keys: [bo] }));
    const folded = await b.fold(tip);
    const row = rowOf(folded, 'model/x@1.0.0');
    assert.deepEqual([row.effective, row.commit, row.signers, row.problems], [tip, tip, ['bo'], []]);
    assert.deepEqual(errorsOf(folded), []);
  });

  it('whoever made the commit, and signed it or not', async () => {
    const tip = await b.commit([root], await b.version('model/x@1.0.0'), { key: null });
    assert.deepEqual(goodVersions(await b.fold(tip)), ['model/x@1.0.0']);
  });

  it('where it takes two, once the second has signed; until then it is pending and nothing is wrong', async () => {
    const both = await b.version('model/two-keys@1.0.0', { keys: [ana, bo] });
    const { 'model/two-keys/1.0.0.sig/bo.sig': second, ...first } = both;
    const one = await b.commit([root], first);
    const waiting = await b.fold(one);
    assert.equal(rowOf(waiting, 'model/two-keys@1.0.0').effective, null);
    assert.deepEqual(codesOf(rowOf(waiting, 'model/two-keys@1.0.0').problems, 'note'), ['artifact/pending']);
    assert.deepEqual(errorsOf(waiting), []);
    const two = await b.commit([one], { 'model/two-keys/1.0.0.sig/bo.sig': second as string });
    const row = rowOf(await b.fold(two), 'model/two-keys@1.0.0');
    assert.deepEqual([row.commit, row.effective, row.signers, row.problems], [one, two, ['ana', 'bo'], []]);
  });

  it('not twice for two keys of one person', async () => {
    const second = keyOf('ana', 1);
    const policy = { principals: [ana, second, bo], owners: [ana], roles: ROLES, rules: RULES };
    const after = await b.commit([root], await b.policy(2, root, [ana], policy));
    const files = await b.version('model/two-keys@1.0.0', { keys: [ana] });
    const signed = await b.version('model/two-keys@1.0.0', { keys: [second], filedUnder: 'bo' });
    const folded = await b.fold(await b.commit([after], { ...signed, ...files }));
    assert.equal(rowOf(folded, 'model/two-keys@1.0.0').effective, null);
    assert.deepEqual(errorsOf(folded), ['signature/wrong-place']);
    const alone = await b.version('model/x@1.0.0', { keys: [second] });
    assert.deepEqual(goodVersions(await b.fold(await b.commit([after], alone))), ['model/x@1.0.0']);
  });
});

describe('a manifest does not take effect', () => {
  it('without any signature', async () => {
    const folded = await land(await b.version('model/x@1.0.0', { keys: [] }));
    assert.equal(rowOf(folded, 'model/x@1.0.0').effective, null);
    assert.deepEqual(errorsOf(folded), ['signature/missing']);
  });

  it('signed by a stranger, under any name', async () => {
    for (const filedUnder of ['eve', 'ana']) {
      const folded = await land(await b.version('model/x@1.0.0', { keys: [eve], filedUnder }));
      assert.equal(rowOf(folded, 'model/x@1.0.0').effective, null);
      assert.deepEqual(errorsOf(folded), ['signature/unknown-key']);
    }
  });

  it('with a signature that is filed under somebody else', async () => {
    const folded = await land(await b.version('model/x@1.0.0', { keys: [bo], filedUnder: 'ana' }));
    assert.equal(rowOf(folded, 'model/x@1.0.0').effective, null);
    assert.deepEqual(errorsOf(folded), ['signature/wrong-place']);
  });

  it('with a signature of another version, another purpose, or none at all', async () => {
    const other = await b.version('model/x@2.0.0');
    const copied = await land({
      ...(await b.version('model/x@1.0.0', { keys: [] })),
      'model/x/1.0.0.sig/ana.sig': other['model/x/2.0.0.sig/ana.sig'] as string,
    });
    assert.deepEqual(errorsOf(copied), ['signature/invalid']);
    const purpose = await land(await b.version('model/x@1.0.0', { namespace: 'at1-policy' }));
    assert.deepEqual(errorsOf(purpose), ['signature/namespace']);
    const garbage = {
      ...(await b.version('model/x@1.0.0', { keys: [] })),
      'model/x/1.0.0.sig/ana.sig': 'yes, really\n',
    };
    assert.deepEqual(errorsOf(await land(garbage)), ['signature/malformed']);
    const long = { ...garbage, 'model/x/1.0.0.sig/ana.sig': new Uint8Array(5000) };
    assert.deepEqual(errorsOf(await land(long)), ['signature/malformed']);
    assert.deepEqual(goodVersions(copied), ['model/good@1.0.0']);
  });

  it('from another registry, or in the place of another version', async () => {
    const foreign = await land(await b.version('model/x@1.0.0', { registry: OTHER_REGISTRY }));
    assert.deepEqual(errorsOf(foreign), ['manifest/other-registry']);
    const files = await b.version('model/x@1.0.0');
    for (const place of ['model/x/2.0.0', 'model/y/1.0.0', 'data/x/1.0.0']) {
      const moved = await land({
        [`${place}.toml`]: files['model/x/1.0.0.toml'] as Uint8Array,
        [`${place}.sig/ana.sig`]: files['model/x/1.0.0.sig/ana.sig'] as string,
      });
      assert.deepEqual(errorsOf(moved), ['manifest/wrong-place'], place);
      assert.deepEqual(goodVersions(moved), ['model/good@1.0.0']);
    }
  });

  it('signed by somebody who may not register that', async () => {
    const folded = await land(await b.version('data/x@1.0.0', { keys: [bo] }));
    assert.deepEqual(errorsOf(folded), ['policy/denied']);
    assert.equal(rowOf(folded, 'data/x@1.0.0').effective, null);
  });

  it('as a link, a program or a submodule; nor does a signature', async () => {
    const files = await b.version('model/x@1.0.0');
    const path = 'model/x/1.0.0.toml';
    const bytes = files[path] as Uint8Array;
    for (const mode of ['120000', '100755', '160000'] as const) {
      const folded = await land({ ...files, [path]: { mode, bytes } });
      assert.deepEqual(errorsOf(folded), ['manifest/wrong-place'], mode);
      const signature = 'model/x/1.0.0.sig/ana.sig';
      const signed = await land({ ...files, [signature]: { mode, bytes: files[signature] as string } });
      assert.deepEqual(errorsOf(signed), ['signature/wrong-place'], mode);
      assert.equal(rowOf(signed, 'model/x@1.0.0').effective, null);
    }
  });

  it('where it is no document; the others are judged all the same', async () => {
    const files = await b.version('model/x@1.0.0');
    const text = new TextDecoder().decode(files['model/x/1.0.0.toml'] as Uint8Array);
    for (const [bytes, code] of [
      ['[', 'document/syntax'],
      [new Uint8Array([0xff]), 'document/not-utf8'],
      [text.replace('size =', 'size  ='), 'document/not-canonical'],
      [text.replace(/^form.*$/m, ''), 'document/schema'],
    ] as const) {
      assert.deepEqual(errorsOf(await land({ ...files, 'model/x/1.0.0.toml': bytes })), [code]);
    }
  });

  it('where its signature folder is a file, or holds more files than anybody needs', async () => {
    const files = await b.version('model/x@1.0.0', { keys: [] });
    const flat = await land({ ...files, 'model/x/1.0.0.sig': 'ana' });
    assert.deepEqual(errorsOf(flat), ['signature/malformed']);
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`model/x/1.0.0.sig/p${i}.sig`, `${i}`]));
    assert.deepEqual(errorsOf(await land({ ...(await b.version('model/x@1.0.0')), ...many })), ['signature/malformed']);
  });

  it('under a name no version can have', async () => {
    const files = await b.version('model/x@1.0.0');
    const folded = await land({ 'model/Fraud/1.0.0.toml': files['model/x/1.0.0.toml'] as Uint8Array });
    assert.deepEqual(errorsOf(folded), ['manifest/wrong-place']);
    const cleared = await land({});
    assert.deepEqual(errorsOf(cleared), []);
  });
});

describe('later signatures', () => {
  it('of strangers make a version wrong until somebody takes them away', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    const stranger = await b.version('model/x@1.0.0', { keys: [eve] });
    const path = 'model/x/1.0.0.sig/eve.sig';
    const two = await b.commit([one], { [path]: stranger[path] as string });
    const row = rowOf(await b.fold(two), 'model/x@1.0.0');
    assert.deepEqual([row.effective, codesOf(row.problems)], [one, ['signature/unknown-key']]);
    const three = await b.commit([two], { [path]: null });
    assert.deepEqual(rowOf(await b.fold(three), 'model/x@1.0.0').problems, []);
  });

  it('of people who have left are a warning, because they may not be taken away', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    const without = { principals: [ana], owners: [ana] };
    const two = await b.commit([one], await b.policy(2, one, [ana], without));
    const left = await b.version('model/x@1.0.0', { keys: [bo] });
    const path = 'model/x/1.0.0.sig/bo.sig';
    const three = await b.commit([two], { [path]: left[path] as string });
    const folded = await b.fold(three);
    assert.deepEqual(errorsOf(folded), []);
    const row = rowOf(folded, 'model/x@1.0.0');
    assert.deepEqual([row.effective, row.signers], [one, ['ana']]);
    assert.deepEqual(codesOf(row.problems, 'warning'), ['signature/unknown-key']);
    const gone = await b.fold(await b.commit([three], { [path]: null }));
    assert.deepEqual(errorsOf(gone), ['history/signature-changed']);
    // Whatever else comes to it, it stays one; and nothing is let in by it.
    const four = await b.commit([three], await b.version('model/y@1.0.0', { keys: [bo] }));
    const stranger = (await b.version('model/x@1.0.0', { keys: [eve] }))['model/x/1.0.0.sig/eve.sig'] as string;
    const five = await b.fold(await b.commit([four], { 'model/x/1.0.0.sig/eve.sig': stranger }));
    assert.deepEqual(codesOf(rowOf(five, 'model/x@1.0.0').problems, 'warning'), ['signature/unknown-key']);
    assert.deepEqual(codesOf(rowOf(five, 'model/x@1.0.0').problems), ['signature/unknown-key']);
    assert.deepEqual(codesOf(rowOf(five, 'model/y@1.0.0').problems), ['signature/unknown-key']);
  });

  it('are looked at however they are called', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    for (const name of ['Eve.sig', 'notes', 'a/b.sig']) {
      const two = await b.commit([one], { [`model/x/1.0.0.sig/${name}`]: 'boo' });
      assert.notDeepEqual(codesOf(rowOf(await b.fold(two), 'model/x@1.0.0').problems), [], name);
    }
  });

  it('leave those unblamed whose key has left the policy since', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0', { keys: [bo] }));
    const two = await b.commit([one], await b.policy(2, one, [ana], { principals: [ana, carol] }));
    const more = await b.version('model/x@1.0.0', { keys: [carol] });
    const path = 'model/x/1.0.0.sig/carol.sig';
    const three = await b.commit([two], { [path]: more[path] as string });
    const row = rowOf(await b.fold(three), 'model/x@1.0.0');
    assert.deepEqual([row.effective, row.signers, row.problems], [one, ['bo', 'carol'], []]);
  });

  it('do not make a damaged one count', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0'));
    b.damage(b.fileAt(one, 'model/x/1.0.0.sig/ana.sig'));
    const folded = await b.fold(one);
    assert.deepEqual(errorsOf(folded), ['git/invalid-object']);
    assert.equal(rowOf(folded, 'model/x@1.0.0').effective, null);
  });
});

describe('two versions that could be taken for one', () => {
  const twins = ['model/x@1.0.0+b', 'model/x@1.0.0-RC', 'model/x@1.0.0-RC+b'];

  it('do not stand beside each other: the second never lands', async () => {
    for (const twin of twins) {
      const first = await b.commit([root], await b.version(twin.includes('RC') ? 'model/x@1.0.0-rc' : 'model/x@1.0.0'));
      const tip = await b.commit([first], await b.version(twin));
      const folded = await b.fold(tip);
      assert.deepEqual(codesOf(folded.state.findings, 'error'), ['manifest/name-twin'], twin);
      assert.equal(folded.state.versions.has(`model/x/${twin.slice(twin.indexOf('@') + 1)}.toml`), false);
      // However the history is cut into runs.
      const resumed = await b.fold(tip, (await b.fold(first)).state);
      assert.deepEqual(resumed.state, folded.state);
    }
  });

  it('are free again when the first, which nobody signed, is withdrawn', async () => {
    const first = await b.commit([root], await b.version('model/x@1.0.0', { keys: [] }));
    const withdrawn = await b.commit([first], { 'model/x/1.0.0.toml': null });
    const tip = await b.commit([withdrawn], await b.version('model/x@1.0.0+b'));
    assert.deepEqual(goodVersions(await b.fold(tip)), ['model/x@1.0.0+b']);
    assert.deepEqual(goodVersions(await b.fold(tip, (await b.fold(withdrawn)).state)), ['model/x@1.0.0+b']);
  });

  it('are no twins in two artifacts, nor with other pre-releases', async () => {
    const first = await b.commit([root], await b.version('model/x@1.0.0'));
    const second = await b.commit([first], await b.version('model/y@1.0.0+b'));
    const tip = await b.commit([second], await b.version('model/x@1.0.0-rc+b'));
    assert.equal(goodVersions(await b.fold(tip)).length, 3);
  });
});
