/** What rules ask about a version beyond signatures, read from its manifest and from the evidence that landed. */

import { readSmallBlob } from '../git-format/read-object.js';
import { MANIFEST_LIMIT, readManifest } from '../manifest/documents.js';
import type { DueBar, EvidenceFacts, VersionFacts } from '../registry/conditions.js';
import type { Bar } from '../registry/policy.js';
import type { Folding, HistorySource } from './folding.js';
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
  const last = fold.policies.findIndex(({ digest }) => digest === policy.digest);
  const since = bars.map(() => last);
  for (let place = last - 1; place >= 0; place--) {
    const point = fold.policies[place];
    if (point === undefined) break;
    const { policy: earlier } = await loadPolicyBlob(reader, point.blob, engines);
    const texts = new Set(earlier.bars.map(textOf));
    for (const [i, bar] of bars.entries()) if (since[i] === place + 1 && texts.has(textOf(bar))) since[i] = place;
  }
  return bars.map(({ bound }, i) => ({ bound, since: since[i] ?? last }));
}

function textOf(bar: Bar): string {
  return JSON.stringify(bar);
}
