/**
 * Whose a git lock is. Git's locks name nobody, so one that a killed process left would stop everybody until a person
 * removes it. Ours are hard links of a file in `at1-locks/` that is named after its process: if that process is dead and
 * both are the same file, the lock is its, and goes. A lock of git itself is never touched.
 */
import { join } from 'node:path';
import { discard, removeIfThere, syncDirectory } from '../files/durable-file.js';
import { type FileHandle, link, mkdir, open, readdir, rename, stat } from '../files/node-fs.js';
import { identityIn, isDead, processMark } from '../files/process-mark.js';
import { hasNoLinks, isSystemError, systemCode } from '../files/system-error.js';

const FOLDER = 'at1-locks';
/** Further answers where a lock can be made, but not as a link from here to there. */
const NO_LINK_HERE = ['EXDEV', 'EINVAL', 'EACCES'];

/** A file that is to become a lock, under the name of this process. */
export interface OwnedFile {
  readonly path: string;
  readonly file: FileHandle;
}

/** Undefined where no such file can be made: then the lock has to do without an owner. */
export async function makeOwned(commonDir: string): Promise<OwnedFile | undefined> {
  const folder = join(commonDir, FOLDER);
  const path = join(folder, processMark());
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx', 0o666);
      try {
        // Before there is a lock: after a power cut no lock may be there without the name of its owner.
        await syncDirectory(folder);
      } catch (error) {
        await file.close();
        await discard(path);
        throw error;
      }
      return { path, file };
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || attempt > 0) return undefined;
      await mkdir(folder).catch(() => undefined);
      await syncDirectory(commonDir).catch(() => undefined);
    }
  }
  return undefined;
}

/** `unsupported` where the file system has no hard links. Other failures are thrown as they are. */
export async function linkOwned(owned: OwnedFile, lock: string): Promise<'linked' | 'taken' | 'unsupported'> {
  try {
    await link(owned.path, lock);
    return 'linked';
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return 'taken';
    if (hasNoLinks(error) || isSystemError(error, ...NO_LINK_HERE)) return 'unsupported';
    throw error;
  }
}

/** Removes the lock if a dead process of ours made it; true where it did. Clears away what dead processes left. */
export async function breakDead(commonDir: string, lock: string): Promise<boolean> {
  const folder = join(commonDir, FOLDER);
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return false;
  let broken = false;
  for (const name of names) {
    const owner = identityIn(name);
    if (owner === undefined || !isDead(owner)) continue;
    // Whoever renames it is the only one to judge it, and its owner from now on.
    const claimed = join(folder, processMark());
    try {
      await rename(join(folder, name), claimed);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') continue;
      throw error;
    }
    if (await isSameFile(claimed, lock)) {
      await removeIfThere(lock);
      broken = true;
    } else if (await hasOtherNames(claimed)) {
      // Another lock of the dead one: left for whoever needs it, under a name that stays dead.
      await rename(claimed, join(folder, name));
      continue;
    }
    await removeIfThere(claimed);
  }
  return broken;
}

/** While the claimed file exists its number cannot be given to another file, so equal numbers mean the same file. */
async function isSameFile(claimed: string, lock: string): Promise<boolean> {
  const [a, b] = await Promise.all([claimed, lock].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

async function hasOtherNames(path: string): Promise<boolean> {
  return ((await stat(path).catch(() => undefined))?.nlink ?? 1) > 1;
}

/** What a dead process left: the name it made for a lock, and the lock itself where it is still there. */
export interface DeadLock {
  readonly owned: string;
  readonly lock: string | undefined;
}

/** `locks`: every lock file there is. */
export async function findDead(commonDir: string, locks: readonly string[]): Promise<DeadLock[]> {
  const folder = join(commonDir, FOLDER);
  const found: DeadLock[] = [];
  for (const name of (await readdir(folder).catch(() => [])).sort()) {
    const owner = identityIn(name);
    if (owner === undefined || !isDead(owner)) continue;
    const owned = join(folder, name);
    let mine: string | undefined;
    for (const lock of locks) if (await isSameFile(owned, lock)) mine = lock;
    found.push({ owned, lock: mine });
  }
  return found;
}
