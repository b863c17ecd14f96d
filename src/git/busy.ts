/** Says which git operation is half done in a work tree: a commit of ours in the middle of it would confuse both. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { At1Error } from '../errors.js';

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
