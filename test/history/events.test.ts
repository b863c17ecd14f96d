/** When an event takes effect, and everything that must not let it: signatures, order, stages, other versions. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { writeConfig } from '../../src/manifest/documents.js';
import { type EventOptions, effects, eventFiles, eventOf, signedToo } from '../helpers/event-fixture.js';
import { errorsOf } from '../helpers/fold-results.js';
import {
  ana,
  bo,
  type Changes,
  eve,
  HistoryBuilder,
  keyOf,
  OTHER_REGISTRY,
  REGISTRY,
} from '../helpers/registry-fixture.js';

const X1 = 'model/x@1.0.0';
const X2 = 'model/x@1.1.0';
const STAGED = 'model/x/events/staging/0001.toml';
const RELEASED = 'model/x/events/production/0001.toml';

let b: HistoryBuilder;
let root: Oid;
let landed: Oid;

/** Two people may do everything alone, but production takes both. */
const RULES = [
  { artifacts: ['model/*'], actions: ['promote:production'], role: 'owner', threshold: 2 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo], rules: RULES }));
  landed = await b.commit([root], { ...(await b.version(X1)), ...(await b.version('data/y@1.0.0')) });
  landed = await b.commit([landed], await b.version(X2));
});

const event = (after: Oid, action: Parameters<typeof eventFiles>[2], ref: string, options?: EventOptions) =>
  eventFiles(b, after, action, ref, options);
const stage = (after: Oid, ref = X1, options: EventOptions = {}) => event(after, 'promote', ref, options);
const release = (after: Oid, ref = X1, options: EventOptions = {}) =>
  event(after, 'promote', ref, { lane: 'production', from: 'staging', ...options });

async function then(after: Oid, changes: Changes | Promise<Changes>): Promise<Oid> {
  return b.commit([after], await changes);
}

describe('an event', () => {
  it('takes effect in the commit that brings it, where one signature is enough', async () => {
    const tip = await then(landed, stage(landed));
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    const row = eventOf(folded, STAGED);
    assert.deepEqual([row.effective, row.commit, row.signers, row.order], [tip, tip, ['ana'], 0]);
  });

  it('waits for the signatures it needs, and takes effect with the last of them', async () => {
    const staged = await then(landed, stage(landed));
    const asked = await then(staged, release(staged));
    const waiting = await b.fold(asked);
    assert.deepEqual([errorsOf(waiting), effects(waiting)], [[], ['staging 1.0.0']]);
    assert.match(eventOf(waiting, RELEASED).problems[0]?.message ?? '', /1 of 2 signatures/);
    const approved = await then(asked, signedToo(b, asked, RELEASED, [bo]));
    const folded = await b.fold(approved);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0', 'production 1.0.0']]);
    const row = eventOf(folded, RELEASED);
    assert.deepEqual([row.effective, row.signers, row.problems], [approved, ['ana', 'bo'], []]);
  });

  it('counts a person once, however many keys they have', async () => {
    const second = keyOf('ana', 7);
    const policy = await b.policy(2, landed, [ana], { principals: [ana, second, bo], rules: RULES });
    const staged = await then(await then(landed, policy), {});
    const ready = await then(staged, stage(staged));
    const asked = await then(ready, release(ready, X1, { keys: [ana] }));
    const again = await signedToo(b, asked, RELEASED, [second]);
    // In the place of the first, and under a name of its own: neither makes two of her.
    const other = 'model/x/events/production/0001.sig/ana2.sig';
    const more = { ...again, [other]: Object.values(again)[0] as string };
    assert.deepEqual(effects(await b.fold(await then(asked, again))), ['staging 1.0.0']);
    assert.deepEqual(effects(await b.fold(await then(asked, more))), ['staging 1.0.0']);
  });

  it('counts nobody whom the policy does not know, and nobody under the name of another', async () => {
    const staged = await then(landed, stage(landed));
    const asked = await then(staged, release(staged));
    const eves = await signedToo(b, asked, RELEASED, [eve]);
    const forged = { 'model/x/events/production/0001.sig/bo.sig': Object.values(eves)[0] as string };
    for (const [changes, code] of [
      [eves, 'signature/unknown-key'],
      [forged, 'signature/unknown-key'],
    ] as const) {
      const folded = await b.fold(await then(asked, changes));
      assert.deepEqual([errorsOf(folded), effects(folded)], [[code], ['staging 1.0.0']]);
    }
  });

  it('must be signed by the one who is said to have made it', async () => {
    const changes = await stage(landed, X1, { keys: [bo], edit: (honest) => ({ ...honest, actor: 'ana' }) });
    const folded = await b.fold(await then(landed, changes));
    assert.deepEqual([errorsOf(folded), effects(folded)], [['signature/missing'], []]);
  });

  it('is no manifest signature, nor evidence, nor anything of another registry', async () => {
    const honest = await stage(landed);
    const bytes = honest[STAGED] as Uint8Array;
    const signature = 'model/x/events/staging/0001.sig/ana.sig';
    for (const namespace of ['at1-manifest', 'at1-evidence', 'at1-policy', 'git'] as const) {
      const wrong = { ...honest, [signature]: await b.sign(ana, namespace, bytes) };
      assert.deepEqual(errorsOf(await b.fold(await then(landed, wrong))), ['signature/namespace']);
    }
    const foreign = await stage(landed, X1, { edit: (one) => ({ ...one, registry: OTHER_REGISTRY }) });
    const folded = await b.fold(await then(landed, foreign));
    assert.deepEqual([errorsOf(folded), effects(folded)], [['manifest/other-registry'], []]);
  });

  it('must lie where it says', async () => {
    const honest = await stage(landed);
    const bytes = honest[STAGED] as Uint8Array;
    for (const path of [
      'model/x/events/production/0001.toml',
      'model/x/events/staging/0002.toml',
      'data/y/events/staging/0001.toml',
      'model/xx/events/staging/0001.toml',
    ]) {
      const files = { [path]: bytes, [`${path.slice(0, -5)}.sig/ana.sig`]: Object.values(honest)[1] as string };
      const folded = await b.fold(await then(landed, files));
      assert.deepEqual([errorsOf(folded), effects(folded)], [['manifest/wrong-place'], []]);
    }
    const link = { ...honest, [STAGED]: { mode: '120000' as const, bytes: 'elsewhere' } };
    assert.ok(errorsOf(await b.fold(await then(landed, link))).includes('manifest/wrong-place'));
  });

  it('is about the version its signers saw', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    for (const edit of [{ manifest: digest }, { content: digest }]) {
      const changes = await stage(landed, X1, { edit: (honest) => ({ ...honest, ...edit }) });
      const folded = await b.fold(await then(landed, changes));
      assert.deepEqual([errorsOf(folded), effects(folded)], [['event/other-version'], []]);
    }
  });

  it('waits for its version', async () => {
    const theirs = await b.version('model/z@1.0.0', { keys: [] });
    const unsigned = await then(landed, theirs);
    const asked = await then(unsigned, stage(unsigned, 'model/z@1.0.0'));
    assert.deepEqual(effects(await b.fold(asked)), []);
    const manifest = b.bytesAt(asked, 'model/z/1.0.0.toml');
    const signed = await then(asked, {
      'model/z/1.0.0.sig/ana.sig': await b.sign(ana, 'at1-manifest', manifest),
    });
    const folded = await b.fold(signed);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
  });
});

describe('the lanes of an artifact', () => {
  it('are chains: an event follows the one before it, by number and by digest', async () => {
    const one = await then(landed, stage(landed));
    const gap = await stage(one, X2, { seq: 2 });
    const bytes = b.bytesAt(one, STAGED);
    const wrong = await stage(one, X2, { edit: (honest) => ({ ...honest, previous: `sha256:${'0'.repeat(64)}` }) });
    assert.deepEqual(effects(await b.fold(await then(one, gap))), ['staging 1.0.0', 'staging 1.1.0']);
    const folded = await b.fold(await then(one, wrong));
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/chain'], ['staging 1.0.0']]);
    // Without the first one the second follows nothing.
    const lone = await b.fold(await then(landed, gap));
    assert.deepEqual([errorsOf(lone), effects(lone)], [['event/chain'], []]);
    // And it counts when what it follows is there.
    const sig = 'model/x/events/staging/0001.sig/ana.sig';
    const both = await then(await then(landed, gap), { [STAGED]: bytes, [sig]: b.bytesAt(one, sig) });
    assert.deepEqual(effects(await b.fold(both)), ['staging 1.0.0', 'staging 1.1.0']);
  });

  it('go on in order: the next event waits for the one before it', async () => {
    const staged = await then(landed, { ...(await stage(landed)) });
    const both = await then(staged, stage(staged, X2));
    const first = await then(both, release(both, X1));
    const second = await then(first, release(first, X2, { keys: [ana, bo] }));
    const waiting = await b.fold(second);
    assert.deepEqual(effects(waiting), ['staging 1.0.0', 'staging 1.1.0']);
    const approved = await then(second, signedToo(b, second, RELEASED, [bo]));
    const folded = await b.fold(approved);
    assert.deepEqual(errorsOf(folded), []);
    assert.deepEqual(effects(folded).slice(2), ['production 1.0.0', 'production 1.1.0']);
  });

  it('take several steps of one version in one commit', async () => {
    const one = await stage(landed);
    const two = await release(landed, X1, { keys: [ana, bo] });
    const folded = await b.fold(await then(landed, { ...one, ...two }));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0', 'production 1.0.0']]);
  });

  it('move a version and withdraw it afterwards in one commit, as a branch did it', async () => {
    let tip = await then(landed, stage(landed));
    tip = await then(tip, release(tip, X1, { keys: [ana, bo] }));
    tip = await then(tip, event(tip, 'yank', X1));
    const squashed = await b.fold(await then(landed, b.filesBelow(tip, 'model/x/events')));
    assert.deepEqual(errorsOf(squashed), []);
    assert.deepEqual(effects(squashed), ['staging 1.0.0', 'production 1.0.0', 'lifecycle yank 1.0.0']);
  });

  it('bring back a yanked version and move it in one commit; one that stays yanked is moved by nothing', async () => {
    const yanked = await then(landed, event(landed, 'yank', X1));
    let tip = await then(yanked, event(yanked, 'restore', X1));
    tip = await then(tip, stage(tip));
    const squashed = await b.fold(await then(yanked, b.filesBelow(tip, 'model/x/events')));
    assert.deepEqual(errorsOf(squashed), []);
    assert.deepEqual(effects(squashed), ['lifecycle yank 1.0.0', 'lifecycle restore 1.0.0', 'staging 1.0.0']);
    const files = { ...(await stage(yanked)), ...(await event(yanked, 'deprecate', X2)) };
    const folded = await b.fold(await then(yanked, files));
    assert.deepEqual(errorsOf(folded), ['event/refused']);
    assert.deepEqual(effects(folded), ['lifecycle yank 1.0.0', 'lifecycle deprecate 1.1.0']);
  });

  it("take nobody's place by what waited before, in the step that withdraws their version", async () => {
    let tip = await then(landed, stage(landed));
    tip = await then(tip, release(tip, X1, { keys: [ana, bo] }));
    tip = await then(tip, stage(tip, X2));
    tip = await then(tip, release(tip, X2));
    const waiting = Object.keys(b.filesBelow(tip, 'model/x/events/production')).find((path) =>
      path.endsWith('0002.toml'),
    );
    const approved = await signedToo(b, tip, waiting as string, [bo]);
    const folded = await b.fold(await then(tip, { ...approved, ...(await event(tip, 'yank', X2)) }));
    assert.deepEqual(errorsOf(folded), ['event/refused']);
    const order = ['staging 1.0.0', 'production 1.0.0', 'staging 1.1.0', 'lifecycle yank 1.1.0'];
    assert.deepEqual(effects(folded), order);
  });

  it('wait for the step before it where that is still short of signatures', async () => {
    const rules = [{ artifacts: ['*'], actions: ['promote:staging'], role: 'owner', threshold: 2 }, ...RULES];
    const strict = await then(landed, b.policy(2, landed, [ana], { principals: [ana, bo], rules }));
    const files = { ...(await stage(strict)), ...(await release(strict, X1, { keys: [ana, bo] })) };
    const asked = await then(strict, files);
    assert.deepEqual([errorsOf(await b.fold(asked)), effects(await b.fold(asked))], [[], []]);
    const folded = await b.fold(await then(asked, signedToo(b, asked, STAGED, [bo])));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0', 'production 1.0.0']]);
  });

  it('allow no jump, and no step from where the version is not: such an event counts for nothing, for ever', async () => {
    const jump = await event(landed, 'promote', X1, { lane: 'production', from: 'development', keys: [ana, bo] });
    const jumped = await then(landed, jump);
    const folded = await b.fold(jumped);
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/refused'], []]);
    assert.match(eventOf(folded, RELEASED).problems[0]?.message ?? '', /no way leads from development to production/);
    const early = await then(landed, release(landed, X1, { keys: [ana, bo] }));
    assert.deepEqual(errorsOf(await b.fold(early)), ['event/refused']);
    // Not even when the version comes to be there.
    const later = await then(early, stage(early));
    assert.deepEqual(effects(await b.fold(later)), ['staging 1.0.0']);
    // It may be removed, and its number is free; but it has to be said anew.
    const gone = await then(later, Object.fromEntries(Object.keys(jump).map((path) => [path, null])));
    assert.deepEqual(errorsOf(await b.fold(gone)), []);
    assert.deepEqual(errorsOf(await b.fold(await then(gone, release(gone, X1, { keys: [ana, bo] })))), [
      'event/refused',
    ]);
    const anew: EventOptions = { keys: [ana, bo], edit: (asked) => ({ ...asked, reason: 'as things are now' }) };
    const right = await b.fold(await then(gone, release(gone, X1, anew)));
    assert.deepEqual([errorsOf(right), effects(right)], [[], ['staging 1.0.0', 'production 1.0.0']]);
  });

  it('go on after an event that was refused', async () => {
    const early = await then(landed, release(landed, X1, { keys: [ana, bo] }));
    const staged = await then(early, stage(early));
    const folded = await b.fold(await then(staged, release(staged, X1, { keys: [ana, bo] })));
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/refused'], ['staging 1.0.0', 'production 1.0.0']]);
  });

  it('refuse the second of two events that cannot both be', async () => {
    const one = await stage(landed);
    const other = await event(landed, 'promote', X1, { lane: 'archived' });
    const folded = await b.fold(await then(landed, { ...one, ...other }));
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/refused'], ['archived 1.0.0']]);
  });

  it('are those of one artifact: others have the same lanes for themselves', async () => {
    const both = { ...(await stage(landed)), ...(await stage(landed, 'data/y@1.0.0')) };
    const folded = await b.fold(await then(landed, both));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0', 'staging 1.0.0']]);
  });
});

describe('what an event can be', () => {
  let both: Oid;

  beforeEach(async () => {
    const staged = await then(landed, stage(landed));
    const released = await then(staged, release(staged, X1, { keys: [ana, bo] }));
    const second = await then(released, stage(released, X2));
    both = await then(second, release(second, X2, { keys: [ana, bo] }));
  });

  it('a rollback, to a version that had the stage, with the signatures its own rule asks for', async () => {
    const back = await event(both, 'rollback', X1, { lane: 'production', from: 'archived' });
    const folded = await b.fold(await then(both, back));
    assert.deepEqual([errorsOf(folded), effects(folded).at(-1)], [[], 'production 1.0.0']);
    const never = await then(both, await b.version('model/x@1.2.0'));
    const wrong = await event(never, 'rollback', 'model/x@1.2.0', { lane: 'production' });
    const refused = await b.fold(await then(never, wrong));
    assert.deepEqual(errorsOf(refused), ['event/refused']);
    const same = await event(both, 'rollback', X2, { lane: 'production', from: 'production' });
    assert.deepEqual(errorsOf(await b.fold(await then(both, same))), ['event/refused']);
  });

  it('an alias, given, moved and taken away', async () => {
    const one = await then(both, event(both, 'alias', X1, { lane: 'champion' }));
    const two = await then(one, event(one, 'alias', X2, { lane: 'champion' }));
    const three = await then(two, event(two, 'unalias', X2, { lane: 'champion' }));
    const folded = await b.fold(three);
    assert.deepEqual(errorsOf(folded), []);
    assert.deepEqual(effects(folded).slice(-3), ['champion 1.0.0', 'champion 1.1.0', 'champion 1.1.0']);
    const stageName = await event(three, 'alias', X1, { lane: 'staging', seq: 3 });
    assert.deepEqual(errorsOf(await b.fold(await then(three, stageName))), ['event/refused']);
  });

  it('a withdrawal: what is yanked is not promoted, what is revoked stays so', async () => {
    const yanked = await then(both, event(both, 'yank', X1));
    const promoted = await event(yanked, 'promote', X1, { lane: 'staging', from: 'archived' });
    assert.deepEqual(errorsOf(await b.fold(await then(yanked, promoted))), ['event/refused']);
    const restored = await then(yanked, event(yanked, 'restore', X1));
    const revoked = await then(restored, event(restored, 'revoke', X1));
    assert.deepEqual(errorsOf(await b.fold(revoked)), []);
    const undo = await event(revoked, 'restore', X1);
    assert.deepEqual(errorsOf(await b.fold(await then(revoked, undo))), ['event/refused']);
    const deprecated = await then(both, event(both, 'deprecate', X1));
    assert.deepEqual(effects(await b.fold(deprecated)).at(-1), 'lifecycle deprecate 1.0.0');
  });
});

describe('an event that landed', () => {
  let tip: Oid;
  const signature = 'model/x/events/staging/0001.sig/ana.sig';

  beforeEach(async () => {
    tip = await then(landed, stage(landed));
  });

  it('is neither changed nor removed, and has its effect all the same', async () => {
    for (const [changes, code] of [
      [{ [STAGED]: null }, 'history/event-removed'],
      [{ [STAGED]: null, [signature]: null }, 'history/event-removed'],
      [{ [STAGED]: 'junk' }, 'history/event-changed'],
    ] as const) {
      const bad = await then(tip, changes);
      const folded = await b.fold(bad);
      assert.ok(errorsOf(folded).includes(code));
      assert.deepEqual(effects(folded), ['staging 1.0.0']);
      const back = await then(bad, { [STAGED]: b.bytesAt(tip, STAGED), [signature]: b.bytesAt(tip, signature) });
      assert.deepEqual(errorsOf(await b.fold(back)), []);
    }
  });

  it('is not replaced by another of its number', async () => {
    const gone = await then(tip, { [STAGED]: null, [signature]: null });
    const other = await then(gone, stage(gone, X2, { seq: 1 }));
    const folded = await b.fold(other);
    assert.ok(errorsOf(folded).includes('history/event-changed'));
    assert.deepEqual(effects(folded), ['staging 1.0.0']);
  });

  it('keeps its signatures', async () => {
    const folded = await b.fold(await then(tip, { [signature]: null }));
    assert.ok(errorsOf(folded).includes('history/signature-changed'));
  });

  it('may be withdrawn while it waits', async () => {
    const asked = await release(tip);
    const waiting = await then(tip, asked);
    const gone = await then(waiting, Object.fromEntries(Object.keys(asked).map((path) => [path, null])));
    const folded = await b.fold(gone);
    assert.deepEqual([errorsOf(folded), folded.state.events.size], [[], 1]);
    // What waited before is looked at no more.
    const later = await b.fold(await then(gone, stage(gone, X2)));
    assert.deepEqual(effects(later), ['staging 1.0.0', 'staging 1.1.0']);
  });
});

describe('the stages of at1.toml', () => {
  const config = (stages: Parameters<typeof writeConfig>[0]['stages']) =>
    writeConfig({
      format: 1,
      id: REGISTRY,
      branch: 'main',
      storage: 'git',
      ...(stages === undefined ? {} : { stages }),
    });

  it('hold from the commit after them', async () => {
    const stages = { draft: { to: ['live'], initial: true }, live: { to: ['draft'], unique: true } };
    const set = await then(landed, { 'at1.toml': config(stages) });
    const first = await then(set, event(set, 'promote', X1, { lane: 'live', from: 'draft' }));
    const second = await then(first, event(first, 'promote', X2, { lane: 'live', from: 'draft' }));
    const back = await then(second, event(second, 'rollback', X1, { lane: 'live', from: 'draft' }));
    const folded = await b.fold(back);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['live 1.0.0', 'live 1.1.0', 'live 1.0.0']]);
    const usual = await event(back, 'promote', X2, { lane: 'staging', from: 'draft' });
    assert.deepEqual(errorsOf(await b.fold(await then(back, usual))), ['event/refused']);
  });

  it('do not change what took effect before', async () => {
    const staged = await then(landed, stage(landed));
    const set = await then(staged, { 'at1.toml': config({ development: { to: [], initial: true } }) });
    const folded = await b.fold(set);
    assert.deepEqual(effects(folded), ['staging 1.0.0']);
    assert.equal(eventOf(folded, STAGED).refused, false);
  });
});

describe('a fold of events', () => {
  it('is the same wherever it is cut, and has the tags in the order of their effects', async () => {
    const commits = [landed];
    const add = async (changes: Changes) => commits.push(await b.commit([commits.at(-1) as Oid], changes));
    await add(await stage(landed));
    await add(await release(commits.at(-1) as Oid, X1));
    await add(await signedToo(b, commits.at(-1) as Oid, RELEASED, [bo]));
    await add(await stage(commits.at(-1) as Oid, X2));
    await add(await event(commits.at(-1) as Oid, 'promote', X2, { lane: 'production', from: 'development' }));
    await add(await b.version('model/x@1.2.0'));
    await add(await event(commits.at(-1) as Oid, 'yank', 'model/x@1.2.0'));
    const tip = commits.at(-1) as Oid;
    const whole = (await b.fold(tip)).state;
    for (const commit of commits) {
      const part = (await b.fold(commit)).state;
      assert.deepEqual((await b.fold(tip, part)).state, whole);
    }
    const tags = [...whole.events.values()].map((row) => [row.path.slice(15), row.tags?.number, row.tags?.count]);
    assert.deepEqual(tags, [
      ['lifecycle/0001.toml', 5, 1],
      ['production/0001.toml', 2, 2],
      ['production/0002.toml', undefined, undefined],
      ['staging/0001.toml', 1, 1],
      ['staging/0002.toml', 4, 1],
    ]);
  });
});
