/**
 * What a merge's other parents and the commits behind them held must still be there: a merge is no way to drop or edit
 * what is frozen. Looked at after the step, so that only what is left of it is held against them.
 */
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import type { TreeEntry } from '../git-format/tree.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { judgeRowSafely, type Step, takeLandingTime } from './apply-document.js';
import {
  addProblem,
  checkSignatureKept,
  countedOnce,
  documentOfSignature,
  FROZEN_CODES,
  frozenFinding,
} from './check-frozen.js';
import { type Folding, type HistorySource, noteReady, report } from './folding.js';
import { type DocumentPlace, isDocumentPlace, readPlaced, rowOf, signatureFolder } from './judge-document.js';
import { readSignatures } from './judge-signatures.js';
import type { EventRow, Row } from './registry-state.js';
import { type RegistryChange, registryTreeAt } from './registry-tree.js';
import { lanesOf } from './settle-events.js';
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

/** Documents that a merge left out, by path, with the registry tree in which their signatures lay. */
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
    const document = documentOfSignature(change);
    if (document !== undefined) await checkSignatureDrop(merge, document, drop);
    await checkDocumentDrop(merge, drop);
  }
  return merge.leftOut;
}

interface Merge {
  readonly source: HistorySource;
  readonly fold: Folding;
  readonly step: Step;
  readonly leftOut: Map<string, Oid>;
}

/** Without its signatures a document would not seem to have counted when it is dropped by the next commit. */
async function checkSignatureDrop(merge: Merge, document: string, { change, parentTree }: Drop): Promise<void> {
  const { source, fold } = merge;
  const before = await readable(() => findEntry(source.reader, parentTree, document));
  if (before === undefined) return;
  if (before.oid === fold.rows.get(document)?.blob) {
    await checkSignatureKept(source, fold, document, change);
    return;
  }
  const signed: RegistryChange = { path: document, place: parseRegistryPath(document), before, after: undefined };
  await checkDocumentDrop(merge, { change: signed, parentTree });
}

async function checkDocumentDrop(merge: Merge, { change, parentTree }: Drop): Promise<void> {
  const { source, fold, step } = merge;
  const { before, path, place } = change;
  if (before === undefined || !isDocumentPlace(place)) return;
  const row = fold.rows.get(path);
  // Same bytes as the document we know: what the step does to it was judged against the first parent.
  if (row?.blob === before.oid) return;
  const found = otherBytes(path, place, step.oid);
  if (row?.problems.some(({ message }) => message === found.message)) return;
  if (!(await countedOnce(source, fold, parentTree, before, path, place))) return;
  if (row === undefined) await keepDropped(merge, path, place, before, parentTree);
  else addProblem(fold, row, found);
}

/** Two sides made the same one: one of them is lost, whichever it is. */
function otherBytes(path: string, { kind }: DocumentPlace, oid: Oid): Finding {
  const commit = `commit ${oid.slice(0, 12)}`;
  if (kind === 'manifest') {
    return finding(
      'error',
      'history/manifest-changed',
      path,
      `${commit} leaves out another manifest of this version, which had counted`,
      'two branches registered the same version: register what was left out as a new one',
    );
  }
  return finding(
    'error',
    FROZEN_CODES[kind].changed,
    path,
    `${commit} leaves out another ${kind} of this name, which had counted`,
    'two branches wrote it: say what was left out once more, as things are now',
  );
}

/** Whoever takes a revocation away where its version is not there yet does not speak for the side where it was in effect. */
function isNeeded(fold: Folding, event: EventRow): boolean {
  return event.action === 'revoke' && lanesOf(fold, event).withdrawn.get(event.version)?.state !== 'revoked';
}

/**
 * The document is known from now on, as one that is missing: no other bytes can take its place. It is in effect only if
 * the merge would have brought it so, or a person dropped from the policy could bring versions by leaving them out.
 */
async function keepDropped(
  merge: Merge,
  path: string,
  place: DocumentPlace,
  before: TreeEntry,
  parentTree: Oid,
): Promise<void> {
  const { source, fold, step } = merge;
  const { reader, engines } = source;
  const found = frozenFinding({ path, place, before, after: undefined }, place.kind, step.oid);
  const file = await readPlaced(reader, before.oid, path, place, fold.registry, engines);
  if ('code' in file) {
    report(fold, found);
    return;
  }
  const landed = { commit: step.oid, seconds: takeLandingTime(fold, step, place) };
  const landing: Row = rowOf(path, before.oid, file, landed, engines);
  // What was refused may go, on whatever way.
  if (landing.document === 'event' && fold.refusals.has(landing.digest) && !isNeeded(fold, landing)) return;
  const row: Row = { ...landing, problems: [found] };
  const judged = await judgeRowSafely(source, fold, parentTree, row, step.policy);
  const counts = !('code' in judged) && judged.counts;
  const known: Row = counts ? { ...row, signers: [...judged.principals].sort() } : row;
  fold.rows.set(path, known.document === 'event' || !counts ? known : { ...known, effective: step.oid });
  if (known.document === 'event') noteReady(fold, known, counts ? step.policy : undefined);
  merge.leftOut.set(path, parentTree);
  const signed = await readable(() => readSignatures(reader, parentTree, signatureFolder(path)));
  for (const file of signed?.files ?? []) {
    const signature = { path: file.path, place: parseRegistryPath(file.path) };
    const there = await findEntry(reader, parentTree, file.path);
    const after = await readable(() => findEntry(reader, step.tree, file.path));
    await checkSignatureKept(source, fold, path, { ...signature, before: there, after });
  }
}
