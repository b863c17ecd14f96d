/**
 * What a step does to signed documents: they land, are frozen, come back; signatures are judged under the policy in
 * force. A pending one may be withdrawn: nobody could have relied on it.
 */
import { breathe } from '../bytes/breathe.js';
import { At1Error } from '../errors.js';
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import type { TreeEntry } from '../git-format/tree.js';
import { type ManifestPlace, manifestPath, parseRegistryPath } from '../manifest/layout-of-registry.js';
import type { PrincipalName } from '../manifest/name.js';
import { LAST_SECOND } from '../manifest/timestamp.js';
import { foldVersion } from '../manifest/version.js';
import { isDatedAhead } from '../registry/conditions.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { addProblem, FROZEN_CODES, frozenFinding, signaturesBack } from './check-frozen.js';
import { relationProblem } from './event-relation.js';
import { type Folding, type HistorySource, isReported, noteReady, report, settleAbout, versionAt } from './folding.js';
import {
  type DocumentFile,
  type DocumentPlace,
  isDocumentPlace,
  type JudgedRow,
  judgeRow,
  readPlaced,
  refuseUnsigned,
  rowOf,
} from './judge-document.js';
import type { LoadedPolicy } from './load-policy.js';
import type { EventRow, Row, TagClock } from './registry-state.js';
import type { RegistryChange } from './registry-tree.js';
import { policyFor } from './revocations.js';

/** Paths of documents a step touches, each with the signature files it touches. */
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

export async function applyDocument(
  source: HistorySource,
  fold: Folding,
  step: Step,
  change: RegistryChange,
  touched: Touched,
): Promise<void> {
  const { place, path, after } = change;
  if (!isDocumentPlace(place)) return;
  const landed = fold.rows.get(path);
  if (landed !== undefined) {
    // What is wrong with a file that took its place is told of the document; it lies there no more.
    settleAbout(fold, path, (one) => !isOfHistory(one));
    if (applyToLanded(fold, step.oid, change, landed)) touched.set(path, touched.get(path) ?? new Set());
    return;
  }
  const file = after === undefined ? undefined : await readLanding(source, fold, step, path, place, after);
  const wrong = file !== undefined && 'code' in file ? file : undefined;
  // A file that was no document of this place never landed, so it may be mended or taken away.
  settleAbout(fold, path, (one) => !isOfHistory(one) && !(one.code === wrong?.code && one.message === wrong.message));
  if (wrong !== undefined) report(fold, wrong);
  if (after === undefined || file === undefined || 'code' in file) return;
  const seconds = takeLandingTime(fold, step, place);
  if (place.kind === 'manifest') twinsOf(fold).set(twinKey(place), path);
  const row = rowOf(path, after.oid, file, { commit: step.oid, seconds }, source.engines);
  fold.rows.set(path, refusedAsBefore(fold, row));
  touched.set(path, touched.get(path) ?? new Set());
}

/** An event that was refused, or withdrawn, stays so: to bring it once more is anybody's to try. */
function refusedAsBefore(fold: Folding, row: Row): Row {
  if (row.document !== 'event' || !fold.refusals.has(row.digest)) return row;
  const message = 'it was refused or withdrawn before, and counts for nothing';
  const found = finding('error', 'event/refused', row.path, message, 'remove it; say it again as things are now');
  return { ...row, refused: true, problems: [found] };
}

/** For a version seconds for its tag, those of the commit or one more than the last; for evidence those of the commit. */
export function takeLandingTime(fold: Folding, step: Step, place: DocumentPlace): number {
  if (place.kind === 'evidence') return timeOf(fold, step);
  return place.kind === 'event' ? 0 : takeTags(fold, step, `${place.artifact}/${place.name}`, 1, 0).time;
}

/** The same for the tags of an event, which have numbers as well. */
export function takeTagNumbers(fold: Folding, step: Step, artifact: string, count: number): EventRow['tags'] {
  return count === 0 ? null : { ...takeTags(fold, step, artifact, count, count), count };
}

/** Seconds and number of the first of some tags; the artifact's next ones come after them. */
function takeTags(fold: Folding, step: Step, artifact: string, count: number, numbered: number): TagClock {
  const last = fold.tagClocks.get(artifact) ?? { time: 0, number: 0 };
  const time = Math.max(timeOf(fold, step), last.time + 1);
  fold.tagClocks.set(artifact, { time: time + count - 1, number: last.number + numbered });
  return { time, number: last.number + 1 };
}

const NAMES = { manifest: 'a manifest', event: 'an event', evidence: 'evidence' } as const;

async function readLanding(
  { reader, engines }: HistorySource,
  fold: Folding,
  step: Step,
  path: string,
  place: DocumentPlace,
  { mode, oid }: TreeEntry,
): Promise<DocumentFile | Finding> {
  if (mode !== '100644')
    return finding('error', 'manifest/wrong-place', path, `${NAMES[place.kind]} must be a plain file`);
  const unsigned = await refuseUnsigned(reader, step.tree, path, place.kind, oid, [step.policy], engines);
  const file = unsigned ?? (await readPlaced(reader, oid, path, place, fold.registry, engines));
  if ('code' in file || place.kind !== 'manifest') return file;
  const other = twinOf(fold, path, place);
  if (other === undefined) return file;
  return finding('error', 'manifest/name-twin', path, `the version is that of ${other} but for capitals or build`);
}

/** Paths of the versions that landed, by what no two of them may share. */
const twins = new WeakMap<Folding, Map<string, string>>();

function twinsOf(fold: Folding): Map<string, string> {
  const known = twins.get(fold);
  if (known !== undefined) return known;
  const rows = [...fold.rows.values()].filter((row) => row.document === 'manifest');
  const made = new Map(rows.map((row) => [twinKey({ ...row, artifact: row.kind }), row.path] as const));
  twins.set(fold, made);
  return made;
}

/** The landed version that this one could be taken for; what was withdrawn is none. */
function twinOf(fold: Folding, path: string, place: ManifestPlace): string | undefined {
  const found = twinsOf(fold).get(twinKey(place));
  return found === undefined || found === path || !fold.rows.has(found) ? undefined : found;
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
 * Long documents that no known signature covered when they came, and may be covered now: those whose signature files
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
    if (fold.rows.has(path) || (isReported(fold, path) && !isReported(fold, path, 'signature/missing'))) continue;
    const entry = await findEntry(source.reader, step.tree, path);
    const change = { path, place: parseRegistryPath(path), before: entry, after: entry };
    if (entry !== undefined) await applyDocument(source, fold, step, change, touched);
  }
}

/** True if the document is to be judged again: its bytes are back. */
function applyToLanded(fold: Folding, oid: Oid, change: RegistryChange, landed: Row): boolean {
  const { path, after } = change;
  if (after?.oid === landed.blob && after.mode === '100644') {
    fold.rows.set(path, { ...landed, problems: landed.problems.map((found) => settled(found, isAboutBytes)) });
    return true;
  }
  const found = frozenFinding(change, landed.document, oid);
  if (after === undefined && landed.effective === null && mayGo(landed)) {
    fold.rows.delete(path);
    if (landed.document === 'event' && landed.signers.length > 0) fold.withdrawn.set(path, landed.digest);
    // Who dropped whom is a matter of order, and the order of parents is the pusher's choice: nothing goes unnoticed.
    if (landed.problems.some(wasInEffect)) report(fold, { ...found, severity: 'warning' });
    return false;
  }
  addProblem(fold, landed, found);
  return false;
}

/** What was never in effect may go. What was, and lost that at a merge, only as it was: not with its signatures first. */
function mayGo({ problems }: Row): boolean {
  return !problems.some(wasInEffect) || !problems.some(isHistoryError);
}

function wasInEffect({ code }: Finding): boolean {
  return code === 'history/rewound' || REMOVED.has(code);
}

export function isOfHistory({ code }: Finding): boolean {
  return code.startsWith('history/');
}

export function isHistoryError(found: Finding): boolean {
  return found.severity === 'error' && isOfHistory(found);
}

function isAboutBytes({ code }: Finding): boolean {
  return CHANGED.has(code) || REMOVED.has(code);
}

const CHANGED: ReadonlySet<string> = new Set(Object.values(FROZEN_CODES).map(({ changed }) => changed));
const REMOVED: ReadonlySet<string> = new Set(Object.values(FROZEN_CODES).map(({ removed }) => removed));

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
    await judgeDocument(source, fold, oid, tree, path, signatures, inForce);
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
  for (const row of [...fold.rows.values()]) {
    // What a policy before let in at a merge is not asked for anew.
    if (row.effective !== null || fold.ready.has(row.path)) continue;
    await breathe();
    await judgeDocument(
      source,
      fold,
      oid,
      tree,
      row.path,
      touched.get(row.path) ?? new Set(),
      policyFor(fold, oid, fold.policy),
    );
  }
}

async function judgeDocument(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  tree: Oid,
  path: string,
  changed: ReadonlySet<string>,
  policy: LoadedPolicy,
): Promise<void> {
  const row = fold.rows.get(path);
  if (row === undefined) return;
  const judged = await judgeRowSafely(source, fold, tree, row, policy);
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
    .filter((found) => isOfHistory(found) || found.code === 'event/refused')
    .map((found) => settled(found, ({ code, subject }) => code === 'history/signature-changed' && back.has(subject)));
  const { effective } = row;
  const counts = judged.counts && !history.some(isHistoryError);
  const lacking = effective === null && judged.lacking !== undefined && problems.length === 0 ? [judged.lacking] : [];
  // What a merge left out counts by signatures that lie in another tree.
  const counted = effective !== null || fold.ready.has(path);
  const signers = [...new Set([...(counted ? row.signers : []), ...judged.principals])].sort();
  const now: Row = { ...row, signers, problems: [...history, ...problems, ...lacking, ...datedAhead(row)] };
  if (now.document === 'event') {
    // An event needs more than signatures: `settle-events.ts` decides when all of the step are known.
    fold.rows.set(path, now);
    const wrong = now.order === null && !now.refused ? relationProblem(fold, now) : undefined;
    if (wrong !== undefined) addProblem(fold, now, wrong);
    noteReady(fold, now, counts && effective === null ? policy : undefined);
  } else fold.rows.set(path, { ...now, effective: effective ?? (counts ? oid : null) });
}

/** It counts where nothing is asked of its age, and says so wherever it is shown. */
export function datedAhead(row: Row): Finding[] {
  if (row.document !== 'evidence' || !isDatedAhead(row)) return [];
  const message = `it is dated ${row.created}, after the commit that brought it: no rule with a maximum age counts it`;
  return [finding('warning', 'evidence/dated-ahead', row.path, message, 'set the clock right and attest it again')];
}

/** A document or folder that git cannot read any more is wrong; the other documents are still to be judged. */
export async function judgeRowSafely(
  source: HistorySource,
  fold: Folding,
  tree: Oid,
  row: Row,
  policy: LoadedPolicy,
): Promise<JudgedRow | Finding> {
  try {
    return await judgeRow(source.reader, tree, row, policy, source.engines, authorsOf(fold, row));
  } catch (error) {
    if (error instanceof At1Error) return findingOf(error, row.path);
    throw error;
  }
}

/** Who signed the manifest that an event is about. */
export function authorsOf(fold: Folding, row: Row): ReadonlySet<PrincipalName> {
  if (row.document !== 'event') return new Set();
  return new Set(versionAt(fold, manifestPath(row.kind, row.name, row.version))?.signers);
}
