/** Events that wait for what is not there yet, land together with a policy, or are judged a second time. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import type { Manifest } from '../../src/manifest/documents.js';
import type { PolicyDocument } from '../../src/manifest/generated/types.js';
import { type EventOptions, effects, eventFiles, eventOf, evidenceFiles, signedToo } from '../helpers/event-fixture.js';
import { codesOf, errorsOf } from '../helpers/fold-results.js';
import { ana, bo, type Changes, carol, HistoryBuilder, type Key, type NewFile } from '../helpers/registry-fixture.js';

const X1 = 'model/x@1.0.0';
const X2 = 'model/x@1.1.0';
const STAGED = 'model/x/events/staging/0001.toml';

const RULES: PolicyDocument['rules'] = [{ artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 }];

let b: HistoryBuilder;
let root: Oid;
let landed: Oid;

const measured = (auc: number) => (honest: Manifest) => ({ ...honest, metrics: { auc } });

beforeEach(async () => {
  b = await HistoryBuilder.make();
  root = await b.commit([], await b.genesis(ana, { principals: [ana, bo, carol], rules: RULES }));
  const one = await then(root, b.version(X1, { edit: measured(0.8) }));
  landed = await then(one, b.version(X2, { edit: measured(0.95) }));
});

async function then(after: Oid, changes: Changes | Promise<Changes>): Promise<Oid> {
  return b.commit([after], await changes);
}

const stage = (after: Oid, ref = X1, options: EventOptions = {}) => eventFiles(b, after, 'promote', ref, options);
const policy = (after: Oid, principals: readonly Key[], rules = RULES, version = 2) =>
  b.policy(version, after, [ana], { principals, rules });

function everything(commit: Oid): Record<string, NewFile> {
  return Object.fromEntries(
    ['model', 'evidence', 'objects', '.at1'].flatMap((folder) => Object.entries(b.filesBelow(commit, folder))),
  );
}

describe('an event that waits', () => {
  it('has nothing to wait for where its version is not registered, until it is', async () => {
    const files = await stage(landed);
    const asked = await then(root, files);
    const folded = await b.fold(asked);
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/other-version'], []]);
    const registered = await b.fold(await then(asked, b.version(X1, { edit: measured(0.8) })));
    assert.deepEqual([errorsOf(registered), effects(registered)], [[], ['staging 1.0.0']]);
  });

  it('is told once what it waits for, however often it is looked at', async () => {
    const asks = {
      artifacts: ['*'],
      actions: ['promote:*'],
      role: 'owner',
      threshold: 1,
      evidence: [{ type: 'eval' }],
    };
    const tight = await then(landed, policy(landed, [ana, bo, carol], [asks, ...RULES]));
    let tip = await then(tight, stage(tight));
    for (let i = 0; i < 3; i++) tip = await then(tip, evidenceFiles(b, tip, X1, { result: 'fail' }));
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), codesOf(eventOf(folded, STAGED).problems, 'note')], [[], ['event/conditions']]);
  });
});

describe('an event that lands together with a policy', () => {
  it('takes effect where the policy saw it, though its signer has left with that policy', async () => {
    const theirs = await then(landed, stage(landed, X1, { keys: [bo] }));
    const left = await then(theirs, policy(theirs, [ana, carol]));
    const ours = await then(landed, { 'README.md': 'x' });
    const tip = await b.commit([ours, left], everything(left));
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    assert.deepEqual([eventOf(folded, STAGED).signers, eventOf(folded, STAGED).problems], [['bo'], []]);
  });

  it('takes effect with the one after it, which only the new policy lets in', async () => {
    const tight = await then(
      landed,
      policy(
        landed,
        [ana, bo],
        [{ artifacts: ['*'], actions: ['promote:production'], role: 'owner', threshold: 2 }, ...RULES],
      ),
    );
    const staged = await then(tight, stage(tight, X1, { keys: [bo] }));
    const asked = await then(staged, eventFiles(b, staged, 'promote', X1, { lane: 'production', from: 'staging' }));
    const left = await then(asked, policy(asked, [ana], RULES, 3));
    const ours = await then(tight, { 'README.md': 'x' });
    const folded = await b.fold(await b.commit([ours, left], everything(left)));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0', 'production 1.0.0']]);
  });

  it('does not take effect by a policy that saw it without its version', async () => {
    const files = await stage(landed, X1, { keys: [bo] });
    const theirs = await then(root, files);
    const left = await then(theirs, policy(theirs, [ana, carol]));
    const ours = await then(root, { 'README.md': 'x' });
    const tip = await b.commit([ours, left], everything(left));
    const folded = await b.fold(tip);
    assert.deepEqual([errorsOf(folded), effects(folded)], [['event/other-version'], []]);
    const registered = await b.fold(await then(tip, b.version(X1, { edit: measured(0.8) })));
    assert.deepEqual(effects(registered), []);
    const signed = await then(tip, {
      ...(await b.version(X1, { edit: measured(0.8) })),
      ...(await signedToo(b, tip, STAGED, [ana])),
    });
    // The one who is said to have made it is known no more.
    assert.deepEqual(effects(await b.fold(signed)), []);
  });
});

describe('an event that is judged a second time', () => {
  const rules: PolicyDocument['rules'] = [
    {
      artifacts: ['*'],
      actions: ['promote:*'],
      role: 'owner',
      threshold: 1,
      regressions: [{ metric: 'auc', better: 'higher', by: '0.01' }],
    },
    ...RULES,
  ];

  it('is held against the version that had the stage before it, not against one that came later', async () => {
    const before = await then(landed, policy(landed, [ana, bo, carol], rules));
    const first = await then(before, stage(before));
    const old = await then(first, stage(first, X2));
    assert.deepEqual(effects(await b.fold(old)), ['staging 1.0.0', 'staging 1.1.0']);
    const tightened = await then(before, policy(before, [ana, bo], rules, 3));
    const folded = await b.fold(await b.commit([old, tightened], everything(tightened)));
    assert.equal(folded.state.policy.version, 3);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0', 'staging 1.1.0']]);
    assert.deepEqual(codesOf(eventOf(folded, STAGED).problems, 'warning'), []);
  });

  it('loses effect where it was worse than that version, by a rule that came in from the side', async () => {
    const first = await then(landed, stage(landed, X2));
    const old = await then(first, stage(first, X1));
    const tightened = await then(landed, policy(landed, [ana, bo, carol], rules));
    const folded = await b.fold(await b.commit([old, tightened], everything(tightened)));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.1.0']]);
  });
});
