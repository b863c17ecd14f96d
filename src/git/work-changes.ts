/** The changes of a commit on their way: from bytes and files to blobs, and from blobs to entries of the index. */

import { join } from 'node:path';
import { At1Error } from '../errors.js';
import { ioError } from '../files/io-error.js';
import { constants, lstat, open } from '../files/node-fs.js';
import type { Oid } from '../git-format/oid.js';
import type { IndexChanges, IndexEntryChange, IndexStat, LinkMode } from './index-format.js';
import type { ObjectSource } from './object-source.js';
import type { Repository } from './repository.js';
import { compareWorkFile, indexStat, readChunks } from './work-file.js';

/** Work files looked at at the same time. */
const PARALLEL = 8;

/** A file's new content: in memory, or a file on disk (absolute path) that is streamed. */
export type NewContent =
  | { readonly bytes: Uint8Array; readonly executable?: boolean }
  | { readonly file: string; readonly size: number; readonly executable?: boolean };

export interface StoredChange {
  readonly path: string;
  readonly oid: Oid;
  readonly size: number;
  readonly executable: boolean;
  readonly link?: LinkMode | undefined;
  /** Of the file it was read from. */
  readonly read: IndexStat | undefined;
}

/** A source for the object writer; `onRead` gets the stat of the streamed file, the same before and after. */
export function sourceOf(content: NewContent, onRead: (stat: IndexStat) => void): ObjectSource {
  if ('bytes' in content) return { type: 'blob', bytes: content.bytes };
  return { type: 'blob', size: content.size, open: () => readSteady(content.file, onRead) };
}

async function* readSteady(path: string, onRead: (stat: IndexStat) => void): AsyncGenerator<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: unknown) => {
    throw ioError('read', path, error);
  });
  try {
    const before = await file.stat({ bigint: true });
    yield* readChunks(file, Number(before.size));
    const after = await file.stat({ bigint: true });
    if (before.mtimeNs !== after.mtimeNs || before.ctimeNs !== after.ctimeNs || before.size !== after.size) {
      throw new At1Error('artifact/changed-while-read', {
        message: `${path} changed while it was stored`,
        facts: { path },
        hint: 'try again when nothing writes to it',
      });
    }
    onRead(indexStat(after));
  } finally {
    await file.close();
  }
}

export async function indexChangesOf(
  repository: Repository,
  stored: readonly StoredChange[],
  deleted: readonly string[],
): Promise<IndexChanges> {
  const changes = new Map<string, IndexEntryChange | null>(deleted.map((path) => [path, null]));
  const { workTree } = repository;
  if (workTree === undefined) return changes;
  const sparse = repository.config.boolean('core.sparseCheckout') === true;
  for (let at = 0; at < stored.length; at += PARALLEL) {
    const some = stored.slice(at, at + PARALLEL);
    const entries = await Promise.all(some.map((change) => entryOf(workTree, change, sparse)));
    for (const [i, entry] of entries.entries()) changes.set((some[i] as StoredChange).path, entry);
  }
  return changes;
}

async function entryOf(workTree: string, change: StoredChange, sparse: boolean): Promise<IndexEntryChange> {
  const { oid, executable, link } = change;
  if (change.read !== undefined && (await isAt(workTree, change.path, change.read))) {
    return { oid, executable, stat: change.read, skipWorktree: false };
  }
  const found = await compareWorkFile(workTree, change.path, oid, change.size);
  const stat = found.kind === 'same' ? found.stat : undefined;
  return { oid, executable, link, stat, skipWorktree: sparse && found.kind === 'absent' };
}

/** Whether the file that was read is the one of the work tree: then it need not be read again. */
async function isAt(workTree: string, path: string, read: IndexStat): Promise<boolean> {
  const info = await lstat(join(workTree, ...path.split('/')), { bigint: true }).catch(() => undefined);
  if (info === undefined || !info.isFile()) return false;
  const now = indexStat(info);
  return (
    now.ino === read.ino &&
    now.dev === read.dev &&
    now.size === read.size &&
    now.mtimeSeconds === read.mtimeSeconds &&
    now.mtimeNanoseconds === read.mtimeNanoseconds &&
    now.ctimeSeconds === read.ctimeSeconds &&
    now.ctimeNanoseconds === read.ctimeNanoseconds
  );
}
