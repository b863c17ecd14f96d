/** Runs one change of a registry at a time on this machine. Correctness rests on the branch's compare-and-swap. */
import { At1Error } from '../errors.js';
import { uninterrupted } from '../files/interrupt.js';
import { lockRegistry } from '../git/lock.js';
import { breakDeadLocks } from '../git/lock-file.js';
import { reopened } from './commit-changes.js';
import { mendAfterStop } from './mend-worktree.js';
import type { Registry } from './open-registry.js';

/** Fifty writers at once, each for a second or two, is what this must outlast. */
const WAIT_MS = 120_000;

export function withRegistryLock<T>(registry: Registry, run: () => Promise<T>): Promise<T> {
  return uninterrupted(() => locked(registry, run));
}

async function locked<T>(registry: Registry, run: () => Promise<T>): Promise<T> {
  const lock = await lockRegistry(registry.repository, { wait: WAIT_MS });
  let unfinished = false;
  try {
    if (lock.inherited) {
      await breakDeadLocks(registry.repository);
      await mendAfterStop(reopened(registry));
      await lock.mended();
    }
    return await run();
  } catch (error) {
    // What the disk or git refused may be half done; what a rule refused was not begun.
    unfinished = !(error instanceof At1Error) || /^(?:io|git)\//.test(error.code);
    throw error;
  } finally {
    await lock.release(unfinished);
  }
}
