/** Files of the work tree as git's index sees them: numbers of `lstat`, taken only where the content is the object. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type BigIntStats, constants, type FileHandle, lstat, open } from '../files/node-fs.js';
import { systemCode } from '../files/system-error.js';
import { type Oid, objectHeader } from '../git-format/oid.js';
import type { IndexStat } from './index-format.js';

const READ_BYTES = 1024 * 1024;
const BILLION = 1_000_000_000n;

export function indexStat(info: BigIntStats): IndexStat {
  return {
    ctimeSeconds: low32(info.ctimeNs / BILLION),
    ctimeNanoseconds: low32(info.ctimeNs % BILLION),
    mtimeSeconds: low32(info.mtimeNs / BILLION),
    mtimeNanoseconds: low32(info.mtimeNs % BILLION),
    dev: low32(info.dev),
    ino: low32(info.ino),
    uid: low32(info.uid),
    gid: low32(info.gid),
    size: low32(info.size),
  };
}

function low32(value: bigint): number {
  return Number(BigInt.asUintN(32, value));
}

/** Chunks of an open file from its beginning, each in memory of its own; `size` is what is expected, not a limit. */
export async function* readChunks(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  // One byte more than expected, so that a small file needs no second buffer to see its end.
  for (let left = size + 1; ; ) {
    const length = left > 0 ? Math.min(READ_BYTES, left) : READ_BYTES;
    const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, null);
    if (bytesRead === 0) return;
    left -= bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** `same`: the stat of a file whose content has this name; otherwise what stands there instead. */
export type WorkFile = { kind: 'same'; stat: IndexStat } | { kind: 'different' } | { kind: 'absent' };

export async function compareWorkFile(workTree: string, path: string, oid: Oid, size: number): Promise<WorkFile> {
  const full = join(workTree, ...path.split('/'));
  const file = await openPlain(full);
  if (file === undefined) return { kind: (await exists(full)) ? 'different' : 'absent' };
  try {
    const before = await file.stat({ bigint: true });
    if (!before.isFile() || before.size !== BigInt(size)) return { kind: 'different' };
    const hash = createHash('sha1').update(objectHeader('blob', size));
    for await (const chunk of readChunks(file, size)) hash.update(chunk);
    const after = await file.stat({ bigint: true });
    const same = hash.digest('hex') === oid && after.mtimeNs === before.mtimeNs && after.ctimeNs === before.ctimeNs;
    return same ? { kind: 'same', stat: indexStat(after) } : { kind: 'different' };
  } finally {
    await file.close();
  }
}

/** Never through a symbolic link, never waiting for a pipe; undefined for what is not a readable file. */
async function openPlain(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
