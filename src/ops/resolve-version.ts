/** A reference against a registry's state: the row it means, and what has to be said about it. */
import { At1Error } from '../errors.js';
import { lanesByArtifact, waitingEvents } from '../history/lanes-of-state.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { type ArtifactName, KINDS, type Kind, parseKind, parseName } from '../manifest/name.js';
import { parseReference, type Ref } from '../manifest/reference.js';
import { compareVersions } from '../manifest/version.js';
import { type ArtifactLanes, holderOf, isExpired } from '../registry/lanes.js';
import {
  type Holder,
  type Known,
  type KnownVersion,
  type ResolveOptions,
  resolve,
  type Warning,
} from '../registry/resolve.js';
import { refuseUnreadable, refuseUnreadableWithdrawal } from './refuse-unreadable.js';

export interface ResolvedVersion {
  readonly row: VersionRow;
  readonly warnings: readonly Warning[];
}

/**
 * Throws `usage/reference`, `artifact/not-found`, `artifact/ambiguous`, and for a version whose signatures do not
 * count the code of what is wrong with them.
 */
export function resolveVersion(
  state: RegistryState,
  reference: string,
  options: ResolveOptions & { readonly now?: string | undefined } = {},
): ResolvedVersion {
  const known = knownVersions(state, options.now);
  const asked = parseReference(reference);
  try {
    const { chosen, warnings } = resolve(asked, known, options);
    // What was named exactly is what it is, whatever else there may be, unless it was withdrawn.
    if (asked.selector.kind === 'exact' || asked.selector.kind === 'digest') {
      if (options.allowRevoked !== true) refuseUnreadableWithdrawal(state, chosen.row);
    } else refuseUnreadable(state, chosen.row);
    return { row: chosen.row, warnings };
  } catch (error) {
    if (error instanceof At1Error && error.code === 'artifact/pending') throw whyPending(error, asked, known.versions);
    if (error instanceof At1Error && error.code === 'artifact/not-found') {
      for (const kind of asked.kind === undefined ? KINDS : [asked.kind]) refuseUnreadable(state, { ...asked, kind });
    }
    throw error;
  }
}

/** `now`: what has run out by then is held no more; without it nothing runs out. */
function knownVersions(
  state: RegistryState,
  now: string | undefined,
): Known<KnownVersion & { readonly row: VersionRow }> {
  const lanes = lanesByArtifact(state);
  const versions = [...state.versions.values()].map((row) => {
    const withdrawn = lanes.get(`${row.kind}/${row.name}`)?.withdrawn.get(row.version);
    return {
      kind: row.kind,
      name: row.name,
      version: row.version,
      content: row.content,
      effective: row.effective !== null,
      state: withdrawn?.state ?? ('active' as const),
      by: withdrawn?.event.actor,
      row,
    };
  });
  return { versions, holders: holdersOf(state, lanes, now) };
}

function holdersOf(
  state: RegistryState,
  all: ReadonlyMap<string, ArtifactLanes>,
  now: string | undefined,
): readonly Holder[] {
  const holders = new Map<string, Holder>();
  for (const [artifact, lanes] of all) {
    for (const lane of new Set([...lanes.held.keys(), ...lanes.aliases.keys()])) {
      const held = holderOf(lanes, lane);
      const { kind, name } = parseArtifact(artifact);
      const gone = held === undefined || (now !== undefined && isExpired(held, now));
      holders.set(`${artifact}:${lane}`, { kind, name, lane, effective: gone ? undefined : held.version });
    }
  }
  for (const { kind, name, lane, version, action } of waitingEvents(state)) {
    if (action !== 'promote' && action !== 'rollback' && action !== 'alias') continue;
    const key = `${kind}/${name}:${lane}`;
    holders.set(key, { kind, name, lane, effective: holders.get(key)?.effective, pending: version });
  }
  return [...holders.values()];
}

function parseArtifact(artifact: string): { readonly kind: Kind; readonly name: ArtifactName } {
  const slash = artifact.indexOf('/');
  return { kind: parseKind(artifact.slice(0, slash)), name: parseName(artifact.slice(slash + 1)) };
}

/** What has to be said about a version that was resolved, in the same words everywhere. */
export function warningText({ kind, version }: Warning): string {
  return `${version} is ${kind === 'prerelease' ? 'a pre-release' : kind}`;
}

/** A version without a counting signature waits for one, unless something is wrong with those it has. */
function whyPending(error: At1Error, asked: Ref, known: readonly { readonly row: VersionRow }[]): At1Error {
  const found = known.find(
    ({ row }) =>
      row.name === asked.name &&
      (asked.kind === undefined || row.kind === asked.kind) &&
      row.version === error.facts.version,
  );
  const problem = found?.row.problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) return error;
  return new At1Error(problem.code, {
    message: problem.message,
    facts: { subject: problem.subject, ...error.facts },
    cause: error,
    ...(problem.hint === null ? {} : { hint: problem.hint }),
  });
}

/** Refuses a version that history or its signatures show to be wrong, before any of its bytes are handed out. */
export function refuseProblems(row: VersionRow): void {
  const problem = row.problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) return;
  throw new At1Error(problem.code, {
    message: `${row.kind}/${row.name}@${row.version}: ${problem.message}`,
    facts: { subject: problem.subject },
    hint: problem.hint ?? 'at1 verify tells everything that is wrong',
  });
}

/** By kind and name, then newest version first. */
export function compareRows(a: VersionRow, b: VersionRow): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return compareVersions(b.version, a.version);
}
