/** Which events a promotion or a rollback needs, one for each step, as things are; nothing is written here. */
import { At1Error } from '../errors.js';
import { isStageAction } from '../manifest/check-event.js';
import type { LaneName } from '../manifest/name.js';
import { type StageMachine, stepsBetween } from '../manifest/stage-machine.js';
import type { Version } from '../manifest/version.js';
import { nearest } from './did-you-mean.js';
import { type ArtifactLanes, formerHolder, holderOf, type Step, stageOf, whyNot } from './lanes.js';

export interface PlannedStep extends Step {
  /** Days after which it holds the stage no more. */
  readonly expiresDays: number | undefined;
}

export interface PromotionRequest {
  readonly version: Version;
  readonly stage: LaneName;
  /** Over the stages in between as well, each with an event of its own. */
  readonly through: boolean;
  /** When it is to leave the stage by itself: where it has no end there, that is something new to say. */
  readonly expires: string | undefined;
  /** What still waits for signatures is in no stage for good. */
  readonly isEffective: boolean;
}

/** Words that pacha takes for its stages. */
const SHORT: Readonly<Record<string, string>> = {
  dev: 'development',
  stage: 'staging',
  prod: 'production',
  archive: 'archived',
};

/** The stage somebody means; throws `usage/name` for a word that is none. */
export function parseStage(text: string, machine: StageMachine): LaneName {
  const lower = text.toLowerCase();
  for (const word of [lower, SHORT[lower] ?? lower]) {
    if (machine.stages.has(word as LaneName)) return word as LaneName;
  }
  const stages = [...machine.stages.keys()];
  const near = nearest(lower, stages);
  throw new At1Error('usage/name', {
    message: `there is no stage '${text.slice(0, 80)}'`,
    hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `the stages are ${stages.join(', ')}`,
  });
}

/** No step where the version is there already, for good, and none came after it. Throws `event/refused` where no way leads there. */
export function planPromotion(
  lanes: ArtifactLanes,
  { version, stage, through, expires, isEffective }: PromotionRequest,
  machine: StageMachine,
): PlannedStep[] {
  const at = stageOf(lanes, version, machine.initial);
  const step = (from: LaneName | undefined, lane: LaneName): PlannedStep => ({
    action: 'promote',
    lane,
    version,
    from: from ?? null,
    expiresDays: machine.stages.get(lane)?.expiresDays,
  });
  const direct = step(at, stage);
  const why = whyNot(lanes, direct, machine);
  if (why === undefined) return [direct];
  const way = at === undefined || at === stage ? undefined : stepsBetween(machine, at, stage);
  const isOut = lanes.withdrawn.get(version)?.state === 'yanked';
  if (at === stage && !isOut && expires === undefined && isEffective) {
    const holder = holderOf(lanes, stage)?.version ?? version;
    if (holder === version) return [];
    throw refused(`${why}, but ${holder}, which came later, is what ${stage} means`);
  }
  if (way === undefined || at === undefined || isOut) throw refused(why);
  if (!through) throw refused(why, `first to ${way[0]}: at1 promote REF ${way[0]}`);
  return way.map((lane, i) => step(i === 0 ? at : way[i - 1], lane));
}

/** To the version named, or to the one that had the stage before. Throws `event/refused`, `artifact/not-found`. */
export function planRollback(
  lanes: ArtifactLanes,
  stage: LaneName,
  to: Version | undefined,
  machine: StageMachine,
): PlannedStep {
  const version = to ?? formerHolder(lanes, stage);
  if (version === undefined) {
    throw new At1Error('artifact/not-found', {
      message: `no version had ${stage} before`,
      hint: `at1 promote REF ${stage} brings one there`,
    });
  }
  const from = stageOf(lanes, version, machine.initial) ?? null;
  const step: PlannedStep = {
    action: 'rollback',
    lane: stage,
    version,
    from,
    expiresDays: machine.stages.get(stage)?.expiresDays,
  };
  const why = whyNot(lanes, step, machine);
  if (why !== undefined) throw refused(why);
  return step;
}

/** A withdrawal, or its undoing, or an alias. Throws `event/refused`. */
export function planStep(lanes: ArtifactLanes, step: Omit<Step, 'from'>, machine: StageMachine): PlannedStep {
  const planned: PlannedStep = { ...step, from: null, expiresDays: undefined };
  const why = whyNot(lanes, planned, machine);
  if (why !== undefined) throw refused(why);
  return planned;
}

export interface Displacement {
  readonly version: Version;
  readonly from: LaneName;
  readonly to: LaneName | undefined;
}

/** Which other versions move when these steps take effect, for people to see before. */
export function displacements(
  lanes: ArtifactLanes,
  steps: readonly PlannedStep[],
  machine: StageMachine,
): Displacement[] {
  const found: Displacement[] = [];
  for (const { action, lane, version } of steps) {
    const displaced = isStageAction(action) ? machine.stages.get(lane)?.displaced : undefined;
    const holder = holderOf(lanes, lane)?.version;
    if (displaced !== undefined && holder !== undefined && holder !== version) {
      found.push({ version: holder, from: lane, to: displaced });
    }
  }
  return found;
}

function refused(message: string, hint?: string): At1Error {
  return new At1Error('event/refused', { message, hint });
}
