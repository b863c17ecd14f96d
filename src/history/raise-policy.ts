/**
 * The policy in force at a merge is the highest that came in from any side. A policy of a side counts only if every
 * policy between it and ours is found there and accepted by the one before: a number alone proves nothing.
 */
import type { Digest } from '../digest/digest.js';
import type { Oid } from '../git-format/oid.js';
import { findingOf } from '../registry/finding.js';
import { acceptPolicy, type Folding, type HistorySource, report } from './folding.js';
import { findPolicy, isAccepted, judgePolicy, policyOf, policyProblem } from './judge-policy.js';
import type { LoadedPolicy } from './load-policy.js';
import type { OtherParent } from './merge-parents.js';
import type { PolicyArrival } from './side-changes.js';

/** A policy of a side that was never in force here. */
export interface Candidate {
  readonly loaded: LoadedPolicy;
  readonly blob: Oid;
  /** Whether one of the merge's other parents holds it, and not only a commit behind them. */
  readonly isTop: boolean;
  /** Registry trees that hold it, newest first, by the folder of policy and signatures: these may have come one by one. */
  readonly trees: Map<Oid, Oid>;
}

/** By digest; a policy that names none before it asks for what is never there. */
export type Candidates = ReadonlyMap<Digest | undefined, Candidate>;

export async function policiesOfSides(
  source: HistorySource,
  fold: Folding,
  others: readonly OtherParent[],
  arrivals: readonly PolicyArrival[],
): Promise<Candidates> {
  const candidates = new Map<Digest | undefined, Candidate>();
  for (const { commit, tree } of others) await addCandidate(source, fold, candidates, tree, commit);
  for (const { tree } of arrivals) await addCandidate(source, fold, candidates, tree);
  return candidates;
}

/**
 * Puts the highest policy of the sides in force; true if it is not the one that was. That a side took it away again
 * makes no difference: it was decided.
 */
export async function raisePolicy(source: HistorySource, fold: Folding, candidates: Candidates): Promise<boolean> {
  const before = fold.policy;
  const all = [...candidates.values()];
  const highestFirst = all.toSorted((a, b) => b.loaded.policy.version - a.loaded.policy.version);
  for (const top of [...all.filter(({ isTop }) => isTop), ...highestFirst]) {
    if (top.loaded.policy.version > fold.policy.policy.version) await climb(source, fold, candidates, top);
  }
  return fold.policy !== before;
}

/** `parent`: whose policy it is, if a damaged one is to be told. */
async function addCandidate(
  source: HistorySource,
  fold: Folding,
  candidates: Map<Digest | undefined, Candidate>,
  tree: Oid,
  parent?: Oid,
): Promise<void> {
  try {
    const there = await findPolicy(source.reader, tree);
    if (there === undefined || fold.policies.some(({ blob }) => blob === there.entry.oid)) return;
    const found = await policyOf(source.reader, there.entry, source.engines);
    const { digest } = found.loaded;
    const candidate = candidates.get(digest) ?? { ...found, isTop: parent !== undefined, trees: new Map() };
    if (!candidate.trees.has(there.folder)) candidate.trees.set(there.folder, tree);
    candidates.set(digest, candidate);
  } catch (error) {
    const problem = policyProblem(error);
    // A broken policy on the way is no step of a chain.
    if (parent !== undefined) report(fold, findingOf(problem, `parent ${parent}`, 'warning'));
  }
}

async function climb(source: HistorySource, fold: Folding, candidates: Candidates, top: Candidate): Promise<void> {
  const chain: Candidate[] = [];
  // It ends: no document can hold its own digest, nor that of one that names it.
  for (let at = top; ; ) {
    chain.unshift(at);
    const { previous } = at.loaded.policy;
    if (previous === fold.policy.digest) break;
    const next = candidates.get(previous);
    if (next === undefined) return;
    at = next;
  }
  for (const candidate of chain) {
    if (!(await acceptAny(source, fold, candidate))) return;
  }
}

async function acceptAny(source: HistorySource, fold: Folding, { trees }: Candidate): Promise<boolean> {
  const { reader, engines } = source;
  for (const tree of trees.values()) {
    const mayBe = await isAccepted(reader, tree, fold.policy, fold.registry, engines);
    const judged = mayBe ? await judgePolicy(reader, tree, fold.policy, fold.registry, engines) : undefined;
    if (judged?.accepted === undefined) continue;
    acceptPolicy(fold, judged.accepted.loaded, judged.accepted.blob);
    for (const found of judged.findings) report(fold, found);
    return true;
  }
  return false;
}
