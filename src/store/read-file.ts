/** Reads a whole plain file of bounded size: the kind and the size are checked before anything is allocated. */
import type { Allocate } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { isSystemError } from '../files/system-error.js';
import { describeKind, unsafePath } from './root.js';

/** Undefined where nothing is there; `document/too-large` above `limit`; `io/unsafe-path` for anything but a file. */
export async function readFileBounded(
  path: string,
  limit: number,
  fs: FileSystem = nodeFileSystem,
  allocate: Allocate = (length) => new Uint8Array(length),
): Promise<Uint8Array | undefined> {
  const stat = await attempt('read', path, () => fs.lstat(path));
  if (stat === undefined) return undefined;
  // Opening a device can have effects, so it is not opened to find out what it is.
  if (stat.kind !== 'file') throw unsafePath(path, describeKind(stat.kind));
  const file = await attempt('read', path, () => openIfThere(path, fs));
  if (file === undefined) return undefined;
  try {
    return await attempt('read', path, () => readOpen(file, path, limit, allocate));
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string, fs: FileSystem): Promise<OpenFile | undefined> {
  try {
    return await fs.openRead(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function readOpen(file: OpenFile, path: string, limit: number, allocate: Allocate): Promise<Uint8Array> {
  const { kind, size } = await file.stat();
  if (kind !== 'file') throw unsafePath(path, describeKind(kind));
  if (size > limit) {
    throw new At1Error('document/too-large', {
      message: `'${path}' has ${size} bytes, at most ${limit} are read`,
      facts: { path, size, limit },
    });
  }
  const bytes = allocate(size);
  const read = await readFully(file, bytes, 0);
  if (read !== size || (await file.read(new Uint8Array(1), size)) !== 0) throw changedWhileRead(path);
  return bytes;
}

/** Fills `into` from `position` as far as the file goes; returns how far that was. */
export async function readFully(file: Pick<OpenFile, 'read'>, into: Uint8Array, position: number): Promise<number> {
  let at = 0;
  while (at < into.length) {
    const read = await file.read(into.subarray(at), position + at);
    if (read === 0) break;
    at += read;
  }
  return at;
}

/** Fills all of `into`, which it gives back; `artifact/changed-while-read` where the file ends before that. */
export async function readExactly(
  file: Pick<OpenFile, 'read'>,
  path: string,
  position: number,
  into: Uint8Array,
): Promise<Uint8Array> {
  if ((await readFully(file, into, position)) !== into.length) throw changedWhileRead(path);
  return into;
}

export function changedWhileRead(path: string): At1Error {
  return new At1Error('artifact/changed-while-read', {
    message: `'${path}' changed while it was read`,
    hint: 'wait until nothing writes to it, then run it again',
    facts: { path },
  });
}
