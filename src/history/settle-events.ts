/**
 * When signed events take effect: in the order of their lanes, where the version is in effect and as the signers saw
 * it, and what the rule asks beyond signatures is there. docs/format/events.md section 3.
 */
import { compareText } from '../bytes/text.js';
import type { Oid } from '../git-format/oid.js';
import { isStageAction, LIFECYCLE_LANE } from '../manifest/check-event.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import { type ConditionFacts, unmetConditions } from '../registry/conditions.js';
import { type Finding, finding } from '../registry/finding.js';
import { type ArtifactLanes, holderOf, noEvents, stageOf, takeEffect, whyNot } from '../registry/lanes.js';
import { incompleteLineage } from '../registry/lineage.js';
import { barsFor, ruleFor } from '../registry/policy.js';
import { isHistoryError, type Step, takeTagNumbers } from './apply-document.js';
import { addProblem } from './check-frozen.js';
import { barsSince, nodesIn, versionFacts } from './condition-facts.js';
import { eventAt, neighbourOf, relationProblem } from './event-relation.js';
import { type Folding, type HistorySource, versionAt } from './folding.js';
import { actionOf } from './judge-document.js';
import type { LoadedPolicy } from './load-policy.js';
import type { EventRow, VersionRow } from './registry-state.js';
import { eventTags } from './stage-tags.js';

interface Ready {
  readonly row: EventRow;
  /** The policy under which enough people signed it. */
  readonly policy: LoadedPolicy;
}

type Verdict =
  | { readonly kind: 'takes-effect' }
  /** Something is missing that may come. */
  | { readonly kind: 'waits'; readonly found: Finding }
  /** Things are not as its signers saw them. */
  | { readonly kind: 'impossible'; readonly why: string };

/** Lets the events of a step take effect whose signatures count by now; the step's order of files plays no part. */
export async function settleEvents(source: HistorySource, fold: Folding, step: Step): Promise<void> {
  let left = inTurn(step, readyOnes(fold));
  while (left.some((turn) => turn.length > 0)) {
    const round = await tryInTurn(source, fold, step, left);
    const { moved, stayed, waiting, impossible } = round;
    if (impossible.length === 0 && !moved) {
      for (const { row, found } of waiting) addProblem(fold, row, found);
      return;
    }
    // Only when nothing else moves: what takes effect may make them possible, and refusing them moves no version.
    if (!moved) for (const { row, why } of impossible) refuse(fold, step.oid, row, why);
    left = moved ? stayed : stayed.map((turn) => turn.filter(({ row }) => fold.waiting.has(row.path)));
  }
}

/**
 * What a branch did and withdrew later lands in one step as well, so moves that come with the step are first, withdrawals
 * second. What waited before is last: it must not take the place of anything in the step that withdraws it.
 */
function inTurn({ oid }: Step, ready: readonly Ready[]): readonly (readonly Ready[])[] {
  const turnOf = ({ row }: Ready) => (row.lane === LIFECYCLE_LANE ? 1 : row.commit === oid ? 0 : 2);
  return [0, 1, 2].map((turn) => ready.filter((one) => turnOf(one) === turn));
}

interface Round {
  /** Whether any took effect. */
  readonly moved: boolean;
  readonly stayed: readonly (readonly Ready[])[];
  readonly waiting: readonly { readonly row: EventRow; readonly found: Finding }[];
  readonly impossible: readonly { readonly row: EventRow; readonly why: string }[];
}

/** Turn by turn, up to the first in which any takes effect; in it each that can does so at once. */
async function tryInTurn(
  source: HistorySource,
  fold: Folding,
  step: Step,
  turns: readonly (readonly Ready[])[],
): Promise<Round> {
  const stayed: Ready[][] = [];
  const waiting: { readonly row: EventRow; readonly found: Finding }[] = [];
  const impossible: { readonly row: EventRow; readonly why: string }[] = [];
  const revoking = turns.flat().flatMap(({ row }) => (row.action === 'revoke' ? [row] : []));
  let moved = false;
  for (const turn of turns) {
    if (moved) {
      stayed.push([...turn]);
      continue;
    }
    const left: Ready[] = [];
    for (const ready of turn) {
      const verdict = await verdictOn(source, fold, ready, revoking);
      if (verdict.kind === 'takes-effect') {
        take(fold, step, ready.row);
        moved = true;
        continue;
      }
      left.push(ready);
      if (verdict.kind === 'waits') waiting.push({ row: ready.row, found: verdict.found });
      else impossible.push({ row: ready.row, why: verdict.why });
    }
    stayed.push(left);
  }
  return { moved, stayed, waiting, impossible };
}

/** Artifact by artifact, lane by lane, in the order of their numbers. */
function readyOnes(fold: Folding): Ready[] {
  const ready = [...fold.ready].map(([path, policy]) => ({ row: eventAt(fold, path), policy })).filter(hasRow);
  fold.ready.clear();
  const folder = ({ row: { path } }: Ready) => path.slice(0, path.lastIndexOf('/'));
  return ready.sort((a, b) => compareText(folder(a), folder(b)) || a.row.seq - b.row.seq);
}

function hasRow(one: { readonly row: EventRow | undefined; readonly policy: LoadedPolicy }): one is Ready {
  return one.row !== undefined;
}

async function verdictOn(
  source: HistorySource,
  fold: Folding,
  { row, policy }: Ready,
  soon: readonly EventRow[],
): Promise<Verdict> {
  const wrong = relationProblem(fold, row);
  if (wrong !== undefined) return { kind: 'waits', found: wrong };
  const before = neighbourOf(fold, row, -1);
  if (before !== undefined && before.order === null && !before.refused && !isForged(before)) {
    return waits('note', 'artifact/pending', row, `it waits for event ${before.seq} of its lane`);
  }
  const version = versionAt(fold, manifestPath(row.kind, row.name, row.version)) as VersionRow;
  if (version.effective === null) {
    return waits('note', 'artifact/pending', row, waitsForVersion(row));
  }
  if (version.problems.some(isHistoryError)) {
    return waits('error', 'event/other-version', row, `version ${row.version} is not as it landed`);
  }
  // It lost effect at a merge, and its lane went on: coming back now it would undo what came after it.
  const after = neighbourOf(fold, row, 1);
  if (after !== undefined && after.order !== null) {
    return { kind: 'impossible', why: `event ${after.seq} of its lane took effect before it` };
  }
  const lanes = lanesOf(fold, row);
  const unmet = await unmetBy(source, fold, row, policy, soon);
  if (unmet !== undefined) return waits('note', 'event/conditions', row, unmet);
  const why = whyNot(lanes, row, fold.machine);
  if (why === undefined) return { kind: 'takes-effect' };
  return comesFromPending(fold, row)
    ? waits('note', 'artifact/pending', row, `${why}, and waits for the event that brings it there`)
    : { kind: 'impossible', why };
}

/** Signed by nobody but a key that was revoked since: it counts for nothing, and must not stand in the way. */
function isForged({ problems, signers }: EventRow): boolean {
  return signers.length === 0 && problems.some(({ code }) => code === 'signature/revoked-key');
}

export function waitsForVersion({ version }: EventRow): string {
  return `it waits for version ${version} to take effect`;
}

function waits(severity: 'error' | 'note', code: Finding['code'], row: EventRow, message: string): Verdict {
  return { kind: 'waits', found: finding(severity, code, row.path, message) };
}

/** Whether another event waits that would bring the version where this one takes it from. */
function comesFromPending(fold: Folding, row: EventRow): boolean {
  for (const path of fold.waiting) {
    const other = eventAt(fold, path);
    if (other === undefined || other === row || other.lane !== row.from || other.version !== row.version) continue;
    if (other.kind === row.kind && other.name === row.name) return true;
  }
  return false;
}

/** What the policy asks of an event beyond signatures and is not there, in one sentence. */
export async function unmetBy(
  source: HistorySource,
  fold: Folding,
  row: EventRow,
  policy: LoadedPolicy,
  soon: readonly EventRow[] = [],
): Promise<string | undefined> {
  const version = versionAt(fold, manifestPath(row.kind, row.name, row.version));
  const rule = ruleFor(policy.policy, actionOf(row), row);
  if (rule === undefined || version === undefined) return undefined;
  const bars = row.action === 'promote' ? barsFor(policy.policy, row, row.lane) : [];
  const asks = [rule.evidence, rule.metrics, rule.regressions, rule.licenses, bars].some((list) => list.length > 0);
  if (!asks && !rule.refusesPickle && !rule.completeLineage) return undefined;
  const held = holderOf(lanesBefore(fold, row), row.lane)?.version;
  const holder =
    held === undefined || held === row.version ? undefined : versionAt(fold, manifestPath(row.kind, row.name, held));
  const facts: ConditionFacts = {
    artifact: row,
    version: await versionFacts(source, fold, version),
    holder: holder === undefined ? undefined : { ...(await versionFacts(source, fold, holder)), name: holder.version },
    bars: await barsSince(source, fold, policy, bars),
    incompleteLineage: rule.completeLineage ? lacksOf(fold, row, soon) : [],
    created: row.created,
  };
  const unmet = unmetConditions(policy.policy, rule, facts);
  return unmet.length === 0 ? undefined : unmet.join('; ');
}

function lacksOf(fold: Folding, row: EventRow, soon: readonly EventRow[]): string[] {
  return incompleteLineage(`${artifactOf(row)}@${row.version}`, nodesIn(fold, row, soon));
}

function take(fold: Folding, step: Step, row: EventRow): void {
  const displaced = isStageAction(row.action) ? (fold.machine.stages.get(row.lane)?.displaced ?? null) : null;
  const taken: EventRow = { ...row, displaced, order: fold.orders, effective: step.oid };
  const lanes = lanesOf(fold, row);
  const withdrawnBefore = lanes.withdrawn.get(row.version)?.state;
  const count = eventTags(taken, takeEffect(lanes, taken), withdrawnBefore).length;
  fold.orders++;
  const tags = takeTagNumbers(fold, step, artifactOf(row), count);
  const before = fold.numbered.get(row.path);
  // Made tags are never moved: what has a number from before a key was revoked keeps it.
  fold.rows.set(row.path, { ...taken, tags: tags !== null && before?.count === count ? before : tags });
  fold.waiting.delete(row.path);
}

function refuse(fold: Folding, oid: Oid, row: EventRow, why: string): void {
  fold.waiting.delete(row.path);
  fold.refusals.add(row.digest);
  addProblem(fold, { ...row, refused: true }, refusal(row, why, oid));
}

function refusal({ path }: EventRow, why: string, oid: Oid): Finding {
  return finding(
    'error',
    'event/refused',
    path,
    `it could not take effect in commit ${oid.slice(0, 12)}: ${why}`,
    'it counts for nothing and may be removed; say it again as things are now',
  );
}

function artifactOf({ kind, name }: Pick<EventRow, 'kind' | 'name'>): string {
  return `${kind}/${name}`;
}

/** What the events of each artifact amount to so far; made again from the rows where it is not known. */
const known = new WeakMap<Folding, Map<string, ArtifactLanes>>();

export function lanesOf(fold: Folding, artifact: Pick<EventRow, 'kind' | 'name'>): ArtifactLanes {
  const all = known.get(fold) ?? lanesSoFar(fold);
  known.set(fold, all);
  return lanesIn(all, artifactOf(artifact));
}

/** Of all artifacts at once: to look through the rows for each of them would take a square of their number. */
function lanesSoFar(fold: Folding): Map<string, ArtifactLanes> {
  const all = new Map<string, ArtifactLanes>();
  for (const row of effectiveEvents(fold)) takeEffect(lanesIn(all, artifactOf(row)), row);
  return all;
}

function lanesIn(all: Map<string, ArtifactLanes>, key: string): ArtifactLanes {
  const lanes = all.get(key) ?? noEvents();
  all.set(key, lanes);
  return lanes;
}

/** The lanes an event meets: as they are, or as they were if it took effect already and is judged again. */
function lanesBefore(fold: Folding, row: EventRow): ArtifactLanes {
  const { order } = row;
  if (order === null) return lanesOf(fold, row);
  const lanes = noEvents();
  for (const other of effectiveEvents(fold, artifactOf(row))) if (other.order < order) takeEffect(lanes, other);
  return lanes;
}

/** Of one artifact or of all, in the order in which they took effect. */
function effectiveEvents(fold: Folding, key?: string): (EventRow & { readonly order: number })[] {
  const events: (EventRow & { readonly order: number })[] = [];
  for (const row of fold.rows.values()) {
    if (row.document !== 'event' || row.order === null) continue;
    if (key === undefined || artifactOf(row) === key) events.push({ ...row, order: row.order });
  }
  return events.sort((a, b) => a.order - b.order);
}

/**
 * After events of an artifact lost effect: the others once more, in their order. One that took its version from a stage
 * in which it never was loses effect as well.
 */
export function replayEvents(
  fold: Folding,
  artifact: Pick<EventRow, 'kind' | 'name'>,
  found: (row: EventRow) => Finding,
): void {
  const key = artifactOf(artifact);
  const lanes = noEvents();
  for (const row of effectiveEvents(fold, key)) {
    if (isStageAction(row.action) && stageOf(lanes, row.version, fold.machine.initial) !== row.from) {
      withoutEffect(fold, row, [found(row)]);
    } else takeEffect(lanes, row);
  }
  known.get(fold)?.set(key, lanes);
}

/** The row as it was before it took effect, with more to say about it. */
export function withoutEffect(fold: Folding, row: EventRow, problems: readonly Finding[]): void {
  fold.rows.set(row.path, {
    ...row,
    effective: null,
    order: null,
    displaced: null,
    tags: null,
    problems: [...row.problems, ...problems],
  });
  fold.waiting.add(row.path);
}
