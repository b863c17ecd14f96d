/** What rules ask about a version beyond signatures, read from its manifest and from the evidence that landed. */

import { readSmallBlob } from '../git-format/read-object.js';
import { MANIFEST_LIMIT, readManifest } from '../manifest/documents.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import type { DueBar, EvidenceFacts, VersionFacts } from '../registry/conditions.js';
import type { FindNode } from '../registry/lineage.js';
import type { Bar } from '../registry/policy.js';
import { type Folding, type HistorySource, versionAt } from './folding.js';
import { type LoadedPolicy, loadPolicyBlob } from './load-policy.js';
import type { EventRow, EvidenceRow, VersionRow } from './registry-state.js';

export async function versionFacts(
  { reader, engines }: HistorySource,
  fold: Folding,
  version: VersionRow,
): Promise<VersionFacts> {
  const manifest = readManifest(await readSmallBlob(reader, version.blob, MANIFEST_LIMIT), engines);
  return {
    metrics: manifest.metrics ?? {},
    license: manifest.license,
    paths: manifest.files.map(({ path }) => path),
    evidence: evidenceAbout(fold, version),
  };
}

function evidenceAbout(fold: Folding, { content }: VersionRow): EvidenceFacts[] {
  const found: EvidenceFacts[] = [];
  for (const row of fold.rows.values()) {
    if (row.document !== 'evidence' || row.content !== content || row.effective === null) continue;
    found.push({ ...row, policy: placeOfPolicy(fold, row) });
  }
  return found;
}

function placeOfPolicy({ policies }: Folding, { policy }: EvidenceRow): number {
  return policies.findIndex(({ digest }) => digest === policy);
}

/** Since which policy each bar has stood without a break. */
export async function barsSince(
  { reader, engines }: HistorySource,
  fold: Folding,
  policy: LoadedPolicy,
  bars: readonly Bar[],
): Promise<DueBar[]> {
  if (bars.length === 0) return [];
  const earlier: ReadonlySet<string>[] = [];
  for (const { blob, digest } of fold.policies) {
    if (digest === policy.digest) break;
    earlier.push(new Set((await loadPolicyBlob(reader, blob, engines)).policy.bars.map(textOf)));
  }
  return bars.map((bar) => ({
    bound: bar.bound,
    since: earlier.findLastIndex((texts) => !texts.has(textOf(bar))) + 1,
  }));
}

function textOf(bar: Bar): string {
  return JSON.stringify(bar);
}

/**
 * The versions that landed so far, as lineage asks for them. Of an event that is in effect, judged again, what was revoked
 * after it plays no part. `soon`: events of the step that will take effect if they can: nothing goes on from what they revoke.
 */
export function nodesIn(fold: Folding, { order }: EventRow, soon: readonly EventRow[]): FindNode {
  const revoked = new Set(soon.map(manifestPathOf));
  for (const row of fold.rows.values()) {
    if (row.document !== 'event' || row.action !== 'revoke' || row.order === null) continue;
    if (order === null || row.order < order) revoked.add(manifestPathOf(row));
  }
  return (ref) => {
    // The path of a manifest has the form of its reference.
    const path = `${ref.replace('@', '/')}.toml`;
    const version = versionAt(fold, path);
    if (version === undefined) return undefined;
    const { content, lineage, effective } = version;
    return { content, lineage, effective: effective !== null, revoked: revoked.has(path) };
  };
}

function manifestPathOf({ kind, name, version }: EventRow): string {
  return manifestPath(kind, name, version);
}
