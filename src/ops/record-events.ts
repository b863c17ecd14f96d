/**
 * Records events about a version on the newest state. What needs more signers goes to a branch of its own, ready for a
 * pull request.
 */
import { At1Error } from '../errors.js';
import { commitChanges, reopened } from './commit-changes.js';
import { commitToBranch } from './commit-to-branch.js';
import { loadState } from './load-state.js';
import { onNewestHead } from './on-newest-head.js';
import type { Registry } from './open-registry.js';
import {
  branchFor,
  type EventOptions,
  type EventResult,
  type Plan,
  planEvents,
  prepareEvents,
  unchangedEvents,
} from './prepare-events.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { withRegistryLock } from './registry-lock.js';
import { renewEvents } from './renew-events.js';
import { landsAtOnce, makeDueTags } from './tag.js';

/**
 * Throws `artifact/*`, `event/refused`, `policy/denied`, `key/*`, `git/busy`, `git/unsupported`, `io/*`, and
 * `git/branch-exists` where the branch for it is there already.
 */
export async function recordEvents(registry: Registry, plan: Plan, options: EventOptions = {}): Promise<EventResult> {
  if (options.renew === true) return renewEvents(registry, plan, options);
  if (options.dryRun !== true) refuseReadOnly(registry);
  const attempt = () => onNewestHead(registry, (now) => recordOnce(now, plan, options));
  return options.dryRun === true ? attempt() : withRegistryLock(registry, attempt);
}

async function recordOnce(registry: Registry, plan: Plan, options: EventOptions): Promise<EventResult> {
  const loaded = await loadState(registry);
  const planned = planEvents(loaded, plan);
  if (planned.steps.length === 0) return unchangedEvents(loaded, planned, options.dryRun === true);
  const { result, commit } = await prepareEvents(registry, loaded, planned, options);
  if (options.dryRun === true) return result;
  if (goesToBranch(registry, result.state === 'pending', options)) {
    const branch = branchFor(planned);
    refuseTaken(registry, branch);
    const place = { branch, onto: registry.head, expected: undefined };
    return { ...result, commit: await commitToBranch(registry, place, commit), branch };
  }
  const done = await commitChanges(registry, commit);
  const after = reopened(registry);
  const landed = await loadState(after, { from: loaded });
  if (landsAtOnce(after)) await makeDueTags(after, landed, commit.signer);
  return { ...result, commit: done.commit };
}

/** On the registry branch only what counts at once; on any other branch people are at work on a change already. */
function goesToBranch({ refs, config }: Registry, pending: boolean, { pr }: EventOptions): boolean {
  return pr === true || (pending && refs.head().ref === `refs/heads/${config.branch}`);
}

/** Git keeps branches as files, so one may not be a folder of another. Told here: as a conflict it would be tried again. */
function refuseTaken({ refs }: Registry, branch: string): void {
  for (const { name } of refs.list('refs/heads/')) {
    const other = name.slice('refs/heads/'.length);
    if (!(other === branch || other.startsWith(`${branch}/`) || branch.startsWith(`${other}/`))) continue;
    throw new At1Error(other === branch ? 'git/branch-exists' : 'git/ref-invalid', {
      message: `the branch ${other} is ${other === branch ? 'there already' : `in the way of the branch ${branch}`}`,
      hint:
        other === branch
          ? 'push it, or say --renew to begin it anew on the target as it is now'
          : `rename it: git branch -m ${other} NAME`,
    });
  }
}
