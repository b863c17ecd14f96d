/**
 * The policy in force at a merge is the highest among its parents. Another parent's policy counts only if every policy
 * between it and ours is found in that parent's history and accepted by the one before: a number alone proves nothing.
 */
import type { Digest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import { POLICY_PATH } from '../manifest/layout-of-registry.js';
import { findingOf } from '../registry/finding.js';
import { acceptPolicy, type Folding, type HistorySource, report } from './folding.js';
import { judgePolicy, policyAt } from './judge-policy.js';
import type { LoadedPolicy } from './load-policy.js';
import type { OtherParent } from './merge-parents.js';
import { registryTree } from './registry-tree.js';

interface Candidate {
  readonly loaded: LoadedPolicy;
  /** Registry trees that hold it, newest first: its signatures may have come one by one. */
  readonly trees: Oid[];
}

/** Puts the highest policy of the other parents in force; true if it is not the one that was. */
export async function raisePolicy(
  source: HistorySource,
  fold: Folding,
  others: readonly OtherParent[],
): Promise<boolean> {
  const before = fold.policy;
  for (const other of others) {
    const entry = await findEntry(source.reader, other.tree, POLICY_PATH);
    if (entry === undefined || isKnown(fold, entry.oid)) continue;
    try {
      const there = await policyAt(source.reader, other.tree, source.engines);
      if (there === undefined || there.loaded.policy.version <= fold.policy.policy.version) continue;
      await climb(source, fold, other, there.loaded);
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      report(fold, findingOf(error, `parent ${other.commit}`, 'warning'));
    }
  }
  return fold.policy !== before;
}

function isKnown(fold: Folding, blob: Oid): boolean {
  return fold.policies.some((point) => point.blob === blob);
}

async function climb(source: HistorySource, fold: Folding, other: OtherParent, top: LoadedPolicy): Promise<void> {
  const candidates = await policiesBehind(source, fold, other);
  const chain: Candidate[] = [];
  for (let at: LoadedPolicy | undefined = top; at !== undefined; ) {
    const candidate = candidates.get(at.digest);
    if (candidate === undefined || chain.includes(candidate)) return;
    chain.unshift(candidate);
    const previous: Digest | undefined = at.policy.previous;
    if (previous === fold.policy.digest) break;
    at = previous === undefined ? undefined : candidates.get(previous)?.loaded;
    if (at === undefined) return;
  }
  for (const { trees } of chain) {
    if (!(await acceptAny(source, fold, trees))) return;
  }
}

async function acceptAny(source: HistorySource, fold: Folding, trees: readonly Oid[]): Promise<boolean> {
  for (const tree of trees) {
    const judged = await judgePolicy(source.reader, tree, fold.policy, fold.registry, source.engines);
    if (judged.accepted === undefined) continue;
    acceptPolicy(fold, judged.accepted.loaded, judged.accepted.blob);
    for (const found of judged.findings) report(fold, found);
    return true;
  }
  return false;
}

/** Policies in the history of a parent, down to commits whose policy was in force here already. */
async function policiesBehind(
  source: HistorySource,
  fold: Folding,
  other: OtherParent,
): Promise<Map<Digest, Candidate>> {
  const { reader, engines, prefix, shallow } = source;
  const found = new Map<Digest, Candidate>();
  const loaded = new Map<Oid, LoadedPolicy | undefined>();
  const seen = new Set<Oid>([other.commit]);
  // A set keeps the order of insertion, so this walks breadth first: newer trees before older ones.
  for (const oid of seen) {
    const commit = await readCommit(reader, oid);
    const tree = await registryTree(reader, commit.tree, prefix);
    const entry = tree === undefined ? undefined : await findEntry(reader, tree, POLICY_PATH);
    if (tree === undefined || entry === undefined || isKnown(fold, entry.oid)) continue;
    if (!loaded.has(entry.oid)) loaded.set(entry.oid, await loadedAt(source, tree));
    const policy = loaded.get(entry.oid);
    if (policy !== undefined) {
      const candidate = found.get(policy.digest) ?? { loaded: policy, trees: [] };
      if (!candidate.trees.includes(tree)) candidate.trees.push(tree);
      found.set(policy.digest, candidate);
    }
    if (!shallow.has(oid)) for (const parent of commit.parents) seen.add(parent);
  }
  return found;

  async function loadedAt(from: HistorySource, tree: Oid): Promise<LoadedPolicy | undefined> {
    try {
      return (await policyAt(from.reader, tree, engines))?.loaded;
    } catch (error) {
      // A broken policy on the way is no step of a chain.
      if (error instanceof At1Error) return undefined;
      throw error;
    }
  }
}
