/**
 * The stages of a registry and the ways between them: what `at1.toml` says, else the usual four. Rules about versions
 * and signatures are in registry/lanes.ts and in the policy.
 */
import { invalid } from './check.js';
import { LIFECYCLE_LANE } from './check-event.js';
import type { ConfigDocument } from './generated/types.js';
import { isLaneName, type LaneName } from './name.js';

export interface Stage {
  readonly name: LaneName;
  /** Where a version may go from here. */
  readonly to: readonly LaneName[];
  /** One version at a time. */
  readonly unique: boolean;
  /** Where the one before goes; undefined where the stage is not unique. */
  readonly displaced: LaneName | undefined;
  readonly expiresDays: number | undefined;
}

export interface StageMachine {
  /** Where every new version is. */
  readonly initial: LaneName;
  readonly stages: ReadonlyMap<LaneName, Stage>;
}

type StageTables = NonNullable<ConfigDocument['stages']>;

/** The transitions are those of pacha; that production has one holder at a time is ours. */
const USUAL: StageTables = {
  development: { to: ['staging', 'archived'], initial: true },
  staging: { to: ['development', 'production', 'archived'] },
  production: { to: ['staging', 'archived'], unique: true, displaced: 'archived' },
  archived: { to: ['development'] },
};

const ARCHIVE = 'archived';

/** Throws `document/schema` for stages that contradict each other. */
export function stageMachine(stages: StageTables | undefined, text?: string): StageMachine {
  const tables = Object.entries(stages ?? USUAL);
  const names = new Set(tables.map(([name]) => name));
  const initial = tables.filter(([, table]) => table.initial === true).map(([name]) => name);
  const [first, ...others] = initial;
  if (first === undefined || others.length > 0) {
    throw invalid(`/stages: ${initial.length} stages are initial, and one must be`, ['stages'], text);
  }
  const known = (name: string, at: string[]): LaneName => {
    if (!names.has(name)) throw invalid(`/stages: there is no stage ${name}`, at, text);
    return name as LaneName;
  };
  const found = new Map<LaneName, Stage>();
  for (const [name, table] of tables) {
    if (!isLaneName(name) || name === LIFECYCLE_LANE)
      throw invalid(`/stages: no stage can be called ${name}`, [], text);
    const unique = table.unique === true;
    if (table.displaced !== undefined && !unique) {
      throw invalid(`/stages: ${name} has displaced, and is not unique`, ['stages', name, 'displaced'], text);
    }
    const displaced = table.displaced ?? (names.has(ARCHIVE) && name !== ARCHIVE ? ARCHIVE : first);
    if (unique && displaced === name) {
      throw invalid(`/stages: who is displaced from ${name} cannot stay in it`, ['stages', name], text);
    }
    found.set(name, {
      name,
      to: table.to.map((other) => known(other, ['stages', name, 'to'])),
      unique,
      displaced: unique ? known(displaced, ['stages', name, 'displaced']) : undefined,
      expiresDays: table.expires_days,
    });
  }
  const machine: StageMachine = { initial: known(first, []), stages: found };
  checkPlaces(machine, text);
  return machine;
}

/** New versions and displaced ones are put into a stage without being asked: many must have room there. */
function checkPlaces({ initial, stages }: StageMachine, text: string | undefined): void {
  if (stages.get(initial)?.unique === true) {
    throw invalid(`/stages: ${initial} is initial, so it cannot be unique`, ['stages', initial], text);
  }
  for (const { name, displaced } of stages.values()) {
    if (displaced === undefined || stages.get(displaced)?.unique !== true) continue;
    const message = `/stages: who is displaced from ${name} goes to ${displaced}, which is unique`;
    throw invalid(message, ['stages', name], text);
  }
}

export const USUAL_STAGES: StageMachine = stageMachine(undefined);

/** The fewest steps from one stage to another, without the first: `[staging, production]`; none where it is the same. */
export function stepsBetween({ stages }: StageMachine, from: LaneName, to: LaneName): readonly LaneName[] | undefined {
  const ways = new Map<LaneName, readonly LaneName[]>([[from, []]]);
  // A map keeps the order of insertion, so this walks breadth first.
  for (const [at, way] of ways) {
    for (const next of stages.get(at)?.to ?? []) if (!ways.has(next)) ways.set(next, [...way, next]);
  }
  return ways.get(to);
}
