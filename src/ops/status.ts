/** `status`: where this clone stands against its remote and its own work tree, and what is worth doing next. */

import { isAncestor } from '../git-format/read-object.js';
import { expectedTags } from '../history/expected-tags.js';
import { waitingEvents } from '../history/lanes-of-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { type Finding, finding } from '../registry/finding.js';
import { checkedOut } from './checked-out.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { signatureCount } from './signature-count.js';
import { landedUpstream } from './tag.js';
import { verifyWorktree } from './verify-worktree.js';

export interface StatusResult {
  readonly registry: string;
  /** The registry branch. */
  readonly branch: string;
  /** The branch that is checked out; null for a detached HEAD. */
  readonly checkedOut: string | null;
  /** What is checked out; versions, remote and tags are told of this commit. */
  readonly head: string;
  readonly versions: number;
  /** `head` against the registry branch there. `none`: no remote; `never-pushed`; `equal`; `ahead`: commits to push; `behind`: commits to pull; `diverged`. */
  readonly remote: {
    readonly ref: string | null;
    readonly state: 'none' | 'never-pushed' | 'equal' | 'ahead' | 'behind' | 'diverged';
  };
  readonly pending: readonly string[];
  /** Of those, the manifest, how many have signed of how many, and who could still. */
  readonly pendingVersions: readonly {
    readonly ref: string;
    readonly path: string;
    readonly have: number;
    readonly needs: number;
    readonly missing: readonly string[];
  }[];
  /** Paths of events that wait for signatures or for what else the policy asks. */
  readonly pendingEvents: readonly string[];
  readonly wrong: readonly string[];
  readonly missingTags: number;
  readonly findings: readonly Finding[];
}

export async function status(registry: Registry): Promise<StatusResult> {
  const { state, policy } = await loadState(registry);
  const rows = [...state.versions.values()];
  const name = (row: (typeof rows)[number]) => `${row.kind}/${row.name}@${row.version}`;
  const isWrong = ({ problems }: { readonly problems: readonly Finding[] }) =>
    problems.some(({ severity }) => severity === 'error');
  const wrong = rows.filter(isWrong);
  const wrongEvents = [...state.events.values(), ...state.evidence.values()].filter(isWrong);
  const waiting = waitingEvents(state).filter((event) => !isWrong(event));
  const pending = rows.filter((row) => row.effective === null && !wrong.includes(row));
  const tree = await registryTreeAt(registry, registry.head);
  const findings = tree === undefined ? [] : await verifyWorktree(registry, tree);
  const tags = new Set(registry.refs.list('refs/tags/').map((ref) => ref.name.slice('refs/tags/'.length)));
  const missingTags = [...expectedTags(state, registry.prefix).keys()].filter((tag) => !tags.has(tag)).length;
  const here = checkedOut(registry);
  const onBranch = here === registry.config.branch;
  return {
    registry: state.registry,
    branch: registry.config.branch,
    checkedOut: here,
    head: registry.head,
    versions: rows.length,
    remote: await remoteState(registry),
    pending: pending.map(name),
    pendingVersions: pending.map((row) => {
      const { have, needs, missing } = signatureCount(policy, row);
      return { ref: name(row), path: row.path, have, needs, missing };
    }),
    pendingEvents: waiting.map(({ path }) => path),
    wrong: [...wrong.map(name), ...wrongEvents.map(({ path }) => path)],
    missingTags,
    findings: onBranch || registry.past ? findings : [...findings, offBranch(registry)],
  };
}

function offBranch(registry: Registry): Finding {
  const here = registry.refs.head().ref ?? 'a detached HEAD';
  return finding(
    'note',
    'git/ref-invalid',
    here,
    `this is not the registry branch ${registry.config.branch}`,
    'what is registered here lands when it is merged',
  );
}

async function remoteState(registry: Registry): Promise<StatusResult['remote']> {
  const { reader, repository } = registry;
  const upstream = landedUpstream(registry);
  if (upstream === undefined) return { ref: null, state: 'none' };
  if (upstream.oid === undefined) return { ref: upstream.ref, state: 'never-pushed' };
  if (upstream.oid === registry.head) return { ref: upstream.ref, state: 'equal' };
  if (await isAncestor(reader, upstream.oid, registry.head, repository.shallow))
    return { ref: upstream.ref, state: 'ahead' };
  if (await isAncestor(reader, registry.head, upstream.oid, repository.shallow))
    return { ref: upstream.ref, state: 'behind' };
  return { ref: upstream.ref, state: 'diverged' };
}
