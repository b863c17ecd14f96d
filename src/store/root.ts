/**
 * Stays inside a folder: no `..`, and no symbolic link or special file between the folder and the place asked for.
 * Guards against trees that someone else wrote; not against a process that swaps folders at the same moment.
 */
import { join } from 'node:path';
import { At1Error } from '../errors.js';
import { type EntryKind, type FileSystem, nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { isSystemError } from '../files/system-error.js';

/**
 * The path of `relative` (POSIX form) inside `root`. Every part that exists must be a real folder, and the last one, if
 * it exists, a plain file or folder; anything else is `io/unsafe-path`, bad grammar `usage/path`. Links on the way to
 * the root itself are its owner's choice.
 */
export async function pathInside(
  root: string,
  relative: string,
  fs: FileSystem = nodeFileSystem,
  doing: 'read' | 'write' = 'write',
): Promise<string> {
  const parts = splitRelative(relative);
  let path = root;
  for (const [index, part] of parts.entries()) {
    path = join(path, part);
    const here = path;
    const stat = await attempt(doing, here, () => fs.lstat(here));
    // What is below something that does not exist does not exist either.
    if (stat === undefined) return join(root, ...parts);
    const last = index === parts.length - 1;
    if (stat.kind === 'directory' || (last && stat.kind === 'file')) continue;
    throw unsafePath(here, describeKind(stat.kind));
  }
  return path;
}

/** Whether a folder of ours is there. `io/unsafe-path` for a link, a file or anything else: that is not the same as nothing. */
export async function isRealFolder(path: string, doing: 'read' | 'write' = 'read'): Promise<boolean> {
  const stat = await attempt(doing, path, () => nodeFileSystem.lstat(path));
  if (stat === undefined) return false;
  if (stat.kind === 'directory') return true;
  throw unsafePath(
    path,
    describeKind(stat.kind),
    'only a folder may be there: see what it is, then restore the folder',
  );
}

/** Makes the folder and its missing parents, durably; returns the new ones, outermost first. */
export async function makeFolders(path: string, mode = 0o777, fs: FileSystem = nodeFileSystem): Promise<string[]> {
  const missing: string[] = [];
  let at = path;
  for (;;) {
    const here = at;
    const stat = await attempt('write', here, () => fs.lstat(here));
    if (stat !== undefined) break;
    missing.unshift(here);
    const parent = join(here, '..');
    if (parent === here) break;
    at = parent;
  }
  const made: string[] = [];
  try {
    for (const folder of missing) {
      if (!(await attempt('write', folder, () => makeOne(folder, mode, fs)))) continue;
      made.push(folder);
      const parent = join(folder, '..');
      await attempt('write', parent, () => fs.syncDirectory(parent));
    }
  } catch (error) {
    await removeFolders(made, fs);
    throw error;
  }
  return made;
}

/** Undoes `makeFolders` as far as the folders are empty; never fails, because it cleans up after a failure. */
export async function removeFolders(made: readonly string[], fs: FileSystem = nodeFileSystem): Promise<void> {
  for (const folder of [...made].reverse()) await fs.rmdir(folder).catch(() => undefined);
}

async function makeOne(folder: string, mode: number, fs: FileSystem): Promise<boolean> {
  try {
    await fs.mkdir(folder, mode);
    return true;
  } catch (error) {
    // Another writer was quicker; what it made is checked when it is used.
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

export function describeKind(kind: EntryKind): string {
  if (kind === 'directory') return 'a folder';
  if (kind === 'file') return 'a file';
  return kind === 'symlink' ? 'a symbolic link' : 'a special file';
}

export function unsafePath(
  path: string,
  what: string,
  hint = 'put a plain file or folder there; links and special files are not followed',
): At1Error {
  return new At1Error('io/unsafe-path', {
    message: `'${path}' is ${what}`,
    hint,
    facts: { path, found: what },
  });
}

/** The parts of a POSIX path that stays where it starts; anything else is `usage/path`. */
export function splitRelative(relative: string): string[] {
  const parts = relative.split('/');
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..' || part.includes('\0') || part.includes('\\')) {
      throw new At1Error('usage/path', {
        message: `not a path inside a folder: '${relative}'`,
        hint: "write it with '/', without '.', '..' or a leading '/'",
        facts: { path: relative },
      });
    }
  }
  return parts;
}
