/**
 * A file system that goes wrong at one chosen operation: dies there (nothing works any more, as after kill -9), or
 * fails once with a system error, or writes a single byte. Counts operations, so that a test can visit every one.
 */
import type { FileSystem, OpenFile } from '../../src/files/file-system.js';

export type Fault = 'kill' | 'short' | 'ENOSPC' | 'EDQUOT' | 'EIO' | 'EROFS' | 'EMFILE';

export class Killed extends Error {}

export interface FaultFileSystem {
  readonly fs: FileSystem;
  /** Operations so far, in order, as `name path`. */
  readonly operations: readonly string[];
}

/** Step 0 is the first operation; a step that never comes means no fault. */
export function faultFileSystem(base: FileSystem, step: number, fault: Fault): FaultFileSystem {
  const operations: string[] = [];
  let dead = false;

  async function run<T>(name: string, path: string, real: () => Promise<T>, short?: () => Promise<T>): Promise<T> {
    if (dead) throw new Killed('the process is dead');
    const here = operations.push(`${name} ${path}`) - 1;
    if (here !== step) return real();
    if (fault === 'kill') {
      // Half of a write reaches the disk, as a signal may leave it.
      await short?.();
      dead = true;
      throw new Killed(`killed at ${name}`);
    }
    if (fault === 'short') return (short ?? real)();
    throw Object.assign(new Error(`${fault}: ${name}`), { code: fault });
  }

  const wrap = (file: OpenFile, path: string): OpenFile => ({
    read: (into, position) => run('read', path, () => file.read(into, position)),
    write: (data) =>
      run(
        'write',
        path,
        () => file.write(data),
        () => file.write(data.subarray(0, 1)),
      ),
    sync: () => run('sync', path, () => file.sync()),
    stat: () => run('stat', path, () => file.stat()),
    close: async () => {
      // The system closes the files of a dead process; a failing close has closed as well.
      const closed = file.close();
      await closed;
      await run('close', path, () => closed);
    },
  });

  const fs: FileSystem = {
    createExclusive: async (path, mode) =>
      wrap(await run('create', path, () => base.createExclusive(path, mode)), path),
    openRead: async (path) => wrap(await run('open', path, () => base.openRead(path)), path),
    rename: (from, to) => run('rename', to, () => base.rename(from, to)),
    link: (existing, path) => run('link', path, () => base.link(existing, path)),
    unlink: (path) => run('unlink', path, () => base.unlink(path)),
    mkdir: (path, mode) => run('mkdir', path, () => base.mkdir(path, mode)),
    rmdir: (path) => run('rmdir', path, () => base.rmdir(path)),
    readdir: (path) => run('readdir', path, () => base.readdir(path)),
    lstat: (path) => run('lstat', path, () => base.lstat(path)),
    syncDirectory: (path) => run('syncDirectory', path, () => base.syncDirectory(path)),
    uniqueName: () => base.uniqueName(),
  };
  return { fs, operations };
}
