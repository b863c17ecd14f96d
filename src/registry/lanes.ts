/**
 * What the events of one artifact amount to: stages, aliases, withdrawals. Events come in the order in which they took
 * effect; what they say is judged here, who signed them is not. docs/format/events.md sections 3 and 4.
 */
import { unreachable } from '../errors.js';
import type { EventAction } from '../manifest/check-event.js';
import type { LaneName, PrincipalName } from '../manifest/name.js';
import type { StageMachine } from '../manifest/stage-machine.js';
import type { Version } from '../manifest/version.js';
import type { VersionState } from './resolve.js';

/** An event as far as it matters here. */
export interface LaneEvent {
  /** Its path, by which it is named. */
  readonly path: string;
  readonly lane: LaneName;
  readonly action: EventAction;
  readonly version: Version;
  readonly from: LaneName | null;
  readonly expires: string | null;
  readonly actor: PrincipalName;
  readonly created: string;
  readonly reason: string | null;
  /** For a stage that one version holds at a time: where the others went. Fixed when the event took effect. */
  readonly displaced: LaneName | null;
}

/** A version in a stage, and the event that brought it there: its own, or the one of the version that took its place. */
export interface Placed {
  readonly stage: LaneName;
  readonly event: LaneEvent;
  readonly expires: string | null;
}

/** Who has a stage or alias, and since which event. */
export interface LaneHolder {
  readonly version: Version;
  readonly event: LaneEvent;
  readonly expires: string | null;
}

export interface Withdrawn {
  readonly state: Exclude<VersionState, 'active' | 'tombstoned'>;
  readonly event: LaneEvent;
}

export interface ArtifactLanes {
  /** Versions that are not in it are in the initial stage. */
  readonly stages: Map<Version, Placed>;
  /** Every version that ever took a stage, in order, once for each time. */
  readonly held: Map<LaneName, Version[]>;
  readonly aliases: Map<LaneName, LaneEvent>;
  readonly withdrawn: Map<Version, Withdrawn>;
}

/** One change of a stage's holders: what a tag is made for. */
export interface Move {
  readonly version: Version;
  readonly stage: LaneName;
  readonly kind: 'enters' | 'leaves';
}

export function noEvents(): ArtifactLanes {
  return { stages: new Map(), held: new Map(), aliases: new Map(), withdrawn: new Map() };
}

/** The stage of a version; undefined where it was revoked. */
export function stageOf(lanes: ArtifactLanes, version: Version, initial: LaneName): LaneName | undefined {
  if (lanes.withdrawn.get(version)?.state === 'revoked') return undefined;
  return lanes.stages.get(version)?.stage ?? initial;
}

/** The version that took a stage or alias last, of those that have it still. */
export function holderOf(lanes: ArtifactLanes, lane: LaneName): LaneHolder | undefined {
  const alias = lanes.aliases.get(lane);
  if (alias !== undefined) return { version: alias.version, event: alias, expires: alias.expires };
  for (const version of (lanes.held.get(lane) ?? []).toReversed()) {
    const placed = lanes.stages.get(version);
    if (placed?.stage === lane) return { version, event: placed.event, expires: placed.expires };
  }
  return undefined;
}

export type Step = Pick<LaneEvent, 'action' | 'lane' | 'version' | 'from'>;

/** Why an event cannot take effect as things are; undefined where it can. */
export function whyNot(lanes: ArtifactLanes, event: Step, machine: StageMachine): string | undefined {
  const { action, lane, version } = event;
  const state = lanes.withdrawn.get(version)?.state ?? 'active';
  switch (action) {
    case 'promote':
    case 'rollback':
      return whyNotStage(lanes, event, machine, state);
    case 'alias':
      if (machine.stages.has(lane)) return `${lane} is a stage, not an alias`;
      return whyNotAlias(lanes, event, state);
    case 'unalias':
      return lanes.aliases.get(lane)?.version === version ? undefined : `${version} has no alias ${lane}`;
    case 'deprecate':
      return state === 'active' ? undefined : `version ${version} is ${state} already`;
    case 'yank':
      return isOut(state) ? `version ${version} is ${state} already` : undefined;
    case 'revoke':
      return state === 'revoked' ? `version ${version} is revoked already` : undefined;
    case 'restore':
      if (state === 'active') return `version ${version} is not withdrawn`;
      return state === 'revoked' ? `version ${version} is revoked, and that is for ever` : undefined;
    default:
      return unreachable(action);
  }
}

function whyNotAlias({ aliases }: ArtifactLanes, { lane, version }: Step, state: VersionState): string | undefined {
  const given = aliases.get(lane);
  // What runs out may be given anew, as with stages.
  if (given?.version === version && given.expires === null) return `${version} has the alias ${lane} already`;
  return isOut(state) ? `version ${version} is ${state}` : undefined;
}

function isOut(state: VersionState): boolean {
  return state === 'yanked' || state === 'revoked';
}

function whyNotStage(
  lanes: ArtifactLanes,
  { action, lane, version, from }: Step,
  machine: StageMachine,
  state: VersionState,
): string | undefined {
  if (!machine.stages.has(lane)) return `there is no stage ${lane}`;
  if (isOut(state)) return `version ${version} is ${state}`;
  const at = stageOf(lanes, version, machine.initial);
  if (at !== from) return `version ${version} is in ${at}, not in ${from}`;
  if (at === lane) {
    // What runs out may be given the same stage anew.
    const runsOut = action === 'promote' && (lanes.stages.get(version)?.expires ?? null) !== null;
    return runsOut ? undefined : `version ${version} is in ${lane} already`;
  }
  if (action === 'rollback') {
    return lanes.held.get(lane)?.includes(version) === true ? undefined : `version ${version} never was in ${lane}`;
  }
  const ways = machine.stages.get(at)?.to ?? [];
  return ways.includes(lane) ? undefined : `no way leads from ${at} to ${lane}`;
}

/** Takes an event that `whyNot` lets through, and tells who moved. */
export function takeEffect(lanes: ArtifactLanes, event: LaneEvent): readonly Move[] {
  const { action, lane, version } = event;
  switch (action) {
    case 'promote':
    case 'rollback':
      return enter(lanes, event);
    case 'alias':
      lanes.aliases.set(lane, event);
      return [];
    case 'unalias':
      lanes.aliases.delete(lane);
      return [];
    case 'deprecate':
      lanes.withdrawn.set(version, { state: 'deprecated', event });
      return [];
    case 'yank':
      lanes.withdrawn.set(version, { state: 'yanked', event });
      return [];
    case 'revoke':
      return revoke(lanes, event);
    case 'restore':
      lanes.withdrawn.delete(version);
      return [];
    default:
      return unreachable(action);
  }
}

function enter(lanes: ArtifactLanes, event: LaneEvent): readonly Move[] {
  const { lane, version, displaced } = event;
  const moves: Move[] = [];
  // at1.toml may have made a stage of what was an alias.
  lanes.aliases.delete(lane);
  const before = lanes.stages.get(version)?.stage;
  if (before !== undefined && before !== lane) moves.push({ version, stage: before, kind: 'leaves' });
  if (displaced !== null) {
    for (const [other, placed] of lanes.stages) {
      if (other === version || placed.stage !== lane) continue;
      moves.push({ version: other, stage: lane, kind: 'leaves' });
      moves.push({ version: other, stage: displaced, kind: 'enters' });
      place(lanes, other, { stage: displaced, event, expires: null });
    }
  }
  moves.push({ version, stage: lane, kind: 'enters' });
  place(lanes, version, { stage: lane, event, expires: event.expires });
  return moves;
}

function place(lanes: ArtifactLanes, version: Version, placed: Placed): void {
  lanes.stages.set(version, placed);
  const held = lanes.held.get(placed.stage) ?? [];
  held.push(version);
  lanes.held.set(placed.stage, held);
}

/** Out of its stage and of everything that points at it. */
function revoke(lanes: ArtifactLanes, event: LaneEvent): readonly Move[] {
  const { version } = event;
  lanes.withdrawn.set(version, { state: 'revoked', event });
  for (const [alias, given] of lanes.aliases) if (given.version === version) lanes.aliases.delete(alias);
  const before = lanes.stages.get(version)?.stage;
  lanes.stages.delete(version);
  return before === undefined ? [] : [{ version, stage: before, kind: 'leaves' }];
}

/** Whether a stage, an alias or evidence has run out by a time in the same form. */
export function isExpired({ expires }: { readonly expires: string | null }, now: string): boolean {
  return expires !== null && expires <= now;
}

/** The version that held a stage before the one that holds it: what a rollback goes to. */
export function formerHolder(lanes: ArtifactLanes, stage: LaneName): Version | undefined {
  const now = holderOf(lanes, stage)?.version;
  return (lanes.held.get(stage) ?? []).toReversed().find((version) => {
    return version !== now && !isOut(lanes.withdrawn.get(version)?.state ?? 'active');
  });
}
