/** Push, fetch and pull through the git binary; its porcelain output and exit code decide, its words only explain. */
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { Refs } from './refs.js';
import type { GitProgram, Repository } from './repository.js';
import { type GitResult, runGitIn } from './run-git.js';
import type { PullOptions, PullResult, PushedRef, TransportOptions } from './transport.js';

/** `ext::` remotes run any command they like. */
const SAFE = ['-c', 'protocol.ext.allow=never'];
const LAST_LINES = 8;
const FETCH_ATTEMPTS = 4;

const STATUS: Readonly<Record<string, PushedRef['status']>> = {
  ' ': 'updated',
  '+': 'updated',
  '*': 'new',
  '=': 'up-to-date',
  '-': 'deleted',
};

/** The remote has something that we have not, or moved while we pushed. */
const OUTDATED = [
  'fetch first',
  'non-fast-forward',
  'stale info',
  'already exists',
  'cannot lock ref',
  'failed to update ref',
  'incorrect old value',
  'reference already exists',
];

/** Somebody else moved a ref while git was about to. */
const OVERTAKEN = /cannot lock ref '.*': (is at|reference already exists|unable to resolve)/;

export async function gitPush(
  repository: Repository,
  git: GitProgram,
  refs: readonly string[],
  options: TransportOptions,
): Promise<PushedRef[]> {
  const specs = refs.map((ref) => `${ref}:${ref}`);
  const args = [...SAFE, 'push', '--atomic', '--porcelain', '--end-of-options', options.remote, ...specs];
  const result = await runGitIn(git, repository, args, { signal: options.signal });
  const rows = result.stdout.split('\n').flatMap(parseRow);
  if (result.code === 0) return rows.map(({ flag, ref }) => ({ ref, status: STATUS[flag] ?? 'updated' }));
  const rejected = rows.filter(({ flag, why }) => flag === '!' && !why.includes('atomic push failed'));
  // A remote that was moved while it took our push says which ref it was in its own words only.
  const overtaken = OVERTAKEN.test(result.stderr);
  const outdated = rejected.filter(
    ({ why }) =>
      OUTDATED.some((words) => why.includes(words)) || (overtaken && why.includes('atomic transaction failed')),
  );
  if (outdated.length === 0) throw failed('push', options.remote, result, rejected);
  throw new At1Error('remote/outdated', {
    message: 'the remote has changes that are not here',
    facts: { remote: options.remote, refs: outdated.map(({ ref }) => ref) },
    hint: `get them first: \`${catchUp(options.remote, outdated)}\`, then push again`,
  });
}

/** The one command after which the same push can work. */
function catchUp(remote: string, outdated: readonly Row[]): string {
  const branch = outdated.find(({ ref }) => ref.startsWith('refs/heads/'))?.ref.slice('refs/heads/'.length);
  const place = withoutPassword(remote);
  return branch === undefined ? `git fetch --tags ${place}` : `git pull --rebase ${place} ${branch}`;
}

interface Row {
  readonly flag: string;
  readonly ref: string;
  readonly why: string;
}

/** `flag TAB from:to TAB summary`. */
function parseRow(line: string): Row[] {
  const [flag, names, why] = line.split('\t');
  if (flag?.length !== 1 || names === undefined) return [];
  return [{ flag, ref: names.slice(names.lastIndexOf(':') + 1), why: why ?? '' }];
}

export async function gitFetch(
  repository: Repository,
  git: GitProgram,
  options: TransportOptions,
  refspecs: readonly string[] = [],
): Promise<void> {
  // Not `--quiet`: that hides which tags were rejected.
  const tags = refspecs.length === 0 ? '--tags' : '--no-tags';
  const args = [...SAFE, 'fetch', tags, '--end-of-options', options.remote, ...refspecs];
  let result = await runGitIn(git, repository, args, { signal: options.signal });
  for (let attempt = 1; result.code !== 0 && attempt < FETCH_ATTEMPTS; attempt++) {
    // Another fetch has just moved the same refs: what they are now is not known to be all there is.
    if (!OVERTAKEN.test(result.stderr)) break;
    result = await runGitIn(git, repository, args, { signal: options.signal });
  }
  if (result.code === 0) return;
  // A tag that was moved on the remote: ours stays, verification says what to make of it.
  if (result.stderr.includes('would clobber existing tag')) {
    throw new At1Error('remote/outdated', {
      message: 'a tag on the remote is not the one that is here',
      facts: { remote: options.remote, git: lastLines(result) },
      hint: 'look at it: `at1 verify`',
    });
  }
  throw failed('fetch', options.remote, result, []);
}

/** Full names of the tags on the remote. */
export async function gitRemoteTags(
  repository: Repository,
  git: GitProgram,
  options: TransportOptions,
): Promise<string[]> {
  const args = [...SAFE, 'ls-remote', '--refs', '--tags', '--end-of-options', options.remote];
  const result = await runGitIn(git, repository, args, { signal: options.signal });
  if (result.code !== 0) throw failed('ls-remote', options.remote, result, []);
  return result.stdout.split('\n').flatMap((line) => line.split('\t')[1] ?? []);
}

/** Pulling a branch by its name brings no tags. One that was moved on the remote stays as it is here. */
async function fetchTags(repository: Repository, git: GitProgram, options: TransportOptions): Promise<void> {
  try {
    await gitFetch(repository, git, options);
  } catch (error) {
    if (!(error instanceof At1Error) || error.code !== 'remote/outdated') throw error;
  }
}

/** `forward`: our own way, for what git refuses to write over although it is what it would write. */
export async function gitPull(
  repository: Repository,
  git: GitProgram,
  options: PullOptions,
  forward: (next: Oid) => Promise<PullResult>,
): Promise<PullResult> {
  await fetchTags(repository, git, options);
  // Not `git pull`: it goes on from what any other fetch in this repository has left in FETCH_HEAD meanwhile.
  const { remoteRef, trackingRef } = options;
  if (trackingRef.startsWith('refs/remotes/'))
    await gitFetch(repository, git, options, [`+${remoteRef}:${trackingRef}`]);
  const next = new Refs(repository).resolve(trackingRef);
  if (next === undefined) throw noSuchRef(options);
  return await options.alone(async () => {
    const from = headOf(repository);
    const action = { ...git, environment: { ...git.environment, GIT_REFLOG_ACTION: 'pull' } };
    const args = ['merge', '--ff-only', '--quiet', next];
    const result = await runGitIn(action, repository, args, { signal: options.signal });
    if (result.code !== 0) return await pullFailed(options, result, () => forward(next));
    const to = headOf(repository);
    return to === undefined || to === from ? { kind: 'up-to-date', head: to } : { kind: 'fast-forward', from, to };
  });
}

async function pullFailed(
  options: PullOptions,
  result: GitResult,
  forward: () => Promise<PullResult>,
): Promise<PullResult> {
  if (/fast-forward/i.test(result.stderr)) {
    const branch = options.remoteRef.replace(/^refs\/heads\//, '');
    return { kind: 'diverged', command: `git pull --rebase ${options.remote} ${branch}` };
  }
  if (result.stderr.includes('would be overwritten')) {
    // A pull that was killed has left files of the new commit behind; git takes them for somebody's own.
    const done = await forward().catch((error: unknown) => {
      if (!(error instanceof At1Error)) throw error;
      return undefined;
    });
    if (done !== undefined) return done;
    throw new At1Error('worktree/differs', {
      message: 'pulling would write over files that were changed here',
      facts: { remote: options.remote, git: lastLines(result) },
      hint: 'commit or stash them first',
    });
  }
  throw failed('pull', options.remote, result, []);
}

function headOf(repository: Repository): Oid | undefined {
  return new Refs(repository).head().oid;
}

export function noSuchRef({ remote, remoteRef }: PullOptions): At1Error {
  return new At1Error('remote/failed', {
    message: `the remote has no ${remoteRef}`,
    facts: { remote, ref: remoteRef },
    hint: 'push the branch first',
  });
}

function failed(what: string, remote: string, result: GitResult, rejected: readonly Row[]): At1Error {
  const lock = /Unable to create '(.*\.lock)': File exists/.exec(result.stderr)?.[1];
  // On the remote's side it is for its keeper to look at.
  if (lock !== undefined && rejected.length === 0 && !result.stderr.includes('remote: ')) {
    return new At1Error('git/busy', {
      message: `another process holds ${lock}`,
      facts: { path: lock },
      hint: 'wait for the other git command; if none is running, remove that file (`at1 doctor` lists old locks)',
    });
  }
  return new At1Error('remote/failed', {
    message: `git ${what} failed`,
    facts: {
      remote,
      exit: result.code,
      git: lastLines(result),
      rejected: rejected.map(({ ref, why }) => `${ref}: ${why}`),
    },
    hint: `see why with \`git ${what} ${remote}\``,
  });
}

/** A hook of this side says on standard output, between git's own lines, why it refuses. */
function lastLines(result: GitResult): string[] {
  const ofHooks = result.stdout
    .split('\n')
    .filter((line) => parseRow(line).length === 0 && !line.startsWith('To ') && line !== 'Done');
  const lines = [...ofHooks, ...result.stderr.split('\n')].map((line) => withoutPassword(line.trimEnd()));
  return lines.filter((line) => line !== '').slice(-LAST_LINES);
}

/** URLs in git's messages may hold what the user would not want in a log. */
function withoutPassword(line: string): string {
  return line.replace(/(\w+:\/\/)[^/@\s]+@/g, '$1');
}
