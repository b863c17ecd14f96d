/** Attacks on who may bring which version into which stage: jumps, too few people, withdrawn versions, other policies. */
import { ALLOWED_SIGNERS_PATH, CONFIG_PATH, POLICY_PATH } from '../../src/manifest/layout-of-registry.js';
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { makeTestKey } from '../keys.js';
import { newEvent, newEvidence, release, signedToo } from '../new-event.js';
import { newVersion } from '../new-version.js';
import { type Files, GATE, GET_M, landed, lands, NO_HOLDER, proposes, then, VERIFY } from './stage-attack.js';

const M1 = 'model/m@1.0.0';
const M2 = 'model/m@1.1.0';
const WORDS = 'model/words@1.0.0';
const PACKED = 'model/packed@1.0.0';
const RELEASED = 'model/words/events/production/0001.toml';
const GET_PACKED = ['get', 'model/packed:production', '-o', '../out'];

/** `model/words` has all that production takes, but for the event. */
async function measured(forge: Forge): Promise<void> {
  await then(forge, newEvidence(forge, WORDS));
}

/** A version for which too few people signed: nothing is wrong with it, and it counts for nothing. */
function tooFew(id: string, title: string, changes: (forge: Forge) => Promise<Files>): Attack {
  return defineAttack({
    id: `stage/${id}`,
    row: 45,
    title,
    attacker: 'maintainer',
    refused: [refuses(GATE, 'gate/pending', 22), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      await measured(forge);
      await lands(forge, await changes(forge));
    },
  });
}

/** Anybody whom the policy knows may propose: what they may not decide waits, and has no effect. */
function denied(
  id: string,
  title: string,
  changes: (forge: Forge) => Promise<Files>,
  refused: readonly Refusal[] = [],
): Attack {
  return defineAttack({
    id: `stage/${id}`,
    row: 31,
    title,
    attacker: 'contributor',
    refused: [refuses(GATE, 'gate/pending', 22), ...refused],
    harmless: [GET_M],
    forge: async (forge) => lands(forge, await changes(forge)),
  });
}

/** The policy with a third signature for production. */
function tighter(forge: Forge): Promise<Files> {
  return forge.policy((policy) => ({
    ...policy,
    rules: policy.rules.map((rule) => (rule.actions.includes('promote:production') ? { ...rule, threshold: 3 } : rule)),
  }));
}

export const stages: readonly Attack[] = [
  landed('event/refused', 22, {
    id: 'stage/jump',
    row: 43,
    title: 'a version straight from development into production, signed by two people',
    attacker: 'maintainer',
    refused: [refuses(GET_PACKED, 'artifact/not-found', 12)],
    changes: async (forge) => {
      await then(forge, newEvidence(forge, PACKED));
      return release(forge, PACKED, { from: 'development' });
    },
  }),
  landed('event/refused', 22, {
    id: 'stage/from-that-never-was',
    row: 43,
    title: 'a version in development that is said to come from staging, signed by two people',
    attacker: 'maintainer',
    refused: [refuses(GET_PACKED, 'artifact/not-found', 12)],
    changes: async (forge) => {
      await then(forge, newEvidence(forge, PACKED));
      return release(forge, PACKED);
    },
  }),
  landed('event/refused', 22, {
    id: 'stage/unknown',
    row: 43,
    title: 'a version in a stage that the registry does not have',
    attacker: 'maintainer',
    refused: [refuses(['get', 'model/m:golive', '-o', '../out'], 'artifact/not-found', 12)],
    harmless: [GET_M],
    changes: (forge) => newEvent(forge, 'promote', M2, { lane: 'golive', from: 'staging' }),
  }),
  landed('event/refused', 22, {
    id: 'stage/rollback-to-what-never-was',
    row: 44,
    title: 'a rollback of production to a version that never was there, which takes fewer people than a promotion',
    attacker: 'maintainer',
    refused: [NO_HOLDER],
    changes: (forge) => newEvent(forge, 'rollback', WORDS, { lane: 'production', from: 'staging' }),
  }),
  landed('event/refused', 22, {
    id: 'stage/yanked',
    row: 29,
    title: 'a yanked version brought into production, signed by two people',
    attacker: 'maintainer',
    refused: [refuses(['promote', M2, 'production'], 'event/refused', 22)],
    harmless: [GET_M],
    changes: async (forge) => {
      await then(forge, newEvent(forge, 'yank', M2));
      return release(forge, M2);
    },
  }),
  landed('event/refused', 22, {
    id: 'stage/revoked',
    row: 29,
    title: 'a revoked version brought into production, signed by two people',
    attacker: 'maintainer',
    refused: [
      refuses(['promote', M2, 'production'], 'event/refused', 22),
      refuses(['get', M2, '-o', '../out'], 'artifact/revoked', 21),
    ],
    harmless: [GET_M],
    changes: async (forge) => {
      await then(forge, newEvent(forge, 'revoke', M2));
      return release(forge, M2);
    },
  }),
  landed('event/refused', 22, {
    id: 'stage/restored-after-revocation',
    row: 29,
    title: 'a revocation taken back by a signed event',
    attacker: 'maintainer',
    refused: [refuses(GET_M, 'artifact/not-found', 12), refuses(['get', M1, '-o', '../out'], 'artifact/revoked', 21)],
    changes: async (forge) => {
      await then(forge, newEvent(forge, 'revoke', M1));
      return newEvent(forge, 'restore', M1);
    },
  }),
  defineAttack({
    id: 'stage/holder-revoked',
    row: 29,
    title: 'the version in production is revoked, and asked for by its stage',
    attacker: 'random',
    refused: [refuses(GET_M, 'artifact/not-found', 12), refuses(['get', M1, '-o', '../out'], 'artifact/revoked', 21)],
    forge: (forge) => then(forge, newEvent(forge, 'revoke', M1)),
  }),
  landed('event/refused', 22, {
    id: 'stage/alias-called-like-it',
    row: 43,
    title: 'an alias called production, which takes one signature and not two',
    attacker: 'maintainer',
    refused: [NO_HOLDER],
    changes: (forge) => newEvent(forge, 'alias', WORDS, { lane: 'production' }),
  }),
  landed('document/schema', 23, {
    id: 'stage/alias-called-lifecycle',
    row: 43,
    title: 'an alias in the chain where versions are yanked and revoked',
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) =>
      newEvent(forge, 'yank', M2, { text: (text) => text.replace('action = "yank"', 'action = "alias"') }),
  }),
  landed('document/schema', 23, {
    id: 'stage/promotion-in-lifecycle',
    row: 43,
    title: 'a promotion in the chain where versions are yanked and revoked',
    attacker: 'maintainer',
    harmless: [GET_M],
    changes: (forge) =>
      newEvent(forge, 'yank', M2, {
        text: (text) => text.replace('action = "yank"', 'action = "promote"'),
      }),
  }),
  tooFew('one-of-two', 'a version for production, signed by one of two people', (forge) =>
    release(forge, WORDS, { keys: [forge.keys.bo] }),
  ),
  defineAttack({
    id: 'stage/one-with-two-keys',
    row: 45,
    title: 'a version for production, signed by one person with two keys, both in the policy',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, 'signature/wrong-place', 21), refuses(GATE, 'signature/wrong-place', 21), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      const { bo } = forge.keys;
      const second = { ...makeTestKey('bo'), name: 'bo2' };
      await measured(forge);
      await then(
        forge,
        forge.policy((policy) => ({
          ...policy,
          principals: { ...policy.principals, bo: { keys: [bo.line, second.line] } },
        })),
      );
      await lands(forge, await release(forge, WORDS, { keys: [bo, second] }));
    },
  }),
  defineAttack({
    id: 'stage/one-under-two-names',
    row: 45,
    title: 'a version for production, signed by one person in the files of two',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, 'signature/wrong-place', 21), refuses(GATE, 'signature/wrong-place', 21), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      const { bo } = forge.keys;
      await measured(forge);
      await lands(forge, await release(forge, WORDS, { keys: [bo, { ...bo, name: 'carol' }] }));
    },
  }),
  defineAttack({
    id: 'stage/stranger-approves',
    row: 45,
    title: 'a version for production, signed by one of two people and a stranger',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, 'signature/unknown-key', 21), refuses(GATE, 'signature/unknown-key', 21), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      const { bo, eve } = forge.keys;
      await measured(forge);
      await lands(forge, await release(forge, WORDS, { keys: [bo, eve] }));
    },
  }),
  denied(
    'no-right-to-data',
    'data brought into staging by two people who may do that with models',
    (forge) => newEvent(forge, 'promote', 'data/many@1.0.0', { keys: [forge.keys.bo, forge.keys.carol] }),
    [refuses(['get', 'data/many:staging', '-o', '../out'], 'artifact/not-found', 12)],
  ),
  denied('no-right-to-roll-back', 'a version taken out of production by somebody who may bring some there', (forge) =>
    newEvent(forge, 'promote', M1, { lane: 'archived', from: 'production', keys: [forge.keys.bo] }),
  ),
  denied('no-right-to-yank', 'a version yanked by somebody who may register some', (forge) =>
    newEvent(forge, 'yank', M1, { keys: [forge.keys.bo] }),
  ),
  denied(
    'no-right-to-alias',
    'an alias given by somebody who may register versions',
    (forge) => newEvent(forge, 'alias', M1, { lane: 'champion', keys: [forge.keys.bo] }),
    [refuses(['get', 'model/m:champion', '-o', '../out'], 'artifact/not-found', 12)],
  ),
  landed('history/policy-rollback', 24, {
    id: 'stage/policy-rolled-back',
    row: 47,
    title: 'an older policy put back with its genuine signature, by which two people are enough again',
    attacker: 'maintainer',
    refused: [NO_HOLDER],
    harmless: [GET_M],
    changes: async (forge) => {
      await measured(forge);
      const paths = [POLICY_PATH, ALLOWED_SIGNERS_PATH, POLICY_PATH.replace('.toml', '.sig/ana.sig')];
      const older = Object.fromEntries(paths.map((path) => [path, forge.read(path)]));
      await then(forge, tighter(forge));
      return { ...(await release(forge, WORDS)), ...older };
    },
  }),
  defineAttack({
    id: 'stage/policy-of-the-change',
    row: 46,
    title: 'a policy by which one person is enough, signed by those who may not change it, with what it lets in',
    attacker: 'contributor',
    refused: [refuses(VERIFY, 'policy/unsigned', 21), refuses(GATE, 'policy/unsigned', 21), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      const { bo, carol } = forge.keys;
      await measured(forge);
      const event = await release(forge, WORDS, { keys: [bo] });
      const policy = await forge.policy(
        (before) => ({ ...before, rules: before.rules.map((rule) => ({ ...rule, threshold: 1 })) }),
        [bo, carol],
      );
      await lands(forge, { ...event, ...policy });
    },
  }),
  defineAttack({
    id: 'stage/older-than-the-tightening',
    row: 33,
    title: 'signed by two on a branch from before a policy that asks for three, and made the first parent of a merge',
    attacker: 'maintainer',
    refused: [refuses(GATE, 'gate/pending', 22), NO_HOLDER],
    harmless: [GET_M],
    forge: async (forge) => {
      await measured(forge);
      const before = forge.head();
      await then(forge, tighter(forge));
      const main = forge.head();
      const event = await release(forge, WORDS, { at: before });
      const side = await forge.commit(event, { parents: [before], ref: null });
      forge.setRef('refs/heads/target', main);
      forge.setRef('refs/heads/change', await forge.commit(event, { parents: [main, side], ref: null }));
      const both = forge.git('rev-parse', 'change^{tree}');
      await forge.commit({}, { parents: [side, main], tree: both as typeof main });
      forge.setRef('refs/heads/change', forge.head());
    },
  }),
  defineAttack({
    id: 'stage/configured-by-a-stranger',
    row: 46,
    title: 'another machine of stages, with a way from development into production, by somebody who may not configure',
    attacker: 'contributor',
    refused: [refuses(GATE, 'policy/denied', 22)],
    harmless: [GET_M],
    forge: async (forge) => {
      const config = forge.text(CONFIG_PATH);
      const way = '\n[stages.development]\nto = ["production"]\ninitial = true\n\n[stages.production]\nto = []\n';
      await proposes(forge, { [CONFIG_PATH]: config + way }, { key: forge.keys.bo });
    },
  }),
  defineAttack({
    id: 'stage/new-version-in-its-place',
    row: 43,
    title: 'the version in production gets other bytes',
    attacker: 'maintainer',
    refused: [
      refuses(VERIFY, 'history/manifest-changed', 24),
      refuses(GATE, 'history/manifest-changed', 24),
      refuses(GET_M, 'history/manifest-changed', 24),
    ],
    forge: async (forge) => lands(forge, await newVersion(forge, M1, { content: 'other bytes' })),
  }),
  defineAttack({
    id: 'stage/approval-after-it-was-refused',
    row: 44,
    title: 'a jump that was refused gets one more signature when the version has come to where it should have been',
    attacker: 'maintainer',
    refused: [refuses(VERIFY, 'event/refused', 22), refuses(GET_PACKED, 'artifact/not-found', 12)],
    forge: async (forge) => {
      await then(forge, newEvidence(forge, PACKED));
      await then(forge, release(forge, PACKED));
      await then(forge, newEvent(forge, 'promote', PACKED));
      const path = RELEASED.replace('words', 'packed');
      await then(forge, signedToo(forge, path, [forge.keys.carol]));
    },
  }),
];
