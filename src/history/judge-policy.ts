/**
 * One policy file against the one before it: version strictly greater, chained by digest, signed by a threshold of the
 * old policy and of the new (the rule of TUF roots). A first policy must be signed by itself.
 */
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import type { TreeEntry } from '../git-format/tree.js';
import { POLICY_PATH } from '../manifest/layout-of-registry.js';
import type { PrincipalName } from '../manifest/name.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { decide } from '../registry/policy.js';
import { type JudgedSignatures, judgeSignatures, readSignatures } from './judge-signatures.js';
import { type LoadedPolicy, loadPolicyBlob } from './load-policy.js';

/** All that a policy is judged by: two registry trees that hold the same of it hold the same policy. */
const POLICY_FOLDER = '.at1/policy';

export const POLICY_SIGNATURES = '.at1/policy/policy.sig';

export type JudgedPolicy =
  | { readonly accepted: FoundPolicy; readonly findings: readonly Finding[] }
  /** Never without a reason. */
  | { readonly accepted: undefined; readonly findings: readonly [...Finding[], Finding] };

export interface FoundPolicy {
  readonly loaded: LoadedPolicy;
  readonly blob: Oid;
}

/** The document, the folder of its signatures (or a file in its place), and what is in there. */
export function isOfPolicy(path: string): boolean {
  return path === POLICY_PATH || path === POLICY_SIGNATURES || path.startsWith(`${POLICY_SIGNATURES}/`);
}

/**
 * What is wrong with a policy that was read; whatever else comes is thrown on. Nobody can judge without a policy that is
 * not there: the one before would let in whom it dropped.
 */
export function policyProblem(error: unknown): At1Error {
  if (error instanceof At1Error && error.code !== 'git/object-missing') return error;
  throw error;
}

/** The policy file of a registry tree, and the folder of all that it is judged by; undefined where there is none. */
export async function findPolicy(
  reader: ObjectReader,
  tree: Oid,
): Promise<{ readonly folder: Oid; readonly entry: TreeEntry } | undefined> {
  const folder = await findEntry(reader, tree, POLICY_FOLDER);
  const entry = folder && (await findEntry(reader, tree, POLICY_PATH));
  return folder === undefined || entry === undefined ? undefined : { folder: folder.oid, entry };
}

/** Reads and loads the policy of a registry tree, with its signatures unchecked; undefined where there is none. */
export async function policyAt(reader: ObjectReader, tree: Oid, engines: Engines): Promise<FoundPolicy | undefined> {
  const entry = await findEntry(reader, tree, POLICY_PATH);
  return entry === undefined ? undefined : policyOf(reader, entry, engines);
}

export async function policyOf(reader: ObjectReader, entry: TreeEntry, engines: Engines): Promise<FoundPolicy> {
  if (entry.mode !== '100644') throw new At1Error('policy/invalid', { message: `${POLICY_PATH} is not a plain file` });
  return { loaded: await loadPolicyBlob(reader, entry.oid, engines), blob: entry.oid };
}

/** Judges the policy at `tree`, which follows `before` (undefined for the registry's first policy). */
export async function judgePolicy(
  reader: ObjectReader,
  tree: Oid,
  before: LoadedPolicy | undefined,
  registry: string,
  engines: Engines,
): Promise<JudgedPolicy> {
  const refuse = (found: Finding): JudgedPolicy => ({ accepted: undefined, findings: [found] });
  let next: Awaited<ReturnType<typeof policyAt>>;
  try {
    next = await policyAt(reader, tree, engines);
  } catch (error) {
    return refuse(findingOf(policyProblem(error), POLICY_PATH));
  }
  if (next === undefined) return refuse(finding('error', 'history/policy-removed', POLICY_PATH, 'the policy is gone'));
  const { policy, bytes } = next.loaded;
  const chain = checkChain(next.loaded, before, registry);
  if (chain !== undefined) return refuse(chain);
  const { files, problems } = await readSignatures(reader, tree, POLICY_SIGNATURES);
  const judges = before === undefined ? [next.loaded] : [before, next.loaded];
  const judged = judges.map((judge) => ({ judge, ...judgeSignatures(files, 'at1-policy', bytes, judge, engines) }));
  const findings = [...problems, ...sharedProblems(judged)];
  for (const { judge, principals } of judged) {
    const decision = decide(judge.policy, 'policy', undefined, principals);
    if (decision.kind === 'allowed') continue;
    const unsigned = finding(
      'error',
      'policy/unsigned',
      POLICY_PATH,
      `policy ${policy.version} is not signed by enough of the people ${judge === before ? 'of the policy before it' : 'it names'}`,
    );
    return { accepted: undefined, findings: [...findings, unsigned] };
  }
  return { accepted: next, findings };
}

/**
 * Whether `judgePolicy` accepts the policy at `tree`, without a look at signatures that cannot count: on a side there may
 * be as many of them, and of policies, as somebody without a key likes.
 */
export async function isAccepted(
  reader: ObjectReader,
  tree: Oid,
  before: LoadedPolicy,
  registry: string,
  engines: Engines,
): Promise<boolean> {
  let next: LoadedPolicy | undefined;
  try {
    next = (await policyAt(reader, tree, engines))?.loaded;
  } catch (error) {
    policyProblem(error);
  }
  if (next === undefined || checkChain(next, before, registry) !== undefined) return false;
  const { bytes } = next;
  const { files } = await readSignatures(reader, tree, POLICY_SIGNATURES);
  return [before, next].every((judge) => {
    const own = files.filter(({ name }) => judge.keys.has(name as PrincipalName));
    const { principals } = judgeSignatures(own, 'at1-policy', bytes, judge, engines);
    return decide(judge.policy, 'policy', undefined, principals).kind === 'allowed';
  });
}

/** A signer whom only one of the two policies lists signs for that one: leaving and joining people are no strangers. */
function sharedProblems(judged: readonly JudgedSignatures[]): readonly Finding[] {
  const told = judged.slice(0, 1).flatMap(({ problems }) => problems);
  return told.filter(({ subject }) =>
    judged.every(({ problems }) => problems.some((other) => other.subject === subject)),
  );
}

/** Why a policy does not follow the one before it in this registry, its signatures aside. */
export function checkChain(
  next: LoadedPolicy,
  before: LoadedPolicy | undefined,
  registry: string,
): Finding | undefined {
  const { policy } = next;
  if (policy.registry !== registry) {
    return finding('error', 'manifest/other-registry', POLICY_PATH, `the policy is of registry ${policy.registry}`);
  }
  if (before === undefined) return undefined;
  if (policy.version <= before.policy.version) {
    return finding(
      'error',
      'history/policy-rollback',
      POLICY_PATH,
      `policy version ${policy.version} does not exceed ${before.policy.version}, which was in force`,
    );
  }
  if (policy.previous !== before.digest) {
    return finding(
      'error',
      'history/policy-chain',
      POLICY_PATH,
      `policy ${policy.version} does not name the policy before it`,
    );
  }
  return undefined;
}
