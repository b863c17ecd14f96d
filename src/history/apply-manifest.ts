/**
 * What a step does to versions: manifests land, are frozen, come back; signatures are judged under the policy in
 * force. A pending manifest may be withdrawn: nobody could have relied on it.
 */
import { breathe } from '../bytes/breathe.js';
import { At1Error } from '../errors.js';
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import { LAST_SECOND } from '../manifest/timestamp.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { addProblem, frozenFinding } from './check-frozen.js';
import { type Folding, type HistorySource, isReported, report, settleAbout } from './folding.js';
import { type JudgedRow, judgeRow, readPlacedManifest, refuseUnsigned, rowOf } from './judge-manifest.js';
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
  const { place, path, before, after } = change;
  if (place.kind !== 'manifest') return;
  const landed = fold.versions.get(path);
  if (landed !== undefined) {
    applyToLanded(fold, step.oid, change, landed);
    return;
  }
  // A file that was no manifest of this version never landed, so it may be mended or taken away.
  if (before !== undefined) settleAbout(fold, path, ({ code }) => !code.startsWith('history/'));
  if (after === undefined) return;
  const { reader, engines } = source;
  const file =
    after.mode === '100644'
      ? ((await refuseUnsigned(reader, step.tree, path, after.oid, [step.policy], engines)) ??
        (await readPlacedManifest(reader, after.oid, path, place, fold.registry, engines)))
      : finding('error', 'manifest/wrong-place', path, 'a manifest must be a plain file');
  if ('code' in file) {
    report(fold, file);
    return;
  }
  const artifact = `${place.artifact}/${place.name}`;
  const tagTime = Math.max(timeOf(fold, step), (fold.tagTimes.get(artifact) ?? 0) + 1);
  fold.tagTimes.set(artifact, tagTime);
  fold.versions.set(path, rowOf(path, after.oid, file, { commit: step.oid, tagTime }, engines));
  touched.set(path, touched.get(path) ?? new Set());
}

/** A time no calendar has counts as none: it would drag the tags of all later versions with it. */
function timeOf(fold: Folding, { oid, commit }: Step): number {
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

function applyToLanded(fold: Folding, oid: Oid, change: RegistryChange, landed: VersionRow): void {
  const { path, after } = change;
  if (after?.oid === landed.blob && after.mode === '100644') {
    fold.versions.set(path, { ...landed, problems: landed.problems.map((found) => settled(found, isManifestFrozen)) });
    return;
  }
  if (after === undefined && landed.effective === null) {
    fold.versions.delete(path);
    return;
  }
  const found = frozenFinding(change, oid);
  if (landed.problems.some((other) => other.message === found.message)) return;
  fold.versions.set(path, { ...landed, problems: [...landed.problems, found] });
}

function isManifestFrozen({ code }: Finding): boolean {
  return code === 'history/manifest-changed' || code === 'history/manifest-removed';
}

function isSignatureBack({ code, subject }: Finding, principals: ReadonlySet<string>): boolean {
  const name = subject.slice(subject.lastIndexOf('/') + 1, -'.sig'.length);
  return code === 'history/signature-changed' && principals.has(name);
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
    if (row.effective !== null || touched.has(row.path)) continue;
    await breathe();
    await judgeVersion(source, fold, oid, tree, row.path, new Set(), fold.policy);
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
    addProblem(fold, path, judged);
    return;
  }
  fold.signatures += judged.checked;
  const landsHere = row.commit === oid;
  const blamed = new Set(row.problems.map(({ subject }) => subject));
  // A signature that was good when it came stays unblamed, though its key may have left the policy since.
  const problems = judged.problems.filter(({ subject }) => landsHere || changed.has(subject) || blamed.has(subject));
  const history = row.problems
    .filter(({ code }) => code.startsWith('history/'))
    .map((found) => settled(found, (one) => isSignatureBack(one, judged.principals)));
  const { effective } = row;
  const frozen = history.some(({ severity }) => severity === 'error');
  const lacking = effective === null && judged.lacking !== undefined && problems.length === 0 ? [judged.lacking] : [];
  fold.versions.set(path, {
    ...row,
    signers: [...new Set([...(effective === null ? [] : row.signers), ...judged.principals])].sort(),
    effective: effective ?? (judged.counts && !frozen ? oid : null),
    problems: [...history, ...problems, ...lacking],
  });
}

/** A manifest or folder that git cannot read any more is wrong; the other versions are still to be judged. */
async function judgeRowSafely(
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
