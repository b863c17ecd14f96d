/** `lineage`: what a version was made from, at however many steps, or what was made from it. */
import { lineageOf, refOf } from '../checks/check-lineage.js';
import { formatDigest } from '../digest/digest.js';
import type { VersionRow } from '../history/registry-state.js';
import { type FindNode, linkProblems, parentsOf } from '../registry/lineage.js';
import { walkLineage } from '../registry/lineage-walk.js';
import { type ListedVersion, stateOf } from './list.js';
import type { Registry } from './open-registry.js';
import { manifestOf } from './read-version.js';
import { resolveVersion } from './resolve-version.js';
import { type ShownLink, shownLineage } from './shown-lineage.js';
import { loadTrustedState } from './trusted-state.js';
import { standings } from './version-standing.js';

export interface LineageRequestOf {
  readonly ref: string;
  /** What was made from it, instead of what it was made from. */
  readonly descendants?: boolean | undefined;
  /** Steps at most; default: all. */
  readonly depth?: number | undefined;
}

export interface LineageVersion {
  readonly ref: string;
  /** The fewest steps to it; 0 for the version that was asked about. */
  readonly steps: number;
  /** `unknown`: somebody says so, and no such version is in this registry; then nothing else is known of it. */
  readonly state: ListedVersion['state'] | 'unknown';
  readonly content: string | null;
  readonly stage: string | null;
  readonly withdrawn: 'deprecated' | 'yanked' | 'revoked' | null;
  readonly signers: readonly string[];
}

export interface LineageEdge extends Omit<ShownLink, 'parameters'> {
  /** The version that says it, under its publisher's signature. */
  readonly from: string;
  /** What is not so about it: the parent is not there, or has other content than it says. */
  readonly problem: 'lineage/unknown' | 'lineage/other-content' | null;
}

export interface LineageResult {
  readonly ref: string;
  readonly direction: 'ancestors' | 'descendants';
  /** Nearest first, then by name. */
  readonly versions: readonly LineageVersion[];
  /** Among these versions and, of ancestors, to what is elsewhere. */
  readonly links: readonly LineageEdge[];
  /** Whether more was left out than is here. */
  readonly cut: boolean;
}

/** More than anybody looks at; a graph may have any size. */
const MOST_VERSIONS = 10_000;

/** Throws what `resolveVersion` does; a version that was revoked is shown all the same. */
export async function lineage(registry: Registry, request: LineageRequestOf): Promise<LineageResult> {
  const { state, policy, now } = await loadTrustedState(registry);
  const { row } = resolveVersion(state, request.ref, { allowRevoked: true, now });
  const rows = new Map([...state.versions.values()].map((one) => [refOf(one), one]));
  const graph = new Map([...rows].map(([ref, one]) => [ref, parentsOf(one.lineage)]));
  const descendants = request.descendants === true;
  const depth = request.depth ?? Number.POSITIVE_INFINITY;
  const { steps, isCut } = walkLineage(graph, refOf(row), { descendants, depth, most: MOST_VERSIONS });
  const order = [...steps].sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1));
  const standingOf = standings(state, policy, now);
  const { find } = lineageOf(state);
  const links: LineageEdge[] = [];
  for (const [ref] of order) {
    const one = rows.get(ref);
    if (one !== undefined) links.push(...(await linksOf(registry, one, { steps, descendants, find })));
  }
  return {
    ref: refOf(row),
    direction: descendants ? 'descendants' : 'ancestors',
    versions: order.map(([ref, count]) => shownVersion(ref, count, rows.get(ref), standingOf)),
    links,
    cut: isCut,
  };
}

function shownVersion(
  ref: string,
  steps: number,
  row: VersionRow | undefined,
  standingOf: ReturnType<typeof standings>,
): LineageVersion {
  if (row === undefined)
    return { ref, steps, state: 'unknown', content: null, stage: null, withdrawn: null, signers: [] };
  const { stage, withdrawn } = standingOf(row);
  return {
    ref,
    steps,
    state: stateOf(row),
    content: formatDigest(row.content),
    stage,
    withdrawn: withdrawn?.state ?? null,
    signers: row.signers,
  };
}

/** Of ancestors everything a version says, else only what leads to one of those that were met. */
async function linksOf(
  registry: Registry,
  row: VersionRow,
  { steps, descendants, find }: { steps: ReadonlyMap<string, number>; descendants: boolean; find: FindNode },
): Promise<LineageEdge[]> {
  if (row.lineage.length === 0) return [];
  const from = refOf(row);
  const said = shownLineage(await manifestOf(registry, row));
  return said
    .filter(({ ref }) => (ref === null ? !descendants : steps.has(ref)))
    .map(({ parameters: _, ...link }) => ({ from, ...link, problem: problemOf(row, link.ref, find) }));
}

function problemOf({ lineage: links }: VersionRow, ref: string | null, find: FindNode): LineageEdge['problem'] {
  const [problem] = linkProblems(
    links.filter((link) => link.ref !== null && link.ref === ref),
    find,
  );
  return (problem?.code ?? null) as LineageEdge['problem'];
}
