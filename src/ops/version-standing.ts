/** What the events say of a version, for people: its stage, its aliases, whether it was withdrawn, what waits. */
import { lanesByArtifact, waitingEvents } from '../history/lanes-of-state.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import type { LaneName } from '../manifest/name.js';
import { stageMachine } from '../manifest/stage-machine.js';
import { type ArtifactLanes, isExpired, noEvents, stageOf } from '../registry/lanes.js';
import { eventStanding } from './event-standing.js';

export interface VersionStanding {
  /** Null for a version that was revoked, or whose time in its stage has run out. */
  readonly stage: string | null;
  readonly aliases: readonly string[];
  readonly withdrawn: {
    readonly state: 'deprecated' | 'yanked' | 'revoked';
    readonly by: string;
    readonly at: string;
    readonly reason: string | null;
  } | null;
  /** Events about it that wait, with the signatures they have and need. */
  readonly waiting: readonly {
    readonly action: string;
    readonly lane: string;
    readonly have: number;
    readonly needs: number;
    readonly path: string;
  }[];
}

/** `now`: RFC 3339; what has run out by then is held no more. */
export function standings(
  state: RegistryState,
  policy: LoadedPolicy,
  now: string,
): (row: VersionRow) => VersionStanding {
  const lanes = lanesByArtifact(state);
  const { initial } = stageMachine(state.stages ?? undefined);
  const waiting = waitingEvents(state);
  return (row) => {
    const own = lanes.get(`${row.kind}/${row.name}`) ?? noEvents();
    const withdrawn = own.withdrawn.get(row.version);
    const about = waiting.filter(
      ({ kind, name, version }) => kind === row.kind && name === row.name && version === row.version,
    );
    return {
      stage: stageNow(own, row, initial, now),
      aliases: aliasesOf(own, row, now),
      withdrawn:
        withdrawn === undefined
          ? null
          : {
              state: withdrawn.state,
              by: withdrawn.event.actor,
              at: withdrawn.event.created,
              reason: withdrawn.event.reason,
            },
      waiting: about.map((event) => {
        const { action, lane, have, needs, path } = eventStanding(state, policy, event);
        return { action, lane, have, needs, path };
      }),
    };
  };
}

function stageNow(lanes: ArtifactLanes, { version }: VersionRow, initial: LaneName, now: string): string | null {
  const placed = lanes.stages.get(version);
  if (placed !== undefined && isExpired(placed, now)) return null;
  return stageOf(lanes, version, initial) ?? null;
}

function aliasesOf(lanes: ArtifactLanes, { version }: VersionRow, now: string): string[] {
  const own = [...lanes.aliases].filter(([, given]) => given.version === version && !isExpired(given, now));
  return own.map(([name]) => name).sort();
}
