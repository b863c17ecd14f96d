/** Which change somebody means who approves: a branch, a pull request, or what waits where they are. */
import { At1Error } from '../errors.js';
import { fetch, fetchRef } from '../git/transport.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { isAncestor } from '../git-format/read-object.js';
import { isValidRefName } from '../git-format/ref-name.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { nearest } from '../registry/did-you-mean.js';
import { reopened } from './commit-changes.js';
import type { Registry } from './open-registry.js';
import { remoteOf } from './push.js';

export interface Proposal {
  /** The registry as it is after fetching. */
  readonly registry: Registry;
  readonly tip: Oid;
  /** Where an approval is committed; undefined for a pull request whose branch is not on this remote. */
  readonly branch: string | undefined;
  /** Where the branch is here; undefined where only the remote has it. */
  readonly local: Oid | undefined;
  /** The remote that has the branch. */
  readonly remote: string | undefined;
}

const PROPOSALS = ['promote/', 'register/'];

/**
 * `what`: a branch, `pull/12` or `#12`, else the branch that is checked out, or the only `promote/…` or `register/…` there
 * is. `path`: of a document; of those branches one that holds it, and first of all the one that is checked out, even where
 * it is the registry branch, from which nothing is pushed. Fetches first where there is a remote.
 * Throws `artifact/not-found`, `artifact/ambiguous`, `remote/failed`.
 */
export async function findProposal(given: Registry, what: string | undefined, path?: string): Promise<Proposal> {
  const remote = hasRemote(given) ? remoteOf(given) : undefined;
  if (remote !== undefined) await fetch(given.repository, { remote });
  const registry = reopened(given);
  const number = /^(?:#|pull\/|pr\/)?([1-9][0-9]{0,9})(?:\/head)?$/.exec(what ?? '')?.[1];
  if (number !== undefined && remote !== undefined) return pullRequest(registry, remote, number);
  if (what !== undefined) return proposalOf(registry, what, remote);
  const current = registry.refs.head().ref?.slice('refs/heads/'.length);
  const isTarget = current === registry.config.branch;
  if (current !== undefined && (path === undefined ? !isTarget : await holds(registry, registry.head, path))) {
    const found = await proposalOf(registry, current, remote);
    return isTarget ? { ...found, remote: undefined } : found;
  }
  const names: string[] = [];
  for (const name of proposals(registry, remote)) {
    const tip = tipOf(registry, name, remote);
    if (path === undefined ? !(await hasLanded(registry, tip)) : await holds(registry, tip, path)) names.push(name);
  }
  const [only, ...more] = names;
  if (only !== undefined && more.length === 0) return proposalOf(registry, only, remote);
  const nothing = path === undefined ? 'no change waits for approval here' : `no change here holds ${path}`;
  throw new At1Error(only === undefined ? 'artifact/not-found' : 'artifact/ambiguous', {
    message: only === undefined ? nothing : `${names.length} changes wait for approval`,
    hint: only === undefined ? 'name its branch: at1 approve BRANCH' : `name one: ${names.slice(0, 5).join(', ')}`,
    facts: { branches: names },
  });
}

function hasRemote({ repository }: Registry): boolean {
  return repository.config.subsections('remote').length > 0;
}

function proposals({ refs }: Registry, remote: string | undefined): string[] {
  const names = new Set<string>();
  for (const top of ['refs/heads/', ...(remote === undefined ? [] : [`refs/remotes/${remote}/`])]) {
    for (const kind of PROPOSALS) {
      for (const { name } of refs.list(`${top}${kind}`)) names.add(name.slice(top.length));
    }
  }
  return [...names].sort();
}

function tipOf({ refs }: Registry, branch: string, remote: string | undefined): Oid | undefined {
  const there = remote === undefined ? undefined : refs.resolve(`refs/remotes/${remote}/${branch}`);
  return refs.resolve(`refs/heads/${branch}`) ?? there;
}

/** Merged already; what a forge squashed leaves a branch that nothing tells of. */
async function hasLanded({ head, reader, repository }: Registry, tip: Oid | undefined): Promise<boolean> {
  return tip !== undefined && (await isAncestor(reader, tip, head, repository.shallow));
}

async function holds(registry: Registry, commit: Oid | undefined, path: string): Promise<boolean> {
  const tree = commit === undefined ? undefined : await registryTreeAt(registry, commit);
  return tree !== undefined && (await findEntry(registry.reader, tree, path)) !== undefined;
}

async function pullRequest(registry: Registry, remote: string, number: string): Promise<Proposal> {
  const kept = `refs/remotes/${remote}/pull/${number}`;
  await fetchRef(registry.repository, `refs/pull/${number}/head`, kept, { remote });
  const after = reopened(registry);
  const tip = after.refs.resolve(kept);
  if (tip === undefined) throw new At1Error('artifact/not-found', { message: `there is no pull request ${number}` });
  const top = `refs/remotes/${remote}/`;
  // A branch of this repository has the same commit; that of a fork is not ours to push to.
  const own = after.refs.list(top).find(({ name, oid }) => oid === tip && name !== kept);
  if (own === undefined) return { registry: after, tip, branch: undefined, local: undefined, remote };
  return proposalOf(after, own.name.slice(top.length), remote);
}

async function proposalOf(registry: Registry, what: string, remote: string | undefined): Promise<Proposal> {
  const { refs, reader, repository } = registry;
  const branch = remote !== undefined && what.startsWith(`${remote}/`) ? what.slice(remote.length + 1) : what;
  if (!isValidRefName(`refs/heads/${branch}`)) {
    throw new At1Error('usage/invalid', { message: `not a branch: '${what.slice(0, 80)}'` });
  }
  const local = refs.resolve(`refs/heads/${branch}`);
  const there = remote === undefined ? undefined : refs.resolve(`refs/remotes/${remote}/${branch}`);
  const found = { registry, branch, local, remote: there === undefined ? undefined : remote };
  if (local === undefined && there === undefined) {
    const near = nearest(branch, proposals(registry, remote));
    throw new At1Error('artifact/not-found', {
      message: `there is no branch ${branch}`,
      hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'git fetch brings what others have pushed',
    });
  }
  if (local === undefined || there === undefined) return { ...found, tip: (local ?? there) as Oid };
  if (await isAncestor(reader, local, there, repository.shallow)) return { ...found, tip: there };
  if (await isAncestor(reader, there, local, repository.shallow)) return { ...found, tip: local };
  throw new At1Error('remote/outdated', {
    message: `${branch} here and on ${remote} both have commits of their own`,
    hint: `take the one of ${remote}: git branch -f ${branch} ${remote}/${branch}`,
  });
}
