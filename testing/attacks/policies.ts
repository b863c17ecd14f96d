/** Attacks on the policy and on what a registry says of itself: rolled back, replaced, changed without the right. */
import { utf8 } from '../../src/bytes/text.js';
import { digestOf } from '../../src/digest/digest.js';
import type { ErrorCode } from '../../src/errors.js';
import { parseOid } from '../../src/git-format/oid.js';
import { readPolicy, writePolicy } from '../../src/manifest/documents.js';
import { ALLOWED_SIGNERS_PATH, CONFIG_PATH, POLICY_PATH } from '../../src/manifest/layout-of-registry.js';
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Changes, Forge } from '../forge.js';
import type { TestKey } from '../keys.js';
import { newVersion } from '../new-version.js';
import { OTHER_REGISTRY } from '../places.js';

const NEW = 'model/m@9.0.0';
const GET_NEW = ['get', NEW, '-o', '../out'];

interface PolicyAttack {
  readonly id: string;
  readonly row: number;
  readonly title: string;
  readonly code: ErrorCode;
  readonly exit: number;
  forge(forge: Forge): Promise<unknown> | unknown;
}

/** The policy before it stays in force, and whom the new one would let in is not believed. */
function policyAttack({ id, row, title, code, exit, forge: act }: PolicyAttack): Attack {
  return defineAttack({
    id: `policy/${id}`,
    row,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], code, exit), refuses(GET_NEW, 'signature/unknown-key', 21)],
    forge: async (forge) => {
      await act(forge);
      await forge.commit(await newVersion(forge, NEW, { keys: [forge.keys.eve] }));
    },
  });
}

/** A next policy in which eve may do everything. */
function letEveIn(forge: Forge, signers: readonly TestKey[]): Promise<Changes> {
  return forge.policy(
    (policy) => ({
      ...policy,
      principals: { ...policy.principals, eve: { keys: [forge.keys.eve.line] } },
      roles: { ...policy.roles, owner: ['ana', 'eve'] },
    }),
    signers,
  );
}

/** Bytes of a file in an older commit. */
function fileAt(forge: Forge, commit: string, path: string): string {
  return `${forge.git('show', `${commit}:${path}`)}\n`;
}

/** A registry that eve began, with the id of the attacked one. */
async function beginning(forge: Forge, version: number): Promise<Changes> {
  const { eve } = forge.keys;
  const { document } = readPolicy(forge.read(POLICY_PATH));
  const { previous: _, ...first } = document;
  const bytes = writePolicy({
    ...first,
    version,
    ...(version === 1 ? {} : { previous: `sha256:${digestOf(forge.engines.sha256(forge.read(POLICY_PATH)))}` }),
    principals: { eve: { keys: [eve.line] } },
    roles: { owner: ['eve'] },
    rules: [{ artifacts: ['*'], actions: ['*'], role: 'owner', threshold: 1 }],
  });
  return { [CONFIG_PATH]: forge.read(CONFIG_PATH), ...(await forge.signed(POLICY_PATH, bytes, [eve], 'at1-policy')) };
}

const EMPTY_TREE = (forge: Forge) => forge.objects.tree(new Map());

export const policies: readonly Attack[] = [
  policyAttack({
    id: 'signed-by-a-stranger',
    row: 48,
    title: 'a next policy that a stranger wrote and signed',
    code: 'policy/unsigned',
    exit: 21,
    forge: async (forge) => forge.commit(await letEveIn(forge, [forge.keys.eve])),
  }),
  policyAttack({
    id: 'signed-by-a-publisher',
    row: 48,
    title: 'a next policy signed by people who may register and not change it',
    code: 'policy/unsigned',
    exit: 21,
    forge: async (forge) => forge.commit(await letEveIn(forge, [forge.keys.bo, forge.keys.carol])),
  }),
  policyAttack({
    id: 'unsigned',
    row: 48,
    title: 'a next policy that nobody signed',
    code: 'policy/unsigned',
    exit: 21,
    forge: async (forge) => forge.commit(await letEveIn(forge, [])),
  }),
  policyAttack({
    id: 'edited-in-place',
    row: 48,
    title: 'the policy in force with another key, under the signature it had',
    code: 'history/policy-rollback',
    exit: 24,
    forge: async (forge) => {
      const { document } = readPolicy(forge.read(POLICY_PATH));
      const bytes = writePolicy({
        ...document,
        principals: { ...document.principals, ana: { keys: [forge.keys.eve.line] } },
      });
      await forge.commit({ [POLICY_PATH]: bytes });
    },
  }),
  policyAttack({
    id: 'rolled-back',
    row: 47,
    title: 'an older policy put back with its genuine signature',
    code: 'history/policy-rollback',
    exit: 24,
    forge: async (forge) => {
      const signature = '.at1/policy/policy.sig/ana.sig';
      const first = forge.git('rev-list', '--max-parents=0', 'HEAD');
      await forge.commit({
        [POLICY_PATH]: fileAt(forge, first, POLICY_PATH),
        [signature]: fileAt(forge, first, signature),
        [ALLOWED_SIGNERS_PATH]: fileAt(forge, first, ALLOWED_SIGNERS_PATH),
      });
    },
  }),
  policyAttack({
    id: 'rolled-back-by-a-branch',
    row: 47,
    title: 'a genuine policy beside the one in force, which follows the same one before it',
    code: 'history/policy-rollback',
    exit: 24,
    forge: async (forge) => {
      const rival = await forge.policy((policy) => ({
        ...policy,
        roles: { ...policy.roles, publisher: ['ana', 'bo'] },
      }));
      await forge.commit(
        await forge.policy((policy) => ({ ...policy, roles: { ...policy.roles, publisher: ['ana', 'carol'] } })),
      );
      await forge.commit(rival);
    },
  }),
  defineAttack({
    id: 'policy/another-line',
    row: 47,
    title:
      'a second line of policies by somebody who could once sign one alone, into which the first is merged with what it revoked',
    attacker: 'maintainer',
    refused: [
      refuses(['verify'], 'history/revocation-dropped', 24),
      refuses(['gate', '--base', 'target', '--head', 'change'], 'history/policy-rollback', 24),
    ],
    forge: async (forge) => {
      const before = forge.head();
      const revoked = [{ key: forge.keys.bo.line, cutoff: before, reason: 'stolen' }];
      const agreed = await forge.policy((policy) => ({ ...policy, revoked }));
      const another = await forge.policy((policy) => ({
        ...policy,
        roles: { ...policy.roles, publisher: ['ana', 'carol'] },
      }));
      const main = await forge.commit(agreed, { ref: null });
      const side = await forge.commit(another, { parents: [before], ref: null });
      forge.setRef('refs/heads/target', main);
      const tree = parseOid(forge.git('rev-parse', `${side}^{tree}`));
      forge.setRef('refs/heads/change', await forge.commit({}, { parents: [side, main], tree }));
    },
  }),
  policyAttack({
    id: 'skips-the-chain',
    row: 47,
    title: 'a signed policy of a higher number that does not follow the one in force',
    code: 'history/policy-chain',
    exit: 24,
    forge: async (forge) => {
      const changes = await forge.policy((policy) => ({
        ...policy,
        version: policy.version + 5,
        previous: `sha256:${'0'.repeat(64)}`,
        principals: { ...policy.principals, eve: { keys: [forge.keys.eve.line] } },
      }));
      await forge.commit(changes);
    },
  }),
  policyAttack({
    id: 'of-another-registry',
    row: 47,
    title: 'a policy of another registry of the same people',
    code: 'manifest/other-registry',
    exit: 21,
    forge: async (forge) => forge.commit(await forge.policy((policy) => ({ ...policy, registry: OTHER_REGISTRY }))),
  }),
  policyAttack({
    id: 'with-the-version-it-allows',
    row: 46,
    title: 'a policy signed by those it lets in, in one commit with their version',
    code: 'policy/unsigned',
    exit: 21,
    forge: async (forge) => {
      const { eve } = forge.keys;
      const version = await newVersion(forge, 'model/m@8.0.0', { keys: [eve] });
      await forge.commit({ ...(await letEveIn(forge, [eve])), ...version }, { key: eve });
    },
  }),
  policyAttack({
    id: 'a-link',
    row: 53,
    title: 'a symbolic link where the policy stands',
    code: 'policy/invalid',
    exit: 20,
    forge: async (forge) => {
      const oid = forge.objects.put('blob', utf8('../../at1.toml'));
      await forge.commit({ [POLICY_PATH]: { mode: '120000', oid } });
    },
  }),
  policyAttack({
    id: 'a-gitlink',
    row: 53,
    title: 'a submodule where the policy stands',
    code: 'policy/invalid',
    exit: 20,
    forge: async (forge) => forge.commit({ [POLICY_PATH]: { mode: '160000', oid: forge.head() } }, { checkout: false }),
  }),
  defineAttack({
    id: 'policy/removed',
    row: 47,
    title: 'the policy is taken away',
    attacker: 'contributor',
    refused: [
      refuses(['verify'], 'history/policy-removed', 24),
      refuses(['get', 'model/m@1.0.0', '-o', '../out'], 'history/policy-removed', 24),
    ],
    forge: async (forge) => {
      await forge.commit({ [POLICY_PATH]: null });
    },
  }),
  defineAttack({
    id: 'policy/allowed-signers-edited',
    row: 48,
    title: 'a stranger in the file that stock git believes',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'policy/allowed-signers', 21)],
    harmless: [['get', 'model/m@1.0.0', '-o', '../out']],
    forge: async (forge) => {
      const added = `ana namespaces="git,at1-manifest" ${forge.keys.eve.line}\n`;
      await forge.commit({ [ALLOWED_SIGNERS_PATH]: forge.text(ALLOWED_SIGNERS_PATH) + added });
      forge.git('reset', '--quiet', '--soft', 'HEAD');
    },
  }),
  defineAttack({
    id: 'policy/signature-removed',
    row: 47,
    title: 'the signature of the policy in force is taken away',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'history/signature-changed', 24)],
    forge: async (forge) => {
      await forge.commit({ '.at1/policy/policy.sig/ana.sig': null });
    },
  }),
  defineAttack({
    id: 'root/other-id',
    row: 50,
    title: 'the registry says it is another one',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'history/registry-changed', 24)],
    forge: async (forge) => {
      const config = forge.text(CONFIG_PATH).replace(forge.registryId(), OTHER_REGISTRY);
      await forge.commit({ [CONFIG_PATH]: config });
    },
  }),
  defineAttack({
    id: 'root/removed',
    row: 50,
    title: 'the whole registry is taken away and put back with other bytes for a version',
    attacker: 'maintainer',
    refused: [
      refuses(['verify'], 'history/manifest-changed', 24),
      refuses(['get', 'model/m@1.0.0', '-o', '../out'], 'history/manifest-removed', 24),
    ],
    forge: async (forge) => {
      const all = forge.filesAt();
      const version = await newVersion(forge, 'model/m@1.0.0', { content: 'other bytes' });
      await forge.commit({}, { tree: EMPTY_TREE(forge), checkout: false });
      await forge.commit({ ...Object.fromEntries(all), ...version });
    },
  }),
  defineAttack({
    id: 'root/replaced',
    row: 50,
    title: 'another beginning under the same id, for somebody who knows the true one',
    attacker: 'forge',
    client: 'returning',
    refused: [
      refuses(['verify'], 'trust/root-changed', 24),
      refuses(['list'], 'trust/root-changed', 21),
      refuses(GET_NEW, 'trust/root-changed', 21),
    ],
    forge: async (forge) => {
      const version = await newVersion(forge, NEW, { keys: [forge.keys.eve] });
      const root = await forge.commit(await beginning(forge, 1), { parents: [], key: forge.keys.eve, ref: null });
      await forge.commit(version, { parents: [root], key: forge.keys.eve });
    },
  }),
  defineAttack({
    id: 'root/cut-off',
    row: 50,
    title: 'another beginning, cut off so that nobody sees it: a shallow clone',
    attacker: 'forge',
    client: 'returning',
    refused: [refuses(['verify'], 'trust/root-changed', 24), refuses(GET_NEW, 'trust/root-changed', 21)],
    forge: async (forge) => {
      const version = await newVersion(forge, NEW, { keys: [forge.keys.eve] });
      const root = await forge.commit(await beginning(forge, 2), {
        parents: [parseOid(`${'1'.repeat(40)}`)],
        tree: forge.objects.tree(new Map()),
        ref: null,
      });
      const start = await forge.commit(await beginning(forge, 2), { parents: [], ref: null });
      const cut = await forge.commit(
        {},
        { parents: [root], tree: parseOid(forge.git('rev-parse', `${start}^{tree}`)), ref: null },
      );
      forge.write('.git/shallow', `${cut}\n`);
      await forge.commit(version, { parents: [cut], key: forge.keys.eve });
    },
  }),
  defineAttack({
    id: 'root/second',
    row: 50,
    title: 'a second beginning merged in, with a policy of a higher number',
    attacker: 'contributor',
    refused: [refuses(['verify'], 'signature/unknown-key', 21), refuses(GET_NEW, 'signature/unknown-key', 21)],
    forge: async (forge) => {
      const main = forge.head();
      const version = await newVersion(forge, NEW, { keys: [forge.keys.eve] });
      const second = await forge.commit(await beginning(forge, 3), { parents: [], key: forge.keys.eve, ref: null });
      await forge.commit(version, { parents: [main, second], key: forge.keys.eve });
    },
  }),
];
