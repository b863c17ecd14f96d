/**
 * Brings the index up to date for our paths only, under `index.lock`. The lock is taken and the new content written
 * before the branch moves: a `git commit` in between would otherwise commit the removal of what we have just added.
 */

import { join } from 'node:path';
import { fromUtf8, utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { ioError, notAFile } from '../files/io-error.js';
import { lstat, stat } from '../files/node-fs.js';
import { readFile } from '../files/read-whole.js';
import { systemCode } from '../files/system-error.js';
import {
  changeIndex,
  EMPTY_INDEX,
  holdsChanges,
  type IndexChanges,
  modeOf,
  nameOf,
  type ParsedIndex,
  parseIndex,
} from './index-format.js';
import { IndexLock, indexPath } from './index-lock.js';
import type { FileState } from './lock-file.js';
import type { GitProgram, Repository } from './repository.js';
import { runGitIn } from './run-git.js';
import { indexStat } from './work-file.js';

/** `stale`: git, which writes the indexes we cannot, did not; `git status` shows our paths as changed. */
export type IndexOutcome = 'updated' | 'none' | 'stale';

export interface PreparedIndex {
  /** Just before the branch is moved, its lock being held: whoever sees the branch moved then sees the index too. */
  publish(): Promise<void>;
  /** After the branch was moved. */
  finish(): Promise<IndexOutcome>;
  /** Gives up, or tidies after `finish`. */
  release(): Promise<void>;
}

/** File systems stamp times in ticks; within this many nanoseconds two changes may look like one. */
const TICK = 20_000_000;

export interface IndexOptions {
  /** Milliseconds to wait for git's locks. */
  readonly wait?: number | undefined;
  readonly fresh: boolean;
  /** Where the caller has it, it is the caller's to give up. */
  readonly lock?: IndexLock | undefined;
}

/**
 * `fresh`: there is no commit yet, so a missing index means an empty one. Throws `git/busy` where somebody else holds the
 * index: on an index without our paths the next `git commit` would take them back. Throws `git/index-unsupported` where
 * neither we nor a git binary can write this index. Nothing is changed then.
 */
export async function prepareIndex(
  repository: Repository,
  changes: IndexChanges,
  options: IndexOptions,
): Promise<PreparedIndex> {
  const path = indexPath(repository);
  if (repository.workTree === undefined || (!options.fresh && !(await isThere(path)))) return settled('none');
  const own = new IndexLock(repository, options.wait);
  const lock = options.lock ?? own;
  const change = { repository, path, lock, changes };
  try {
    let written = await writeChanged(change);
    return {
      publish: async () => {
        // Whoever locked the index between our two steps may have written over it what they had read before.
        while ((await lock.publish()) && !(await isStillThere(change, written))) written = await writeChanged(change);
      },
      finish: async () => {
        const outcome = await putBackInto(change, written, options);
        await own.release();
        return outcome;
      },
      release: () => lock.release(),
    };
  } catch (error) {
    await lock.release();
    if (repository.git === undefined || !(error instanceof At1Error) || error.code !== 'git/index-unsupported') {
      throw error;
    }
    return throughGit(repository, repository.git, changes);
  }
}

interface IndexChange {
  readonly repository: Repository;
  readonly path: string;
  readonly lock: IndexLock;
  readonly changes: IndexChanges;
}

function writeChanged({ repository, path, lock, changes }: IndexChange): Promise<FileState> {
  return lock.write(async () => {
    const index = await readIndex(path);
    if (index !== undefined && repository.workTree !== undefined) {
      await smudgeRacyEntries(repository.workTree, path, index);
    }
    return [changeIndex(index ?? EMPTY_INDEX, changes)];
  });
}

async function isStillThere({ path, changes }: IndexChange, written: FileState): Promise<boolean> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found?.mtimeNs === written.mtimeNs && found.size === written.size && found.ino === written.ino) return true;
  const index = await readIndex(path);
  return index !== undefined && holdsChanges(index, changes);
}

/** After the branch has moved, where somebody took or kept the lock and wrote an old index over ours all the same. */
async function putBackInto(change: IndexChange, written: FileState, options: IndexOptions): Promise<IndexOutcome> {
  try {
    if (await isStillThere(change, written)) return 'updated';
    const again = await prepareIndex(change.repository, change.changes, {
      ...options,
      lock: change.lock,
      fresh: false,
    });
    await again.publish();
    return await again.finish();
  } catch (error) {
    // What is left to do is said, and `at1 doctor --fix` does it.
    if (error instanceof At1Error) return 'stale';
    throw error;
  }
}

function settled(outcome: IndexOutcome): PreparedIndex {
  return { publish: async () => undefined, finish: async () => outcome, release: async () => undefined };
}

/** For split and sparse indexes. Git takes the lock itself, so it cannot be held over the move of the branch. */
function throughGit(repository: Repository, git: GitProgram, changes: IndexChanges): PreparedIndex {
  return {
    publish: async () => undefined,
    finish: async () => {
      const lines = [...changes].map(([path, entry]) => {
        const mode = entry === null ? '0' : modeOf(entry);
        return `${mode} ${entry?.oid ?? '0'.repeat(40)}\t${path}\0`;
      });
      const input = utf8(lines.join(''));
      const result = await runGitIn(git, repository, ['update-index', '-z', '--index-info'], { input });
      if (result.code !== 0) return 'stale';
      // Fills in the numbers of the files; says 1 where the user has changed some of them, which is their business.
      await runGitIn(git, repository, ['update-index', '-q', '--refresh']);
      return 'updated';
    },
    release: async () => undefined,
  };
}

async function readIndex(path: string): Promise<ParsedIndex | undefined> {
  try {
    // Not left to git, which is asked to write the indexes we cannot: it would wait for a named pipe.
    if (!(await stat(path)).isFile()) throw notAFile(path);
    return parseIndex(new Uint8Array(await readFile(path)));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw ioError('write', path, error);
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/**
 * Git trusts an entry whose file is older than the index, and compares contents otherwise ("racy git"). Our index is
 * younger than the one it replaces, so entries that were in doubt must stay in doubt: a size of 0 says so. Seconds decide,
 * because git may be built to see only those.
 */
async function smudgeRacyEntries(workTree: string, indexPath: string, index: ParsedIndex): Promise<void> {
  const written = indexStat(await stat(indexPath, { bigint: true }));
  const view = new DataView(index.entries.buffer, index.entries.byteOffset, index.entries.length);
  for (let entry = 0; entry + 1 < index.starts.length; entry++) {
    const start = index.starts[entry] as number;
    const seconds = view.getUint32(start + 8, false);
    if (seconds < written.mtimeSeconds || view.getUint32(start + 36, false) === 0) continue;
    const nanoseconds = view.getUint32(start + 12, false);
    const age = (written.mtimeSeconds - seconds) * 1e9 + written.mtimeNanoseconds - nanoseconds;
    if (age > TICK && (await isUntouched(workTree, index, entry, view))) continue;
    view.setUint32(start + 36, 0, false);
  }
}

async function isUntouched(workTree: string, index: ParsedIndex, entry: number, view: DataView): Promise<boolean> {
  try {
    const path = join(workTree, ...fromUtf8(nameOf(index, entry)).split('/'));
    const now = indexStat(await lstat(path, { bigint: true }));
    const start = index.starts[entry] as number;
    const fields = [now.ctimeSeconds, now.ctimeNanoseconds, now.mtimeSeconds, now.mtimeNanoseconds, now.dev, now.ino];
    return (
      fields.every((value, i) => view.getUint32(start + i * 4, false) === value) &&
      view.getUint32(start + 36, false) === now.size
    );
  } catch {
    // Gone, unreadable or not a name for this system: in doubt, as before.
    return false;
  }
}
