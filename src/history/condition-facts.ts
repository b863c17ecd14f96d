/** What rules ask about a version beyond signatures, read from its manifest and from the evidence that landed. */

import { readSmallBlob } from '../git-format/read-object.js';
import { MANIFEST_LIMIT, readManifest } from '../manifest/documents.js';
import type { DueBar, EvidenceFacts, VersionFacts } from '../registry/conditions.js';
import type { FindNode } from '../registry/lineage.js';
import type { Bar } from '../registry/policy.js';
import { type Folding, type HistorySource, versionAt } from './folding.js';
import { type LoadedPolicy, loadPolicyBlob } from './load-policy.js';
import type { EvidenceRow, VersionRow } from './registry-state.js';

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

/** The versions that landed so far, as lineage asks for them. */
export function nodesIn(fold: Folding, isRevoked: (version: VersionRow) => boolean): FindNode {
  return (ref) => {
    const version = versionAt(fold, manifestOfRef(ref));
    if (version === undefined) return undefined;
    const { content, lineage, effective } = version;
    return { content, lineage, effective: effective !== null, revoked: isRevoked(version) };
  };
}

/** Path of the manifest of an exact reference, which has the same form. */
function manifestOfRef(ref: string): string {
  return `${ref.replace('@', '/')}.toml`;
}
