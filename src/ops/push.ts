/**
 * `push` and `pull`: plain git, in the order that never shows a manifest without its objects. The branch goes first,
 * then the version tags that are now due.
 */
import { At1Error, orNothing } from '../errors.js';
import { refuseIfBusy } from '../git/busy.js';
import { fetch, pull as gitPull, push as gitPush, gitVersion, type PushedRef, remoteTags } from '../git/transport.js';
import { GitWriter } from '../git/writer.js';
import { expectedTags } from '../history/expected-tags.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import { checkedOut } from './checked-out.js';
import { clearWay } from './clear-way.js';
import { reopened } from './commit-changes.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { personOf } from './open-signer.js';
import { refuseMissingObjects } from './refuse-missing-objects.js';
import { withRegistryLock } from './registry-lock.js';
import { type TagResult, tag } from './tag.js';
import { trackingBranch } from './tracking-branch.js';
import { loadTrustedState } from './trusted-state.js';

export interface PushResult {
  readonly remote: string;
  /** The registry branch, which was sent. */
  readonly branch: string;
  /** The branch that is checked out; null for a detached HEAD. */
  readonly checkedOut: string | null;
  readonly refs: readonly PushedRef[];
  readonly tags: TagResult;
}

/** Their names go on a command line, which systems limit. */
const TAGS_AT_ONCE = 1000;

/** Throws `remote/none`, `remote/outdated` (pull first), `remote/failed`, `object/missing`, `capability/missing`. */
export async function push(registry: Registry): Promise<PushResult> {
  const ready = await withReachableGit(registry);
  const remote = remoteOf(ready);
  await refuseMissingObjects(ready, ready.refs.resolve(trackingRefOf(ready, remote)));
  const branch = `refs/heads/${ready.config.branch}`;
  if (ready.refs.resolve(branch) === undefined) {
    throw new At1Error('git/ref-invalid', {
      message: `there is no branch ${ready.config.branch} here`,
      hint: 'at1 push sends the registry branch; push another one with git, as a pull request',
    });
  }
  const pushed = await pushBranch(ready, branch, remote);
  const there = await remoteTags(ready.repository, { remote });
  const landed = reopened(ready);
  await fetchMissingTags(landed, remote, there);
  const after = reopened(landed);
  const tags = await tag(after, { own: true });
  const here = reopened(after);
  const names = await tagNames(here);
  const due = here.refs
    .list('refs/tags/')
    .map(({ name }) => name)
    .filter((name) => names.has(name) && !there.has(name));
  const sent: PushedRef[] = [];
  for (let at = 0; at < due.length; at += TAGS_AT_ONCE) {
    sent.push(...(await pushTags(here, remote, due.slice(at, at + TAGS_AT_ONCE))));
  }
  return {
    remote,
    branch: ready.config.branch,
    checkedOut: checkedOut(ready),
    refs: [...pushed, ...sent.filter(({ status }) => status !== 'up-to-date')],
    tags,
  };
}

/** What helps where the branch itself is checked out would rebase another one. */
async function pushBranch(registry: Registry, ref: string, remote: string): Promise<PushedRef[]> {
  try {
    return await gitPush(registry.repository, [ref], { remote });
  } catch (error) {
    const { branch } = registry.config;
    const here = checkedOut(registry);
    if (!(error instanceof At1Error) || error.code !== 'remote/outdated' || here === branch) throw error;
    throw new At1Error('remote/outdated', {
      message: `${branch} on ${remote} has commits that ${branch} here has not; ${here ?? 'a detached HEAD'} is checked out`,
      facts: error.facts,
      hint: `get them first: \`git switch ${branch} && git pull --rebase ${remote} ${branch}\`, then push again`,
      cause: error,
    });
  }
}

/** Whoever pushes at the same moment may be the first with some of them: what is there need not be sent. */
async function pushTags(registry: Registry, remote: string, tags: readonly string[]): Promise<PushedRef[]> {
  try {
    return await gitPush(registry.repository, tags, { remote });
  } catch (error) {
    if (!(error instanceof At1Error) || error.code !== 'remote/outdated') throw error;
    const there = await remoteTags(registry.repository, { remote });
    const left = tags.filter((name) => !there.has(name));
    if (left.length === tags.length) throw error;
    return await pushTags(registry, remote, left);
  }
}

async function tagNames(registry: Registry): Promise<ReadonlySet<string>> {
  const { state } = await loadState(registry);
  return new Set([...expectedTags(state, registry.prefix).keys()].map((name) => `refs/tags/${name}`));
}

/** A tag that somebody else has made for a version is the tag of it: it is brought here, not made a second time. */
async function fetchMissingTags(registry: Registry, remote: string, there: ReadonlySet<string>): Promise<void> {
  const names = await tagNames(registry);
  const missing = [...names].some((name) => there.has(name) && registry.refs.resolve(name) === undefined);
  if (!missing) return;
  try {
    await fetch(registry.repository, { remote });
  } catch (error) {
    // Some tag was moved there; ours stays, and the others have arrived.
    if (!(error instanceof At1Error) || error.code !== 'remote/outdated') throw error;
  }
}

export interface PullOutcome {
  readonly remote: string;
  readonly state: 'up-to-date' | 'fast-forward';
  readonly head: string;
}

/**
 * Throws `git/unsupported` where another branch is checked out, `remote/outdated` naming the command to run where both
 * sides have commits of their own, and what `loadTrustedState` throws, with nothing moved, where the remote does not hold
 * what it showed before.
 */
export async function pull(registry: Registry): Promise<PullOutcome> {
  const ready = await withReachableGit(registry);
  const remote = remoteOf(ready);
  refuseOtherBranch(ready);
  // What the remote showed until now is remembered before it may show something else.
  await orNothing(() => loadTrustedState(ready));
  const upstream = ready.refs.upstreamOf(ready.config.branch);
  const person = personOf(ready.environment, ready.repository.config, 'at1');
  const trackingRef = trackingRefOf(ready, remote);
  const alone = <T>(run: () => Promise<T>): Promise<T> =>
    withRegistryLock(ready, async () => {
      await refuseIfBusy(ready.repository);
      return run();
    });
  const result = await gitPull(new GitWriter(ready.repository, { reader: ready.reader, who: () => person }), {
    remote,
    remoteRef: upstream?.remoteRef ?? `refs/heads/${ready.config.branch}`,
    trackingRef,
    isRegistryPath: (path) => isRegistryPath(ready, path),
    alone: (run) =>
      alone(async () => {
        await loadTrustedState(reopened(ready));
        return run();
      }),
  });
  if (result.kind === 'diverged') {
    const fetched = reopened(ready);
    const theirs = fetched.refs.resolve(trackingRef);
    if (theirs !== undefined) await alone(() => clearWay(fetched, theirs));
    throw new At1Error('remote/outdated', {
      message: 'this branch and its remote both have commits of their own',
      hint: `run: ${result.command}`,
    });
  }
  const after = reopened(ready);
  await loadState(after);
  return { remote, state: result.kind, head: after.head };
}

/** What is checked out is what moves: work of another branch is no place for it. */
function refuseOtherBranch(registry: Registry): void {
  const { branch } = registry.config;
  const here = checkedOut(registry);
  if (here === branch) return;
  throw new At1Error('git/unsupported', {
    message: `at1 pull moves ${branch}, the registry branch, and ${here ?? 'a detached HEAD'} is checked out`,
    hint: `git switch ${branch}, then at1 pull; or with git what you mean: git merge, git rebase`,
  });
}

function isRegistryPath(registry: Registry, path: string): boolean {
  if (registry.prefix !== '' && !path.startsWith(`${registry.prefix}/`)) return false;
  const place = parseRegistryPath(registry.prefix === '' ? path : path.slice(registry.prefix.length + 1));
  return place.kind !== 'other' || place.owned;
}

function trackingRefOf({ refs, config }: Registry, remote: string): string {
  return refs.upstreamOf(config.branch)?.ref ?? trackingBranch(remote, config.branch);
}

/** Throws `remote/none` where there is none. */
export function remoteOf(registry: Registry): string {
  const upstream = registry.refs.upstreamOf(registry.config.branch);
  if (upstream !== undefined && upstream.remote !== '.') return upstream.remote;
  const remotes = registry.repository.config.subsections('remote');
  const [first] = remotes;
  if (remotes.includes('origin')) return 'origin';
  if (first !== undefined) return first;
  throw new At1Error('remote/none', {
    message: 'this repository has no remote',
    hint: 'add one: git remote add origin URL',
  });
}

/** Without a git program on the PATH its part is left to the http transport. */
export async function withReachableGit(registry: Registry): Promise<Registry> {
  const { repository } = registry;
  if ((await gitVersion(repository.git)) !== undefined) return registry;
  return { ...registry, repository: { ...repository, git: undefined } };
}
