/**
 * Says whether a work tree can take a commit of ours now: in the middle of a merge or rebase it would confuse both,
 * and on a detached HEAD nobody would find it again.
 */

import { join } from 'node:path';
import { At1Error } from '../errors.js';
import { stat } from '../files/node-fs.js';
import type { Oid } from '../git-format/oid.js';
import { Refs } from './refs.js';
import type { Repository } from './repository.js';

const OPERATIONS: readonly (readonly [file: string, operation: string])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['sequencer', 'cherry-pick'],
  ['BISECT_LOG', 'bisect'],
];

/** `merge`, `rebase` …, or undefined. */
export async function operationInProgress(repository: { readonly gitDir: string }): Promise<string | undefined> {
  for (const [file, operation] of OPERATIONS) {
    if ((await stat(join(repository.gitDir, file)).catch(() => undefined)) !== undefined) return operation;
  }
  return undefined;
}

export async function refuseIfBusy(repository: { readonly gitDir: string }): Promise<void> {
  const operation = await operationInProgress(repository);
  if (operation === undefined) return;
  const way =
    operation === 'bisect' ? 'git bisect reset' : `git ${operation} --continue\` or \`git ${operation} --abort`;
  throw new At1Error('git/busy', {
    message: `a ${operation} is in progress`,
    facts: { operation },
    hint: `finish it first: \`${way}\``,
  });
}

/** The branch a commit would go to, where one can be made now. Throws `git/busy`, `git/unsupported`. */
export async function branchForCommit(
  repository: Repository,
): Promise<{ readonly ref: string; readonly oid: Oid | undefined }> {
  await refuseIfBusy(repository);
  const { ref, oid } = new Refs(repository).head();
  if (ref !== undefined) return { ref, oid };
  throw new At1Error('git/unsupported', {
    message: 'HEAD is detached: there is no branch to commit to',
    hint: 'go to a branch: `git switch main`',
  });
}
