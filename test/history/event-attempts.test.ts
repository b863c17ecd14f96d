/** What people try with events who may push and not sign: old ones, ones about other things, ones nobody can clear away. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import type { Version } from '../../src/manifest/version.js';
import { effects, eventFiles, eventOf, signedToo } from '../helpers/event-fixture.js';
import { codesOf, errorsOf } from '../helpers/fold-results.js';
import { ana, bo, type Changes, carol, eve, HistoryBuilder } from '../helpers/registry-fixture.js';

const [X1, X2] = ['model/x@1.0.0', 'model/x@1.1.0'] as const;
const RELEASED = 'model/x/events/production/0001.toml';
const RULES = [
  { artifacts: ['model/*'], actions: ['promote:production'], role: 'owner', threshold: 2 },
  { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
];

let b: HistoryBuilder;
let root: Oid;
let landed: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo, eve], owners: [ana, bo], rules: RULES }));
  const first = await b.commit([root], await b.version(X1));
  landed = await b.commit([first], await b.version(X2));
});

const then = async (after: Oid, changes: Changes | Promise<Changes>): Promise<Oid> =>
  b.commit([after], await changes, { key: null });
const without = (files: Changes): Changes => Object.fromEntries(Object.keys(files).map((path) => [path, null]));
const stage = (after: Oid) => eventFiles(b, after, 'promote', X1, { keys: [ana] });
const release = (after: Oid, keys = [ana, bo]) =>
  eventFiles(b, after, 'promote', X1, { lane: 'production', from: 'staging', keys });
/** Signed before the version is in staging. */
const tooEarly = (keys = [ana, bo]) => release(landed, keys);

describe('an event that was refused', () => {
  it('stays so when its file is removed and brought once more, though it would be possible by then', async () => {
    const early = await tooEarly();
    const removed = await then(await then(landed, early), without(early));
    const staged = await then(removed, stage(removed));
    const again = await b.fold(await then(staged, early));
    assert.deepEqual([errorsOf(again), effects(again)], [['event/refused'], ['staging 1.0.0']]);
    assert.equal(eventOf(again, RELEASED).refused, true);
    // Said anew it takes effect.
    const anew = await eventFiles(b, staged, 'promote', X1, {
      lane: 'production',
      from: 'staging',
      keys: [ana, bo],
      edit: (event) => ({ ...event, reason: 'now' }),
    });
    assert.deepEqual(effects(await b.fold(await then(staged, anew))), ['staging 1.0.0', 'production 1.0.0']);
  });

  it('is known as such wherever a fold was cut', async () => {
    const early = await tooEarly();
    const removed = await then(await then(landed, early), without(early));
    const staged = await then(removed, stage(removed));
    const tip = await then(staged, early);
    const whole = await b.fold(tip);
    for (const part of [landed, removed, staged]) {
      assert.deepEqual((await b.fold(tip, (await b.fold(part)).state)).state, whole.state);
    }
  });

  it('may be removed by a merge as well, and is not missed then', async () => {
    const early = await tooEarly();
    const refused = await then(landed, early);
    const gone = await then(refused, without(early));
    const merged = await b.fold(await b.commit([refused, gone], without(early), { key: null }));
    assert.deepEqual([errorsOf(merged), merged.state.events.size], [[], 0]);
  });

  it('does not stand for others: all that are impossible are refused at once', async () => {
    const changes: Changes = {};
    for (const lane of ['a', 'b', 'c']) {
      Object.assign(changes, await eventFiles(b, landed, 'unalias', X1, { lane, keys: [ana] }));
    }
    const folded = await b.fold(await then(landed, changes));
    assert.deepEqual(
      [...folded.state.events.values()].map(({ refused }) => refused),
      [true, true, true],
    );
  });
});

describe('an event that was withdrawn', () => {
  it('takes no effect when somebody brings it once more with the signatures it had', async () => {
    const staged = await then(landed, stage(landed));
    const asked = await release(staged, [ana]);
    const waiting = await then(staged, asked);
    const withdrawn = await then(waiting, without(asked));
    const again = await then(withdrawn, asked);
    const folded = await b.fold(await then(again, signedToo(b, again, RELEASED, [bo])));
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/refused'], ['staging 1.0.0']]);
  });

  it('is free to come where nobody of the policy had signed it', async () => {
    const staged = await then(landed, stage(landed));
    const [unsigned, signed] = [await release(staged, []), await release(staged)];
    const withdrawn = await then(await then(staged, unsigned), without(unsigned));
    assert.deepEqual(effects(await b.fold(await then(withdrawn, signed))), ['staging 1.0.0', 'production 1.0.0']);
  });

  it('counts all the same where a side branch had it approved and the merge drops it', async () => {
    const staged = await then(landed, stage(landed));
    const waiting = await then(staged, release(staged, [ana]));
    const approved = await then(waiting, signedToo(b, waiting, RELEASED, [bo]));
    const events = without(await release(staged, [ana, bo]));
    const folded = await b.fold(await b.commit([waiting, approved], events, { key: null }));
    assert.ok(errorsOf(folded).includes('history/event-removed'));
    assert.deepEqual(effects(folded), ['staging 1.0.0', 'production 1.0.0']);
  });
});

describe('a revocation that somebody takes away where its version is not', () => {
  it('is missed by a merge that drops it, and stays in effect', async () => {
    const revocation = await eventFiles(b, landed, 'revoke', X1, { keys: [ana] });
    const revoked = await then(landed, revocation);
    const taken = await then(await then(root, revocation), without(revocation));
    const merged = await b.commit([taken, revoked], without(revocation), { onto: revoked, key: null });
    const folded = await b.fold(merged);
    assert.ok(errorsOf(folded).includes('history/event-removed'));
    assert.equal(eventOf(folded, Object.keys(revocation)[0] as string).order, 0);
    assert.deepEqual((await b.fold(merged, (await b.fold(taken)).state)).state, folded.state);
  });

  it('is not missed where the version is revoked already, and it was refused', async () => {
    const revoked = await then(landed, eventFiles(b, landed, 'revoke', X1, { keys: [ana] }));
    const second = await eventFiles(b, revoked, 'revoke', X1, { keys: [ana] });
    const refused = await then(revoked, second);
    assert.deepEqual(errorsOf(await b.fold(refused)), ['event/refused']);
    const gone = await then(refused, without(second));
    const merged = await b.fold(await b.commit([gone, refused], without(second), { key: null }));
    assert.deepEqual(errorsOf(merged), []);
  });
});

describe('an event that still needs signatures', () => {
  it('says at once that its version is another one, or that the event before it is', async () => {
    const staged = await then(landed, stage(landed));
    const cases = [
      { code: 'event/other-version', edit: { content: `sha256:${'1'.repeat(64)}` } },
      { code: 'event/other-version', edit: { manifest: `sha256:${'1'.repeat(64)}` } },
      { code: 'event/other-version', edit: { version: '9.9.9' as Version } },
    ];
    for (const { code, edit } of cases) {
      const options = { lane: 'production', from: 'staging', keys: [ana] };
      const files = await eventFiles(b, staged, 'promote', X1, {
        ...options,
        edit: (event) => ({ ...event, ...edit }),
      });
      const folded = await b.fold(await then(staged, files));
      assert.deepEqual(codesOf(eventOf(folded, RELEASED).problems), [code]);
    }
    const released = await then(staged, release(staged));
    const next = await eventFiles(b, released, 'rollback', X1, {
      lane: 'production',
      from: 'production',
      keys: [],
      edit: (event) => ({ ...event, previous: `sha256:${'1'.repeat(64)}` }),
    });
    const folded = await b.fold(await then(released, next));
    assert.ok(codesOf(eventOf(folded, 'model/x/events/production/0002.toml').problems).includes('event/chain'));
  });
});

describe('what strangers leave among signatures', () => {
  const sub = 'model/x/1.0.0.sig/sub';

  it('may be cleared away, be it a submodule or a file in a folder', async () => {
    for (const [path, entry] of [
      [sub, { mode: '160000', bytes: 'nothing' }],
      ['model/x/1.0.0.sig/deep/ana.sig', 'boo'],
      ['model/x/1.0.0.sig/notes.txt', 'boo'],
    ] as const) {
      const bad = await then(landed, { [path]: entry });
      assert.notDeepEqual(errorsOf(await b.fold(bad)), []);
      // A submodule's commit is in no clone.
      if (typeof entry !== 'string') b.objects.delete(b.fileAt(bad, path));
      assert.deepEqual(errorsOf(await b.fold(await then(bad, { [path]: null }))), [], path);
    }
  });
});

describe('an event with a revoked key on it', () => {
  const LIFECYCLE = 'model/x/events/lifecycle/0001.toml';

  it('is not passed over where others signed it too: it waits, and what comes after it waits', async () => {
    const rules = [
      { artifacts: ['*'], actions: ['revoke'], role: 'owner', threshold: 2 },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    const roles = { owner: ['ana', 'bo'] };
    let tip = await then(landed, b.policy(2, landed, [ana], { principals: [ana, bo, carol], roles, rules }));
    const revoked = [{ key: carol.line, cutoff: tip, reason: 'stolen' }];
    tip = await then(tip, b.policy(3, tip, [ana], { principals: [ana, bo], roles, rules, revoked }));
    tip = await then(tip, eventFiles(b, tip, 'revoke', X1, { keys: [ana] }));
    tip = await then(tip, signedToo(b, tip, LIFECYCLE, [carol]));
    tip = await then(tip, eventFiles(b, tip, 'deprecate', X2, { keys: [ana] }));
    assert.deepEqual(effects(await b.fold(tip)), []);
    const folded = await b.fold(await then(tip, signedToo(b, tip, LIFECYCLE, [bo])));
    assert.deepEqual(effects(folded), ['lifecycle revoke 1.0.0', 'lifecycle deprecate 1.1.0']);
    // It stands without that signature now, which nobody may take away.
    assert.deepEqual(errorsOf(folded), []);
    const problems = folded.state.events.get(LIFECYCLE)?.problems ?? [];
    assert.deepEqual(codesOf(problems, 'warning'), ['signature/revoked-key']);
  });
});

describe('a registry whose folder was gone for a commit', () => {
  it('is whole again when it is back: what happened stays in the record', async () => {
    b = await HistoryBuilder.make('reg');
    const root = await b.commit([], await b.genesis());
    const full = await b.commit([root], await b.version(X1));
    const files = b.filesBelow(full, '');
    const gone = await b.commit([full], without(files), { key: null });
    assert.deepEqual(errorsOf(await b.fold(gone)), ['history/registry-changed']);
    const folded = await b.fold(await b.commit([gone], files, { key: null }));
    assert.deepEqual(errorsOf(folded), []);
    assert.deepEqual(codesOf(folded.state.findings, 'warning'), ['history/registry-changed']);
  });
});
