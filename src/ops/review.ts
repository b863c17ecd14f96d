/** What a reviewer wants to know of a change: what moves where, who signed, what was measured, how large it is. */
import { formatDigest } from '../digest/digest.js';
import type { Oid } from '../git-format/oid.js';
import type { FoldResult } from '../history/fold.js';
import { lanesIn } from '../history/lanes-of-state.js';
import type { EventRow, RegistryState, VersionRow } from '../history/registry-state.js';
import type { Manifest } from '../manifest/documents.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import { holderOf } from '../registry/lanes.js';
import { decide } from '../registry/policy.js';
import { eventStanding, type StandingEvent } from './event-standing.js';
import { evidenceAbout, type ShownEvidence, shownEvidence } from './evidence-about.js';
import type { LoadedState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { type PolicyDifference, policyDifference } from './policy-difference.js';
import { eachVersion, manifestOf } from './read-version.js';
import { type ReviewedVersion, reviewedVersion } from './review-version.js';
import { type ShownLink, shownLineage } from './shown-lineage.js';

export interface ReviewedEvent extends StandingEvent {
  readonly ref: string;
  readonly content: string;
  readonly actor: string;
  readonly printed: string;
  readonly created: string;
  readonly meaning: string;
  /** The version that has the stage or alias now. */
  readonly holder: string | null;
  /** Of both manifests and their evidence: what was measured of the version that has it now, and of this one. */
  readonly metrics: readonly { readonly name: string; readonly before: number | null; readonly after: number | null }[];
  readonly license: string | null;
  readonly lineage: readonly ShownLink[];
  readonly size: number;
  readonly evidence: readonly ShownEvidence[];
}

export interface Review {
  /** New ones, and those that got a signature or take effect. */
  readonly versions: readonly ReviewedVersion[];
  readonly events: readonly ReviewedEvent[];
  /** Evidence that the change brings. */
  readonly evidence: readonly (ShownEvidence & { readonly content: string })[];
  /** Version numbers of the policy before and after, and what differs, where the change brings one. */
  readonly policy: { readonly before: number; readonly after: number; readonly difference: PolicyDifference } | null;
  /** How many must sign a change of the policy, by its rule. */
  readonly policyNeeds: number;
}

/**
 * `before`: the target; `after`: what it would be with the change, whose objects are read at `head`. `asked`: paths of
 * versions and events that are shown though nothing happened to them.
 */
export async function reviewOf(
  base: Registry,
  before: LoadedState,
  after: FoldResult,
  head: Oid,
  asked: ReadonlySet<string> = new Set(),
): Promise<Review> {
  const there: Registry = { ...base, head };
  const { state, policy } = after;
  const versions: ReviewedVersion[] = [];
  for (const row of state.versions.values()) {
    const was = before.state.versions.get(row.path);
    const same = was?.blob === row.blob && was.effective === row.effective && was.signers.length === row.signers.length;
    if (!same || asked.has(row.path)) versions.push(await reviewedVersion(base, there, policy, row));
  }
  const events: ReviewedEvent[] = [];
  for (const row of state.events.values()) {
    const was = before.state.events.get(row.path);
    const changed = was === undefined || was.order !== row.order || was.signers.length !== row.signers.length;
    if (changed || asked.has(row.path)) events.push(await reviewedEvent(there, before.state, after, row));
  }
  events.sort((a, b) => orderOf(state, a) - orderOf(state, b));
  const evidence = [...state.evidence.values()].filter(({ path }) => !before.state.evidence.has(path));
  const decision = decide(policy.policy, 'policy', undefined, new Set());
  const [from, to] = [before.policy.policy.version, policy.policy.version];
  return {
    versions,
    events,
    evidence: evidence.map((row) => ({ ...shownEvidence(row), content: formatDigest(row.content) })),
    policy:
      from === to
        ? null
        : { before: from, after: to, difference: policyDifference(before.policy, policy, base.engines) },
    policyNeeds: decision.kind === 'denied' ? decision.needs : 0,
  };
}

function orderOf({ events }: RegistryState, { path }: ReviewedEvent): number {
  return events.get(path)?.order ?? Number.MAX_SAFE_INTEGER;
}

async function reviewedEvent(
  there: Registry,
  before: RegistryState,
  { state, policy }: FoldResult,
  row: EventRow,
): Promise<ReviewedEvent> {
  const own = versionIn(state, row, row.version);
  const holder = holderOf(lanesIn(before, row), row.lane)?.version;
  const other = holder === undefined || holder === row.version ? undefined : versionIn(state, row, holder);
  const [mine, theirs] = [await measured(there, state, own), await measured(there, state, other)];
  const manifest = await readable(there, own);
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].sort();
  return {
    ...eventStanding(state, policy, row),
    ref: `${row.kind}/${row.name}@${row.version}`,
    content: formatDigest(row.content),
    actor: row.actor,
    printed: row.printed,
    created: row.created,
    meaning: row.meaning,
    holder: other?.version ?? null,
    metrics: names.map((name) => ({ name, before: theirs[name] ?? null, after: mine[name] ?? null })),
    license: manifest?.license ?? null,
    lineage: shownLineage(manifest ?? {}),
    size: own?.size ?? 0,
    evidence: evidenceAbout(state, row.content),
  };
}

function versionIn(
  { versions }: RegistryState,
  { kind, name }: EventRow,
  version: EventRow['version'],
): VersionRow | undefined {
  return versions.get(manifestPath(kind, name, version));
}

async function readable(there: Registry, row: VersionRow | undefined): Promise<Manifest | undefined> {
  let manifest: Manifest | undefined;
  await eachVersion(row === undefined ? [] : [row], async (one) => {
    manifest = await manifestOf(there, one);
  });
  return manifest;
}

/** What the manifest says, and over it the newest word of the evidence that counts. */
async function measured(
  there: Registry,
  state: RegistryState,
  row: VersionRow | undefined,
): Promise<Readonly<Record<string, number>>> {
  if (row === undefined) return {};
  const evidence = evidenceAbout(state, row.content).filter(({ state: standing }) => standing === 'effective');
  return Object.assign({}, (await readable(there, row))?.metrics, ...evidence.map(({ metrics }) => metrics));
}
