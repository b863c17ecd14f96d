/**
 * Policies that a merge brings and leaves behind: they follow one of ours, as another does that is in force. Whoever
 * could once sign a policy alone can begin a second line of them and merge the first into it. No document says which of two
 * lines people agreed on; so a line left behind is told, and a key it revoked is not trusted in silence.
 */
import { formatDigest } from '../digest/digest.js';
import type { Oid } from '../git-format/oid.js';
import { POLICY_PATH } from '../manifest/layout-of-registry.js';
import { finding } from '../registry/finding.js';
import { keyIdOf, parsePublicKey } from '../signing/public-key.js';
import { type Folding, type HistorySource, report, settle } from './folding.js';
import { judgePolicy } from './judge-policy.js';
import { type LoadedPolicy, loadPolicyBlob } from './load-policy.js';
import type { Candidate, Candidates } from './raise-policy.js';
import type { LeftPolicy } from './registry-state.js';
import { policyFor } from './revocations.js';

/** Looked at after the merge's own policy, which may revoke what they revoke. */
export async function tellLeftPolicies(
  source: HistorySource,
  fold: Folding,
  merge: Oid,
  candidates: Candidates,
): Promise<void> {
  const oldestFirst = [...candidates.values()].sort((a, b) => a.loaded.policy.version - b.loaded.policy.version);
  const ours: LeftPolicy[] = fold.policies.map((point) => ({ ...point, counts: true }));
  for (const candidate of oldestFirst) {
    const { blob, loaded } = candidate;
    const known = [...ours, ...fold.leftPolicies];
    const base = known.find(({ digest }) => digest === loaded.policy.previous);
    if (base === undefined || known.some((point) => point.blob === blob)) continue;
    const before = await loadPolicyBlob(source.reader, base.blob, source.engines);
    if (!(await isAccepted(source, fold, candidate, before))) continue;
    // Signed by keys that were revoked since, it still was there.
    const counts = base.counts && (await isAccepted(source, fold, candidate, policyFor(fold, merge, before)));
    const left: LeftPolicy = { blob, digest: loaded.digest, version: loaded.policy.version, counts };
    fold.leftPolicies.push(left);
    tell(source, fold, merge, { left, loaded, before });
  }
}

async function isAccepted(
  { reader, engines }: HistorySource,
  { registry }: Folding,
  { trees }: Candidate,
  before: LoadedPolicy,
): Promise<boolean> {
  for (const tree of trees.values()) {
    if ((await judgePolicy(reader, tree, before, registry, engines)).accepted !== undefined) return true;
  }
  return false;
}

interface Told {
  readonly left: LeftPolicy;
  readonly loaded: LoadedPolicy;
  readonly before: LoadedPolicy;
}

function tell(source: HistorySource, fold: Folding, merge: Oid, { left, loaded, before }: Told): void {
  const named = `policy ${left.version} (${formatDigest(left.digest)})`;
  const commit = `commit ${merge.slice(0, 12)}`;
  const revoked = left.counts ? '' : '; a key it rests on was revoked';
  report(
    fold,
    finding(
      'warning',
      'history/policy-forked',
      POLICY_PATH,
      `${commit} leaves ${named} behind, which was signed to follow policy ${before.policy.version}${revoked}`,
      'a draft may be left so; if it was in force anywhere, there are two lines of policies: ask the owners which is theirs',
    ),
  );
  if (!left.counts) return;
  for (const { key } of loaded.policy.revoked) {
    const { raw } = parsePublicKey(key);
    const id = keyIdOf(raw, source.engines);
    if (revokedIds(source, fold).has(id)) continue;
    report(
      fold,
      finding(
        'error',
        DROPPED,
        subjectOf(id),
        `${named}, which ${commit} leaves behind, revoked this key, and the policy in force does not`,
        `revoke it, too: at1 policy revoke ${id} --cutoff COMMIT; or whichever key signed that policy and should not have`,
      ),
    );
  }
}

const DROPPED = 'history/revocation-dropped';

function subjectOf(id: string): string {
  return `key ${id}`;
}

function revokedIds({ engines }: HistorySource, { policy }: Folding): Set<string> {
  return new Set(policy.policy.revoked.map(({ key }) => keyIdOf(parsePublicKey(key).raw, engines)));
}

/** The policy in force is a new one: what it revokes is missed no more. */
export function settleRevocations(source: HistorySource, fold: Folding): void {
  const subjects = new Set([...revokedIds(source, fold)].map(subjectOf));
  settle(fold, ({ code, subject }) => code === DROPPED && subjects.has(subject));
}
