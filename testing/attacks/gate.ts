/** Changes that the gate must not let in, whatever they look like at their end. Nothing of them has landed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../src/bytes/text.js';
import { parseOid } from '../../src/git-format/oid.js';
import { formatKeyText } from '../../src/keys/key-text.js';
import type { PolicyDocument } from '../../src/manifest/generated/types.js';
import { ALLOWED_SIGNERS_PATH } from '../../src/manifest/layout-of-registry.js';
import { type Attack, type Attacker, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { newEvent, newEvidence, release } from '../new-event.js';
import { newVersion } from '../new-version.js';
import { type Files, GATE, GET_M, proposes, then } from './stage-attack.js';

const M1 = 'model/m@1.0.0';
const M2 = 'model/m@1.1.0';
const WORDS = 'model/words@1.0.0';
const PACKED = 'model/packed@1.0.0';
const RELEASED = 'model/m/events/production/0001.toml';

interface Facts {
  readonly row: number;
  readonly title: string;
  readonly code: Refusal['code'];
  readonly exit: number;
  readonly attacker?: Attacker;
  readonly propose: (forge: Forge) => Promise<unknown>;
}

export function gateAttack(id: string, { row, title, code, exit, attacker = 'contributor', propose }: Facts): Attack {
  return defineAttack({
    id: `gate/${id}`,
    row,
    title,
    attacker,
    refused: [refuses(GATE, code, exit)],
    // It has not landed, so nobody else sees anything of it.
    harmless: [GET_M, ['list'], ['show', 'model/m']],
    forge: async (forge) => {
      await propose(forge);
    },
  });
}

function lookingAtObjects(before: PolicyDocument): PolicyDocument {
  return { ...before, gate: { objects: 'decode' } };
}

/** One commit of the branch after another. */
export async function series(
  forge: Forge,
  steps: readonly ((forge: Forge) => Promise<Files> | Files)[],
): Promise<void> {
  forge.setRef('refs/heads/target', forge.head());
  let at = forge.head();
  for (const step of steps) at = await forge.commit(await step(forge), { parents: [at], ref: null });
  forge.setRef('refs/heads/change', at);
}

export const gates: readonly Attack[] = [
  gateAttack('behind-the-target', {
    row: 42,
    title: 'a change that does not stand on the target, of which it would undo the newest event',
    code: 'gate/outdated',
    exit: 30,
    propose: async (forge) => {
      const parents = [parseOid(forge.git('rev-parse', 'main~1'))];
      await proposes(forge, { 'README.md': 'x\n' }, { parents });
    },
  }),
  gateAttack('another-history', {
    row: 50,
    title: 'a change with a beginning of its own',
    code: 'gate/outdated',
    exit: 30,
    propose: (forge) => proposes(forge, Object.fromEntries(forge.filesAt()), { parents: [] }),
  }),
  defineAttack({
    id: 'gate/shallow',
    row: 42,
    title: 'a change that was fetched without the commits that join it to the target',
    attacker: 'random',
    refused: [refuses(GATE, 'gate/outdated', 30)],
    harmless: [GET_M],
    forge: async (forge) => {
      await proposes(forge, await release(forge, M2));
      forge.write('.git/shallow', `${forge.git('rev-parse', 'change')}\n`);
    },
  }),
  gateAttack('one-of-two', {
    row: 45,
    title: 'a promotion that lacks a signature',
    code: 'gate/pending',
    exit: 22,
    propose: async (forge) => proposes(forge, await release(forge, M2, { keys: [forge.keys.bo] })),
  }),
  gateAttack('pending-beside-a-good-one', {
    row: 45,
    title: 'a promotion that lacks a signature, beside another that has all',
    code: 'gate/pending',
    exit: 22,
    propose: async (forge) => {
      const slipped = await newEvent(forge, 'revoke', 'model/packed@1.0.0', { keys: [forge.keys.bo] });
      await proposes(forge, { ...(await release(forge, M2)), ...slipped });
    },
  }),
  gateAttack('pending-version', {
    row: 45,
    title: 'a version that needs two people, signed by one',
    code: 'gate/pending',
    exit: 22,
    propose: async (forge) =>
      proposes(forge, await newVersion(forge, 'model/guarded@2.0.0', { keys: [forge.keys.bo] })),
  }),
  gateAttack('policy-with-what-it-allows', {
    row: 46,
    title: 'a policy, signed by its owner, together with the promotion that it makes easier',
    code: 'gate/policy-mixed',
    exit: 22,
    attacker: 'maintainer',
    propose: async (forge) => {
      const event = await release(forge, M2, { keys: [forge.keys.bo] });
      const policy = await forge.policy((before) => ({
        ...before,
        rules: before.rules.map((rule) => ({ ...rule, threshold: 1 })),
      }));
      await proposes(forge, { ...event, ...policy });
    },
  }),
  gateAttack('policy-before-what-it-allows', {
    row: 46,
    title: 'the same in two commits, first the policy and then the promotion',
    code: 'gate/policy-mixed',
    exit: 22,
    attacker: 'maintainer',
    propose: async (forge) => {
      const event = await release(forge, M2, { keys: [forge.keys.bo] });
      const policy = await forge.policy((before) => ({
        ...before,
        rules: before.rules.map((rule) => ({ ...rule, threshold: 1 })),
      }));
      await series(forge, [() => policy, () => event]);
    },
  }),
  gateAttack('policy-there-and-back', {
    row: 46,
    title: 'a policy that lets in a promotion, and is taken back by the last commit of the change',
    code: 'history/policy-rollback',
    exit: 24,
    attacker: 'maintainer',
    propose: async (forge) => {
      const event = await release(forge, M2, { keys: [forge.keys.bo] });
      const policy = await forge.policy((before) => ({
        ...before,
        rules: before.rules.map((rule) => ({ ...rule, threshold: 1 })),
      }));
      const back = Object.fromEntries(Object.keys(policy).map((path) => [path, forge.read(path)]));
      await series(forge, [() => policy, () => event, () => back]);
    },
  }),
  gateAttack('policy-of-a-stranger', {
    row: 48,
    title: 'a policy that a stranger signed, with herself in it',
    code: 'policy/unsigned',
    exit: 21,
    propose: async (forge) => {
      const { eve } = forge.keys;
      const policy = await forge.policy(
        (before) => ({ ...before, principals: { ...before.principals, eve: { keys: [eve.line] } } }),
        [eve],
      );
      await proposes(forge, policy, { key: eve });
    },
  }),
  gateAttack('two-versions', {
    row: 43,
    title: 'two versions of one model in one change',
    code: 'gto/two-versions',
    exit: 22,
    propose: async (forge) =>
      proposes(forge, {
        ...(await newVersion(forge, 'model/m@2.0.0')),
        ...(await newVersion(forge, 'model/m@3.0.0')),
      }),
  }),
  gateAttack('private-key', {
    row: 63,
    title: 'a change with the private key of the owner',
    code: 'key/exposed',
    exit: 21,
    propose: (forge) =>
      proposes(forge, { 'notes/key': readFileSync(join(forge.home, 'config', 'keys', 'id_ed25519'), 'utf8') }),
  }),
  gateAttack('private-key-there-and-back', {
    row: 63,
    title: 'a branch with the private key of the owner in one commit, which the next one takes away',
    code: 'key/exposed',
    exit: 21,
    propose: (forge) => {
      const key = readFileSync(join(forge.home, 'config', 'keys', 'id_ed25519'), 'utf8');
      return series(forge, [() => ({ 'notes/key': key }), () => ({ 'notes/key': null })]);
    },
  }),
  gateAttack('private-key-in-the-place-of-another', {
    row: 63,
    title: 'the private key of the owner where a key of no importance was',
    code: 'key/exposed',
    exit: 21,
    propose: async (forge) => {
      await then(forge, { 'tests/key': formatKeyText(forge.keys.eve.privateKey) });
      await proposes(forge, { 'tests/key': formatKeyText(forge.keys.ana.privateKey) });
    },
  }),
  gateAttack('allowed-signers', {
    row: 48,
    title: 'a stranger in the file that stock git believes',
    code: 'policy/allowed-signers',
    exit: 21,
    propose: (forge) => {
      const added = `ana namespaces="git,at1-event" ${forge.keys.eve.line}\n`;
      return proposes(forge, { [ALLOWED_SIGNERS_PATH]: forge.text(ALLOWED_SIGNERS_PATH) + added });
    },
  }),
  gateAttack('object-missing', {
    row: 9,
    title: 'a version whose object is not in the change',
    code: 'object/missing',
    exit: 32,
    attacker: 'maintainer',
    propose: async (forge) => {
      const files = await newVersion(forge, 'model/m@2.0.0');
      await proposes(forge, Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('objects/'))));
    },
  }),
  gateAttack('object-damaged', {
    row: 1,
    title: 'a version whose object has other bytes than its name says',
    code: 'object/digest-mismatch',
    exit: 20,
    attacker: 'maintainer',
    propose: async (forge) => {
      const files = await newVersion(forge, 'model/m@2.0.0');
      const other = Object.keys(files).filter((path) => path.startsWith('objects/'));
      await proposes(forge, { ...files, ...Object.fromEntries(other.map((path) => [path, 'something else'])) });
    },
  }),
  gateAttack('object-of-other-content', {
    row: 43,
    title: 'a version whose object is sound and holds other bytes than the manifest says',
    code: 'object/content-mismatch',
    exit: 20,
    attacker: 'maintainer',
    propose: async (forge) =>
      proposes(forge, await newVersion(forge, 'model/m@2.0.0', { container: () => forge.read(forge.objectPath(M2)) })),
  }),
  defineAttack({
    id: 'gate/objects-skipped',
    row: 9,
    title:
      'a version without its object, before a gate that is told to skip objects though the policy of the target forbids it',
    attacker: 'maintainer',
    refused: [
      refuses([...GATE, '--objects', 'skip'], 'gate/objects-unchecked', 22),
      refuses([...GATE, '--objects', 'present'], 'gate/objects-unchecked', 22),
      refuses(GATE, 'object/missing', 32),
    ],
    harmless: [GET_M],
    forge: async (forge) => {
      await then(forge, forge.policy(lookingAtObjects));
      const files = await newVersion(forge, 'model/m@2.0.0');
      await proposes(forge, Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('objects/'))));
    },
  }),
  defineAttack({
    id: 'gate/objects-allowed-by-the-change',
    row: 46,
    title: 'a policy that lets gates skip objects, before a gate that does so already',
    attacker: 'maintainer',
    refused: [refuses([...GATE, '--objects', 'skip'], 'gate/objects-unchecked', 22)],
    harmless: [GET_M],
    forge: async (forge) => {
      await then(forge, forge.policy(lookingAtObjects));
      await proposes(forge, await forge.policy(({ gate: _, ...before }) => before));
    },
  }),
  gateAttack('version-unsigned', {
    row: 30,
    title: 'a version that nobody signed',
    code: 'signature/missing',
    exit: 21,
    propose: async (forge) => proposes(forge, await newVersion(forge, 'model/m@2.0.0', { keys: [] })),
  }),
  gateAttack('version-replaced', {
    row: 43,
    title: 'other bytes for a version that has landed',
    code: 'history/manifest-changed',
    exit: 24,
    propose: async (forge) => proposes(forge, await newVersion(forge, M2, { content: 'other bytes' })),
  }),
  gateAttack('event-deleted', {
    row: 44,
    title: 'the event that brought a version into production is deleted',
    code: 'history/event-removed',
    exit: 24,
    propose: (forge) => proposes(forge, { [RELEASED]: null }),
  }),
  gateAttack('wrong-signature-on-a-commit', {
    row: 30,
    title: 'a commit with the signature of another, and nothing else wrong with it',
    code: 'commit/bad-signature',
    exit: 21,
    propose: async (forge) => {
      const armor = await forge.sign(forge.keys.ana, 'git', utf8('something else'));
      await proposes(forge, { 'README.md': 'x\n' }, { armor });
    },
  }),
  gateAttack('right-at-its-end', {
    row: 43,
    title: 'a branch whose first commit jumps over a stage and whose second brings what lacks, landed commit by commit',
    code: 'event/refused',
    exit: 22,
    attacker: 'maintainer',
    propose: async (forge) => {
      await then(forge, newEvidence(forge, PACKED));
      const [released, staged] = [await release(forge, PACKED), await newEvent(forge, 'promote', PACKED)];
      await series(forge, [() => released, () => staged]);
    },
  }),
  gateAttack('there-and-not-back', {
    row: 44,
    title: 'a branch that brings a revocation and takes it away again, landed commit by commit',
    code: 'history/event-removed',
    exit: 24,
    attacker: 'maintainer',
    propose: async (forge) => {
      const revocation = await newEvent(forge, 'revoke', M1);
      const gone = Object.fromEntries(Object.keys(revocation).map((path) => [path, null]));
      await series(forge, [() => revocation, () => gone]);
    },
  }),
  gateAttack('evidence-there-and-not-back', {
    row: 44,
    title: 'a branch whose evidence lets a promotion in and is deleted by its last commit',
    code: 'history/evidence-removed',
    exit: 24,
    attacker: 'maintainer',
    propose: async (forge) => {
      const found = await newEvidence(forge, WORDS);
      const event = await release(forge, WORDS);
      const gone = Object.fromEntries(Object.keys(found).map((path) => [path, null]));
      await series(forge, [() => ({ ...found, ...event }), () => gone]);
    },
  }),
  gateAttack('merged-from-aside', {
    row: 44,
    title: 'a merge in the change brings an event from aside that somebody took out again on the way',
    code: 'history/event-removed',
    exit: 24,
    attacker: 'maintainer',
    propose: async (forge) => {
      const main = forge.head();
      const revocation = await newEvent(forge, 'revoke', M1);
      const side = await forge.commit(revocation, { parents: [main], ref: null });
      const one = await forge.commit({ 'README.md': 'x\n' }, { parents: [main], ref: null });
      forge.setRef('refs/heads/target', main);
      await forge.commit({}, { parents: [one, side], ref: 'refs/heads/change' });
    },
  }),
  gateAttack('object-taken-away', {
    row: 9,
    title: 'an object of a version in effect is taken away',
    code: 'object/missing',
    exit: 32,
    propose: (forge) => proposes(forge, { [forge.objectPath(M1)]: null }),
  }),
  gateAttack('object-replaced', {
    row: 1,
    title: 'an object of a version in effect becomes another one',
    code: 'object/missing',
    exit: 32,
    propose: (forge) => proposes(forge, { [forge.objectPath(M1)]: 'no container\n' }),
  }),
  gateAttack('too-many-files', {
    row: 84,
    title: 'more files than anybody looks at',
    code: 'document/too-large',
    exit: 23,
    propose: async (forge) => {
      const blob = forge.objects.put('blob', utf8('x'));
      let tree = forge.objects.rawTree([{ mode: '100644', name: 'x', oid: blob }]);
      for (let depth = 0; depth < 10; depth++) {
        const level = tree;
        tree = forge.objects.rawTree(
          Array.from({ length: 10 }, (_, i) => ({ mode: '40000', name: `a${i}`, oid: level })),
        );
      }
      await proposes(forge, { 'model/big': { mode: '40000', oid: tree } });
    },
  }),
];
