/** Temporary folders for tests, removed afterwards. Call `useTempDir` inside a `describe`. */
import { mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempDir {
  /** Absolute, links resolved; only valid while a test or hook runs. */
  readonly path: string;
  at(...parts: string[]): string;
}

/** A fresh folder for every test, or one for the whole suite. Its name has a space and an umlaut on purpose. */
export function useTempDir(per: 'test' | 'suite' = 'test', where = tmpdir()): TempDir {
  let current: string | undefined;
  const make = () => {
    current = makeTempDir(where);
  };
  const remove = () => {
    if (current !== undefined) rmSync(current, { recursive: true, force: true });
    current = undefined;
  };
  if (per === 'suite') {
    before(make);
    after(remove);
  } else {
    beforeEach(make);
    afterEach(remove);
  }
  const path = () => {
    if (current === undefined) throw new Error('the temporary folder exists only while a test runs');
    return current;
  };
  return {
    get path() {
      return path();
    },
    at: (...parts) => join(path(), ...parts),
  };
}

/** For the rare test that must remove the folder itself. */
export function makeTempDir(where = tmpdir()): string {
  return realpathSync(mkdtempSync(join(where, 'at1 tést-')));
}

/**
 * A folder in memory, where syncing costs nothing: for hundreds of repositories whose durability is not in question.
 * The ordinary one where there is none, or none with a GiB to spare.
 */
export function memoryDir(): string {
  if (tmpdir().startsWith('/dev/shm/')) return tmpdir();
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= 2 ** 30 ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}
