/**
 * Push, fetch and pull: through the git binary where there is one (any transport, atomic, the user's credentials),
 * else over http through isomorphic-git. What neither can do is `capability/missing`, never half done.
 */
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { isValidRefName } from '../git-format/ref-name.js';
import { fastForward } from './fast-forward.js';
import { gitFetch, gitPull, gitPush, gitRemoteTags, noSuchRef } from './git-transport.js';
import { type HttpAuth, httpFetch, httpPush } from './http-transport.js';
import { Refs } from './refs.js';
import type { GitProgram, Repository } from './repository.js';
import { runGit } from './run-git.js';
import type { GitWriter } from './writer.js';

export interface TransportOptions {
  /** Name of a remote, or a URL. */
  readonly remote: string;
  readonly signal?: AbortSignal | undefined;
  /** For http without the git binary. */
  readonly auth?: HttpAuth | undefined;
}

export interface PushedRef {
  /** On the remote: `refs/heads/main`. */
  readonly ref: string;
  readonly status: 'new' | 'updated' | 'up-to-date' | 'deleted';
}

/** `diverged`: both sides have commits of their own; `command` is what the user may run. */
export type PullResult =
  | { readonly kind: 'up-to-date'; readonly head: Oid | undefined }
  | { readonly kind: 'fast-forward'; readonly from: Oid | undefined; readonly to: Oid }
  | { readonly kind: 'diverged'; readonly command: string };

/** The version git states; undefined where it cannot be started. */
export async function gitVersion(program: GitProgram | undefined): Promise<string | undefined> {
  if (program === undefined) return undefined;
  try {
    const { code, stdout } = await runGit(program, ['--version'], undefined);
    return code === 0 ? stdout.replace(/^git version /, '').trim() : undefined;
  } catch (error) {
    if (error instanceof At1Error && error.code === 'capability/missing') return undefined;
    throw error;
  }
}

/**
 * All refs or none (one after the other, tags last, without the git binary). Refs are full names; nothing is forced.
 * Throws `remote/outdated` where the remote has what we have not, `remote/failed`, `capability/missing`.
 */
export async function push(
  repository: Repository,
  refs: readonly string[],
  options: TransportOptions,
): Promise<PushedRef[]> {
  refuseOptionLike(options.remote, refs);
  if (refs.length === 0) return [];
  if (repository.git !== undefined) return await gitPush(repository, repository.git, refs, options);
  return await httpPush(repository, refs, options);
}

/** Updates the remote-tracking branches, and brings tags. */
export async function fetch(repository: Repository, options: TransportOptions): Promise<void> {
  refuseOptionLike(options.remote, []);
  if (repository.git !== undefined) return await gitFetch(repository, repository.git, options);
  await httpFetch(repository, options);
}

/** Brings one ref of the remote, such as `refs/pull/12/head`, and keeps it under another name. Needs the git binary. */
export async function fetchRef(
  repository: Repository,
  from: string,
  to: string,
  options: TransportOptions,
): Promise<void> {
  refuseOptionLike(options.remote, [from, to]);
  if (repository.git === undefined) {
    throw new At1Error('capability/missing', {
      message: 'a single ref can only be fetched with git',
      hint: 'install git, or name a branch',
    });
  }
  await gitFetch(repository, repository.git, options, [`+${from}:${to}`]);
}

/** Full names of the tags the remote has now. */
export async function remoteTags(repository: Repository, options: TransportOptions): Promise<ReadonlySet<string>> {
  refuseOptionLike(options.remote, []);
  if (repository.git !== undefined) return new Set(await gitRemoteTags(repository, repository.git, options));
  const { httpRemoteTags } = await import('./http-transport.js');
  return new Set(await httpRemoteTags(repository, options));
}

export interface PullOptions extends TransportOptions {
  /** On the remote: `refs/heads/main`. */
  readonly remoteRef: string;
  /** Where its position is kept here: `refs/remotes/origin/main`. */
  readonly trackingRef: string;
  /** Without the git binary, only files for which this says true are changed in the work tree. */
  readonly isRegistryPath: (path: string) => boolean;
  /** Runs what changes branch, index and work tree, while no other at1 is at it. */
  readonly alone: (run: () => Promise<PullResult>) => Promise<PullResult>;
}

/** Fast-forward only. Throws `worktree/differs` where that would write over somebody's work. */
export async function pull(writer: GitWriter, options: PullOptions): Promise<PullResult> {
  const { repository } = writer;
  refuseOptionLike(options.remote, [options.remoteRef, options.trackingRef]);
  const forward = (next: Oid) => fastForward(writer, next, options.isRegistryPath);
  if (repository.git !== undefined) return await gitPull(repository, repository.git, options, forward);
  await fetch(repository, options);
  const next = new Refs(repository).resolve(options.trackingRef);
  if (next === undefined) throw noSuchRef(options);
  return await options.alone(() => forward(next));
}

/** Whatever could be taken for an option, or for a transport that runs commands. */
function refuseOptionLike(remote: string, refs: readonly string[]): void {
  const remoteIsPlain = remote !== '' && !/^[-+^]/.test(remote) && !/[\x00-\x1f\x7f]/.test(remote);
  if (!remoteIsPlain || /^[a-z0-9+.-]+::/i.test(remote)) {
    throw new At1Error('usage/invalid', {
      message: `not a remote: '${remote}'`,
      facts: { remote },
      hint: 'name a remote (`git remote -v`) or a URL',
    });
  }
  for (const ref of refs) {
    if (ref.startsWith('refs/') && isValidRefName(ref)) continue;
    throw new At1Error('git/ref-invalid', { message: `not the full name of a ref: '${ref}'`, facts: { ref } });
  }
}
