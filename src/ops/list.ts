/** What is in a registry: `list`, `show` and `stats` read the same folded state. */

import { compareText } from '../bytes/text.js';
import { checkLineage } from '../checks/check-lineage.js';
import { formatDigest } from '../digest/digest.js';
import type { EventRow, RegistryState, VersionRow } from '../history/registry-state.js';
import { formatVersionTag } from '../history/tag-name.js';
import type { Manifest } from '../manifest/documents.js';
import { isKind, type Kind } from '../manifest/name.js';
import { parseReference } from '../manifest/reference.js';
import { formatTimestamp, LAST_SECOND } from '../manifest/timestamp.js';
import { eventStanding, type StandingEvent } from './event-standing.js';
import { evidenceAbout, type ShownEvidence } from './evidence-about.js';
import { objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { eachVersion, manifestOf, objectsOf } from './read-version.js';
import { compareRows, resolveVersion, warningText } from './resolve-version.js';
import { type ShownLink, shownLineage } from './shown-lineage.js';
import { type ShownOrdinal, shownOrdinal } from './shown-ordinal.js';
import { loadTrustedState } from './trusted-state.js';
import { standings, type VersionStanding } from './version-standing.js';

export interface ListedVersion extends VersionStanding {
  readonly version: string;
  readonly created: string;
  readonly size: number;
  readonly stored: number;
  readonly content: string;
  readonly signers: readonly string[];
  /** `effective`, `pending` (not enough signatures yet) or `wrong` (see `at1 verify`). */
  readonly state: 'effective' | 'pending' | 'wrong';
}

export interface ListedArtifact {
  readonly kind: Kind;
  readonly name: string;
  readonly versions: readonly ListedVersion[];
}

export interface ListResult {
  readonly artifacts: readonly ListedArtifact[];
}

/** All artifacts, those of one kind, or one by name; newest version first. Throws `artifact/not-found` for a name. */
export async function list(registry: Registry, what?: string): Promise<ListResult> {
  const { state, policy, now } = await loadTrustedState(registry);
  const standingOf = standings(state, policy, now);
  const wanted = filterOf(state, what);
  const artifacts = new Map<string, { kind: Kind; name: string; versions: ListedVersion[] }>();
  for (const row of [...state.versions.values()].filter(wanted).sort(compareRows)) {
    const key = `${row.kind}/${row.name}`;
    const artifact = artifacts.get(key) ?? { kind: row.kind, name: row.name, versions: [] };
    artifact.versions.push(listed(row, standingOf(row)));
    artifacts.set(key, artifact);
  }
  return { artifacts: [...artifacts.values()] };
}

export function filterOf(state: RegistryState, what: string | undefined): (row: VersionRow) => boolean {
  if (what === undefined) return () => true;
  if (isKind(what)) return (row) => row.kind === what;
  const { row } = resolveAny(state, what);
  return (other) => other.kind === row.kind && other.name === row.name;
}

/** Any version of the named artifact, wrong or not: only the name is asked for. */
function resolveAny(state: RegistryState, what: string): { readonly row: VersionRow } {
  const { kind, name } = parseReference(what);
  const rows = [...state.versions.values()].filter(
    (row) => row.name === name && (kind === undefined || row.kind === kind),
  );
  const [row] = rows;
  if (row !== undefined && rows.every((other) => other.kind === row.kind)) return { row };
  return resolveVersion(state, what);
}

export function stateOf(row: VersionRow): ListedVersion['state'] {
  if (row.problems.some(({ severity }) => severity === 'error')) return 'wrong';
  return row.effective === null ? 'pending' : 'effective';
}

function listed(row: VersionRow, standing: VersionStanding): ListedVersion {
  return {
    ...standing,
    version: row.version,
    created: row.created,
    size: row.size,
    stored: row.stored,
    content: formatDigest(row.content),
    signers: row.signers,
    state: stateOf(row),
  };
}

export interface ShowResult extends ListedVersion {
  readonly ref: string;
  readonly kind: Kind;
  readonly name: string;
  readonly description: string | null;
  readonly purpose: string | null;
  readonly form: 'file' | 'tree';
  readonly files: readonly {
    readonly path: string;
    readonly size: number;
    readonly sha256: string;
    readonly blake3: string;
  }[];
  readonly directories: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
  /** What it says it was made from. */
  readonly lineage: readonly ShownLink[];
  readonly card: { readonly format: string; readonly text: string } | null;
  readonly manifest: { readonly path: string; readonly sha256: string };
  readonly commit: string;
  readonly landed: string;
  readonly tag: string;
  readonly license: string | null;
  /** What happened to it since, oldest first. */
  readonly events: readonly StandingEvent[];
  /** What was found out about its content digest, oldest first. */
  readonly evidence: readonly ShownEvidence[];
  readonly problems: VersionRow['problems'];
  readonly warnings: readonly string[];
  /** How MLflow would count it; null where that was not asked. */
  readonly mlflow: ShownOrdinal | null;
}

export interface ShowOptions {
  /** Count the version as MLflow does; throws `git/shallow` where the clone is cut off. */
  readonly mlflow?: boolean | undefined;
}

/** Everything about one version. A wrong version is shown all the same, with its problems. */
export async function show(registry: Registry, reference: string, options: ShowOptions = {}): Promise<ShowResult> {
  const { state, policy, now } = await loadTrustedState(registry);
  const { row, warnings } = resolveShown(state, reference, now);
  const manifest: Manifest = await manifestOf(registry, row);
  return {
    ref: `${row.kind}/${row.name}@${row.version}`,
    kind: row.kind,
    name: row.name,
    ...listed(row, standings(state, policy, now)(row)),
    license: manifest.license ?? null,
    events: eventsAbout(state, row).map((event) => eventStanding(state, policy, event)),
    evidence: evidenceAbout(state, row.content),
    description: manifest.description ?? null,
    purpose: manifest.purpose ?? null,
    form: row.form,
    files: manifest.files.map(({ path, size, sha256, blake3 }) => ({ path, size, sha256, blake3 })),
    directories: manifest.directories ?? [],
    metrics: manifest.metrics ?? {},
    lineage: shownLineage(manifest),
    card: manifest.card ?? null,
    manifest: { path: row.path, sha256: row.manifest },
    commit: row.commit,
    landed: timeOf(row),
    tag: formatVersionTag({ prefix: registry.prefix, kind: row.kind, name: row.name, version: row.version }),
    problems: [...row.problems, ...checkLineage(state).filter(({ subject }) => subject === row.path)],
    warnings,
    mlflow: options.mlflow === true ? await shownOrdinal(registry, state, row) : null,
  };
}

/** In the order in which they took effect, then what waits and what was refused, by path. */
function eventsAbout({ events }: RegistryState, { kind, name, version }: VersionRow): EventRow[] {
  const own = [...events.values()].filter(
    (event) => event.kind === kind && event.name === name && event.version === version,
  );
  const place = ({ order }: EventRow) => order ?? Number.MAX_SAFE_INTEGER;
  return own.sort((a, b) => place(a) - place(b) || compareText(a.path, b.path));
}

function resolveShown(
  state: RegistryState,
  reference: string,
  now: string,
): { row: VersionRow; warnings: readonly string[] } {
  const { kind, name, selector } = parseReference(reference);
  if (selector.kind === 'exact') {
    const rows = [...state.versions.values()].filter(
      (row) => row.name === name && row.version === selector.version && (kind === undefined || row.kind === kind),
    );
    const [row] = rows;
    if (row !== undefined && rows.length === 1) return { row, warnings: [] };
  }
  const { row, warnings } = resolveVersion(state, reference, { now });
  return { row, warnings: warnings.map(warningText) };
}

/** Made strictly increasing, the last of many could leave the calendar. */
export function timeOf(row: VersionRow): string {
  return formatTimestamp(Math.min(row.tagTime, LAST_SECOND));
}

export interface StatsResult {
  readonly models: number;
  readonly datasets: number;
  readonly recipes: number;
  readonly versions: number;
  readonly files: number;
  readonly objects: number;
  /** Bytes of all files of all versions, and of the objects that hold them. */
  readonly size: number;
  readonly stored: number;
}

/** What a damaged version's manifest would say of its objects is not counted. */
export async function stats(registry: Registry): Promise<StatsResult> {
  const { state } = await loadTrustedState(registry);
  const rows = [...state.versions.values()];
  const names = (kind: Kind) => new Set(rows.filter((row) => row.kind === kind).map((row) => row.name)).size;
  const objects = new Map<string, number>();
  const copies = await objectCopies(registry);
  await eachVersion(rows, async (row) => {
    for await (const { reference } of objectsOf(copies, row)) objects.set(reference.object, reference.stored);
  });
  return {
    models: names('model'),
    datasets: names('data'),
    recipes: names('recipe'),
    versions: rows.length,
    files: rows.reduce((sum, row) => sum + row.files, 0),
    objects: objects.size,
    size: rows.reduce((sum, row) => sum + row.size, 0),
    stored: [...objects.values()].reduce((sum, size) => sum + size, 0),
  };
}
