/** How many of whom have signed a version or an event, and who still could: what the rule of the policy says about it. */
import { actionOf } from '../history/judge-document.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { EventRow, VersionRow } from '../history/registry-state.js';
import type { PrincipalName } from '../manifest/name.js';
import { type Artifact, decide } from '../registry/policy.js';

export interface SignatureCount {
  /** What the policy asks: its rule, counted from 1, and how many of which role. */
  readonly rule: number | null;
  readonly role: string | null;
  readonly needs: number;
  readonly have: number;
  /** Members of the role who have not signed and whose signature would count. */
  readonly missing: readonly string[];
}

/** `authors`: who signed the manifest that an event is about. */
export function signatureCount(
  policy: LoadedPolicy,
  row: VersionRow | EventRow,
  authors: readonly PrincipalName[] = [],
): SignatureCount {
  return countSignatures(policy, actionOf(row), row, row.signers, authors);
}

/** The same of a document that is not there yet. */
export function countSignatures(
  { policy }: LoadedPolicy,
  action: string,
  artifact: Artifact,
  signers: readonly PrincipalName[],
  authors: readonly PrincipalName[] = [],
): SignatureCount {
  const [signed, apart] = [new Set(signers), new Set(authors)];
  const decision = decide(policy, action, artifact, signed, apart);
  const rule = decision.rule === undefined ? undefined : policy.rules[decision.rule];
  const members = rule === undefined ? [] : [...(policy.roles.get(rule.role) ?? [])];
  const counted = members.filter((name) => !(rule?.separateAuthor === true && apart.has(name)));
  return {
    rule: decision.rule === undefined ? null : decision.rule + 1,
    role: rule?.role ?? null,
    needs: rule?.threshold ?? 0,
    have: counted.filter((name) => signed.has(name)).length,
    missing: counted.filter((name) => !signed.has(name)).sort(),
  };
}
