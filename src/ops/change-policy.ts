/**
 * The one way in which a policy is changed: edit the text, judge what it would take, sign, commit. Where the signer alone
 * is not enough, the new policy goes to a branch `policy/VERSION` and waits there for the others.
 */
import { join } from 'node:path';
import { equalBytes, fromUtf8, utf8 } from '../bytes/text.js';
import { allowedSignersOf } from '../checks/check-allowed-signers.js';
import { formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import { POLICY_SIGNATURES } from '../history/judge-policy.js';
import { readSignatures } from '../history/judge-signatures.js';
import { type LoadedPolicy, loadPolicy } from '../history/load-policy.js';
import { policyMessage } from '../history/message.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { ALLOWED_SIGNERS_PATH, POLICY_PATH, policySignaturePath } from '../manifest/layout-of-registry.js';
import { editPolicy, type PolicyEdit } from '../registry/edit-policy.js';
import { lintPolicy } from '../registry/lint-policy.js';
import { readFileBounded } from '../store/read-file.js';
import { type CommitPlan, commitChanges, reopened } from './commit-changes.js';
import { commitToBranch } from './commit-to-branch.js';
import { type LoadedState, loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, type PrincipalSigner, personOf } from './open-signer.js';
import { type PolicyDifference, policyDifference } from './policy-difference.js';
import { countsUnder, isEnough, isInBoth, type PolicySignatures, policySignatures } from './policy-signatures.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { withRegistryLock } from './registry-lock.js';

/** Of a file somebody may have filled with anything; the reader of policies has a limit of its own. */
const FILE_LIMIT = 16 * 1024 * 1024;

export interface PolicyPlan {
  readonly edit: PolicyEdit;
  /** For the commit message and for people: `add bo to owner`. */
  readonly what: string;
}

export interface PolicyChange {
  /** What was done, such as `add bo to owner`. */
  readonly what: string;
  /** Nothing was written: it is what would be. */
  readonly dryRun: boolean;
  readonly version: number;
  readonly digest: string;
  /** `in-force`: it has signatures enough, and is in force once it is on the registry branch. `waiting`: others have to sign. */
  readonly state: 'in-force' | 'waiting';
  /** Null where nothing had to be written. */
  readonly commit: string | null;
  /** The branch it waits on, as far as it is not the one that is checked out. */
  readonly branch: string | null;
  readonly signatures: readonly PolicySignatures[];
  /** What the new policy says that cannot be meant. */
  readonly warnings: readonly string[];
  /** How the new policy differs from the one in force. */
  readonly difference: PolicyDifference;
}

export interface PolicyOptions {
  /** Tell what would be; write nothing, sign nothing. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Throws what the plan does, `key/*`, `policy/denied`, `policy/invalid`, `policy/unsigned` over one that waits here,
 * `worktree/differs` over an edit of the file, `git/ref-invalid` where its branch exists, `git/unsupported` in a bare
 * repository.
 */
export async function changePolicy(
  registry: Registry,
  plan: (loaded: LoadedState, now: Registry) => PolicyPlan | Promise<PolicyPlan>,
  { dryRun = false }: PolicyOptions = {},
): Promise<{ readonly change: PolicyChange; readonly next: LoadedPolicy }> {
  refuseReadOnly(registry);
  const attempt = async () => {
    const now = reopened(registry);
    const loaded = await loadState(now);
    const { policy } = loaded;
    const { edit, what } = await plan(loaded, now);
    const bytes = utf8(editPolicy(fromUtf8(policy.bytes), edit, policy.digest));
    const next = loadPolicy(bytes, now.engines);
    const { environment, repository, engines } = now;
    const isBest = (raw: Uint8Array) => isInBoth(policy, next, raw);
    const signer = await openPrincipalSigner(environment, repository.config, engines, policy, isBest);
    await refuseEdited(now, loaded, bytes);
    return { change: await landPolicy(now, policy, next, signer, { what, dryRun }), next };
  };
  return dryRun ? attempt() : withRegistryLock(registry, attempt);
}

/** Commits a policy that nobody has signed yet, with the signature of one; on a branch where that is not enough. */
export async function landPolicy(
  registry: Registry,
  before: LoadedPolicy,
  next: LoadedPolicy,
  signer: PrincipalSigner,
  { what, dryRun, stays = false }: { readonly what: string; readonly dryRun: boolean; readonly stays?: boolean },
): Promise<PolicyChange> {
  const { environment, repository, reader, head } = registry;
  const { principal } = signer;
  const signersUnder = (judge: LoadedPolicy) => new Set(countsUnder(judge, signer) ? [principal] : []);
  const signatures = policySignatures(before, next, signersUnder, principal);
  refuseHopeless(signer, next, signatures);
  const enough = isEnough(signatures);
  const { version } = next.policy;
  const branch = enough || stays ? null : `policy/${version}`;
  if (branch !== null) refuseTaken(registry, branch);
  const state = enough ? ('in-force' as const) : ('waiting' as const);
  const about = { what, dryRun, state, branch, signatures };
  if (dryRun) return describeChange(registry, before, next, { ...about, commit: null });
  const tree = await registryTreeAt(registry, head);
  const old = tree === undefined ? [] : (await readSignatures(reader, tree, POLICY_SIGNATURES)).files;
  const files = new Map<string, Uint8Array | null>([
    // Signatures are over one version of the file: those of the version before go with it.
    ...old.map(({ path }) => [path, null] as const),
    [POLICY_PATH, next.bytes],
    [policySignaturePath(principal), utf8(await signer.sign('at1-policy', next.bytes))],
    // Stock git believes it, so it follows the policy in force.
    ...(enough ? [[ALLOWED_SIGNERS_PATH, allowedSignersOf(next)] as const] : []),
  ]);
  const author = personOf(environment, repository.config, principal);
  const commit: CommitPlan = { files, objects: [], message: policyMessage(version, what), author, signer };
  const place = { branch: branch ?? '', onto: head, expected: undefined };
  const done =
    branch === null ? (await commitChanges(registry, commit)).commit : await commitToBranch(registry, place, commit);
  return describeChange(registry, before, next, { ...about, commit: done });
}

export function describeChange(
  { engines }: Pick<Registry, 'engines'>,
  before: LoadedPolicy,
  next: LoadedPolicy,
  done: Omit<PolicyChange, 'version' | 'digest' | 'warnings' | 'difference'>,
): PolicyChange {
  const { what, dryRun, state, commit, branch, signatures } = done;
  const warnings = lintPolicy(next.policy).map(({ message }) => message);
  const difference = policyDifference(before, next, engines);
  const [{ version }, digest] = [next.policy, formatDigest(next.digest)];
  return { what, dryRun, version, digest, state, commit, branch, signatures, warnings, difference };
}

function refuseTaken({ refs }: Registry, branch: string): void {
  if (refs.resolve(`refs/heads/${branch}`) === undefined) return;
  throw new At1Error('git/ref-invalid', {
    message: `the branch ${branch} is there already`,
    hint: `another change of the policy waits there: get it signed, or give it up with git branch -D ${branch}`,
  });
}

/** What could never be accepted is not written in the first place. */
function refuseHopeless(
  { principal }: PrincipalSigner,
  next: LoadedPolicy,
  signatures: readonly PolicySignatures[],
): void {
  for (const { policy, rule } of signatures) {
    if (rule !== null) continue;
    throw new At1Error('policy/denied', {
      message: `no rule of the ${policy === 'new' ? 'new policy' : 'policy'} says who may change it`,
      hint: 'there has to be one for the action policy and the artifacts "*"',
    });
  }
  if (signatures.every(({ have }) => have === 0)) {
    throw new At1Error('policy/denied', {
      message: `${principal} may not change the policy`,
      hint: 'at1 policy show tells who may',
    });
  }
  if (signatures.every(({ needs, have, missing }) => have + missing.length >= needs)) return;
  // There are as many members as a rule asks for, so it is the key: one file holds the signature of one person.
  const left = next.policy.principals.has(principal);
  throw new At1Error('policy/denied', {
    message: `the key that signs this would not count under the new policy, which asks for ${principal}`,
    hint: left
      ? `first add another key (at1 policy rotate ${principal} KEY --add), then do this with that one (--key FILE)`
      : 'let somebody do it whom the new policy lists',
  });
}

/**
 * People edit this file by hand; what they have not committed must not be written over. `next` is what a run of the same
 * command may have left that was stopped.
 */
async function refuseEdited(registry: Registry, { state, policy }: LoadedState, next: Uint8Array): Promise<void> {
  const tree = await registryTreeAt(registry, registry.head);
  const committed = tree === undefined ? undefined : await findEntry(registry.reader, tree, POLICY_PATH);
  if (committed?.oid !== state.policy.blob) {
    throw new At1Error('policy/unsigned', {
      message: 'the policy that is committed here is not in force',
      hint: 'at1 policy check tells why; at1 policy sign adds your signature',
    });
  }
  const here = await readWorkingPolicy(registry);
  if (here === undefined || equalBytes(here, policy.bytes) || equalBytes(here, next)) return;
  throw new At1Error('worktree/differs', {
    message: `${POLICY_PATH} has changes that are not committed`,
    hint: `commit them with their signature (at1 policy sign), or undo them: git checkout -- ${POLICY_PATH}`,
  });
}

/** The file as it lies in the work tree; undefined where there is none. */
export async function readWorkingPolicy({ root }: Registry): Promise<Uint8Array | undefined> {
  return readFileBounded(join(root, ...POLICY_PATH.split('/')), FILE_LIMIT);
}
