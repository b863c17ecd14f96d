/**
 * Policies that a merge brings and leaves behind: they follow one of ours, as another does that is in force. Whoever
 * could once sign a policy alone can begin a second line of them and merge the first into it. No document says which of two
 * lines people agreed on; so a line left behind is told, and a key it revoked is not trusted in silence.
 */
import { toHex } from '../bytes/text.js';
import { formatDigest } from '../digest/digest.js';
import type { Oid } from '../git-format/oid.js';
import { POLICY_PATH } from '../manifest/layout-of-registry.js';
import { finding } from '../registry/finding.js';
import { formatPublicKey, keyIdOf, makePublicKey, parsePublicKey } from '../signing/public-key.js';
import { type Folding, type HistorySource, report, settle } from './folding.js';
import { isAccepted } from './judge-policy.js';
import { type LoadedPolicy, loadPolicyBlob } from './load-policy.js';
import type { Candidate, Candidates } from './raise-policy.js';
import type { LeftPolicy, PolicyPoint } from './registry-state.js';
import { policyFor } from './revocations.js';

const DROPPED = 'history/revocation-dropped';

/** Looked at after the merge's own policy, which may revoke what they revoke. */
export async function tellLeftPolicies(
  source: HistorySource,
  fold: Folding,
  merge: Oid,
  candidates: Candidates,
): Promise<void> {
  if (candidates.size === 0) return;
  const ours = new Map(fold.policies.map((point) => [point.digest, { ...point, counts: true }]));
  const oldestFirst = [...candidates.values()].sort((a, b) => a.loaded.policy.version - b.loaded.policy.version);
  for (const candidate of oldestFirst) {
    const { blob, loaded } = candidate;
    const { previous, version } = loaded.policy;
    const known = ours.get(loaded.digest) ?? fold.leftPolicies.get(loaded.digest);
    const base = previous && (ours.get(previous) ?? fold.leftPolicies.get(previous));
    // One that does not count may do so with the signatures that another merge brings.
    if (base === undefined || known?.counts === true) continue;
    const before = await loadPolicyBlob(source.reader, base.blob, source.engines);
    if (!(await isAnyAccepted(source, fold, candidate, before))) continue;
    const counts = base.counts && (await isAnyAccepted(source, fold, candidate, policyFor(fold, merge, before)));
    if (known?.counts === counts) continue;
    const left: LeftPolicy = { blob, digest: loaded.digest, version, counts };
    fold.leftPolicies.set(left.digest, left);
    tellLeft(fold, merge, left, before);
    if (counts) tellDropped(source, fold, merge, left, loaded);
  }
}

async function isAnyAccepted(
  { reader, engines }: HistorySource,
  { registry }: Folding,
  { trees }: Candidate,
  before: LoadedPolicy,
): Promise<boolean> {
  for (const tree of trees.values()) if (await isAccepted(reader, tree, before, registry, engines)) return true;
  return false;
}

function nameOf({ version, digest }: LeftPolicy): string {
  return `policy ${version} (${formatDigest(digest)})`;
}

function tellLeft(fold: Folding, merge: Oid, left: LeftPolicy, { policy }: LoadedPolicy): void {
  const revoked = left.counts ? '' : '; a key it rests on was revoked';
  report(
    fold,
    finding(
      'warning',
      'history/policy-forked',
      POLICY_PATH,
      `commit ${merge.slice(0, 12)} leaves ${nameOf(left)} behind, which was signed to follow policy ${policy.version}${revoked}`,
      'a draft may be left so; if it was in force anywhere, there are two lines of policies: ask the owners which is theirs',
    ),
  );
}

/** Of the keys it revoked, those that the policy in force does not. */
function tellDropped(
  source: HistorySource,
  fold: Folding,
  merge: Oid,
  left: LeftPolicy,
  { policy }: LoadedPolicy,
): void {
  const commit = `commit ${merge.slice(0, 12)}`;
  for (const { raw } of policy.revoked.map(({ key }) => parsePublicKey(key))) {
    if (fold.policy.revoked.has(toHex(raw))) continue;
    report(
      fold,
      finding(
        'error',
        DROPPED,
        `key ${keyIdOf(raw, source.engines)}`,
        `${nameOf(left)}, which ${commit} leaves behind, revoked this key, and the policy in force does not`,
        `revoke it, too: at1 policy revoke '${formatPublicKey(makePublicKey(raw))}' --cutoff COMMIT --reason TEXT; or, with a ` +
          'cutoff before that merge, the key that signed that policy and should not have',
      ),
    );
  }
}

/** What policies that came into force revoke is missed no more, whether or not the next one revokes it still. */
export async function settleDropped(
  { reader, engines }: HistorySource,
  fold: Folding,
  accepted: readonly PolicyPoint[],
): Promise<void> {
  const revoked = new Set<string>();
  for (const { blob } of accepted) {
    const { policy } = await loadPolicyBlob(reader, blob, engines);
    for (const { key } of policy.revoked) revoked.add(`key ${keyIdOf(parsePublicKey(key).raw, engines)}`);
  }
  settle(fold, ({ code, subject }) => code === DROPPED && revoked.has(subject));
}
