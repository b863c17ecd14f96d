/** Who has signed a new policy and who still has to: those the policy before it asks for, and those it asks for itself. */
import { toHex } from '../bytes/text.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { PrincipalName } from '../manifest/name.js';
import { isRevoked } from '../registry/edit-bars.js';
import { decide } from '../registry/policy.js';
import { formatPublicKey } from '../signing/public-key.js';
import type { PrincipalSigner } from './open-signer.js';

export interface PolicySignatures {
  /** Whose rule it is: that of the policy in force, or that of the new one. */
  readonly policy: 'in-force' | 'new';
  /** Its number from 1; null where no rule says who may change the policy. */
  readonly rule: number | null;
  readonly role: string | null;
  readonly needs: number;
  readonly have: number;
  /** Members of the role who have signed. */
  readonly signers: readonly string[];
  /** Members of the role who may still sign. */
  readonly missing: readonly string[];
}

/** `signersUnder`: who counts under a policy. `spent`: who has signed and cannot do so again with another key. */
export function policySignatures(
  before: LoadedPolicy,
  next: LoadedPolicy,
  signersUnder: (judge: LoadedPolicy) => ReadonlySet<PrincipalName>,
  spent?: PrincipalName,
): PolicySignatures[] {
  return [before, next].map((judge) => {
    const { policy } = judge;
    const signed = signersUnder(judge);
    const decision = decide(policy, 'policy', undefined, signed);
    const rule = decision.rule === undefined ? undefined : policy.rules[decision.rule];
    const members = rule === undefined ? [] : [...(policy.roles.get(rule.role) ?? [])].sort();
    const signers = members.filter((name) => signed.has(name));
    return {
      policy: judge === before ? 'in-force' : 'new',
      rule: decision.rule === undefined ? null : decision.rule + 1,
      role: rule?.role ?? null,
      needs: rule?.threshold ?? 0,
      have: signers.length,
      signers,
      missing: members.filter((name) => !signed.has(name) && name !== spent),
    };
  });
}

export function isEnough(signatures: readonly PolicySignatures[]): boolean {
  return signatures.every(({ rule, have, needs }) => rule !== null && have >= needs);
}

/** Whether a key of this principal counts under a policy; one that was revoked speaks for nobody. */
export function countsUnder(judge: LoadedPolicy, { principal, signer }: PrincipalSigner): boolean {
  return isOwner(judge, signer.publicKey.raw, principal) && !isRevoked(judge.policy, formatPublicKey(signer.publicKey));
}

/** Whether a key is one person's under both policies: then one signature serves for both. */
export function isInBoth(before: LoadedPolicy, next: LoadedPolicy, raw: Uint8Array): boolean {
  const owner = before.owners.get(toHex(raw));
  if (owner === undefined || !isOwner(next, raw, owner)) return false;
  const key = next.keys.get(owner)?.find((one) => toHex(one.raw) === toHex(raw));
  return key !== undefined && !isRevoked(next.policy, formatPublicKey(key));
}

function isOwner({ owners }: LoadedPolicy, raw: Uint8Array, principal: PrincipalName): boolean {
  return owners.get(toHex(raw)) === principal;
}
