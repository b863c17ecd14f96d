/**
 * The handful of file operations the store uses, as an interface: a fault hook or an in-memory crash simulator
 * can take the place of `nodeFileSystem`. No policy here: errors are the system's own, mapped in `io-error.ts`.
 */
import type { BigIntStats, Dirent } from 'node:fs';
import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  lstatSync,
  openSync,
  promises,
  read,
  readSync,
  write,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { change } from './change.js';
import { syncDirectory } from './durable-file.js';
import { link, mkdir, rename, rmdir, unlink } from './node-fs.js';
import { processMark } from './process-mark.js';
import { isSystemError } from './system-error.js';

export type EntryKind = 'file' | 'directory' | 'symlink' | 'other';

export interface FileStat {
  readonly kind: EntryKind;
  readonly size: number;
  /** Permission bits only. */
  readonly mode: number;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
  readonly dev: bigint;
}

export interface DirectoryEntry {
  /** Where the name on disk is not UTF-8, a lossy form that must not be opened. */
  readonly name: string;
  readonly utf8: boolean;
  readonly kind: EntryKind;
}

export interface OpenFile {
  /** At most `into.length` bytes from `position`; 0 at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Writes at the current position; may write fewer bytes than given. */
  write(data: Uint8Array): Promise<number>;
  sync(): Promise<void>;
  stat(): Promise<FileStat>;
  close(): Promise<void>;
}

export interface FileSystem {
  /** A new file for writing; fails with EEXIST where anything is there, a dangling link included. */
  createExclusive(path: string, mode: number): Promise<OpenFile>;
  /** For reading; fails with ELOOP on a symbolic link and never waits on a named pipe. */
  openRead(path: string): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  link(existing: string, path: string): Promise<void>;
  unlink(path: string): Promise<void>;
  mkdir(path: string, mode: number): Promise<void>;
  rmdir(path: string): Promise<void>;
  readdir(path: string): Promise<readonly DirectoryEntry[]>;
  /** Undefined where nothing is there. */
  lstat(path: string): Promise<FileStat | undefined>;
  /** Makes names that were added to or removed from the folder durable. */
  syncDirectory(path: string): Promise<void>;
  /** A name that no other writer has: two must never share a temporary file. */
  uniqueName(): string;
}

/** Reads and writes up to this many bytes are not worth another thread. */
const AT_ONCE = 64 * 1024;
const readAsync = promisify(read);
const writeAsync = promisify(write);
const fsyncAsync = promisify(fsync);
// Windows has neither flag; there 0 leaves the open unchanged.
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What takes microseconds is done at once: a hop to another thread and back costs more than the work, and there are
 * tens of thousands of small files. What waits for a disk or moves many bytes goes to another thread.
 */
export const nodeFileSystem: FileSystem = {
  createExclusive: async (path, mode) =>
    wrap(
      path,
      change({ kind: 'create', path, mode }, () => openSync(path, 'wx', mode)),
    ),
  openRead: async (path) => wrap(path, openSync(path, READ_FLAGS)),
  rename,
  link,
  unlink,
  mkdir: async (path, mode) => {
    await mkdir(path, { mode });
  },
  rmdir,
  readdir: async (path) => (await promises.readdir(path, { encoding: 'buffer', withFileTypes: true })).map(entryOf),
  lstat: async (path) => {
    try {
      const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      return stat === undefined ? undefined : statOf(stat);
    } catch (error) {
      if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  },
  syncDirectory,
  uniqueName: processMark,
};

function wrap(path: string, file: number): OpenFile {
  return {
    read: async (into, position) =>
      into.length <= AT_ONCE
        ? readSync(file, into, 0, into.length, position)
        : (await readAsync(file, into, 0, into.length, position)).bytesRead,
    write: async (data) =>
      change({ kind: 'write', path, data, position: null }, async (limit = data.length) =>
        limit <= AT_ONCE ? writeSync(file, data, 0, limit) : (await writeAsync(file, data, 0, limit)).bytesWritten,
      ),
    sync: async () => change({ kind: 'sync', path }, () => fsyncAsync(file)),
    stat: async () => statOf(fstatSync(file, { bigint: true })),
    close: async () => closeSync(file),
  };
}

function statOf(stat: BigIntStats): FileStat {
  return {
    kind: kindOf(stat),
    size: Number(stat.size),
    mode: Number(stat.mode & 0o7777n),
    mtimeNs: stat.mtimeNs,
    ino: stat.ino,
    dev: stat.dev,
  };
}

function entryOf(entry: Dirent<Buffer>): DirectoryEntry {
  const kind = kindOf(entry);
  try {
    return { name: strictUtf8.decode(entry.name), utf8: true, kind };
  } catch {
    return { name: entry.name.toString('utf8'), utf8: false, kind };
  }
}

function kindOf(entry: Pick<BigIntStats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'other';
}
