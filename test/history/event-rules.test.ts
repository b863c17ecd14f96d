/** Rules for events: who may ask, who decides, and under which policy. */
import assert from 'node:assert/strict';
import type { Oid } from '../../src/git-format/oid.js';
import { type EventOptions, effects, eventFiles, eventOf, signedToo } from '../helpers/event-fixture.js';
import { codesOf, errorsOf } from '../helpers/fold-results.js';
import { ana, bo, type Changes, carol, HistoryBuilder } from '../helpers/registry-fixture.js';

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

describe('rules for events', () => {
  it('may keep the author of a version apart from those who approve it', async () => {
    const rules = [
      { artifacts: ['*'], actions: ['promote:*'], role: 'owner', threshold: 1, separate_author: true },
      { artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 },
    ];
    const strict = await then(landed, b.policy(2, landed, [ana], { principals: [ana, bo], rules }));
    const asked = await then(strict, stage(strict));
    assert.deepEqual([errorsOf(await b.fold(asked)), effects(await b.fold(asked))], [[], []]);
    const folded = await b.fold(await then(asked, signedToo(b, asked, STAGED, [bo])));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
  });

  it('let anybody in the policy propose, and only those of the role decide', async () => {
    const rules = [
      { artifacts: ['*'], actions: ['promote:*'], role: 'boss', threshold: 1 },
      { artifacts: ['*'], actions: ['register', 'policy'], role: 'owner', threshold: 1 },
    ];
    const roles = { owner: ['ana', 'bo'], boss: ['carol'] };
    const strict = await then(landed, b.policy(2, landed, [ana], { principals: [ana, bo, carol], roles, rules }));
    const asked = await then(strict, stage(strict));
    assert.deepEqual([errorsOf(await b.fold(asked)), effects(await b.fold(asked))], [[], []]);
    const folded = await b.fold(await then(asked, signedToo(b, asked, STAGED, [carol])));
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    const denied = await b.fold(await then(strict, event(strict, 'yank', X1, { keys: [carol] })));
    assert.deepEqual(errorsOf(denied), ['policy/denied']);
  });

  it('decide about what waits when the policy changes, in its own commit', async () => {
    const staged = await then(landed, stage(landed));
    const asked = await then(staged, release(staged));
    const lenient = await then(asked, b.policy(2, asked, [ana], { principals: [ana, bo] }));
    const folded = await b.fold(lenient);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0', 'production 1.0.0']]);
    assert.equal(eventOf(folded, RELEASED).effective, lenient);
  });

  it('find nothing to say about an event of a person who has left since', async () => {
    const staged = await then(landed, stage(landed, X1, { keys: [bo] }));
    const left = await then(staged, b.policy(2, staged, [ana], { principals: [ana] }));
    const folded = await b.fold(left);
    assert.deepEqual([errorsOf(folded), effects(folded)], [[], ['staging 1.0.0']]);
    const late = await b.fold(await then(left, stage(left, X2, { keys: [bo] })));
    assert.ok(codesOf(eventOf(late, 'model/x/events/staging/0002.toml').problems).includes('signature/unknown-key'));
    assert.deepEqual(effects(late), ['staging 1.0.0']);
  });
});
