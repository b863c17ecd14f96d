/** `lineage`: what a version was made from, at however many steps, or what was made from it. */

import { compareText } from '../bytes/text.js';
import { lineageOf, refOf } from '../checks/check-lineage.js';
import { formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { VersionRow } from '../history/registry-state.js';
import { linkProblem, parentsOf } from '../registry/lineage.js';
import { walkLineage } from '../registry/lineage-walk.js';
import { type ListedVersion, stateOf } from './list.js';
import type { Registry } from './open-registry.js';
import { manifestOf } from './read-version.js';
import { resolveVersion } from './resolve-version.js';
import { type ShownLink, shownLineage } from './shown-lineage.js';
import { loadTrustedState } from './trusted-state.js';
import { standings } from './version-standing.js';

export interface LineageQuery {
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

/**
 * Throws `usage/reference`, `artifact/not-found`, `artifact/ambiguous`, and what makes the whole registry unbelievable. A version
 * that was revoked is shown all the same; of one whose manifest cannot be read it is not told what it names elsewhere.
 */
export async function lineage(registry: Registry, query: LineageQuery): Promise<LineageResult> {
  const { state, policy, now } = await loadTrustedState(registry);
  const { row } = resolveVersion(state, query.ref, { allowRevoked: true, now });
  const { rows, find } = lineageOf(state);
  const graph = new Map([...rows].map(([ref, one]) => [ref, parentsOf(one.lineage)]));
  const { descendants = false, depth = Number.POSITIVE_INFINITY } = query;
  const { steps, isCut } = walkLineage(graph, refOf(row), { descendants, depth, most: MOST_VERSIONS });
  const order = [...steps].sort(([a, one], [b, other]) => one - other || compareText(a, b));
  const standingOf = standings(state, policy, now);
  const links: LineageEdge[] = [];
  let cut = isCut;
  for (const [from, count] of order) {
    const own = rows.get(from);
    for (const link of own?.lineage ?? []) {
      if (link.ref === null || !steps.has(link.ref)) continue;
      const { relation, ref, content } = link;
      const problem = linkProblem(link, find)?.code ?? null;
      links.push({ from, relation, ref, uri: null, content: formatDigest(content), problem });
    }
    if (own === undefined || descendants || own.lineage.every(({ ref }) => ref !== null)) continue;
    if (count < depth) links.push(...(await linksElsewhere(registry, own)));
    else cut = true;
  }
  return {
    ref: refOf(row),
    direction: descendants ? 'descendants' : 'ancestors',
    versions: order.map(([ref, count]) => shownVersion(ref, count, rows.get(ref), standingOf)),
    links,
    cut,
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

/** Only the manifest has URIs. One that is damaged is no reason to tell nothing of the others. */
async function linksElsewhere(registry: Registry, row: VersionRow): Promise<LineageEdge[]> {
  const edge = { from: refOf(row), ref: null, problem: null };
  try {
    const said = shownLineage(await manifestOf(registry, row)).filter(({ ref }) => ref === null);
    return said.map(({ relation, uri, content }) => ({ ...edge, relation, uri, content }));
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    return row.lineage
      .filter(({ ref }) => ref === null)
      .map(({ relation, content }) => ({
        ...edge,
        relation,
        uri: null,
        content: content === null ? null : formatDigest(content),
      }));
  }
}
