/**
 * The signature of one mainline commit. Squash and rebase merges rewrite commits, so a missing or foreign signature is
 * a note (the proof is in the tree); a wrong one is an error.
 */
import { toHex } from '../bytes/text.js';
import { type Digest, digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import type { CommitObject } from '../git-format/commit.js';
import type { Oid } from '../git-format/oid.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { type Finding, finding } from '../registry/finding.js';
import { verifyMessage, verifyMessageAside } from '../signing/sshsig.js';

/** Undefined where a key of the policy signed the commit. `policy` is the newest one: commits are provenance only. */
export async function checkCommit(
  oid: Oid,
  commit: CommitObject,
  policy: LoadedPolicy,
  engines: Engines,
): Promise<Finding | undefined> {
  const subject = `commit ${oid}`;
  const { signature } = commit;
  if (signature === undefined) {
    return finding(
      'note',
      'commit/unsigned',
      subject,
      'the commit is not signed; the signature files in its tree are what counts',
    );
  }
  if (signature.kind !== 'ssh') {
    return finding(
      'note',
      'commit/host-signed',
      subject,
      `the commit carries a ${signature.kind} signature, which is not judged`,
    );
  }
  const check = await verifyMessageAside(signature.armor, 'git', commit.payload, engines);
  if (check.kind === 'bad') {
    return finding(
      'error',
      'commit/bad-signature',
      subject,
      check.message,
      'the commit was altered after it was signed',
    );
  }
  return judgeSigner(oid, toHex(check.publicKey), policy);
}

/** The same about a commit with a good signature by this key, in hex. */
export function judgeSigner(oid: Oid, key: string, policy: LoadedPolicy): Finding | undefined {
  if (policy.owners.has(key)) return undefined;
  return finding('note', 'commit/unknown-signer', `commit ${oid}`, 'signed by a key that the policy does not list');
}

/** A good signature: whose, by the key's bytes in hex, and over what. */
export interface GoodSignature {
  readonly key: string;
  readonly payload: Digest;
}

/** The signature a commit or tag carries; undefined where it has none that is good, for whatever reason. */
export function goodSignatureOf(
  { signature, payload }: Pick<CommitObject, 'signature' | 'payload'>,
  engines: Engines,
): GoodSignature | undefined {
  if (signature?.kind !== 'ssh') return undefined;
  const check = verifyMessage(signature.armor, 'git', payload, engines);
  if (check.kind === 'bad') return undefined;
  return { key: toHex(check.publicKey), payload: digestOf(engines.sha256(payload)) };
}
