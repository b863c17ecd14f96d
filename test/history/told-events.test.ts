/** What history says of events that wait, cannot be, or come out of order, and of documents that are not as they landed. */
import type { Oid } from '../../src/git-format/oid.js';
import { ana, bo, type Changes, carol, eve } from '../helpers/registry-fixture.js';
import { RULES, type Scenario, type Scene, strict, tellScenarios, X1 } from '../helpers/scenes.js';

const X2 = 'model/x@1.1.0';
const Y1 = 'model/y@1.0.0';
const MANIFEST = 'model/x/1.0.0.toml';
const SIGNATURES = 'model/x/1.0.0.sig';
const STAGED = 'model/x/events/staging/0001.toml';
const BOTH = [ana, bo];

/** After a policy that asks two for staging, and one for all else. */
async function ruled(s: Scene, action = 'promote:staging'): Promise<Oid> {
  const rules = strict(action, { threshold: 2 });
  return s.commit('ruled', s.landed, s.policy(2, s.landed, [ana, bo, carol], rules));
}

async function two(s: Scene, after: Oid = s.landed): Promise<Oid> {
  return s.commit('two', after, s.b.version(X2));
}

const goneWith = (files: Changes) => Object.fromEntries(Object.keys(files).map((path) => [path, null]));

const EVENTS: Readonly<Record<string, Scenario>> = {
  'waits for the one before it in its lane': async (s) => {
    const begun = await two(s, await ruled(s));
    const first = await s.commit('first', begun, s.event(begun, X1));
    return s.commit('second', first, s.event(first, X2, { keys: BOTH }));
  },

  'waits for its version': async (s) => {
    const begun = await ruled(s, 'register');
    const made = await s.commit('made', begun, s.b.version(Y1));
    return s.commit('asked', made, s.event(made, Y1));
  },

  'is about a version that is not as it landed': async (s) => {
    const changed = await s.commit('changed', s.landed, { [MANIFEST]: 'junk' });
    return s.commit('asked', changed, s.event(s.landed, X1));
  },

  'came back after the next one of its lane': async (s) => {
    const alias = (after: Oid, ref: string, key: typeof bo) =>
      s.event(after, ref, { lane: 'champion', keys: [key] }, 'alias');
    const begun = await two(s);
    const one = await s.commit('one', begun, alias(begun, X1, bo));
    const old = await s.commit('old', one, alias(one, X2, ana));
    const dropped = await s.commit('dropped', begun, s.policy(2, begun, [ana, carol]));
    const tip = await s.merge(old, dropped);
    return s.commit('welcome', tip, s.policy(3, tip, [ana, bo, carol]));
  },

  'takes its version from where it is not': (s) =>
    s.commit('asked', s.landed, s.event(s.landed, X1, { lane: 'production', from: 'staging' })),

  'takes its version from where a waiting one would bring it': async (s) => {
    const begun = await ruled(s);
    const first = await s.commit('first', begun, s.event(begun, X1));
    return s.commit('second', first, s.event(first, X1, { lane: 'production', from: 'staging' }));
  },

  'takes its version from where a waiting one would bring another': async (s) => {
    const begun = await two(s, await ruled(s));
    const made = await s.commit('made', begun, { ...(await s.b.version(Y1)), ...(await s.b.version('data/x@1.0.0')) });
    const first = await s.commit('first', made, s.event(made, X1));
    const asks = [X2, Y1, 'data/x@1.0.0'].map((ref) => s.event(first, ref, { lane: 'production', from: 'staging' }));
    return s.commit('second', first, Object.assign({}, ...(await Promise.all(asks))));
  },

  'becomes possible in the step that brings another one: order of artifacts, not of arrival': async (s) => {
    const begun = await ruled(s, 'register');
    const made = await s.commit('made', begun, s.b.version('model/a@1.0.0'));
    const asked = await s.commit('asked', made, s.event(made, 'model/a@1.0.0'));
    const signature = await s.b.sign(bo, 'at1-manifest', s.b.bytesAt(made, 'model/a/1.0.0.toml'));
    return s.commit('signed', asked, {
      'model/a/1.0.0.sig/bo.sig': signature,
      ...(await s.event(asked, X1, { lane: 'champion' }, 'alias')),
      ...(await s.event(asked, X1)),
    });
  },

  'comes with the next two of its lane in one step': async (s) => {
    const begun = await two(s);
    const alias = (after: Oid, ref: string) => s.event(after, ref, { lane: 'champion' }, 'alias');
    const one = await s.commit('aside', begun, alias(begun, X1));
    const next = await s.commit('aside', one, alias(one, X2));
    const last = await s.commit('aside', next, alias(next, X1));
    return s.commit('all', begun, s.b.filesBelow(last, 'model'));
  },

  'stages a version that takes the place of another, which goes on from there': async (s) => {
    const begun = await two(s);
    const first = await s.commit('first', begun, s.event(begun, X1));
    const second = await s.commit('second', first, s.event(first, X2));
    const third = await s.commit('third', second, s.event(second, X2, { lane: 'production', from: 'staging' }));
    return s.commit('yanked', third, s.event(third, X1, {}, 'yank'));
  },

  'was withdrawn with signatures on it, and is said once more': async (s) => {
    const begun = await ruled(s);
    const files = await s.event(begun, X1);
    const asked = await s.commit('asked', begun, files);
    const gone = await s.commit('gone', asked, goneWith(files));
    return s.commit('again', gone, files);
  },

  'waits for evidence, and is shown some of another type': async (s) => {
    const rules = strict('promote:staging', { evidence: [{ type: 'scan' }] });
    const begun = await s.commit('ruled', s.landed, s.policy(2, s.landed, [ana, bo, carol], rules));
    const staged = await s.commit('asked', begun, s.event(begun, X1));
    return s.commit('shown', staged, s.evidence(staged, [bo]));
  },

  'signed by somebody who has left is in effect all the same': async (s) => {
    const asked = await s.commit('asked', s.landed, s.event(s.landed, X1));
    const left = await s.commit('left', asked, s.policy(2, asked, [ana, carol]));
    return s.commit('late', left, s.signed(left, STAGED, [bo]));
  },
};

const FROZEN: Readonly<Record<string, Scenario>> = {
  'a manifest': (s) => s.commit('changed', s.landed, { [MANIFEST]: 'junk' }),

  'an event, changed and then removed': async (s) => {
    const asked = await s.commit('asked', s.landed, s.event(s.landed, X1));
    return s.commit('gone', await s.commit('changed', asked, { [STAGED]: 'junk' }), { [STAGED]: null });
  },

  'a piece of evidence that is removed': async (s) => {
    const files = await s.evidence(s.landed, [ana]);
    return s.commit('gone', await s.commit('shown', s.landed, files), goneWith(files));
  },

  'two signatures that go, and one that changes': async (s) => {
    const made = await s.commit('made', s.landed, s.b.version(Y1, { keys: [ana, bo, carol] }));
    const folder = 'model/y/1.0.0.sig';
    const files = { [`${folder}/ana.sig`]: null, [`${folder}/bo.sig`]: null, [`${folder}/carol.sig`]: 'junk' };
    return s.commit('changed', made, files);
  },

  'a signature that becomes a program': (s) =>
    s.commit('changed', s.landed, {
      [`${SIGNATURES}/ana.sig`]: { mode: '100755', bytes: s.b.bytesAt(s.landed, `${SIGNATURES}/ana.sig`) },
    }),

  'signatures that never counted, and go: a stranger, a program, too deep, too long, other names': async (s) => {
    const signature = await s.b.sign(bo, 'at1-manifest', s.b.bytesAt(s.landed, MANIFEST));
    const files: Changes = {
      [`${SIGNATURES}/eve.sig`]: await s.b.sign(eve, 'at1-manifest', s.b.bytesAt(s.landed, MANIFEST)),
      [`${SIGNATURES}/carol.sig`]: {
        mode: '100755',
        bytes: await s.b.sign(carol, 'at1-manifest', s.b.bytesAt(s.landed, MANIFEST)),
      },
      [`${SIGNATURES}/deep/bo.sig`]: signature,
      [`${SIGNATURES}/long.sig`]: 'x'.repeat(5000),
      [`${SIGNATURES}/bo`]: signature,
      'model/x/1.0.0.sig.d/bo.sig': signature,
    };
    return s.commit('gone', await s.commit('scribbled', s.landed, files), goneWith(files));
  },

  'signatures that never counted, and stay': async (s) => {
    const signature = await s.b.sign(bo, 'at1-manifest', s.b.bytesAt(s.landed, MANIFEST));
    return s.commit('scribbled', s.landed, {
      [`${SIGNATURES}/carol.sig`]: { mode: '100755', bytes: signature },
      [`${SIGNATURES}/deep/bo.sig`]: signature,
      [`${SIGNATURES}/long.sig`]: 'x'.repeat(5000),
      [`${SIGNATURES}/bo`]: signature,
      'model/y/1.0.0.sig': 'a file where a folder belongs',
      'model/x/notes.toml': 'x',
      'model/x/notes.sig/bo.sig': signature,
      '.at1/notes.toml': 'x',
      '.at1/sig': 'x',
    });
  },

  'a late signature of somebody who has left, and one of a stranger': async (s) => {
    const left = await s.commit('left', s.landed, s.policy(2, s.landed, [ana, carol], RULES));
    const bytes = s.b.bytesAt(left, MANIFEST);
    return s.commit('late', left, {
      [`${SIGNATURES}/bo.sig`]: await s.b.sign(bo, 'at1-manifest', bytes),
      [`${SIGNATURES}/eve.sig`]: await s.b.sign(eve, 'at1-manifest', bytes),
    });
  },

  'a signature of somebody who has left, gone and back': async (s) => {
    const made = await s.commit('made', s.landed, s.b.version(Y1, { keys: [ana, bo] }));
    const left = await s.commit('left', made, s.policy(2, made, [ana, carol], RULES));
    const path = 'model/y/1.0.0.sig/bo.sig';
    const gone = await s.commit('gone', left, { [path]: null });
    return s.commit('back', gone, { [path]: s.b.bytesAt(made, path) });
  },
};

describe('an event that', () => tellScenarios('events.txt', EVENTS));
describe('what may not be changed or taken away:', () => tellScenarios('frozen.txt', FROZEN));
