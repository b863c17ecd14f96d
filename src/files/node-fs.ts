/**
 * The file system of Node as the rest of the library sees it: functions of the same names, of which those that change a
 * disk announce it (`change.ts`). Errors are the system's own. `file-system.ts` is what the store needs of it, as an interface.
 */
import {
  constants,
  existsSync,
  chmodSync as nodeChmodSync,
  openSync as nodeOpenSync,
  renameSync as nodeRenameSync,
  rmSync,
} from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { concatBytes } from '../bytes/writer.js';
import { type Change, change } from './change.js';
import { isSystemError, noProgress } from './system-error.js';

export type { BigIntStats, Dirent } from 'node:fs';
export {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  fstatSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
export { lstat, readdir, readlink, stat } from 'node:fs/promises';

/** A named pipe is not waited for; Windows has neither the flag nor such pipes. */
export const TO_READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const TO_WRITE = constants.O_WRONLY | constants.O_RDWR;

/** An open file; reads and writes move its position unless they name one. */
export class FileHandle {
  readonly path: string;
  readonly #handle: fs.FileHandle;

  constructor(path: string, handle: fs.FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  read(buffer: Uint8Array, offset: number, length: number, position: number | null) {
    return this.#handle.read(buffer, offset, length, position);
  }

  stat(): Promise<import('node:fs').Stats>;
  stat(options: { readonly bigint: true }): Promise<import('node:fs').BigIntStats>;
  async stat(options?: { readonly bigint: true }) {
    return options === undefined ? this.#handle.stat() : this.#handle.stat(options);
  }

  /** The number of bytes written, which may be less than given. */
  async write(data: Uint8Array, position: number | null = null): Promise<number> {
    return change({ kind: 'write', path: this.path, data, position }, async (limit = data.length) => {
      return (await this.#handle.write(data, 0, limit, position)).bytesWritten;
    });
  }

  /** As `write`, of several parts in one call. */
  async writev(parts: readonly Uint8Array[]): Promise<number> {
    const what: Change = {
      kind: 'write',
      path: this.path,
      position: null,
      get data() {
        return concatBytes(parts);
      },
    };
    return change(what, async (limit?: number) => {
      if (limit === undefined) return (await this.#handle.writev(parts)).bytesWritten;
      return (await this.#handle.write(concatBytes(parts), 0, limit)).bytesWritten;
    });
  }

  /** All of it. */
  async writeAll(data: Uint8Array, position: number | null = null): Promise<void> {
    for (let done = 0; done < data.length; ) {
      const at = position === null ? null : position + done;
      const written = await this.write(data.subarray(done), at);
      if (written <= 0) throw noProgress();
      done += written;
    }
  }

  async truncate(length: number): Promise<void> {
    return change({ kind: 'truncate', path: this.path, length }, () => this.#handle.truncate(length));
  }

  async sync(): Promise<void> {
    return change({ kind: 'sync', path: this.path }, () => this.#handle.sync());
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** `flags`: `r`, `wx`, or the system's own. */
export async function open(path: string, flags: 'r' | 'wx' | number, mode = 0o666): Promise<FileHandle> {
  const real = async () => new FileHandle(path, await fs.open(path, flags, mode));
  if (flags === 'wx') return change({ kind: 'create', path, mode }, real);
  if (flags === 'r' || (flags & TO_WRITE) === 0) return real();
  if ((flags & constants.O_EXCL) !== 0) return change({ kind: 'create', path, mode }, real);
  return change({ kind: 'open', path, append: (flags & constants.O_APPEND) !== 0 }, real);
}

/** For reading only. */
export function openSync(path: string): number {
  return nodeOpenSync(path, TO_READ);
}

export async function rename(from: string, path: string): Promise<void> {
  return change({ kind: 'rename', from, path }, () => fs.rename(from, path));
}

export function renameSync(from: string, path: string): void {
  change({ kind: 'rename', from, path }, () => nodeRenameSync(from, path));
}

export async function link(from: string, path: string): Promise<void> {
  return change({ kind: 'link', from, path }, () => fs.link(from, path));
}

export async function unlink(path: string): Promise<void> {
  return change({ kind: 'unlink', path }, () => fs.unlink(path));
}

/** One folder; `recursive` makes its parents too, and does not mind what is there. The first folder made, if any. */
export async function mkdir(
  path: string,
  options: { readonly recursive?: boolean; readonly mode?: number } = {},
): Promise<string | undefined> {
  const { mode = 0o777 } = options;
  const make = () => change({ kind: 'mkdir', path }, () => fs.mkdir(path, { mode }));
  if (options.recursive !== true) {
    await make();
    return path;
  }
  if (existsSync(path)) {
    // Says what is wrong where a file stands there.
    await fs.mkdir(path, { recursive: true });
    return undefined;
  }
  const parent = dirname(path);
  const first = parent === path ? undefined : await mkdir(parent, options);
  try {
    await make();
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
    await fs.mkdir(path, { recursive: true });
    return first;
  }
  return first ?? path;
}

export async function rmdir(path: string): Promise<void> {
  return change({ kind: 'rmdir', path }, () => fs.rmdir(path));
}

export async function chmod(path: string, mode: number): Promise<void> {
  return change({ kind: 'chmod', path, mode }, () => fs.chmod(path, mode));
}

export function chmodSync(path: string, mode: number): void {
  change({ kind: 'chmod', path, mode }, () => nodeChmodSync(path, mode));
}

/** A folder of ours and all that is in it, at once: also while the process is told to end. Nothing is said where none is there. */
export function removeTreeSync(path: string): void {
  change({ kind: 'rmdir', path }, () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }));
}
