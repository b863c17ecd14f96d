/** Events and merges: no merge drops or edits what counted, and no branch begun before a policy gets around it. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import type { PolicyDocument } from '../../src/manifest/generated/types.js';
import { type EventOptions, effects, eventFiles, eventOf, evidenceFiles, signedToo } from '../helpers/event-fixture.js';
import { codesOf, errorsOf, rowOf } from '../helpers/fold-results.js';
import { ana, bo, type Changes, carol, HistoryBuilder, type Key, type NewFile } from '../helpers/registry-fixture.js';

const X1 = 'model/x@1.0.0';
const X2 = 'model/x@1.1.0';
const STAGED = 'model/x/events/staging/0001.toml';
const SIGNED = 'model/x/events/staging/0001.sig/ana.sig';
const RELEASED = 'model/x/events/production/0001.toml';

const RULES: PolicyDocument['rules'] = [{ artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 }];
const strict = (asks: Partial<PolicyDocument['rules'][number]>, action = 'promote:*'): PolicyDocument['rules'] => [
  { artifacts: ['*'], actions: [action], role: 'owner', threshold: 1, ...asks },
  ...RULES,
];

let b: HistoryBuilder;
let landed: Oid;

beforeEach(async () => {
  b = await HistoryBuilder.make();
  const root = await b.commit([], await b.genesis(ana, { principals: [ana, bo, carol], rules: RULES }));
  landed = await then(await then(root, b.version(X1)), b.version(X2));
});

async function then(after: Oid, changes: Changes | Promise<Changes>): Promise<Oid> {
  return b.commit([after], await changes);
}

const stage = (after: Oid, ref = X1, options: EventOptions = {}) => eventFiles(b, after, 'promote', ref, options);
const release = (after: Oid, ref = X1, options: EventOptions = {}) =>
  eventFiles(b, after, 'promote', ref, { lane: 'production', from: 'staging', ...options });
const policy = (after: Oid, rules: PolicyDocument['rules'], principals: readonly Key[] = [ana, bo, carol]) =>
  b.policy(2, after, [ana], { principals, rules });

/** A merge that takes everything of both sides, the second one's files over the first one's. */
function merge(first: Oid, second: Oid, changes: Record<string, NewFile> = {}): Promise<Oid> {
  const signatures = Object.keys(b.filesBelow(first, '.at1/policy/policy.sig')).map((path) => [path, null]);
  return b.commit([first, second], { ...Object.fromEntries(signatures), ...everything(second), ...changes });
}

function everything(commit: Oid): Record<string, NewFile> {
  return Object.fromEntries(
    ['model', 'data', 'evidence', 'objects', '.at1'].flatMap((folder) => Object.entries(b.filesBelow(commit, folder))),
  );
}

describe('a merge of events', () => {
  it('remembers who signed what it leaves out, whatever became of it on the way', async () => {
    const signed = await then(landed, stage(landed, X1, { keys: [ana, bo] }));
    const half = await then(signed, { [SIGNED]: null });
    const gone = await then(half, { [STAGED]: null });
    const ruled = await then(gone, policy(gone, RULES, [ana]));
    const folded = await b.fold(await merge(await then(landed, { 'README.md': 'x' }), ruled));
    const { order, signers, problems } = eventOf(folded, STAGED);
    // Under the policy that the merge brings: bo has left by then.
    assert.deepEqual([order, signers], [0, ['ana']]);
    assert.ok(codesOf(problems).includes('history/event-removed'));
  });

  it('takes what came in from the side into effect', async () => {
    const left = await then(landed, b.version('data/y@1.0.0'));
    const right = await then(await then(landed, stage(landed)), { 'README.md': 'x' });
    for (const tip of [await merge(left, right), await merge(right, left)]) {
      const folded = await b.fold(tip);
      assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    }
  });

  it('counts signatures that came on two sides', async () => {
    const two = await then(landed, policy(landed, strict({ threshold: 2 })));
    const asked = await then(two, stage(two, X1, { keys: [ana] }));
    const left = await then(asked, { 'README.md': 'x' });
    const right = await then(asked, signedToo(b, asked, STAGED, [bo]));
    const tip = await merge(left, right);
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    assert.equal(eventOf(folded, STAGED).effective, tip);
  });

  it('deletes none, and edits none', async () => {
    const tip = await then(landed, stage(landed));
    const side = await then(landed, { 'README.md': 'x' });
    for (const [changes, code, junk] of [
      [{ [STAGED]: null, [SIGNED]: null }, 'history/event-removed', false],
      [{ [STAGED]: null }, 'history/event-removed', false],
      [{ [STAGED]: 'junk' }, 'history/event-changed', true],
      [{ [SIGNED]: null }, 'history/signature-changed', false],
    ] as const) {
      // The event lies on the first parent, and on the other one: there a file that is none has not landed.
      for (const [merged, told] of [
        [await b.commit([tip, side], changes), code],
        [await b.commit([side, tip], { ...everything(tip), ...changes }), junk ? 'history/event-removed' : code],
      ] as const) {
        assert.ok(errorsOf(await b.fold(merged)).includes(told), code);
        const files = { [STAGED]: b.bytesAt(tip, STAGED), [SIGNED]: b.bytesAt(tip, SIGNED) };
        const back = await b.fold(await then(merged, files));
        assert.deepEqual([errorsOf(back), effects(back)], [[], ['staging 1.0.0']]);
      }
    }
  });

  it('drops none that counted on a side branch: it counts, and is missed until it is back', async () => {
    const side = await then(landed, stage(landed));
    const dropped = await then(side, { [STAGED]: null, [SIGNED]: null });
    for (const other of [side, dropped]) {
      const merged = await b.commit([landed, other], {});
      const folded = await b.fold(merged);
      assert.ok(errorsOf(folded).includes('history/event-removed'));
      assert.deepEqual(effects(folded), ['staging 1.0.0']);
      const back = await then(merged, { [STAGED]: b.bytesAt(side, STAGED), [SIGNED]: b.bytesAt(side, SIGNED) });
      assert.deepEqual([errorsOf(await b.fold(back)), effects(await b.fold(back))], [[], ['staging 1.0.0']]);
      const another = await b.fold(await then(merged, stage(landed, X2)));
      assert.ok(errorsOf(another).includes('history/event-changed'));
    }
  });

  it('may leave out one that nobody of the policy signed, or too few of them', async () => {
    const two = await then(landed, policy(landed, strict({ threshold: 2 })));
    for (const keys of [[], [ana]]) {
      const side = await then(two, stage(two, X1, { keys }));
      // The rules before would have let one in, and what counted under any of them is missed.
      const folded = await b.fold(await b.commit([two, side], {}));
      assert.deepEqual(errorsOf(folded).length > 0, keys.length > 0);
      assert.deepEqual(effects(folded), []);
    }
  });

  it('drops no evidence that counted on a side branch', async () => {
    const files = await evidenceFiles(b, landed, X1);
    const side = await then(landed, files);
    const merged = await b.commit([landed, side], {});
    const folded = await b.fold(merged);
    assert.ok(errorsOf(folded).includes('history/evidence-removed'));
    assert.deepEqual(
      [...folded.state.evidence.values()].map(({ effective }) => effective),
      [merged],
    );
    assert.deepEqual(errorsOf(await b.fold(await then(merged, files))), []);
  });

  it('drops no version on a side branch together with the event that is about it', async () => {
    const made = await then(landed, b.version('model/z@1.0.0'));
    const side = await then(made, stage(made, 'model/z@1.0.0'));
    const merged = await b.commit([landed, side], {});
    const folded = await b.fold(merged);
    assert.ok(errorsOf(folded).includes('history/manifest-removed'));
    assert.ok(errorsOf(folded).includes('history/event-removed'));
    const back = await b.fold(await then(merged, everything(side)));
    assert.deepEqual([errorsOf(back), effects(back)], [[], ['staging 1.0.0']]);
  });

  it('that turns the mainline around keeps what counted', async () => {
    const one = await then(landed, stage(landed));
    const ours = await then(one, release(one));
    const theirs = await then(landed, b.version('data/y@1.0.0'));
    // `git pull` in a clone with a commit of its own: what was the mainline becomes the second parent.
    const tip = await b.commit([theirs, ours], everything(ours));
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded).sort()], [[], ['production 1.0.0', 'staging 1.0.0']]);
    const next = await b.fold(await then(tip, stage(tip, X2)));
    assert.deepEqual(effects(next).at(-1), 'staging 1.1.0');
  });

  it('of two branches that wrote the same number of a lane keeps that of one, and misses the other', async () => {
    const [left, right] = [await then(landed, stage(landed, X1)), await then(landed, stage(landed, X2))];
    for (const [first, second, kept] of [
      [left, right, left],
      [left, right, right],
      [right, left, left],
    ] as const) {
      const tip = await b.commit([first, second], {
        [STAGED]: b.bytesAt(kept, STAGED),
        [SIGNED]: b.bytesAt(kept, SIGNED),
      });
      const folded = await b.fold(tip);
      assert.ok(errorsOf(folded).includes('history/event-changed'));
      // Whichever lies there, the one of the first parent has its effect.
      assert.deepEqual(effects(folded), [first === left ? 'staging 1.0.0' : 'staging 1.1.0']);
    }
  });

  it('tells of two events that cannot both be, and goes on with the one that came first', async () => {
    const left = await then(landed, stage(landed));
    const right = await then(landed, eventFiles(b, landed, 'promote', X1, { lane: 'archived' }));
    const folded = await b.fold(await merge(left, right));
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/refused'], ['staging 1.0.0']]);
  });
});

describe('a policy that came with less', () => {
  it('lets an event profit from it in its own commit, where the policy itself is signed by enough', async () => {
    const tight = await then(landed, policy(landed, strict({ threshold: 2 })));
    const eased = await b.policy(3, tight, [ana], { principals: [ana, bo, carol], rules: RULES });
    const folded = await b.fold(await then(tight, { ...eased, ...(await stage(tight)) }));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    const rejected = await b.policy(3, tight, [], { principals: [ana, bo, carol], rules: RULES });
    const denied = await b.fold(await then(tight, { ...rejected, ...(await stage(tight)) }));
    assert.deepEqual([errorsOf(denied), effects(denied)], [['policy/unsigned'], []]);
  });

  it('is asked after the one before it: who is dropped in a commit may still bring an event with it', async () => {
    const dropping = { ...(await policy(landed, RULES, [ana])), ...(await stage(landed, X1, { keys: [bo] })) };
    const tip = await then(landed, dropping);
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    const tighter = { ...(await policy(landed, strict({ threshold: 2 }))), ...(await stage(landed)) };
    assert.deepEqual(effects(await b.fold(await then(landed, tighter))), ['staging 1.0.0']);
  });

  it('asks about each event for itself: one that only the old policy allows waits for one that only the new one does', async () => {
    const rules = strict({ threshold: 2 }, 'promote:staging');
    const tight = await then(landed, policy(landed, rules));
    const eased = await b.policy(3, tight, [ana], {
      principals: [ana, bo, carol],
      rules: strict({ threshold: 2 }, 'promote:production'),
    });
    const tip = await then(tight, { ...eased, ...(await stage(tight)), ...(await release(tight)) });
    const folded = await b.fold(tip);
    // By the time the version is in staging, the new policy rules, and asks for two.
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    assert.match(eventOf(folded, RELEASED).problems[0]?.message ?? '', /1 of 2 signatures/);
    const signed = await b.fold(await then(tip, signedToo(b, tip, RELEASED, [bo])));
    assert.deepEqual(effects(signed), ['staging 1.0.0', 'production 1.0.0']);
  });
});

describe('a branch begun before a policy asked for more', () => {
  /** The old branch first, the one with the policy second. */
  async function tighten(rules: PolicyDocument['rules'], old: Oid, principals?: readonly Key[]) {
    const tightened = await then(landed, policy(landed, rules, principals));
    const tip = await merge(old, tightened);
    return { tip, folded: await b.fold(tip) };
  }

  it('brings no event around it: for want of signers it loses effect, and what was built on it too', async () => {
    const one = await then(landed, stage(landed));
    const old = await then(one, release(one));
    assert.deepEqual(effects(await b.fold(old)), ['staging 1.0.0', 'production 1.0.0']);
    const { tip, folded } = await tighten(strict({ threshold: 2 }, 'promote:staging'), old);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], []]);
    for (const path of [STAGED, RELEASED]) {
      assert.deepEqual(codesOf(eventOf(folded, path).problems, 'warning'), ['history/rewound']);
      assert.deepEqual(eventOf(folded, path).tags, null);
    }
    assert.deepEqual((await b.fold(tip, (await b.fold(old)).state)).state, folded.state);
    // Signed by one more, both are good again, from then on.
    const signed = await then(tip, signedToo(b, tip, STAGED, [bo]));
    const again = await b.fold(signed);
    assert.deepEqual([errorsOf(again), effects(again)], [[], ['staging 1.0.0', 'production 1.0.0']]);
    assert.equal(eventOf(again, RELEASED).effective, signed);
  });

  it('keeps what the policy allows all the same, and what the policy saw', async () => {
    const old = await then(landed, stage(landed, X1, { keys: [ana, bo] }));
    const { folded } = await tighten(strict({ threshold: 2 }), old);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    const seen = await then(landed, stage(landed));
    const tightened = await then(seen, policy(seen, strict({ threshold: 2 })));
    const kept = await b.fold(await merge(await then(seen, b.version('data/y@1.0.0')), tightened));
    assert.deepEqual([errorsOf(kept), effects(kept)], [[], ['staging 1.0.0']]);
  });

  it('brings no event around evidence that is asked for since', async () => {
    const old = await then(landed, stage(landed));
    const { tip, folded } = await tighten(strict({ evidence: [{ type: 'eval' }] }), old);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], []]);
    const { problems } = eventOf(folded, STAGED);
    assert.deepEqual(
      [codesOf(problems, 'warning'), codesOf(problems, 'note')],
      [['history/rewound'], ['event/conditions']],
    );
    const brought = await b.fold(await then(tip, evidenceFiles(b, tip, X1)));
    assert.deepEqual([errorsOf(brought), effects(brought)], [[], ['staging 1.0.0']]);
  });

  it('brings no event by somebody whom the policy dropped', async () => {
    const old = await then(landed, stage(landed, X1, { keys: [bo] }));
    const { folded } = await tighten(RULES, old, [ana, carol]);
    assert.deepEqual(effects(folded), []);
    assert.ok(codesOf(eventOf(folded, STAGED).problems, 'warning').includes('history/rewound'));
    assert.ok(errorsOf(folded).includes('signature/unknown-key'));
  });

  it('brings no event by evidence of somebody whom the policy dropped, whichever of them came first', async () => {
    const asks = strict({ evidence: [{ type: 'eval' }] });
    landed = await then(landed, policy(landed, asks));
    const tightened = await then(landed, b.policy(3, landed, [ana], { principals: [ana, carol], rules: asks }));
    const evidence = await evidenceFiles(b, landed, X1, {}, [bo]);
    for (const changes of [
      [evidence, await stage(landed)],
      [await stage(landed), evidence],
    ]) {
      let old = landed;
      for (const change of changes) old = await then(old, change);
      assert.deepEqual(effects(await b.fold(old)), ['staging 1.0.0']);
      const folded = await b.fold(await merge(old, tightened));
      assert.deepEqual(effects(folded), []);
      assert.deepEqual(codesOf(eventOf(folded, STAGED).problems, 'warning'), ['history/rewound']);
    }
  });

  it('brings no event by evidence whose maker the policy dropped, though others signed it too', async () => {
    const asks = strict({ evidence: [{ type: 'eval' }] });
    landed = await then(landed, policy(landed, asks));
    const tightened = await then(landed, b.policy(3, landed, [ana], { principals: [ana, carol], rules: asks }));
    const asked = await then(landed, stage(landed));
    const old = await then(asked, evidenceFiles(b, asked, X1, {}, [bo, ana]));
    const folded = await b.fold(await merge(old, tightened));
    assert.deepEqual(effects(folded), []);
    assert.deepEqual(codesOf(eventOf(folded, STAGED).problems, 'warning'), ['history/rewound']);
  });

  it('brings no event about a version that loses effect with it', async () => {
    const made = await then(landed, b.version('model/z@1.0.0', { keys: [bo] }));
    const old = await then(made, stage(made, 'model/z@1.0.0'));
    const { tip, folded } = await tighten(RULES, old, [ana, carol]);
    assert.equal(rowOf(folded, 'model/z@1.0.0').effective, null);
    assert.deepEqual(effects(folded), []);
    assert.deepEqual(codesOf(eventOf(folded, STAGED.replace('/x/', '/z/')).problems, 'warning'), ['history/rewound']);
    const manifest = b.bytesAt(tip, 'model/z/1.0.0.toml');
    const signature = await b.sign(ana, 'at1-manifest', manifest);
    const signed = await b.fold(await then(tip, { 'model/z/1.0.0.sig/ana.sig': signature }));
    assert.deepEqual(effects(signed), ['staging 1.0.0']);
  });

  it('gives the stage back to the version that had it', async () => {
    const one = await then(landed, stage(landed));
    landed = await then(one, release(one));
    const two = await then(landed, stage(landed, X2));
    const old = await then(two, release(two, X2));
    const tightened = await then(landed, policy(landed, strict({ threshold: 2 }, 'promote:production')));
    const tip = await merge(old, tightened);
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0', 'production 1.0.0', 'staging 1.1.0']]);
    // Had it lost its place, it could not go to archived from production.
    const archived = await b.fold(
      await then(tip, eventFiles(b, tip, 'promote', X1, { lane: 'archived', from: 'production' })),
    );
    assert.deepEqual([errorsOf(archived), effects(archived).at(-1)], [[], 'archived 1.0.0']);
  });

  it('does not bring an event back after the next one of its lane, whoever may sign again', async () => {
    const alias = (after: Oid, ref: string, keys: readonly Key[]) =>
      eventFiles(b, after, 'alias', ref, { lane: 'champion', keys });
    const one = await then(landed, alias(landed, X1, [bo]));
    const old = await then(one, alias(one, X2, [ana]));
    const { tip, folded } = await tighten(RULES, old, [ana, carol]);
    assert.deepEqual(effects(folded), ['champion 1.1.0']);
    const welcome = await b.policy(3, tip, [ana], { principals: [ana, bo, carol], rules: RULES });
    const again = await b.fold(await then(tip, welcome));
    assert.deepEqual([errorsOf(again), effects(again)], [['event/refused'], ['champion 1.1.0']]);
  });
});
