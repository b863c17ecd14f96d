/** Makes one change of the disk go wrong, or keeps what a process would leave that dies there. */
import type { Change, Interceptor } from '../../src/files/change.js';
import { systemError, withInterceptor } from '../helpers/changes.js';
import { type FolderImage, readFolder } from './folder-image.js';

/** `short`: half of a write is done, and said so. */
export const FAULTS = ['ENOSPC', 'EIO', 'short'] as const;
export type Fault = (typeof FAULTS)[number];

/** Change number `step`, counted from 0; for `short`, writes alone are counted. Undefined where there are fewer. */
export async function strike(step: number, fault: Fault, work: () => Promise<unknown>): Promise<Change | undefined> {
  let next = 0;
  let struck: Change | undefined;
  const interceptor: Interceptor = (change, act) => {
    if (fault === 'short' && halfOf(change) === 0) return act();
    if (next++ !== step) return act();
    struck = change;
    if (fault === 'short') return act(halfOf(change));
    throw systemError(fault, change.kind);
  };
  await withInterceptor(interceptor, work);
  return struck;
}

export interface Death {
  readonly change: Change;
  /** What is found in the folder afterwards. */
  readonly image: FolderImage;
}

/**
 * What is found in `dir` if the process dies at each of its changes: before it, and where it is a write, after half of
 * it. One run is enough: a process that is killed does nothing more, so its disk is that of the living one at that time.
 */
export async function deathsIn(dir: string, from: FolderImage, work: () => Promise<unknown>): Promise<Death[]> {
  const deaths: Death[] = [];
  let last = from;
  const keep = (change: Change) => {
    last = readMoving(dir, last);
    deaths.push({ change, image: last });
  };
  /** How much of a halved write is to come, by path: that is written in one piece. */
  const rests = new Map<string, number>();
  const interceptor: Interceptor = (change, act) => {
    const half = halfOf(change);
    const isRest = change.kind === 'write' && rests.get(change.path) === change.data.length;
    rests.delete(change.path);
    if (change.kind !== 'write' || half === 0 || isRest) {
      keep(change);
      return act();
    }
    rests.set(change.path, change.data.length - half);
    return afterwards(act(half), () => keep(change));
  };
  await withInterceptor(interceptor, work);
  return deaths;
}

/**
 * The folder while other changes are under way in other threads: a file that was listed may be gone when it is looked at.
 * To the command that would be a fault of the disk.
 */
function readMoving(dir: string, like: FolderImage): FolderImage {
  for (let attempt = 1; ; attempt++) {
    try {
      return readFolder(dir, like);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 100) throw error;
    }
  }
}

/** Bytes of a write that are done where it is cut in two; 0 where that cannot be. */
export function halfOf(change: Change): number {
  return change.kind === 'write' ? change.data.length >> 1 : 0;
}

function afterwards<T>(result: T, then: () => void): T {
  if (result instanceof Promise) return result.finally(then) as T;
  then();
  return result;
}
