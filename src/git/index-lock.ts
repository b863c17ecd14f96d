/**
 * Git's lock of the index, held for longer than it takes to replace the index. `git commit` and `git stash` read the index
 * before they lock it: one that read it before ours was published and locked it afterwards would write the old one over
 * ours, and the next `git commit` would take back what is committed here. While the lock is held it is refused instead.
 */
import { join } from 'node:path';
import { type FileState, LockFile, type LockOptions } from './lock-file.js';
import type { Repository } from './repository.js';

/** Milliseconds for one who was quicker: the branch is locked meanwhile. */
const WAIT_AGAIN = 100;

export function indexPath(repository: Repository): string {
  return join(repository.gitDir, 'index');
}

export class IndexLock {
  readonly #repository: Repository;
  readonly #options: LockOptions;
  #file: LockFile | undefined;

  /** `wait`: milliseconds, as for any lock. */
  constructor(repository: Repository, wait?: number | undefined) {
    this.#repository = repository;
    this.#options = { wait, commonDir: repository.commonDir };
  }

  /** Before it is known what will change; without a work tree there is nothing to hold. Throws `git/busy`. */
  async hold(): Promise<void> {
    if (this.#repository.workTree !== undefined) await this.#take();
  }

  /** Stores a new index beside the one that is there; `publish` makes it the index. Throws `git/busy`. */
  async write(make: () => Promise<readonly Uint8Array[]>): Promise<FileState> {
    const file = await this.#take();
    return file.write(await make());
  }

  /** Takes the lock again at once; false where somebody was quicker and kept it. */
  async publish(): Promise<boolean> {
    await this.#file?.commit();
    this.#file = undefined;
    this.#file = await LockFile.tryAcquire(indexPath(this.#repository), { ...this.#options, wait: WAIT_AGAIN });
    return this.#file !== undefined;
  }

  async release(): Promise<void> {
    await this.#file?.release();
    this.#file = undefined;
  }

  async #take(): Promise<LockFile> {
    this.#file ??= await LockFile.acquire(indexPath(this.#repository), this.#options);
    return this.#file;
  }
}
