/** Where an event stands, for people: done, or who and what is still needed. */

import { formatDigest } from '../digest/digest.js';
import { actionOf } from '../history/judge-document.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { EventRow, RegistryState } from '../history/registry-state.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import type { PrincipalName } from '../manifest/name.js';
import { decide } from '../registry/policy.js';

export interface StandingEvent {
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
  /** What the policy asks: its rule, counted from 1, and how many of which role. */
  readonly rule: number | null;
  readonly role: string | null;
  readonly needs: number;
  readonly have: number;
  /** Members of the role who have not signed and whose signature would count. */
  readonly missing: readonly string[];
  /** What else it waits for. */
  readonly waitsFor: readonly string[];
}

export function eventStanding(state: RegistryState, { policy }: LoadedPolicy, row: EventRow): StandingEvent {
  const authors = new Set(state.versions.get(manifestPath(row.kind, row.name, row.version))?.signers);
  const signed = new Set<PrincipalName>(row.signers);
  const decision = decide(policy, actionOf(row), row, signed, authors);
  const rule = decision.rule === undefined ? undefined : policy.rules[decision.rule];
  const members = rule === undefined ? [] : [...(policy.roles.get(rule.role) ?? [])];
  const counts = (name: PrincipalName) => !(rule?.separateAuthor === true && authors.has(name));
  const have = members.filter((name) => signed.has(name) && counts(name)).length;
  const waits = row.problems.filter(
    ({ severity, code }) => severity === 'note' && !isCount(code, have, rule?.threshold),
  );
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
    rule: decision.rule === undefined ? null : decision.rule + 1,
    role: rule?.role ?? null,
    needs: rule?.threshold ?? 0,
    have,
    missing: members.filter((name) => !signed.has(name) && counts(name)).sort(),
    waitsFor: waits.map(({ message }) => message),
  };
}

/** That signatures are missing is told by the numbers. */
function isCount(code: string, have: number, needs = 0): boolean {
  return code === 'artifact/pending' && have < needs;
}
