/**
 * What a merge's other parents and the commits behind them held must still be there: a merge is no way to drop or edit
 * what is frozen. Looked at after the step, so that only what is left of it is held against them.
 */
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import type { TreeEntry } from '../git-format/tree.js';
import { type ManifestPlace, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { judgeRowSafely, type Step, timeOf } from './apply-manifest.js';
import { addProblem, checkSignatureKept, countedOnce, frozenFinding, manifestOfSignature } from './check-frozen.js';
import { type Folding, type HistorySource, report } from './folding.js';
import { readPlacedManifest, rowOf, signatureFolder } from './judge-manifest.js';
import { readSignatures } from './judge-signatures.js';
import { type RegistryChange, registryTreeAt } from './registry-tree.js';
import { type Drop, readable } from './side-changes.js';

export interface OtherParent {
  readonly commit: Oid;
  /** Its registry tree. */
  readonly tree: Oid;
}

/** Every parent but the first that holds the registry. */
export async function otherParents(source: HistorySource, commit: CommitObject): Promise<OtherParent[]> {
  const others: OtherParent[] = [];
  for (const parent of commit.parents.slice(1)) {
    const tree = await readable(() => registryTreeAt(source, parent));
    if (tree !== undefined) others.push({ commit: parent, tree });
  }
  return others;
}

/** Versions that a merge left out, by path, with the registry tree in which their signatures lay. */
export type LeftOut = ReadonlyMap<string, Oid>;

export async function checkDrops(
  source: HistorySource,
  fold: Folding,
  step: Step,
  drops: readonly Drop[],
): Promise<LeftOut> {
  const merge: Merge = { source, fold, step, leftOut: new Map() };
  for (const { change, parentTree } of drops) {
    const after = await readable(() => findEntry(source.reader, step.tree, change.path));
    if (after?.oid === change.before?.oid && after?.mode === change.before?.mode) continue;
    const drop: Drop = { change: { ...change, after }, parentTree };
    const manifest = manifestOfSignature(change);
    if (manifest !== undefined) await checkSignatureDrop(merge, manifest, drop);
    await checkManifestDrop(merge, drop);
  }
  return merge.leftOut;
}

interface Merge {
  readonly source: HistorySource;
  readonly fold: Folding;
  readonly step: Step;
  readonly leftOut: Map<string, Oid>;
}

/** Without its signatures a manifest would not seem to have counted when it is dropped by the next commit. */
async function checkSignatureDrop(merge: Merge, manifest: string, { change, parentTree }: Drop): Promise<void> {
  const { source, fold } = merge;
  const before = await readable(() => findEntry(source.reader, parentTree, manifest));
  if (before === undefined) return;
  if (before.oid === fold.versions.get(manifest)?.blob) {
    await checkSignatureKept(source, fold, manifest, change);
    return;
  }
  const signed: RegistryChange = { path: manifest, place: parseRegistryPath(manifest), before, after: undefined };
  await checkManifestDrop(merge, { change: signed, parentTree });
}

async function checkManifestDrop(merge: Merge, { change, parentTree }: Drop): Promise<void> {
  const { source, fold, step } = merge;
  const { before, path, place } = change;
  if (before === undefined || place.kind !== 'manifest') return;
  const row = fold.versions.get(path);
  // Same bytes as the version we know: what the step does to it was judged against the first parent.
  if (row?.blob === before.oid) return;
  const found = otherBytes(path, step.oid);
  if (row?.problems.some(({ message }) => message === found.message)) return;
  if (!(await countedOnce(source, fold, parentTree, before, path, place))) return;
  if (row === undefined) await keepDropped(merge, path, place, before, parentTree);
  else addProblem(fold, row, found);
}

/** Two sides made the same version: one of them is lost, whichever it is. */
function otherBytes(path: string, oid: Oid): Finding {
  return finding(
    'error',
    'history/manifest-changed',
    path,
    `commit ${oid.slice(0, 12)} leaves out another manifest of this version, which had counted`,
    'two branches registered the same version: register what was left out as a new one',
  );
}

/**
 * The version is known from now on, as one that is missing: no other bytes can take its place. It is in effect only if
 * the merge would have brought it so, or a person dropped from the policy could bring versions by leaving them out.
 */
async function keepDropped(
  merge: Merge,
  path: string,
  place: ManifestPlace,
  before: TreeEntry,
  parentTree: Oid,
): Promise<void> {
  const { source, fold, step } = merge;
  const { reader, engines } = source;
  const found = frozenFinding({ path, place, before, after: undefined }, step.oid);
  const file = await readPlacedManifest(reader, before.oid, path, place, fold.registry, engines);
  if ('code' in file) {
    report(fold, found);
    return;
  }
  const artifact = `${place.artifact}/${place.name}`;
  const tagTime = Math.max(timeOf(fold, step), (fold.tagTimes.get(artifact) ?? 0) + 1);
  fold.tagTimes.set(artifact, tagTime);
  const row = rowOf(path, before.oid, file, { commit: step.oid, tagTime }, engines);
  const judged = await judgeRowSafely(source, parentTree, row, step.policy);
  const counts = !('code' in judged) && judged.counts;
  fold.versions.set(path, {
    ...row,
    effective: counts ? step.oid : null,
    signers: counts ? [...judged.principals].sort() : [],
    problems: [found],
  });
  merge.leftOut.set(path, parentTree);
  const signed = await readable(() => readSignatures(reader, parentTree, signatureFolder(path)));
  for (const file of signed?.files ?? []) {
    const signature = { path: file.path, place: parseRegistryPath(file.path) };
    const there = await findEntry(reader, parentTree, file.path);
    const after = await readable(() => findEntry(reader, step.tree, file.path));
    await checkSignatureKept(source, fold, path, { ...signature, before: there, after });
  }
}
