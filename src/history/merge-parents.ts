/**
 * What a merge's other parents hold must still be there: a merge is no way to drop or edit what is frozen. Looked at
 * after the step, so that only what is left of it is held against them.
 */
import type { CommitObject } from '../git-format/commit.js';
import type { Oid } from '../git-format/oid.js';
import { addProblem, checkSignatureKept, countedOnce, frozenFinding, manifestOfSignature } from './check-frozen.js';
import { type Folding, type HistorySource, report } from './folding.js';
import { registryChanges, registryTreeAt } from './registry-tree.js';

export interface OtherParent {
  readonly commit: Oid;
  /** Its registry tree. */
  readonly tree: Oid;
}

/** Every parent but the first that is here and holds the registry. */
export async function otherParents(source: HistorySource, commit: CommitObject): Promise<OtherParent[]> {
  const others: OtherParent[] = [];
  for (const parent of commit.parents.slice(1)) {
    if (source.shallow.has(parent)) continue;
    const tree = await registryTreeAt(source, parent);
    if (tree !== undefined) others.push({ commit: parent, tree });
  }
  return others;
}

export async function checkOtherParents(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  others: readonly OtherParent[],
  tree: Oid,
): Promise<void> {
  for (const theirs of others) {
    if (theirs.tree === tree) continue;
    for await (const change of registryChanges(source.reader, theirs.tree, tree)) {
      const { before, path, place } = change;
      if (before === undefined) continue;
      const manifest = manifestOfSignature(change);
      if (manifest !== undefined) await checkSignatureKept(source, fold, manifest, change);
      if (place.kind !== 'manifest') continue;
      const row = fold.versions.get(path);
      // Same bytes as the version we know: what the step does to it was judged against the first parent.
      if (row?.blob === before.oid) continue;
      if (!(await countedOnce(source, fold, theirs.tree, before, path, place))) continue;
      const found = frozenFinding(change, oid);
      if (row === undefined) report(fold, found);
      else addProblem(fold, path, found);
    }
  }
}
