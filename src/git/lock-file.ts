/**
 * Git's own `<file>.lock` protocol: exclusive create, write, sync, rename over the file. Both tools exclude each other.
 * Only a lock that a dead process of ours left is removed; `findLocks` tells `doctor` which others are old.
 */
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { At1Error } from '../errors.js';
import { removeIfThere, syncDirectory, writeAll } from '../files/durable-file.js';
import { ioError } from '../files/io-error.js';
import { type FileHandle, open, readdir, rename, stat } from '../files/node-fs.js';
import { isSystemError, systemCode } from '../files/system-error.js';
import { breakDead, linkOwned, makeOwned, type OwnedFile } from './lock-owners.js';

export interface LockOptions {
  /** Milliseconds to wait for one other process; for several, one after the other, longer. Default: 2000. */
  readonly wait?: number | undefined;
  /** The repository's common folder; without it a lock has no owner that could be known to be dead. */
  readonly commonDir?: string | undefined;
}

/** Time in nanoseconds. A file that is replaced, or written anew, has another one. */
export interface FileState {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

const DEFAULT_WAIT = 2000;
/** Processes that are waited for. */
const HOLDERS = 10;
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 50;
/** No git command holds a lock this long without its user waiting for it. */
const OLD_AFTER = 15 * 60 * 1000;

export class LockFile {
  /** The file that is locked. */
  readonly target: string;
  readonly path: string;
  #file: FileHandle | undefined;
  /** Size and time of what was stored in it last: a lock that differs is not this one any more. */
  #mark = '';
  /** The other name of the lock's file, which tells whose it is. */
  readonly #owned: string | undefined;
  #held = true;

  private constructor(target: string, { path, file }: OwnedFile, owned?: string) {
    this.target = target;
    this.path = path;
    this.#file = file;
    this.#owned = owned;
  }

  /** Undefined when somebody else held the lock all the time. */
  static async tryAcquire(target: string, options: LockOptions = {}): Promise<LockFile | undefined> {
    const path = `${target}.lock`;
    const wait = options.wait ?? DEFAULT_WAIT;
    let until = performance.now() + wait;
    const last = until + wait * (HOLDERS - 1);
    let seen: string | undefined;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const made = await LockFile.#create(target, path, options);
      if (made !== undefined) return made;
      if (options.commonDir !== undefined && (await breakDead(options.commonDir, path))) continue;
      const found = await stat(path, { bigint: true }).catch(gone);
      const mark = found === undefined ? '' : markOf(found);
      if (seen !== undefined && mark !== seen) until = Math.min(performance.now() + wait, last);
      seen = mark;
      const left = until - performance.now();
      if (left <= 0) return undefined;
      // Jitter, so that waiting processes do not meet again and again.
      await sleep(Math.min(left, pause * (0.5 + Math.random())));
    }
  }

  /** Undefined where somebody else has it. */
  static async #create(target: string, path: string, options: LockOptions): Promise<LockFile | undefined> {
    const owned = options.commonDir === undefined ? undefined : await makeOwned(options.commonDir);
    try {
      if (owned !== undefined) {
        const linked = await linkOwned(owned, path);
        if (linked === 'linked') return new LockFile(target, { path, file: owned.file }, owned.path);
        await dropOwned(owned);
        if (linked === 'taken') return undefined;
      }
      return new LockFile(target, { path, file: await open(path, 'wx', 0o666) });
    } catch (error) {
      if (owned !== undefined) await dropOwned(owned);
      if (systemCode(error) === 'EEXIST') return undefined;
      throw ioError('write', path, error);
    }
  }

  /** Throws `git/busy` naming the lock. */
  static async acquire(target: string, options: LockOptions = {}): Promise<LockFile> {
    const lock = await LockFile.tryAcquire(target, options);
    if (lock !== undefined) return lock;
    throw new At1Error('git/busy', {
      message: `another process holds ${target}.lock`,
      facts: { path: `${target}.lock` },
      hint: 'wait for the other git command; if none is running, remove that file (`at1 doctor` lists old locks)',
    });
  }

  /** Stores the new content in the lock file, durably; `commit` makes it the file. Returns what tells it from others then. */
  async write(parts: readonly Uint8Array[]): Promise<FileState> {
    if (this.#file === undefined) throw new RangeError('the lock file is written already');
    try {
      await writeAll(this.#file, parts);
      await this.#file.sync();
      const { size, mtimeNs, ino } = await this.#file.stat({ bigint: true });
      this.#mark = markOf({ size, mtimeNs });
      await this.#close();
      return { size, mtimeNs, ino };
    } catch (error) {
      throw ioError('write', this.path, error);
    }
  }

  /** Throws `git/ref-conflict` where somebody took the lock away: what it guarded may have changed since. */
  async commit(): Promise<void> {
    await this.#close();
    if (!(await this.#isOurs())) throw takenAway(this.path);
    try {
      await rename(this.path, this.target);
      this.#held = false;
      await syncDirectory(dirname(this.target));
      await this.#disown();
    } catch (error) {
      if (this.#held && systemCode(error) === 'ENOENT') throw takenAway(this.path);
      throw ioError('write', this.target, error);
    }
  }

  /** Gives the lock up; after `commit` it does nothing. */
  async release(): Promise<void> {
    if (this.#file !== undefined) this.#mark = markOf(await this.#file.stat({ bigint: true }));
    await this.#close();
    if (!this.#held) return;
    this.#held = false;
    if (await this.#isOurs()) {
      // Twice: a lock that stays behind holds everybody up for as long as this process lives.
      await removeIfThere(this.path).catch(() => removeIfThere(this.path));
      if (this.#owned !== undefined) await syncDirectory(dirname(this.path));
    }
    await this.#disown();
  }

  /** Whoever was frozen for long may find that a person has removed the lock, and that by now it is another's. */
  async #isOurs(): Promise<boolean> {
    const found = await stat(this.path, { bigint: true }).catch(gone);
    return found !== undefined && markOf(found) === this.#mark;
  }

  /** After the lock itself is gone for good: before, a kill or a power cut would leave it without an owner. */
  async #disown(): Promise<void> {
    if (this.#owned !== undefined) await removeIfThere(this.#owned);
  }

  async #close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}

/** No file number: some file systems give one file another number under each of its names. */
function markOf({ size, mtimeNs }: { readonly size: bigint; readonly mtimeNs: bigint }): string {
  return `${size} ${mtimeNs}`;
}

function takenAway(path: string): At1Error {
  return new At1Error('git/ref-conflict', {
    message: `${path} was taken away from this process`,
    facts: { path },
    hint: 'look at the new state and try again',
  });
}

async function dropOwned({ path, file }: OwnedFile): Promise<void> {
  await file.close();
  await removeIfThere(path);
}

/** Removes every lock that a dead process of ours left; true where there was one. */
export async function breakDeadLocks(repository: {
  readonly gitDir: string;
  readonly commonDir: string;
}): Promise<boolean> {
  let broken = false;
  for (const { path } of await findLocks(repository, 0)) {
    broken = (await breakDead(repository.commonDir, path)) || broken;
  }
  return broken;
}

export interface FoundLock {
  readonly path: string;
  readonly ageMs: number;
  /** Old enough that its process has most likely died. */
  readonly old: boolean;
}

/** Lock files of git and of at1 in a repository. `now`: milliseconds since 1970. */
export async function findLocks(
  repository: { readonly gitDir: string; readonly commonDir: string },
  now: number,
): Promise<FoundLock[]> {
  const found = new Map<string, FoundLock>();
  const trees = join(repository.commonDir, 'worktrees');
  const others = ((await readdir(trees).catch(gone)) ?? []).map((name) => join(trees, name));
  for (const folder of new Set([repository.gitDir, repository.commonDir, ...others])) {
    for (const path of [...(await locksIn(folder, false)), ...(await locksIn(join(folder, 'refs'), true))]) {
      const info = await stat(path).catch(gone);
      if (info === undefined) continue;
      const ageMs = now - info.mtimeMs;
      found.set(path, { path, ageMs, old: ageMs > OLD_AFTER });
    }
  }
  return [...found.values()];
}

async function locksIn(folder: string, deep: boolean): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true, recursive: deep }).catch(gone)) ?? [];
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.lock'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function gone(error: unknown): undefined {
  if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return undefined;
  throw error;
}
