/**
 * The only place that renames outside the git directory (there it is `files/durable-file.ts`): a file appears whole under
 * its name or not at all, and is on the disk when acknowledged: temporary name, write, sync, rename or link, sync.
 */
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { At1Error } from '../errors.js';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../files/file-system.js';
import { uninterrupted } from '../files/interrupt.js';
import { attempt } from '../files/io-error.js';
import { renameSync } from '../files/node-fs.js';
import { TEMP_PREFIX } from '../files/process-mark.js';
import { hasNoLinks, isSystemError } from '../files/system-error.js';
import { describeKind, makeFolders, pathInside, unsafePath } from './root.js';

export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>;

export interface WriteOptions {
  /** Permission bits before the umask; default 0o666, as git does for work tree files. */
  readonly mode?: number | undefined;
  /** Refuse to replace: `output/exists`. Default false. */
  readonly exclusive?: boolean | undefined;
  /** Wait until file and folder are on the disk. Default true. */
  readonly sync?: boolean | undefined;
  /** The source does not use the memory of a piece again: the next is asked for while one is written. Default false. */
  readonly overlap?: boolean | undefined;
  /** Told of each piece when it is written, in order. */
  readonly onWritten?: ((piece: Uint8Array) => void) | undefined;
  /** Make missing parent folders. Default false. */
  readonly parents?: boolean | undefined;
  /** A folder the path must stay in, without a symbolic link on the way. */
  readonly root?: string | undefined;
  /** Collects the folder instead of syncing it; the caller then calls `syncFolders`. */
  readonly deferFolders?: Set<string> | undefined;
  readonly fs?: FileSystem | undefined;
}

export interface BatchFile {
  readonly path: string;
  readonly source: ByteSource;
  readonly mode?: number | undefined;
}

export interface BatchOptions extends Omit<WriteOptions, 'mode' | 'deferFolders'> {
  /** Files written and synced at the same time; default 8. */
  readonly concurrency?: number | undefined;
}

export function writeAtomic(path: string, source: ByteSource, options: WriteOptions = {}): Promise<void> {
  return uninterrupted(() => writeOne(path, source, options));
}

async function writeOne(path: string, source: ByteSource, options: WriteOptions): Promise<void> {
  const fs = options.fs ?? nodeFileSystem;
  const temp = await prepare(path, source, options, fs);
  let renamed = false;
  try {
    await publish(temp, path, options, fs);
    renamed = options.exclusive !== true;
  } finally {
    // A link to it is no move, and leaves it where it was.
    if (!renamed) await discard(temp, fs);
  }
  await settle([dirname(path)], options, fs);
}

/**
 * Many files: nothing is visible before all of them are written and synced, then each is renamed, then each folder is
 * synced once. A failure while renaming leaves whole files behind, never a torn one.
 */
export function writeAtomicBatch(files: readonly BatchFile[], options: BatchOptions = {}): Promise<void> {
  return uninterrupted(() => writeBatch(files, options));
}

async function writeBatch(files: readonly BatchFile[], options: BatchOptions): Promise<void> {
  const fs = options.fs ?? nodeFileSystem;
  const temps = new Map<BatchFile, string>();
  try {
    await eachLimited(files, options.concurrency ?? 8, async (file) => {
      temps.set(file, await prepare(file.path, file.source, { ...options, mode: file.mode }, fs));
    });
    for (const [file, temp] of temps) await publish(temp, file.path, options, fs);
  } finally {
    await eachLimited([...temps.values()], 8, (temp) => discard(temp, fs));
  }
  await settle(
    files.map((file) => dirname(file.path)),
    options,
    fs,
  );
}

/** Removes a file durably; false where there was none. */
export async function removeFile(
  path: string,
  options: { readonly sync?: boolean | undefined; readonly fs?: FileSystem | undefined } = {},
): Promise<boolean> {
  const fs = options.fs ?? nodeFileSystem;
  const removed = await attempt('write', path, () => unlinkIfThere(path, fs));
  if (removed) await settle([dirname(path)], options, fs);
  return removed;
}

/** A name for something temporary beside `path`. */
export function tempBeside(path: string, fs: FileSystem = nodeFileSystem): string {
  return join(dirname(path), TEMP_PREFIX + fs.uniqueName());
}

/** Makes new names in these folders durable, each folder once. */
export async function syncFolders(folders: Iterable<string>, fs: FileSystem = nodeFileSystem): Promise<void> {
  await eachLimited([...new Set(folders)], 8, (folder) => attempt('write', folder, () => fs.syncDirectory(folder)));
}

/** Runs `work` over the items, at most `limit` at a time; on a failure starts no more, waits for the rest, throws. */
export async function eachLimited<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  try {
    for await (const item of items) {
      const job: Promise<void> = work(item)
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => running.delete(job));
      running.add(job);
      if (running.size >= limit) await Promise.race(running);
      if (failures.length > 0) break;
    }
  } catch (error) {
    // The iterable itself failed: what is running still has to end before the caller cleans up.
    failures.push(error);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}

/** Writes and syncs the temporary file; returns its path. Nothing is left where this throws. */
async function prepare(path: string, source: ByteSource, options: WriteOptions, fs: FileSystem): Promise<string> {
  await checkPlace(path, options, fs);
  if (options.parents) await makeFolders(dirname(path), 0o777, fs);
  const temp = tempBeside(path, fs);
  const file = await attempt('write', path, () => fs.createExclusive(temp, options.mode ?? 0o666));
  let done = false;
  try {
    await fill(file, path, source, options);
    done = true;
    return temp;
  } finally {
    if (!done) await discard(temp, fs);
  }
}

async function checkPlace(path: string, options: WriteOptions, fs: FileSystem): Promise<void> {
  if (options.root !== undefined) {
    const inside = relative(options.root, path);
    // Another drive on Windows gives an absolute path here.
    if (isAbsolute(inside)) throw unsafePath(path, `outside '${options.root}'`);
    await pathInside(options.root, inside.split(sep).join('/'), fs);
  }
  const stat = await attempt('write', path, () => fs.lstat(path));
  if (stat === undefined) return;
  if (options.exclusive) throw outputExists(path);
  if (stat.kind !== 'file') throw unsafePath(path, describeKind(stat.kind));
}

/**
 * Piece after piece. With `overlap` the next piece is asked for while one is written, so its memory must not be used again
 * before `onWritten` gives it back. Nothing is being written any more when this returns or throws.
 */
export async function writePieces(
  file: OpenFile,
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  {
    overlap = false,
    onWritten,
  }: {
    readonly overlap?: boolean | undefined;
    readonly onWritten?: ((piece: Uint8Array) => void) | undefined;
  },
): Promise<void> {
  let writing = Promise.resolve();
  try {
    for await (const piece of pieces) {
      await writing;
      writing = writeAll(file, path, piece).then(() => onWritten?.(piece));
      // Reported when it is waited for.
      writing.catch(() => undefined);
      if (!overlap) await writing;
    }
    await writing;
  } finally {
    await writing.catch(() => undefined);
  }
}

async function fill(file: OpenFile, path: string, source: ByteSource, options: WriteOptions): Promise<void> {
  try {
    const { overlap, onWritten } = options;
    await writePieces(file, path, source instanceof Uint8Array ? [source] : source, { overlap, onWritten });
    if (options.sync ?? true) await attempt('write', path, () => file.sync());
  } catch (error) {
    // The first failure is the one to report; closing may well fail for the same reason.
    await file.close().catch(() => undefined);
    throw error;
  }
  // Some file systems report a full disk only here.
  await attempt('write', path, () => file.close());
}

export async function writeAll(file: OpenFile, path: string, data: Uint8Array): Promise<void> {
  for (let at = 0; at < data.length; ) {
    const rest = data.subarray(at);
    const written = await attempt('write', path, () => file.write(rest));
    if (written <= 0) {
      throw new At1Error('io/failed', { message: `cannot write '${path}': no progress`, facts: { path } });
    }
    at += written;
  }
}

async function publish(temp: string, path: string, options: WriteOptions, fs: FileSystem): Promise<void> {
  await attempt('write', path, () => (options.exclusive ? publishNew(temp, path, fs) : fs.rename(temp, path)));
}

/** For a whole folder or file that is complete under its temporary name. */
export async function replaceByRename(temp: string, path: string, fs: FileSystem): Promise<void> {
  await fs.rename(temp, path);
}

/** The same of a small file, at once: for many, a hop to another thread and back takes longer. */
export async function replaceAtOnce(temp: string, path: string): Promise<void> {
  renameSync(temp, path);
}

async function publishNew(temp: string, path: string, fs: FileSystem): Promise<void> {
  try {
    await fs.link(temp, path);
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) throw outputExists(path);
    // File systems without hard links: look, then rename. Two writers at one moment are not told apart there.
    if (!hasNoLinks(error)) throw error;
    if ((await fs.lstat(path)) !== undefined) throw outputExists(path);
    await fs.rename(temp, path);
  }
}

async function settle(
  folders: readonly string[],
  options: Pick<WriteOptions, 'sync' | 'deferFolders'>,
  fs: FileSystem,
): Promise<void> {
  if (!(options.sync ?? true)) return;
  if (options.deferFolders === undefined) return syncFolders(folders, fs);
  for (const folder of folders) options.deferFolders.add(folder);
}

/** Removing a temporary file must not hide the error that made it superfluous; its name tells what it is. */
async function discard(temp: string, fs: FileSystem): Promise<void> {
  await unlinkIfThere(temp, fs).catch(() => undefined);
}

async function unlinkIfThere(path: string, fs: FileSystem): Promise<boolean> {
  try {
    await fs.unlink(path);
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
}

export function outputExists(path: string): At1Error {
  return new At1Error('output/exists', {
    message: `'${basename(path)}' exists already`,
    hint: `choose another place, or replace '${path}' with --force`,
    facts: { path },
  });
}
