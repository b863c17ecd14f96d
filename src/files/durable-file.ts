/** Durable writes: exclusive temporary file, sync, rename or link, sync of the folder. The store's are in `store/atomic.ts`. */
import { dirname, join } from 'node:path';
import { uninterrupted } from './interrupt.js';
import { ioError } from './io-error.js';
import { constants, existsSync, type FileHandle, link, open, rename, unlink } from './node-fs.js';
import { processMark, TEMP_PREFIX } from './process-mark.js';
import { hasNoLinks, isSystemError, noProgress, systemCode } from './system-error.js';

/** What systems answer that cannot open a folder, or cannot sync it or a file opened for reading. */
const CANNOT_SYNC = ['EINVAL', 'EISDIR', 'EPERM', 'EACCES', 'EBADF', 'ENOTSUP', 'ENOSYS'];

/** A name git takes for leftovers of its own: `git prune` removes it, `git fsck` does not mind it; `leftovers.ts` knows whose. */
export function temporaryName(prefix: 'tmp_obj_' | 'tmp_pack_' | 'tmp_idx_'): string {
  return `${prefix}${processMark()}`;
}

export async function createExclusive(path: string, mode: number): Promise<FileHandle> {
  return await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, mode);
}

/** Writes all of `parts` at the file's position, whatever the system takes at a time. */
export async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  let rest = parts.filter((part) => part.length > 0);
  while (rest.length > 0) {
    // 1024 buffers is the smallest limit of any system for one call.
    const written = await file.writev(rest.slice(0, 512));
    if (written <= 0) throw noProgress();
    rest = dropFront(rest, written);
  }
}

function dropFront(parts: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Uint8Array;
    if (left < part.length) return [part.subarray(left), ...parts.slice(i + 1)];
    left -= part.length;
  }
  return [];
}

/** A new file of exactly these bytes, synced; its name is not durable yet. None is left where this throws. */
export async function writeNew(path: string, parts: readonly Uint8Array[], mode: number): Promise<void> {
  const file = await createExclusive(path, mode);
  try {
    await writeAll(file, parts);
    await file.sync();
  } catch (error) {
    await discard(path);
    throw error;
  } finally {
    await file.close();
  }
}

/** Makes names in a folder durable; systems that cannot do it keep names by themselves. */
export async function syncDirectory(path: string): Promise<void> {
  await syncReadOnly(path);
}

/** Syncs a file somebody else wrote, or a folder. */
export async function syncReadOnly(path: string): Promise<void> {
  try {
    const handle = await open(path, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isSystemError(error, ...CANNOT_SYNC)) throw error;
  }
}

export async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** For what is temporary: its name tells what it is, and failing to remove it must not hide why it is not needed. */
export async function discard(path: string): Promise<void> {
  await removeIfThere(path).catch(() => undefined);
}

/**
 * Replaces a whole small file below the git directory: never seen half-written, there after a power cut. The temporary
 * file is beside it, or in the folder `beside` of the same file system.
 */
export function replaceFile(
  path: string,
  bytes: Uint8Array,
  { beside = dirname(path) }: { readonly beside?: string } = {},
): Promise<void> {
  return uninterrupted(() => replace(path, bytes, beside));
}

async function replace(path: string, bytes: Uint8Array, beside: string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(beside, temporaryName('tmp_obj_'));
  try {
    await writeNew(temporary, [bytes], 0o666);
    await rename(temporary, path);
    await syncDirectory(folder);
  } catch (error) {
    await discard(temporary);
    throw ioError('write', path, error);
  }
}

/**
 * Makes a whole small file that must not exist: never seen half-written, and there after a power cut (its name only with
 * `keepName`, as usual). Throws the system's own errors, EEXIST where anything is there.
 */
export function createWhole(path: string, bytes: Uint8Array, mode: number, { keepName = true } = {}): Promise<void> {
  return uninterrupted(() => create(path, bytes, mode, keepName));
}

async function create(path: string, bytes: Uint8Array, mode: number, keepName: boolean): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, TEMP_PREFIX + processMark());
  try {
    await writeNew(temporary, [bytes], mode);
    await linkOrRename(temporary, path);
    if (keepName) await syncDirectory(folder);
  } finally {
    await discard(temporary);
  }
}

async function linkOrRename(from: string, path: string): Promise<void> {
  try {
    await link(from, path);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    // A file system without hard links: two writers at one moment are not told apart there.
    if (existsSync(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' });
    await rename(from, path);
  }
}
