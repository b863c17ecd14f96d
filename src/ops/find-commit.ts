/** A commit that a forge or a hook names, and what it stands on: the two ends of the change that a gate is asked about. */
import { resolve } from 'node:path';
import { At1Error } from '../errors.js';
import { GitReader } from '../git/reader.js';
import { Refs } from '../git/refs.js';
import { openRepository } from '../git/repository.js';
import { readCommit } from '../git-format/read-object.js';
import { defaultEnvironment, type Environment, repositoryOptions } from './environment.js';
import { resolveMoment } from './resolve-moment.js';

export interface FindCommitOptions {
  /** A folder in the repository. */
  readonly dir: string;
  /** A commit, a ref, or HEAD. */
  readonly commit: string;
  readonly environment?: Partial<Environment> | undefined;
}

export interface FoundCommit {
  readonly commit: string;
  readonly parents: readonly string[];
}

/**
 * Throws `git/shallow` for a clone that is cut off: what a change is judged by lies behind the cut. Throws
 * `git/object-missing` or `artifact/not-found` for a commit that is not there.
 */
export async function findCommit(options: FindCommitOptions): Promise<FoundCommit> {
  const environment = defaultEnvironment(options.environment);
  const repository = await openRepository(resolve(options.dir), repositoryOptions(environment));
  if (repository.shallow.size > 0) {
    throw new At1Error('git/shallow', {
      message: 'this clone is shallow: it does not hold the history that a change is judged by',
      hint: 'check out all of it: fetch-depth: 0',
    });
  }
  const reader = new GitReader(repository);
  try {
    const refs = new Refs(repository);
    const commit = await resolveMoment(options.commit, refs.head().oid, reader, refs, repository);
    const { parents } = await readCommit(reader, commit);
    return { commit, parents };
  } finally {
    reader.close();
  }
}
