/** What landed as evidence about a content digest, for people. */
import { type Digest, formatDigest } from '../digest/digest.js';
import type { EvidenceRow, RegistryState } from '../history/registry-state.js';

export interface ShownEvidence {
  readonly path: string;
  readonly type: string;
  /** `pending`: nobody has signed it whose signature counts. */
  readonly state: 'effective' | 'pending';
  readonly result: 'pass' | 'fail' | null;
  readonly suite: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly files: EvidenceRow['files'];
  readonly signers: readonly string[];
  readonly created: string;
  readonly expires: string | null;
  readonly reason: string | null;
}

/** Oldest first, by the time it says of itself. */
export function evidenceAbout({ evidence }: RegistryState, content: Digest): ShownEvidence[] {
  const rows = [...evidence.values()].filter((row) => row.content === content);
  rows.sort((a, b) => (a.created === b.created ? (a.path < b.path ? -1 : 1) : a.created < b.created ? -1 : 1));
  return rows.map(shownEvidence);
}

export function shownEvidence(row: EvidenceRow): ShownEvidence {
  return {
    path: row.path,
    type: row.type,
    state: row.effective === null ? 'pending' : 'effective',
    result: row.result,
    suite: row.suite === null ? null : formatDigest(row.suite),
    metrics: row.metrics,
    files: row.files,
    signers: row.signers,
    created: row.created,
    expires: row.expires,
    reason: row.reason,
  };
}
