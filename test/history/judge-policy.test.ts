/** Which policies come into force, and who gets a say in it. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { isOfPolicy } from '../../src/history/judge-policy.js';
import { codesOf, errorsOf, goodVersions, rowOf } from '../helpers/fold-results.js';
import { ana, bo, carol, eve, HistoryBuilder, type Key, OTHER_REGISTRY } from '../helpers/registry-fixture.js';
import { throwsCode } from '../helpers/throws-code.js';

const POLICY = '.at1/policy/policy.toml';
let b: HistoryBuilder;
let root: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana));
});

async function versionInForce(tip: Oid): Promise<number> {
  return (await b.fold(tip)).state.policy.version;
}

describe('a policy comes into force', () => {
  it('signed by enough of the one before and of itself', async () => {
    const tip = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana, bo] }));
    const folded = await b.fold(tip);
    assert.deepEqual([folded.state.policy.version, errorsOf(folded)], [2, []]);
    assert.deepEqual(
      folded.state.policies.map(({ version }) => version),
      [1, 2],
    );
  });

  it('when one owner hands over to another, both having signed', async () => {
    const folded = await b.fold(await b.commit([root], await b.policy(2, root, [ana, bo], { principals: [bo] })));
    assert.deepEqual([folded.state.policy.version, errorsOf(folded)], [2, []]);
  });

  it('when the signature that lacked has come, and what was waiting for it counts then', async () => {
    const files = await b.policy(2, root, [ana, bo], { principals: [bo] });
    const { '.at1/policy/policy.sig/bo.sig': last, ...first } = files;
    const early = await b.version('model/x@1.0.0', { keys: [bo] });
    const one = await b.commit([root], { ...first, ...early });
    const waiting = await b.fold(one);
    assert.equal(waiting.state.policy.version, 1);
    assert.deepEqual(errorsOf(waiting), ['policy/unsigned', 'signature/unknown-key']);
    const two = await b.commit([one], { '.at1/policy/policy.sig/bo.sig': last as string });
    const folded = await b.fold(two);
    assert.equal(folded.state.policy.version, 2);
    assert.deepEqual(errorsOf(folded), []);
    assert.equal(rowOf(folded, 'model/x@1.0.0').effective, two);
  });

  it('and decides in its own commit about all that is waiting, what it brings included: a squashed branch has both', async () => {
    const policy = await b.policy(2, root, [ana], { principals: [ana, bo] });
    const together = await b.commit([root], { ...policy, ...(await b.version('model/x@1.0.0', { keys: [bo] })) });
    const folded = await b.fold(together);
    assert.deepEqual([errorsOf(folded), rowOf(folded, 'model/x@1.0.0').effective], [[], together]);
    const apart = await b.commit([await b.commit([root], policy)], await b.version('model/x@1.0.0', { keys: [bo] }));
    assert.deepEqual(goodVersions(await b.fold(apart)), ['model/x@1.0.0']);
  });

  it('and takes nothing from what its own commit brings with signatures that counted before it', async () => {
    const both = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
    const policy = await b.policy(2, both, [ana], { principals: [ana] });
    const folded = await b.fold(
      await b.commit([both], { ...policy, ...(await b.version('model/x@1.0.0', { keys: [bo] })) }),
    );
    assert.deepEqual([errorsOf(folded), goodVersions(folded)], [[], ['model/x@1.0.0']]);
  });

  it('unless it is not accepted: then the one before alone decides', async () => {
    const policy = await b.policy(2, root, [eve], { principals: [ana, bo] });
    const folded = await b.fold(
      await b.commit([root], { ...policy, ...(await b.version('model/x@1.0.0', { keys: [bo] })) }),
    );
    assert.deepEqual(goodVersions(folded), []);
    assert.deepEqual(errorsOf(folded), ['signature/unknown-key', 'policy/unsigned', 'signature/unknown-key']);
  });

  it('and helps those whose key was not listed when they signed', async () => {
    const one = await b.commit([root], await b.version('model/x@1.0.0', { keys: [bo] }));
    assert.deepEqual(errorsOf(await b.fold(one)), ['signature/unknown-key']);
    const two = await b.commit([one], await b.policy(2, one, [ana], { principals: [ana, bo] }));
    const folded = await b.fold(two);
    assert.deepEqual([errorsOf(folded), goodVersions(folded)], [[], ['model/x@1.0.0']]);
  });

  it('and takes nothing from what counted before', async () => {
    const both = await b.commit([], await b.genesis(ana, { principals: [ana, bo] }));
    const one = await b.commit([both], await b.version('model/x@1.0.0', { keys: [bo] }));
    const two = await b.commit([one], await b.policy(2, one, [ana], { principals: [ana] }));
    const three = await b.commit([two], await b.version('model/x@1.1.0', { keys: [bo] }));
    const folded = await b.fold(three);
    assert.deepEqual(goodVersions(folded), ['model/x@1.0.0']);
    assert.deepEqual(errorsOf(folded), ['signature/unknown-key']);
  });
});

describe('a policy stays out of force', () => {
  /** The registry goes on under the policy before. */
  async function refused(changes: Awaited<ReturnType<HistoryBuilder['policy']>>, codes: readonly string[], at = root) {
    const tip = await b.commit([at], changes);
    const folded = await b.fold(tip);
    assert.deepEqual(codesOf(folded.state.findings), codes);
    assert.equal(folded.state.policy.digest, (await b.fold(at)).state.policy.digest);
    const next = await b.fold(await b.commit([tip], await b.version('model/x@1.0.0')));
    assert.deepEqual(goodVersions(next), ['model/x@1.0.0']);
    const theirs = await b.fold(await b.commit([tip], await b.version('model/x@1.0.0', { keys: [eve] })));
    assert.deepEqual(goodVersions(theirs), []);
    return tip;
  }

  const withEve = { principals: [ana, eve], owners: [eve] };

  it('unsigned, or signed by a stranger who put themselves in', async () => {
    await refused(await b.policy(2, root, [], withEve), ['policy/unsigned']);
    await refused(await b.policy(2, root, [eve], withEve), ['policy/unsigned']);
    await refused(await b.policy(2, root, [eve], { principals: [eve] }), ['policy/unsigned']);
  });

  it('signed by fewer than it takes, before or after', async () => {
    const two = await b.commit([], await b.genesis(ana, { principals: [ana] }));
    const strict = await b.commit([two], await b.policy(2, two, [ana, bo], { principals: [ana, bo], threshold: 2 }));
    assert.equal(await versionInForce(strict), 2);
    const alone = await b.commit([strict], await b.policy(3, strict, [ana], { principals: [ana] }));
    assert.equal(await versionInForce(alone), 2);
    assert.deepEqual(errorsOf(await b.fold(alone)), ['policy/unsigned']);
    await refused(await b.policy(2, root, [ana], { principals: [ana, bo], threshold: 2 }), ['policy/unsigned']);
  });

  it('signed for another text, or filed under another name', async () => {
    const good = await b.policy(2, root, [ana], { principals: [ana, bo] });
    const evil = await b.policy(2, root, [], withEve);
    const signature = good['.at1/policy/policy.sig/ana.sig'] as string;
    await refused({ ...evil, '.at1/policy/policy.sig/ana.sig': signature }, ['signature/invalid', 'policy/unsigned']);
    const { '.at1/policy/policy.sig/ana.sig': _, ...rest } = good;
    await refused({ ...rest, '.at1/policy/policy.sig/ana.sig': null, '.at1/policy/policy.sig/bo.sig': signature }, [
      'signature/wrong-place',
      'policy/unsigned',
    ]);
  });

  it('older than the one in force, however well it was signed then', async () => {
    const before = { ...b.filesBelow(root, '.at1/policy') };
    const next = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana] }));
    const back = await refused(before, ['history/policy-rollback'], next);
    const restored = await b.commit([back], { ...b.filesBelow(next, '.at1/policy') });
    const folded = await b.fold(restored);
    assert.deepEqual(errorsOf(folded), []);
    assert.deepEqual(codesOf(folded.state.findings, 'warning'), ['history/policy-rollback']);
  });

  it('of the same version with another text', async () => {
    const next = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana] }));
    await refused(await b.policy(2, root, [ana], { principals: [ana, bo] }), ['history/policy-rollback'], next);
  });

  it('that does not name the one before it', async () => {
    const skipped = { principals: [ana], previous: `sha256:${'0'.repeat(64)}` };
    await refused(await b.policy(3, root, [ana], skipped), ['history/policy-chain']);
    const two = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana] }));
    await refused(await b.policy(3, root, [ana], { principals: [ana, bo] }), ['history/policy-chain'], two);
  });

  it('of another registry, with a weak key, as a link, or broken', async () => {
    await refused(await b.policy(2, root, [ana], { registry: OTHER_REGISTRY }), ['manifest/other-registry']);
    // The identity: everybody can sign for it.
    const blob = `AAAAC3NzaC1lZDI1NTE5AAAAIAEA${'A'.repeat(40)}`;
    const weak: Key = { ...eve, line: `ssh-ed25519 ${blob}` };
    await refused(await b.policy(2, root, [ana], { principals: [ana, weak], owners: [ana] }), ['key/weak']);
    const files = await b.policy(2, root, [ana], { principals: [ana, bo] });
    const link = { ...files, [POLICY]: { mode: '120000' as const, bytes: files[POLICY] as Uint8Array } };
    await refused(link, ['policy/invalid']);
    await refused({ [POLICY]: 'version = 2' }, ['document/schema']);
  });

  it('when it is simply taken away; bringing it back ends the trouble', async () => {
    const gone = await refused({ [POLICY]: null }, ['history/policy-removed']);
    const back = await b.commit([gone], { [POLICY]: b.bytesAt(root, POLICY) });
    assert.deepEqual(errorsOf(await b.fold(back)), []);
  });
});

describe('signatures of the policy in force', () => {
  it('may be added, and neither changed nor taken away', async () => {
    const two = await b.commit([root], await b.policy(2, root, [ana], { principals: [ana, bo] }));
    const more = await b.sign(bo, 'at1-policy', b.bytesAt(two, POLICY));
    const added = await b.commit([two], { '.at1/policy/policy.sig/bo.sig': more });
    assert.deepEqual(errorsOf(await b.fold(added)), []);
    const ours = '.at1/policy/policy.sig/ana.sig';
    for (const change of [null, 'garbage']) {
      const changed = await b.commit([added], { [ours]: change });
      assert.ok(errorsOf(await b.fold(changed)).includes('history/signature-changed'));
      const back = await b.commit([changed], { [ours]: b.bytesAt(added, ours) });
      assert.deepEqual(errorsOf(await b.fold(back)), []);
    }
  });

  it('of strangers are named, and may go', async () => {
    const theirs = '.at1/policy/policy.sig/eve.sig';
    const one = await b.commit([root], { [theirs]: await b.sign(eve, 'at1-policy', b.bytesAt(root, POLICY)) });
    assert.deepEqual(errorsOf(await b.fold(one)), ['signature/unknown-key']);
    assert.deepEqual(errorsOf(await b.fold(await b.commit([one], { [theirs]: null }))), []);
  });
});

describe('the first policy', () => {
  it('must be there, be signed by itself and belong to the registry', async () => {
    const files = await b.genesis(ana);
    const sig = '.at1/policy/policy.sig/ana.sig';
    const begin = async (changes: typeof files) => b.fold(await b.commit([], { ...files, ...changes }));
    await throwsCode(() => begin({ [sig]: null }), 'policy/unsigned');
    await throwsCode(() => begin({ [sig]: 'garbage' }), 'signature/malformed');
    await throwsCode(() => begin({ [POLICY]: null }), 'history/policy-removed');
    const other = await b.policy(1, undefined, [ana], { registry: OTHER_REGISTRY });
    await throwsCode(() => begin(other), 'manifest/other-registry');
    const theirs = await b.policy(1, undefined, [eve, carol], { principals: [ana] });
    await throwsCode(() => begin({ ...theirs, [sig]: null }), 'signature/unknown-key');
  });

  it('is looked for where the registry begins, not where the repository does', async () => {
    const before = await b.commit([], { 'README.md': 'hello' });
    const begun = await b.commit([before], await b.genesis(ana));
    const { root: found } = (await b.fold(begun)).state;
    assert.deepEqual([found.commit, found.complete], [begun, true]);
    await throwsCode(() => b.fold(before), 'registry/not-found');
  });
});

describe('the paths of a policy', () => {
  it('are the document, its signature folder and what lies in it, not their neighbours', () => {
    for (const path of [POLICY, '.at1/policy/policy.sig', '.at1/policy/policy.sig/ana.sig'])
      assert.ok(isOfPolicy(path));
    for (const path of ['.at1/policy/policy.sigX', '.at1/policy/policy.sig2/ana.sig', '.at1/policy/policy.tomlX']) {
      assert.ok(!isOfPolicy(path), path);
    }
  });

  it('are looked at again when a file in place of the signature folder is gone', async () => {
    const { '.at1/policy/policy.sig/ana.sig': signature } = await b.genesis(ana);
    const folder = '.at1/policy/policy.sig';
    const broken = await b.commit([root], { [`${folder}/ana.sig`]: null, [folder]: 'a file' });
    assert.ok(errorsOf(await b.fold(broken)).length > 0);
    const mended = await b.commit([broken], { [folder]: null, [`${folder}/ana.sig`]: signature as string });
    assert.deepEqual(errorsOf(await b.fold(mended)), []);
  });
});
