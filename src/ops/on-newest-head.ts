/** Repeats a change of the checked out branch for as long as somebody else moves the branch first. */
import { At1Error } from '../errors.js';
import { IndexLock } from '../git/index-lock.js';
import { reopened } from './commit-changes.js';
import type { Registry } from './open-registry.js';

const ATTEMPTS = 100;
/** So many may be lost to others before they are kept out. */
const BEFORE_HOLDING = 3;

/**
 * Runs `attempt` on the newest HEAD until the branch moves under nobody's feet. Whoever commits again and again is quicker
 * than a change that has to be planned and signed first; so from the fourth attempt on git's index is held from before HEAD is
 * read, and a `git commit` is refused meanwhile, as it is beside another one. Throws what `attempt` throws, and `git/busy`.
 */
export async function onNewestHead<T>(registry: Registry, attempt: (now: Registry) => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    const indexLock = new IndexLock(registry.repository);
    try {
      if (attempts > BEFORE_HOLDING) await indexLock.hold();
      return await attempt({ ...reopened(registry), indexLock });
    } catch (error) {
      if (!(error instanceof At1Error) || error.code !== 'git/ref-conflict' || attempts >= ATTEMPTS) throw error;
    } finally {
      await indexLock.release();
    }
  }
}
