/**
 * The durable steps of every write below the git directory: exclusive temporary file, sync, rename, sync of the folder.
 * `onStep` is called before each step; tests stop the process or fail the step there.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toHex } from '../bytes/text.js';
import { At1Error } from '../errors.js';

/** Called with the name of a step about to be made; throwing makes the step fail. */
export type StepHook = (step: string) => void;

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);
/** What systems answer that cannot sync a folder or a file opened for reading. */
const CANNOT_SYNC = new Set(['EINVAL', 'EISDIR', 'EPERM', 'EACCES', 'EBADF', 'ENOTSUP']);

export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** An error of the system as one of ours; everything else unchanged. */
export function ioError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (error instanceof At1Error || code === undefined) return error;
  const facts = { path, system: code };
  if (FULL.has(code)) {
    return new At1Error('io/full', { message: `no space left to write ${path}`, facts, cause: error });
  }
  if (READ_ONLY.has(code)) {
    return new At1Error('io/read-only', { message: `may not write ${path}`, facts, cause: error });
  }
  return new At1Error('io/failed', { message: `writing ${path} failed: ${code}`, facts, cause: error });
}

/** A name git takes for leftovers of its own: `git prune` removes it, `git fsck` does not mind it. */
export function temporaryName(prefix: 'tmp_obj_' | 'tmp_pack_' | 'tmp_idx_'): string {
  return `${prefix}${toHex(randomBytes(8))}`;
}

export async function createExclusive(path: string, mode: number, onStep?: StepHook): Promise<FileHandle> {
  onStep?.(`create ${path}`);
  return await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, mode);
}

/** Writes all of `parts` at the file's position, whatever the system takes at a time. */
export async function writeAll(file: FileHandle, parts: readonly Uint8Array[], onStep?: StepHook): Promise<void> {
  onStep?.('write');
  let rest = parts.filter((part) => part.length > 0);
  while (rest.length > 0) {
    // 1024 buffers is the smallest limit of any system for one call.
    const { bytesWritten } = await file.writev(rest.slice(0, 512));
    rest = dropFront(rest, bytesWritten);
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

export async function syncFile(file: FileHandle, onStep?: StepHook): Promise<void> {
  onStep?.('sync');
  await file.sync();
}

/** Makes names in a folder durable; systems that cannot do it keep names by themselves. */
export async function syncDirectory(path: string, onStep?: StepHook): Promise<void> {
  onStep?.(`sync-folder ${path}`);
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
    if (!CANNOT_SYNC.has(systemCode(error) ?? '')) throw error;
  }
}

export async function moveInto(from: string, to: string, onStep?: StepHook): Promise<void> {
  onStep?.(`rename ${to}`);
  await rename(from, to);
}

export async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** Replaces a whole small file below the git directory: never seen half-written, there after a power cut. */
export async function replaceFile(path: string, bytes: Uint8Array, mode = 0o666, onStep?: StepHook): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName('tmp_obj_'));
  try {
    const file = await createExclusive(temporary, mode, onStep);
    try {
      await writeAll(file, [bytes], onStep);
      await syncFile(file, onStep);
    } finally {
      await file.close();
    }
    await moveInto(temporary, path, onStep);
    await syncDirectory(folder, onStep);
  } catch (error) {
    await removeIfThere(temporary);
    throw ioError(error, path);
  }
}
