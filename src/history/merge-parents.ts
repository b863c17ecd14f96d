/**
 * What a merge's other parents and the commits behind them held must still be there: a merge is no way to drop or edit
 * what is frozen. Looked at after the step, so that only what is left of it is held against them.
 */
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import type { PrincipalName } from '../manifest/name.js';
import { addProblem, checkSignatureKept, countedOnce, frozenFinding, manifestOfSignature } from './check-frozen.js';
import { type Folding, type HistorySource, report } from './folding.js';
import { readPlacedManifest, rowOf } from './judge-manifest.js';
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
    if (source.shallow.has(parent)) continue;
    const tree = await readable(() => registryTreeAt(source, parent));
    if (tree !== undefined) others.push({ commit: parent, tree });
  }
  return others;
}

export async function checkDrops(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  commit: CommitObject,
  drops: readonly Drop[],
  tree: Oid,
): Promise<void> {
  for (const { change, parentTree } of drops) {
    const after = await readable(() => findEntry(source.reader, tree, change.path));
    if (after?.oid === change.before?.oid && after?.mode === change.before?.mode) continue;
    const drop: Drop = { change: { ...change, after }, parentTree };
    const manifest = manifestOfSignature(change);
    if (manifest !== undefined) await checkSignatureDrop(source, fold, oid, commit, manifest, drop);
    if (change.place.kind === 'manifest') await checkManifestDrop(source, fold, oid, commit, drop);
  }
}

/** Without its signatures a manifest would not seem to have counted when it is dropped by the next commit. */
async function checkSignatureDrop(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  commit: CommitObject,
  manifest: string,
  { change, parentTree }: Drop,
): Promise<void> {
  const before = await readable(() => findEntry(source.reader, parentTree, manifest));
  if (before === undefined) return;
  if (before.oid === fold.versions.get(manifest)?.blob) {
    await checkSignatureKept(source, fold, manifest, change);
    return;
  }
  const after = undefined;
  const signed: RegistryChange = { path: manifest, place: parseRegistryPath(manifest), before, after };
  await checkManifestDrop(source, fold, oid, commit, { change: signed, parentTree });
}

async function checkManifestDrop(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  commit: CommitObject,
  { change, parentTree }: Drop,
): Promise<void> {
  const { before, path, place } = change;
  if (before === undefined || place.kind !== 'manifest') return;
  const row = fold.versions.get(path);
  // Same bytes as the version we know: what the step does to it was judged against the first parent.
  if (row?.blob === before.oid) return;
  const found = frozenFinding(change, oid);
  if (row?.problems.some(({ message }) => message === found.message)) return;
  const signers = await countedOnce(source, fold, parentTree, before, path, place);
  if (signers === undefined) return;
  if (row === undefined) await keepDropped(source, fold, oid, commit, change, signers);
  else addProblem(fold, path, found);
}

/** The version is known from now on, as one that is missing: no other bytes can take its place. */
async function keepDropped(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  commit: CommitObject,
  change: RegistryChange,
  signers: ReadonlySet<PrincipalName>,
): Promise<void> {
  const { before, path, place } = change;
  if (before === undefined || place.kind !== 'manifest') return;
  const { reader, engines } = source;
  const found = frozenFinding({ ...change, after: undefined }, oid);
  const file = await readPlacedManifest(reader, before.oid, path, place, fold.registry, engines);
  if ('code' in file) {
    report(fold, found);
    return;
  }
  const artifact = `${place.artifact}/${place.name}`;
  const tagTime = Math.max(commit.committer.seconds, (fold.tagTimes.get(artifact) ?? 0) + 1);
  fold.tagTimes.set(artifact, tagTime);
  const row = rowOf(path, before.oid, file, { commit: oid, tagTime }, engines);
  fold.versions.set(path, {
    ...row,
    effective: signers.size > 0 ? oid : null,
    signers: [...signers].sort(),
    problems: [found],
  });
}
