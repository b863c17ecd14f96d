/**
 * `--renew`: the target has moved on since an event was proposed, so its number or what its signers saw is no longer
 * right. The branch begins anew upon the target as it is now, with one signature; the others are told to be given again.
 */
import { At1Error } from '../errors.js';
import { fetch } from '../git/transport.js';
import type { Oid } from '../git-format/oid.js';
import { foldHistory } from '../history/fold.js';
import type { RegistryState } from '../history/registry-state.js';
import { reopened } from './commit-changes.js';
import { commitToBranch } from './commit-to-branch.js';
import { loadState } from './load-state.js';
import { historySource, type Registry } from './open-registry.js';
import {
  branchFor,
  type EventOptions,
  type EventResult,
  type Plan,
  type PlannedEvents,
  planEvents,
  prepareEvents,
} from './prepare-events.js';
import { remoteOf, withReachableGit } from './push.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { withRegistryLock } from './registry-lock.js';
import { landedUpstream } from './tag.js';

/** Throws `artifact/not-found` where there is no branch to renew, else what recording an event throws. */
export async function renewEvents(given: Registry, plan: Plan, options: EventOptions): Promise<EventResult> {
  if (options.dryRun !== true) refuseReadOnly(given);
  const ready = await withReachableGit(given);
  const remote = ready.repository.config.subsections('remote').length > 0 ? remoteOf(ready) : undefined;
  if (remote !== undefined) await fetch(ready.repository, { remote });
  return withRegistryLock(ready, async () => {
    const now = reopened(ready);
    const target = targetOf(now);
    const there: Registry = { ...now, head: target, past: true };
    const loaded = await loadState(there);
    const planned = planEvents(loaded, plan);
    if (planned.steps.length === 0) throw landedAlready(planned);
    const { result, commit } = await prepareEvents(there, loaded, planned, options);
    const branch = branchFor(planned);
    const local = now.refs.resolve(`refs/heads/${branch}`);
    const theirs = remote === undefined ? undefined : now.refs.resolve(`refs/remotes/${remote}/${branch}`);
    const old = theirs ?? local;
    if (old === undefined) throw nothingToRenew(branch, now);
    const dropped = await signersAt(there, loaded.state, old, commit.signer.principal);
    if (options.dryRun === true) return { ...result, dropped, branch };
    return {
      ...result,
      dropped,
      commit: await commitToBranch(there, { branch, onto: target, expected: local }, commit),
      branch,
    };
  });
}

/** The registry branch as its remote has it, else as it is here. */
function targetOf(registry: Registry): Oid {
  const { refs, config, head } = registry;
  return landedUpstream(registry)?.oid ?? refs.resolve(`refs/heads/${config.branch}`) ?? head;
}

/** Other than a plain repetition: somebody believes that it still waits on a branch. */
function landedAlready({ row, already }: PlannedEvents): At1Error {
  return new At1Error('event/refused', {
    message: `version ${row.version} is in ${already} already: there is nothing to renew`,
    hint: 'without --renew nothing is to be done; its branch can be deleted',
  });
}

function nothingToRenew(branch: string, { config }: Registry): At1Error {
  return new At1Error('artifact/not-found', {
    message: `there is no branch ${branch} to renew`,
    hint: `what was committed to ${config.branch} and could not be pushed: git reset --keep origin/${config.branch}, then promote again`,
  });
}

/** Who else had signed what the old branch was to bring. */
async function signersAt(registry: Registry, target: RegistryState, tip: Oid, self: string): Promise<string[]> {
  const { state } = await foldHistory(historySource(registry), tip);
  const brought = [...state.events.values()].filter(({ path }) => !target.events.has(path));
  const names = brought.flatMap(({ signers }) => signers);
  return [...new Set(names)].filter((name) => name !== self).sort();
}
