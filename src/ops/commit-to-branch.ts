/** A commit of registry files on a branch that is not checked out: index and work tree stay as they are. */
import { GitWriter } from '../git/writer.js';
import type { Oid } from '../git-format/oid.js';
import type { CommitPlan } from './commit-changes.js';
import type { Registry } from './open-registry.js';

export interface BranchPlace {
  readonly branch: string;
  /** The commit it is made upon. */
  readonly onto: Oid;
  /** Where the branch is now; undefined where it is new. */
  readonly expected: Oid | undefined;
}

/** Throws `git/ref-conflict` where the branch is elsewhere, `git/busy` where it is checked out. */
export async function commitToBranch(
  { repository, reader, prefix }: Registry,
  { branch, onto, expected }: BranchPlace,
  { files, message, author, signer }: Omit<CommitPlan, 'objects'>,
): Promise<Oid> {
  const changes = new Map<string, { bytes: Uint8Array } | null>();
  for (const [path, bytes] of files)
    changes.set(prefix === '' ? path : `${prefix}/${path}`, bytes === null ? null : { bytes });
  const writer = new GitWriter(repository, { reader, who: () => author });
  const sign = (payload: Uint8Array) => signer.sign('git', payload);
  return writer.commitOn(branch, onto, { changes, message, author, sign, expectedHead: expected });
}
