/**
 * Revoked keys: rules come from the policy of a step, revocations from the newest. A key that was stolen may sign and
 * back-date whatever it likes, so its signatures count only in what landed by the cut-off commit; policies that were
 * accepted stay so, because what revokes a key must not depend on itself.
 */
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { readLinks } from '../git-format/read-object.js';
import type { Folding, HistorySource, Revocation } from './folding.js';
import type { LoadedPolicy } from './load-policy.js';
import type { RegistryState } from './registry-state.js';

/** In byte order of the keys. */
export function revokedBy({ revoked }: LoadedPolicy): RegistryState['revoked'] {
  return [...revoked].map(([key, cutoff]) => ({ key, cutoff })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export async function openRevocations(source: HistorySource, revoked: RegistryState['revoked']): Promise<Revocation[]> {
  const opened: Revocation[] = [];
  for (const { key, cutoff } of revoked) opened.push({ key, cutoff, spared: await ancestorsOf(source, cutoff) });
  return opened;
}

/** None where the commit is not here: then nothing that the key signed counts. */
async function ancestorsOf({ reader, shallow }: HistorySource, cutoff: Oid): Promise<ReadonlySet<Oid>> {
  const found = new Set<Oid>();
  const ahead = new Set([cutoff]);
  for (const oid of ahead) {
    try {
      const { parents } = await readLinks(reader, oid);
      found.add(oid);
      if (!shallow.has(oid)) for (const parent of parents) ahead.add(parent);
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
    }
  }
  return found;
}

/** The policy as it speaks about what lands in a commit: without the keys that were revoked by then. */
export function policyFor(fold: Folding, oid: Oid, policy: LoadedPolicy): LoadedPolicy {
  const gone = fold.revocations.filter(({ spared }) => !spared.has(oid));
  if (gone.length === 0) return policy;
  const silenced = new Set(gone.map(({ key }) => key));
  return { ...policy, owners: new Map([...policy.owners].filter(([key]) => !silenced.has(key))), silenced };
}
