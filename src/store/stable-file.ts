/** A file that must not change while it is read: compared with what the scan saw, when opened and when read. */
import type { FileStat, FileSystem, OpenFile } from '../files/file-system.js';
import { nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { isSystemError } from '../files/system-error.js';
import { changedWhileRead } from './read-file.js';
import type { InputFile } from './scan-input.js';

export interface StableFile {
  readonly size: number;
  read(into: Uint8Array, position: number): Promise<number>;
  /** Throws `artifact/changed-while-read` when size, time or identity differ from the scan, or the path leads elsewhere. */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

export type SeenFile = Pick<InputFile, 'absolute' | 'size' | 'mtimeNs' | 'ino' | 'dev'>;

/** The bytes are those of the opened file, whatever happens to its name afterwards. */
export async function openStable(seen: SeenFile, fs: FileSystem = nodeFileSystem): Promise<StableFile> {
  const path = seen.absolute;
  const file = await attempt('read', path, () => openSame(path, fs));
  try {
    if (!same(seen, await attempt('read', path, () => file.stat()))) throw changedWhileRead(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    size: seen.size,
    read: (into, position) => attempt('read', path, () => file.read(into, position)),
    assertUnchanged: async () => {
      const opened = await attempt('read', path, () => file.stat());
      const named = await attempt('read', path, () => fs.lstat(path));
      if (!same(seen, opened) || named === undefined || !same(seen, named)) throw changedWhileRead(path);
    },
    close: () => file.close(),
  };
}

async function openSame(path: string, fs: FileSystem): Promise<OpenFile> {
  try {
    return await fs.openRead(path);
  } catch (error) {
    // It was a plain file when it was scanned.
    if (isSystemError(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO')) throw changedWhileRead(path);
    throw error;
  }
}

function same(seen: SeenFile, stat: FileStat): boolean {
  return (
    stat.kind === 'file' &&
    stat.size === seen.size &&
    stat.mtimeNs === seen.mtimeNs &&
    stat.ino === seen.ino &&
    stat.dev === seen.dev
  );
}
