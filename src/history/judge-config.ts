/**
 * Who changed at1.toml: no signature file goes with it, so the commit's own signature is all that can speak for it. A
 * warning only, because squash and rebase merges write commits anew.
 */
import { toHex } from '../bytes/text.js';
import type { Engines } from '../engines.js';
import type { CommitObject } from '../git-format/commit.js';
import { CONFIG_PATH } from '../manifest/layout-of-registry.js';
import type { PrincipalName } from '../manifest/name.js';
import { type Finding, finding } from '../registry/finding.js';
import { decide } from '../registry/policy.js';
import { verifyMessageAside } from '../signing/sshsig.js';
import type { LoadedPolicy } from './load-policy.js';

/** Undefined where somebody signed the commit whom `policy` lets `configure`. */
export async function judgeConfigChange(
  commit: CommitObject,
  policy: LoadedPolicy,
  engines: Engines,
): Promise<Finding | undefined> {
  const signer = await signerOf(commit, policy, engines);
  const decision = decide(policy.policy, 'configure', undefined, new Set(signer === undefined ? [] : [signer]));
  if (decision.kind === 'allowed') return undefined;
  const who = signer === undefined ? 'a commit that nobody of the policy signed' : signer;
  return finding(
    'warning',
    'policy/denied',
    CONFIG_PATH,
    `${who} changed at1.toml, and the policy gives no right to configure`,
    'see whether the branch it names is the one of the registry',
  );
}

/** The principal whose key signed a commit; undefined where none did. */
export async function signerOf(
  { signature, payload }: CommitObject,
  policy: LoadedPolicy,
  engines: Engines,
): Promise<PrincipalName | undefined> {
  if (signature?.kind !== 'ssh') return undefined;
  const check = await verifyMessageAside(signature.armor, 'git', payload, engines);
  return check.kind === 'bad' ? undefined : policy.owners.get(toHex(check.publicKey));
}
