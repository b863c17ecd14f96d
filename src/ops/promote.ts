/** `promote`, `rollback`, `alias` and withdrawals: which events they are; recording is one and the same for all. */
import { At1Error } from '../errors.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { LIFECYCLE_LANE } from '../manifest/check-event.js';
import { type LaneName, parseLaneName } from '../manifest/name.js';
import { parseReference } from '../manifest/reference.js';
import type { StageMachine } from '../manifest/stage-machine.js';
import { parseVersion } from '../manifest/version.js';
import { holderOf } from '../registry/lanes.js';
import { parseStage, planPromotion, planRollback, planStep } from '../registry/plan-promotion.js';
import type { Registry } from './open-registry.js';
import { type EventOptions, type EventResult, type Plan, parseExpiry } from './prepare-events.js';
import { recordEvents } from './record-events.js';
import { resolveVersion } from './resolve-version.js';

export interface PromoteRequest {
  readonly ref: string;
  readonly stage: string;
  /** Over the stages in between, each with an event of its own, all in one commit. */
  readonly through?: boolean | undefined;
  /** RFC 3339: when it is to leave the stage by itself. */
  readonly expires?: string | undefined;
}

/** Puts a version into a stage; `unchanged` where it is there already. Throws `artifact/*`, `usage/*`, `event/refused`, `policy/denied`, `key/*`, `git/*`, `io/*`. */
export async function promote(
  registry: Registry,
  request: PromoteRequest,
  options: EventOptions = {},
): Promise<EventResult> {
  const expires = parseExpiry(request.expires);
  return recordEvents(
    registry,
    (state, lanesOf, machine) => {
      const row = versionOf(state, request.ref);
      const stage = parseStage(request.stage, machine);
      const { version, effective } = row;
      const asked = { version, stage, through: request.through === true, expires, isEffective: effective !== null };
      return { row, steps: planPromotion(lanesOf(row), asked, machine), expires, already: stage };
    },
    options,
  );
}

export interface RollbackRequest {
  /** `model/fraud-detector`: the artifact, without a version. */
  readonly artifact: string;
  readonly stage: string;
  /** The version to go back to; default the one that had the stage before. */
  readonly to?: string | undefined;
}

/** Gives a stage back to a version that had it. */
export async function rollback(
  registry: Registry,
  request: RollbackRequest,
  options: EventOptions = {},
): Promise<EventResult> {
  return recordEvents(
    registry,
    (state, lanesOf, machine) => {
      const stage = parseStage(request.stage, machine);
      const known = anyVersionOf(state, request.artifact);
      const named = request.to === undefined ? undefined : parseVersion(request.to);
      const to = named === undefined ? undefined : versionOf(state, `${known.kind}/${known.name}@${named}`).version;
      const step = planRollback(lanesOf(known), stage, to, machine);
      return { row: versionOf(state, `${known.kind}/${known.name}@${step.version}`), steps: [step] };
    },
    options,
  );
}

export interface AliasRequest {
  /** The version; with `remove` the artifact. */
  readonly ref: string;
  readonly alias: string;
  readonly remove?: boolean | undefined;
  readonly expires?: string | undefined;
}

/** Gives a version an alias such as `champion`, or takes it away. */
export async function alias(
  registry: Registry,
  request: AliasRequest,
  options: EventOptions = {},
): Promise<EventResult> {
  const lane = parseLaneName(request.alias);
  const expires = parseExpiry(request.expires);
  return recordEvents(registry, aliasPlan(request, lane, expires), options);
}

function aliasPlan(request: AliasRequest, lane: LaneName, expires: string | undefined): Plan {
  return (state, lanesOf, machine) => {
    refuseLane(lane, machine);
    if (request.remove !== true) {
      const row = versionOf(state, request.ref);
      return {
        row,
        steps: [planStep(lanesOf(row), { action: 'alias', lane, version: row.version }, machine)],
        expires,
      };
    }
    const known = anyVersionOf(state, request.ref);
    const held = holderOf(lanesOf(known), lane)?.version;
    if (held === undefined) {
      throw new At1Error('artifact/not-found', { message: `no version of ${known.name} has the alias ${lane}` });
    }
    const row = versionOf(state, `${known.kind}/${known.name}@${held}`);
    return { row, steps: [planStep(lanesOf(row), { action: 'unalias', lane, version: held }, machine)] };
  };
}

function refuseLane(lane: LaneName, machine: StageMachine): void {
  if (machine.stages.has(lane)) {
    throw new At1Error('usage/name', {
      message: `${lane} is a stage, not an alias`,
      hint: `at1 promote REF ${lane} puts a version there`,
    });
  }
  if (lane === LIFECYCLE_LANE) {
    throw new At1Error('usage/name', { message: `no alias can be called ${lane}`, hint: 'choose another word' });
  }
}

export interface WithdrawRequest {
  readonly ref: string;
  readonly action: 'deprecate' | 'yank' | 'revoke' | 'restore';
}

/** Says of a version that it should not be used any more, or takes that back. */
export async function withdraw(
  registry: Registry,
  { ref, action }: WithdrawRequest,
  options: EventOptions = {},
): Promise<EventResult> {
  return recordEvents(
    registry,
    (state, lanesOf, machine) => {
      const row = versionOf(state, ref);
      const step = { action, lane: LIFECYCLE_LANE as LaneName, version: row.version };
      return { row, steps: [planStep(lanesOf(row), step, machine)] };
    },
    options,
  );
}

/** An exactly named version in whatever state; else what the reference resolves to. */
function versionOf(state: RegistryState, ref: string): VersionRow {
  const { kind, name, selector } = parseReference(ref);
  if (selector.kind === 'exact') {
    const rows = [...state.versions.values()].filter(
      (row) => row.name === name && row.version === selector.version && (kind ?? row.kind) === row.kind,
    );
    const [row] = rows;
    if (row !== undefined && rows.length === 1) return row;
  }
  return resolveVersion(state, ref).row;
}

function anyVersionOf(state: RegistryState, artifact: string): VersionRow {
  const { kind, name, selector } = parseReference(artifact);
  if (selector.kind !== 'latest') {
    throw new At1Error('usage/reference', {
      message: `'${artifact.slice(0, 200)}' names a version`,
      hint: 'name the artifact only, such as model/fraud-detector',
    });
  }
  const rows = [...state.versions.values()].filter((row) => row.name === name && (kind ?? row.kind) === row.kind);
  const [row] = rows;
  return row !== undefined && new Set(rows.map((one) => one.kind)).size === 1
    ? row
    : resolveVersion(state, artifact).row;
}
