/** Stages, aliases and withdrawals as a registry's state has them. */
import type { ArtifactName, Kind } from '../manifest/name.js';
import { type ArtifactLanes, noEvents, takeEffect } from '../registry/lanes.js';
import type { EventRow, RegistryState, VersionRow } from './registry-state.js';

/** Events that took effect, in their order; of one artifact or of all. */
export function effectiveEvents(
  { events }: Pick<RegistryState, 'events'>,
  artifact?: { readonly kind: Kind; readonly name: ArtifactName },
): EventRow[] {
  const rows = [...events.values()].filter(
    ({ order, kind, name }) =>
      order !== null && (artifact === undefined || (artifact.kind === kind && artifact.name === name)),
  );
  return rows.sort((a, b) => Number(a.order) - Number(b.order));
}

/** By artifact, `kind/name`; one without events is not in it. */
export function lanesByArtifact(state: Pick<RegistryState, 'events'>): ReadonlyMap<string, ArtifactLanes> {
  const all = new Map<string, ArtifactLanes>();
  for (const row of effectiveEvents(state)) {
    const key = `${row.kind}/${row.name}`;
    const lanes = all.get(key) ?? noEvents();
    all.set(key, lanes);
    takeEffect(lanes, row);
  }
  return all;
}

export function lanesIn(
  state: Pick<RegistryState, 'events'>,
  artifact: { readonly kind: Kind; readonly name: ArtifactName },
): ArtifactLanes {
  const lanes = noEvents();
  for (const row of effectiveEvents(state, artifact)) takeEffect(lanes, row);
  return lanes;
}

/** Events that wait for signatures, for evidence or for an event before them. */
export function waitingEvents({ events }: Pick<RegistryState, 'events'>): EventRow[] {
  return [...events.values()].filter(({ order, refused }) => order === null && !refused);
}

/** Versions that some have signed of those who have to; one that nobody of them signed is wrong, and waits for nothing. */
export function waitingVersions({ versions }: Pick<RegistryState, 'versions'>): VersionRow[] {
  return [...versions.values()].filter(
    ({ effective, problems }) => effective === null && problems.some(({ code }) => code === 'artifact/pending'),
  );
}
