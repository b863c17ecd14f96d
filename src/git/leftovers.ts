/** What dead processes of ours left below the git directory: temporary files, locks, names of owners. Git's stay git's. */
import { join } from 'node:path';
import { removeIfThere } from '../files/durable-file.js';
import { readdir } from '../files/node-fs.js';
import { breakDeadHolder } from './lock.js';
import { findLocks } from './lock-file.js';
import { breakDead, findDead } from './lock-owners.js';

interface GitFolders {
  readonly gitDir: string;
  readonly commonDir: string;
}

/** Where at1 writes temporary files below the git directory. */
export async function temporaryFolders({ gitDir, commonDir }: GitFolders): Promise<string[]> {
  const objects = join(commonDir, 'objects');
  const shards = (await readdir(objects).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name));
  return [
    ...new Set([gitDir, commonDir, objects, join(objects, 'pack')]),
    ...shards.map((name) => join(objects, name)),
  ];
}

/** Locks that stop others although their process is dead, and what was made for them; with `fix` removed. Paths. */
export async function deadLocks(repository: GitFolders, fix: boolean): Promise<string[]> {
  const { commonDir } = repository;
  const locks = (await findLocks(repository, 0)).map(({ path }) => path);
  const found: string[] = [];
  for (const { owned, lock } of await findDead(commonDir, locks)) {
    found.push(lock ?? owned);
    if (!fix) continue;
    if (lock !== undefined) await breakDead(commonDir, lock);
    // Without a lock it is another name of a file that took its place, or of nothing.
    else await removeIfThere(owned);
  }
  const registryLock = await breakDeadHolder(repository, fix);
  return registryLock === undefined ? found : [...found, registryLock];
}
