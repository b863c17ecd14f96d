/** Where an event stands, for people: done, or who and what is still needed. */

import { formatDigest } from '../digest/digest.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { EventRow, RegistryState } from '../history/registry-state.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import { type SignatureCount, signatureCount } from './signature-count.js';

export interface StandingEvent extends SignatureCount {
  readonly path: string;
  readonly digest: string;
  readonly action: EventRow['action'];
  readonly lane: string;
  readonly version: string;
  readonly from: string | null;
  readonly expires: string | null;
  readonly reason: string | null;
  readonly state: 'effective' | 'pending' | 'refused';
  readonly signers: readonly string[];
  /** What else it waits for. */
  readonly waitsFor: readonly string[];
}

export function eventStanding(state: RegistryState, policy: LoadedPolicy, row: EventRow): StandingEvent {
  const authors = state.versions.get(manifestPath(row.kind, row.name, row.version))?.signers;
  const count = signatureCount(policy, row, authors);
  const waits = row.problems.filter(({ severity, code }) => severity === 'note' && !isCount(code, count));
  return {
    path: row.path,
    digest: formatDigest(row.digest),
    action: row.action,
    lane: row.lane,
    version: row.version,
    from: row.from,
    expires: row.expires,
    reason: row.reason,
    state: row.refused ? 'refused' : row.order === null ? 'pending' : 'effective',
    signers: row.signers,
    ...count,
    waitsFor: waits.map(({ message }) => message),
  };
}

/** That signatures are missing is told by the numbers. */
function isCount(code: string, { have, needs }: SignatureCount): boolean {
  return code === 'artifact/pending' && have < needs;
}
