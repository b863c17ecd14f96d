/** Attacks with keys that were revoked, and merges that leave out what landed: promotions, revocations, approvals. */
import type { Oid } from '../../src/git-format/oid.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import type { TestKey } from '../keys.js';
import { type NewEvent, newEvent, newEvidence, release, signedToo } from '../new-event.js';
import { newVersion } from '../new-version.js';
import { treeOf } from '../places.js';
import { type Files, GATE, GET_M, lands, NO_HOLDER, then, VERIFY } from './stage-attack.js';

const M1 = 'model/m@1.0.0';
const M2 = 'model/m@1.1.0';
const WORDS = 'model/words@1.0.0';
const NEXT = 'model/m/events/production/0002.toml';
const STOLEN = 'signature/revoked-key';

/** A next policy by which a key counts for nothing after a commit. */
function revoking(forge: Forge, key: TestKey, cutoff: Oid): Promise<Files> {
  return forge.policy((policy) => ({ ...policy, revoked: [{ key: key.line, cutoff, reason: 'stolen' }] }));
}

/** Something that a stolen key signed, landed after the revocation. */
function afterwards(
  id: string,
  title: string,
  act: (forge: Forge) => Promise<{ readonly changes: Files; readonly seconds?: number }>,
  { key = 'bo', refused = [NO_HOLDER] }: { readonly key?: 'bo' | 'carol'; readonly refused?: readonly Refusal[] } = {},
): Attack {
  return defineAttack({
    id: `revoked-key/${id}`,
    row: 33,
    title,
    attacker: 'maintainer',
    refused: [refuses(VERIFY, STOLEN, 21), refuses(GATE, STOLEN, 21), ...refused],
    harmless: [GET_M],
    forge: async (forge) => {
      if (key === 'bo') await then(forge, newEvidence(forge, WORDS));
      await then(forge, revoking(forge, forge.keys[key], forge.head()));
      const { changes, seconds } = await act(forge);
      await lands(forge, changes, { key: forge.keys[key], seconds });
    },
  });
}

const revokedKeys: readonly Attack[] = [
  afterwards('approves', 'an approval by a key that was revoked', async (forge) => ({
    changes: await release(forge, WORDS),
  })),
  afterwards(
    'back-dates',
    'an approval by a revoked key, in an event and a commit dated before that',
    async (forge) => ({
      changes: await release(forge, WORDS, { edit: (one) => ({ ...one, created: '2026-03-04T06:00:00Z' }) }),
      seconds: 1e9,
    }),
  ),
  afterwards('withdraws', 'a version revoked by a key that was revoked itself', async (forge) => ({
    changes: await newEvent(forge, 'revoke', M1, { keys: [forge.keys.bo] }),
  })),
  afterwards(
    'registers',
    'a version by a revoked key',
    async (forge) => ({ changes: await newVersion(forge, 'model/m@9.0.0', { keys: [forge.keys.bo] }) }),
    { refused: [refuses(['get', 'model/m@9.0.0', '-o', '../out'], STOLEN, 21)] },
  ),
  afterwards(
    'attests',
    'evidence by the revoked key of the evaluator',
    async (forge) => ({ changes: { ...(await newEvidence(forge, WORDS)), ...(await release(forge, WORDS)) } }),
    { key: 'carol' },
  ),
  defineAttack({
    id: 'revoked-key/landed-before-it-was-noticed',
    row: 33,
    title: 'a promotion by a stolen key that landed after the cut-off and before the revocation',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, STOLEN, 21), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      await then(forge, newEvidence(forge, WORDS));
      const cutoff = forge.head();
      await then(forge, release(forge, WORDS));
      await then(forge, revoking(forge, forge.keys.bo, cutoff));
    },
  }),
  defineAttack({
    id: 'revoked-key/grown-on-the-cut-off',
    row: 33,
    title: 'an approval by a revoked key on a branch from the cut-off commit, made the first parent of a merge',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, STOLEN, 21), refuses(GATE, STOLEN, 21), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      await then(forge, newEvidence(forge, WORDS));
      const cutoff = forge.head();
      const event = await release(forge, WORDS);
      await then(forge, revoking(forge, forge.keys.bo, cutoff));
      await foxtrot(forge, cutoff, event, event);
    },
  }),
  defineAttack({
    id: 'revoked-key/cut-off-that-is-nowhere',
    row: 33,
    title: 'an approval by a key revoked as of a commit that is not in the history',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, STOLEN, 21), NO_HOLDER],
    forge: async (forge) => {
      await then(forge, newEvidence(forge, WORDS));
      await then(forge, release(forge, WORDS));
      await then(forge, revoking(forge, forge.keys.bo, 'f'.repeat(40) as Oid));
    },
  }),
];

/**
 * A branch from an older commit, merged so that it is the first parent: what the merge holds is main and `held`, with
 * null for what it leaves out.
 */
async function foxtrot(forge: Forge, before: Oid, branch: Files, held: Files): Promise<void> {
  const main = forge.head();
  const side = await forge.commit(branch, { parents: [before], ref: null });
  const tree = await forge.commit(held, { ref: null });
  forge.setRef('refs/heads/target', main);
  const merge = await forge.commit({}, { parents: [side, main], tree: treeOf(forge, tree) });
  forge.setRef('refs/heads/change', merge);
}

/** What landed on main is left out by a merge, whose first parent is a branch from before it. */
function dropping(
  id: string,
  title: string,
  code: Refusal['code'],
  exit: number,
  {
    act,
    gone,
    refused = [],
  }: {
    readonly act: (forge: Forge) => Promise<Files>;
    readonly gone: (files: Files) => readonly string[];
    readonly refused?: readonly Refusal[];
  },
): Attack {
  return defineAttack({
    id: `merge/${id}`,
    row: 44,
    title,
    attacker: 'maintainer',
    refused: [refuses(VERIFY, code, exit), refuses(GATE, code, exit), ...refused],
    forge: async (forge) => {
      const before = forge.head();
      const files = await act(forge);
      await then(forge, files);
      const dropped = Object.fromEntries(gone(files).map((path) => [path, null]));
      await foxtrot(forge, before, { 'README.md': 'x\n' }, dropped);
    },
  });
}

const all = (files: Files) => Object.keys(files);

const merges: readonly Attack[] = [
  dropping('drops-a-promotion', 'a promotion is left out by a merge', 'history/event-removed', 24, {
    act: (forge) => release(forge, M2),
    gone: all,
  }),
  dropping('drops-a-revocation', 'the revocation of a version is left out by a merge', 'history/event-removed', 24, {
    act: (forge) => newEvent(forge, 'revoke', M1),
    gone: all,
    refused: [refuses(['get', M1, '-o', '../out'], 'artifact/revoked', 21), refuses(GET_M, 'artifact/not-found', 12)],
  }),
  dropping('drops-a-yank', 'the yank of a version is left out by a merge', 'history/event-removed', 24, {
    act: (forge) => newEvent(forge, 'yank', M2),
    gone: all,
    refused: [refuses(['promote', M2, 'production'], 'event/refused', 22)],
  }),
  dropping('drops-evidence', 'evidence is left out by a merge', 'history/evidence-removed', 24, {
    act: (forge) => newEvidence(forge, WORDS),
    gone: all,
  }),
  dropping('drops-an-approval', 'an approval is left out by a merge', 'history/signature-changed', 24, {
    act: (forge) => release(forge, M2),
    gone: (files) => all(files).filter((path) => path.endsWith('bo.sig')),
  }),
  dropping(
    'drops-the-event-alone',
    'a promotion is left out by a merge, its approvals are kept',
    'history/event-removed',
    24,
    {
      act: (forge) => release(forge, M2),
      gone: () => [NEXT],
    },
  ),
  defineAttack({
    id: 'merge/edits-an-event',
    row: 44,
    title: 'an event is edited by the merge itself, in none of the commits that it brings',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, 'history/event-changed', 24), refuses(GATE, 'history/event-changed', 24)],
    forge: async (forge) => {
      const before = forge.head();
      await then(forge, release(forge, M2));
      const edited = await release(forge, M2, { at: before, edit: (one) => ({ ...one, reason: 'another' }) });
      await foxtrot(forge, before, { 'README.md': 'x\n' }, edited);
    },
  }),
  defineAttack({
    id: 'merge/deletes-an-event',
    row: 44,
    title: 'an event is deleted by a merge whose parents both have it',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, 'history/event-removed', 24), refuses(GATE, 'history/event-removed', 24)],
    harmless: [GET_M],
    forge: async (forge) => {
      const gone = { 'model/m/events/production/0001.toml': null };
      await foxtrot(forge, forge.head(), { 'README.md': 'x\n' }, gone);
    },
  }),
  defineAttack({
    id: 'merge/takes-the-other-event',
    row: 44,
    title: 'two branches wrote the next event of a stage, and the merge keeps the one that had not landed',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, 'history/event-changed', 24), refuses(GATE, 'history/event-changed', 24)],
    forge: async (forge) => {
      const before = forge.head();
      const theirs = await release(forge, M2, { edit: (one) => ({ ...one, reason: 'another' }) });
      await then(forge, release(forge, M2));
      await foxtrot(forge, before, theirs, theirs);
    },
  }),
  defineAttack({
    id: 'merge/octopus-drops-a-revocation',
    row: 44,
    title: 'the revocation of a version is left out by a merge of three branches, of which it is the last',
    attacker: 'maintainer',
    refused: [
      refuses(VERIFY, 'history/event-removed', 24),
      refuses(GATE, 'history/event-removed', 24),
      refuses(['get', M1, '-o', '../out'], 'artifact/revoked', 21),
    ],
    forge: async (forge) => {
      const before = forge.head();
      await then(forge, newEvent(forge, 'revoke', M1));
      const main = forge.head();
      const [one, two] = [
        await forge.commit({ one: '1\n' }, { parents: [before], ref: null }),
        await forge.commit({ two: '2\n' }, { parents: [before], ref: null }),
      ];
      forge.setRef('refs/heads/target', main);
      const merge = await forge.commit({}, { parents: [one, two, main], tree: treeOf(forge, one) });
      forge.setRef('refs/heads/change', merge);
    },
  }),
  defineAttack({
    id: 'merge/brings-an-approval-of-nothing',
    row: 34,
    title: 'a merge brings the approval of an event that is not the one that landed',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, 'signature/invalid', 21), refuses(GATE, 'signature/invalid', 21)],
    harmless: [GET_M],
    forge: async (forge) => {
      const { ana, bo } = forge.keys;
      const before = forge.head();
      const edit: NewEvent['edit'] = (one) => ({ ...one, reason: 'x' });
      const other = await forge.commit(await release(forge, M2, { keys: [ana], edit }), {
        parents: [before],
        ref: null,
      });
      const approval = await signedToo(forge, NEXT, [bo], { at: other });
      await then(forge, release(forge, M2, { keys: [ana] }));
      await foxtrot(forge, before, approval, approval);
    },
  }),
];

export const revocations: readonly Attack[] = [...revokedKeys, ...merges];
