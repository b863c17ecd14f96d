/**
 * What a step does to versions: manifests land, are frozen, come back; signatures are judged under the policy in
 * force. A pending manifest may be withdrawn: nobody could have relied on it.
 */
import { breathe } from '../bytes/breathe.js';
import { At1Error } from '../errors.js';
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import type { TreeEntry } from '../git-format/tree.js';
import { type ManifestPlace, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { LAST_SECOND } from '../manifest/timestamp.js';
import { foldVersion } from '../manifest/version.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { addProblem, frozenFinding, signaturesBack } from './check-frozen.js';
import { type Folding, type HistorySource, isReported, report, settleAbout } from './folding.js';
import {
  type JudgedRow,
  judgeRow,
  type ManifestFile,
  readPlacedManifest,
  refuseUnsigned,
  rowOf,
} from './judge-manifest.js';
import type { LoadedPolicy } from './load-policy.js';
import type { VersionRow } from './registry-state.js';
import type { RegistryChange } from './registry-tree.js';

/** Manifest paths a step touches, each with the signature files it touches. */
export type Touched = Map<string, Set<string>>;

/** The commit that is judged. */
export interface Step {
  readonly oid: Oid;
  readonly commit: CommitObject;
  /** Its registry tree. */
  readonly tree: Oid;
  /** The policy by which what it brings is judged. */
  readonly policy: LoadedPolicy;
}

export async function applyManifest(
  source: HistorySource,
  fold: Folding,
  step: Step,
  change: RegistryChange,
  touched: Touched,
): Promise<void> {
  const { place, path, after } = change;
  if (place.kind !== 'manifest') return;
  const landed = fold.versions.get(path);
  if (landed !== undefined) {
    if (applyToLanded(fold, step.oid, change, landed)) touched.set(path, touched.get(path) ?? new Set());
    return;
  }
  const file = after === undefined ? undefined : await readLanding(source, fold, step, path, place, after);
  const wrong = file !== undefined && 'code' in file ? file : undefined;
  // A file that was no manifest of this version never landed, so it may be mended or taken away.
  settleAbout(fold, path, (one) => !isOfHistory(one) && !(one.code === wrong?.code && one.message === wrong.message));
  if (wrong !== undefined) report(fold, wrong);
  if (after === undefined || file === undefined || 'code' in file) return;
  const artifact = `${place.artifact}/${place.name}`;
  const tagTime = Math.max(timeOf(fold, step), (fold.tagTimes.get(artifact) ?? 0) + 1);
  fold.tagTimes.set(artifact, tagTime);
  twinsOf(fold).set(twinKey(place), path);
  fold.versions.set(path, rowOf(path, after.oid, file, { commit: step.oid, tagTime }, source.engines));
  touched.set(path, touched.get(path) ?? new Set());
}

async function readLanding(
  { reader, engines }: HistorySource,
  fold: Folding,
  step: Step,
  path: string,
  place: ManifestPlace,
  { mode, oid }: TreeEntry,
): Promise<ManifestFile | Finding> {
  if (mode !== '100644') return finding('error', 'manifest/wrong-place', path, 'a manifest must be a plain file');
  const unsigned = await refuseUnsigned(reader, step.tree, path, oid, [step.policy], engines);
  const file = unsigned ?? (await readPlacedManifest(reader, oid, path, place, fold.registry, engines));
  const other = twinOf(fold, path, place);
  if ('code' in file || other === undefined) return file;
  return finding('error', 'manifest/name-twin', path, `the version is that of ${other} but for capitals or build`);
}

/** Paths of the versions that landed, by what no two of them may share. */
const twins = new WeakMap<Folding, Map<string, string>>();

function twinsOf(fold: Folding): Map<string, string> {
  const known = twins.get(fold);
  if (known !== undefined) return known;
  const rows = [...fold.versions.values()];
  const made = new Map(rows.map((row) => [twinKey({ ...row, artifact: row.kind }), row.path] as const));
  twins.set(fold, made);
  return made;
}

/** The landed version that this one could be taken for; what was withdrawn is none. */
function twinOf(fold: Folding, path: string, place: ManifestPlace): string | undefined {
  const found = twinsOf(fold).get(twinKey(place));
  return found === undefined || found === path || !fold.versions.has(found) ? undefined : found;
}

function twinKey({ artifact, name, version }: Pick<ManifestPlace, 'artifact' | 'name' | 'version'>): string {
  return `${artifact}/${name}@${foldVersion(version)}`;
}

/** A time no calendar has counts as none: it would drag the tags of all later versions with it. */
export function timeOf(fold: Folding, { oid, commit }: Step): number {
  const { seconds } = commit.committer;
  if (seconds <= LAST_SECOND) return seconds;
  report(fold, finding('warning', 'commit/implausible-time', `commit ${oid}`, `the commit says it is from ${seconds}`));
  return 0;
}

/**
 * Long manifests that no known signature covered when they came, and may be covered now: those whose signature files
 * this step touches, or all of them under a new policy.
 */
export async function applyWaiting(
  source: HistorySource,
  fold: Folding,
  step: Step,
  paths: Iterable<string>,
  touched: Touched,
): Promise<void> {
  for (const path of paths) {
    // What was left out of the findings is looked at again as well.
    if (fold.versions.has(path) || (isReported(fold, path) && !isReported(fold, path, 'signature/missing'))) continue;
    const entry = await findEntry(source.reader, step.tree, path);
    const change = { path, place: parseRegistryPath(path), before: entry, after: entry };
    if (entry !== undefined) await applyManifest(source, fold, step, change, touched);
  }
}

/** True if the version is to be judged again: its bytes are back. */
function applyToLanded(fold: Folding, oid: Oid, change: RegistryChange, landed: VersionRow): boolean {
  const { path, after } = change;
  if (after?.oid === landed.blob && after.mode === '100644') {
    fold.versions.set(path, { ...landed, problems: landed.problems.map((found) => settled(found, isManifestFrozen)) });
    return true;
  }
  const found = frozenFinding(change, oid);
  if (after === undefined && landed.effective === null && mayGo(landed)) {
    fold.versions.delete(path);
    // Who dropped whom is a matter of order, and the order of parents is the pusher's choice: nothing goes unnoticed.
    if (landed.problems.some(wasInEffect)) report(fold, { ...found, severity: 'warning' });
    return false;
  }
  addProblem(fold, landed, found);
  return false;
}

/** What was never in effect may go. What was, and lost that at a merge, only as it was: not with its signatures first. */
function mayGo({ problems }: VersionRow): boolean {
  return !problems.some(wasInEffect) || !problems.some(isHistoryError);
}

function wasInEffect({ code }: Finding): boolean {
  return code === 'history/rewound' || code === 'history/manifest-removed';
}

export function isOfHistory({ code }: Finding): boolean {
  return code.startsWith('history/');
}

export function isHistoryError(found: Finding): boolean {
  return found.severity === 'error' && isOfHistory(found);
}

function isManifestFrozen({ code }: Finding): boolean {
  return code === 'history/manifest-changed' || code === 'history/manifest-removed';
}

function settled(found: Finding, concerns: (found: Finding) => boolean): Finding {
  if (found.severity !== 'error' || !concerns(found)) return found;
  return { ...found, severity: 'warning', message: `${found.message} (put right since)` };
}

export async function judgeTouched(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  tree: Oid,
  touched: Touched,
  inForce: LoadedPolicy,
): Promise<void> {
  for (const [path, signatures] of touched) {
    await breathe();
    await judgeVersion(source, fold, oid, tree, path, signatures, inForce);
  }
}

/** A new policy may list who signed what is waiting; nothing that took effect before is judged by it. */
export async function judgePending(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  tree: Oid,
  touched: Touched,
): Promise<void> {
  for (const row of [...fold.versions.values()]) {
    if (row.effective !== null) continue;
    await breathe();
    await judgeVersion(source, fold, oid, tree, row.path, touched.get(row.path) ?? new Set(), fold.policy);
  }
}

async function judgeVersion(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  tree: Oid,
  path: string,
  changed: ReadonlySet<string>,
  policy: LoadedPolicy,
): Promise<void> {
  const row = fold.versions.get(path);
  if (row === undefined) return;
  const judged = await judgeRowSafely(source, tree, row, policy);
  if ('code' in judged) {
    addProblem(fold, row, judged);
    return;
  }
  fold.signatures += judged.checked;
  const landsHere = row.commit === oid;
  const blamed = new Set(row.problems.filter((found) => !isOfHistory(found)).map(({ subject }) => subject));
  const back = await signaturesBack(source, fold, tree, row);
  // A signature that was good when it came stays unblamed, though its key may have left the policy since.
  const problems = judged.problems.filter(
    ({ subject }) => !back.has(subject) && (landsHere || changed.has(subject) || blamed.has(subject)),
  );
  const history = row.problems
    .filter(isOfHistory)
    .map((found) => settled(found, ({ code, subject }) => code === 'history/signature-changed' && back.has(subject)));
  const { effective } = row;
  const frozen = history.some(isHistoryError);
  const lacking = effective === null && judged.lacking !== undefined && problems.length === 0 ? [judged.lacking] : [];
  fold.versions.set(path, {
    ...row,
    signers: [...new Set([...(effective === null ? [] : row.signers), ...judged.principals])].sort(),
    effective: effective ?? (judged.counts && !frozen ? oid : null),
    problems: [...history, ...problems, ...lacking],
  });
}

/** A manifest or folder that git cannot read any more is wrong; the other versions are still to be judged. */
export async function judgeRowSafely(
  source: HistorySource,
  tree: Oid,
  row: VersionRow,
  policy: LoadedPolicy,
): Promise<JudgedRow | Finding> {
  try {
    return await judgeRow(source.reader, tree, row, policy, source.engines);
  } catch (error) {
    if (error instanceof At1Error) return findingOf(error, row.path);
    throw error;
  }
}
