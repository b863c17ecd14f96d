/**
 * Adds a signature to a policy that waits: on a branch, without checking it out, or in the work tree, where somebody may
 * have edited it by hand. The signature that completes it also brings what stock git believes.
 */
import { equalBytes, utf8 } from '../bytes/text.js';
import { allowedSignersOf } from '../checks/check-allowed-signers.js';
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { isValidBranchName } from '../git-format/ref-name.js';
import { checkChain, POLICY_SIGNATURES, policyAt } from '../history/judge-policy.js';
import { judgeSignatures, readSignatures, type SignatureFile } from '../history/judge-signatures.js';
import { type LoadedPolicy, loadPolicy } from '../history/load-policy.js';
import { policySignedMessage } from '../history/message.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { ALLOWED_SIGNERS_PATH, policySignaturePath } from '../manifest/layout-of-registry.js';
import {
  describeChange,
  landPolicy,
  type PolicyChange,
  type PolicyOptions,
  readWorkingPolicy,
} from './change-policy.js';
import { commitChanges, reopened } from './commit-changes.js';
import { commitToBranch } from './commit-to-branch.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, type PrincipalSigner, personOf } from './open-signer.js';
import { type PolicyDifference, policyDifference } from './policy-difference.js';
import { countsUnder, isEnough, isInBoth, policySignatures } from './policy-signatures.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { withRegistryLock } from './registry-lock.js';

/** Where a policy waits, and between which policies. */
interface Waiting {
  readonly before: LoadedPolicy;
  readonly next: LoadedPolicy;
  readonly files: readonly SignatureFile[];
  /** Undefined: it is the branch that is checked out. */
  readonly elsewhere: { readonly branch: string; readonly onto: Oid; readonly expected: Oid | undefined } | undefined;
  /** In the work tree alone. */
  readonly uncommitted: boolean;
}

export interface SignPolicyOptions extends PolicyOptions {
  /** Called once, before anything is signed, with what the policy changes. */
  readonly onReview?: ((difference: PolicyDifference) => void) | undefined;
}

/**
 * Without a branch: the policy of the work tree. Throws `artifact/not-found` where none waits, `git/ref-invalid`,
 * `history/*` or `manifest/other-registry` for one that does not follow the policy in force, `key/*`, `policy/*`.
 */
export async function signPolicy(
  registry: Registry,
  branch?: string,
  options: SignPolicyOptions = {},
): Promise<PolicyChange> {
  refuseReadOnly(registry);
  const { dryRun = false, onReview } = options;
  const attempt = async (): Promise<PolicyChange> => {
    const now = reopened(registry);
    const isHere = branch === undefined || now.refs.head().ref === `refs/heads/${branch}`;
    const waiting = isHere ? await waitingHere(now) : await waitingOn(now, branch);
    const { before, next } = waiting;
    refuseStray(now, waiting);
    onReview?.(policyDifference(before, next, now.engines));
    const { environment, repository, engines } = now;
    const owners = new Map([...next.owners, ...before.owners]);
    const isBest = (raw: Uint8Array) => isInBoth(before, next, raw);
    const signer = await openPrincipalSigner(environment, repository.config, engines, { ...before, owners }, isBest);
    if (!waiting.uncommitted) return addSignature(now, waiting, signer, dryRun);
    const stays = now.refs.head().ref !== `refs/heads/${now.config.branch}`;
    return landPolicy(now, before, next, signer, { what: `signed by ${signer.principal}`, dryRun, stays });
  };
  return dryRun ? attempt() : withRegistryLock(registry, attempt);
}

async function waitingHere(registry: Registry): Promise<Waiting> {
  const { policy: before } = await loadState(registry);
  const bytes = await readWorkingPolicy(registry);
  if (bytes === undefined || equalBytes(bytes, before.bytes)) throw nothingWaits('here', before);
  const next = loadPolicy(bytes, registry.engines);
  const tree = await registryTreeAt(registry, registry.head);
  const committed = tree === undefined ? undefined : await readPolicyAt(registry, tree);
  const uncommitted = committed?.digest !== next.digest;
  const files = tree === undefined || uncommitted ? [] : await signatureFiles(registry, tree);
  return { before, next, files, elsewhere: undefined, uncommitted };
}

/** A branch that was only fetched is made here, upon what was fetched. */
async function waitingOn(registry: Registry, branch: string): Promise<Waiting> {
  const { refs, config, repository } = registry;
  const known = isValidBranchName(branch);
  const expected = known ? refs.resolve(`refs/heads/${branch}`) : undefined;
  const remotes = known
    ? repository.config.subsections('remote').map((remote) => `refs/remotes/${remote}/${branch}`)
    : [];
  const onto = expected ?? remotes.map((name) => refs.resolve(name)).find((oid) => oid !== undefined);
  if (onto === undefined) {
    throw new At1Error('artifact/not-found', {
      message: `there is no branch ${branch.slice(0, 80)}`,
      hint: 'git fetch brings the branches of others; git branch --all lists them',
    });
  }
  const { policy: before, state: there } = await loadState(registry, { tip: onto });
  const tree = await registryTreeAt(registry, onto);
  const next = tree === undefined ? undefined : await readPolicyAt(registry, tree);
  if (tree === undefined || next === undefined || next.digest === before.digest) {
    throw nothingWaits(`on ${branch}`, before);
  }
  const { policy: current, state: here } = await loadState(registry);
  if (there.root.policy !== here.root.policy) {
    throw new At1Error('trust/root-changed', {
      message: `${branch} has another beginning: its root policy is sha256:${there.root.policy}`,
      hint: 'it is no branch of this registry: do not sign it',
    });
  }
  // It may have been made before another change of the policy landed.
  if (current.policy.version > before.policy.version) {
    const stale = checkChain(next, current, config.id);
    if (stale !== undefined) throw new At1Error(stale.code, { message: stale.message, hint: OUTDATED });
  }
  return {
    before,
    next,
    files: await signatureFiles(registry, tree),
    elsewhere: { branch, onto, expected },
    uncommitted: false,
  };
}

const OUTDATED = 'another change landed meanwhile: make this one again upon it';

async function readPolicyAt({ reader, engines }: Registry, tree: Oid): Promise<LoadedPolicy | undefined> {
  return (await policyAt(reader, tree, engines))?.loaded;
}

async function signatureFiles({ reader }: Registry, tree: Oid): Promise<readonly SignatureFile[]> {
  return (await readSignatures(reader, tree, POLICY_SIGNATURES)).files;
}

function nothingWaits(where: string, { policy }: LoadedPolicy): At1Error {
  return new At1Error('artifact/not-found', {
    message: `no policy waits for signatures ${where}: policy ${policy.version} is in force`,
    hint: 'name the branch it is on: at1 policy sign policy/VERSION',
  });
}

/** Nobody is asked to sign what could not be accepted anyhow. */
function refuseStray({ config }: Registry, { before, next }: Waiting): void {
  const problem = checkChain(next, before, config.id);
  if (problem === undefined) return;
  throw new At1Error(problem.code, { message: problem.message, hint: 'at1 policy check tells what it has to say' });
}

async function addSignature(
  registry: Registry,
  { before, next, files: signed, elsewhere }: Waiting,
  signer: PrincipalSigner,
  dryRun: boolean,
): Promise<PolicyChange> {
  const { principal } = signer;
  const there = (judge: LoadedPolicy) =>
    judgeSignatures(signed, 'at1-policy', next.bytes, judge, registry.engines).principals;
  const judges = [before, next];
  const isThere = judges.some((judge) => there(judge).has(principal));
  // One file holds the signature of one person: another one takes its place.
  const after = (judge: LoadedPolicy) =>
    new Set([...there(judge)].filter((name) => name !== principal).concat(countsUnder(judge, signer) ? principal : []));
  const adds = judges.some((judge) => after(judge).size > there(judge).size);
  const signatures = policySignatures(before, next, adds ? after : there);
  const what = `policy ${next.policy.version} is signed by ${principal}`;
  const state = isEnough(signatures) ? ('in-force' as const) : ('waiting' as const);
  const branch = elsewhere?.branch ?? null;
  const about = { what, dryRun, state, branch, signatures };
  if (!adds && isThere) return describeChange(registry, before, next, { ...about, commit: null });
  if (judges.some((judge) => after(judge).size < there(judge).size)) {
    throw new At1Error('policy/denied', {
      message: `${principal} has signed with another key, whose signature would be lost`,
      hint: 'sign with that key (--key FILE), or let somebody else sign',
    });
  }
  if (!signatures.some(({ signers }) => signers.includes(principal))) {
    throw new At1Error('policy/denied', {
      message: `${principal} may not change the policy`,
      hint: 'at1 policy show tells who may',
    });
  }
  if (dryRun) return describeChange(registry, before, next, { ...about, commit: null });
  const plan = {
    files: new Map([
      [policySignaturePath(principal), utf8(await signer.sign('at1-policy', next.bytes))],
      ...(state === 'in-force' ? [[ALLOWED_SIGNERS_PATH, allowedSignersOf(next)] as const] : []),
    ]),
    objects: [],
    message: policySignedMessage(next.policy.version, principal),
    author: personOf(registry.environment, registry.repository.config, principal),
    signer,
  };
  const commit =
    elsewhere === undefined
      ? (await commitChanges(registry, plan)).commit
      : await commitToBranch(registry, elsewhere, plan);
  return describeChange(registry, before, next, { ...about, commit });
}
