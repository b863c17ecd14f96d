/** What writers left behind that died: found by the names of temporary files, judged by the process mark in them. */
import { join } from 'node:path';
import { removeIfThere } from './durable-file.js';
import { namesIn } from './names-in.js';
import { lstat, readdir, rmdir } from './node-fs.js';
import { identityIn, isDead, TEMP_PREFIX } from './process-mark.js';
import { isSystemError } from './system-error.js';

const TEMPORARY = /^(?:\.at1-tmp-|\.?tmp_(?:obj|pack|idx)_|at1\.lock\.)(.+)$/;

export interface Leftover {
  readonly path: string;
  /** `unknown`: made by a process of another machine, or under a name without a mark. */
  readonly owner: 'dead' | 'unknown';
}

/** In this folder, not below it, sorted; what running processes of this machine work on is none. */
export async function leftoversIn(folder: string): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const name of await namesIn(folder)) {
    const mark = TEMPORARY.exec(name)?.[1];
    // Git makes names of the same form without a mark: those are for `git prune`.
    if (mark === undefined || (!name.startsWith(TEMP_PREFIX) && !mark.includes('-'))) continue;
    const owner = identityIn(mark);
    if (owner === undefined) found.push({ path: join(folder, name), owner: 'unknown' });
    else if (isDead(owner)) found.push({ path: join(folder, name), owner: 'dead' });
  }
  return found;
}

/** Removes what dead processes left in this folder; a failure leaves the rest for the next one. */
export async function sweep(folder: string): Promise<void> {
  for (const { path, owner } of await leftoversIn(folder).catch(() => [])) {
    if (owner === 'dead') await removeLeftover(path).catch(() => undefined);
  }
}

/** A file, or a folder with all that is in it; links are removed, not followed. */
export async function removeLeftover(path: string): Promise<void> {
  const stat = await lstat(path).catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (stat?.isDirectory() !== true) return removeIfThere(path);
  for (const name of await readdir(path)) await removeLeftover(join(path, name));
  await rmdir(path);
}
