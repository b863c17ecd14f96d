/**
 * Which ledger governs a directory of artifacts: the topmost at or above it. Looking upwards ends below a folder that
 * everybody may write to, where anybody could have put one. docs/format/artifact-directory.md, section 5.
 */
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type ArtifactPath, artifactFolderOf, LEDGER_FOLDER, parseArtifactPath } from '../artifacts/artifact-path.js';
import { At1Error } from '../errors.js';
import { nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { realpathSync } from '../files/node-fs.js';
import { isSystemError } from '../files/system-error.js';
import { isRealFolder } from './root.js';

export interface LedgerHome {
  /** The folder that holds, or would hold, the ledger; without links in it. */
  readonly dir: string;
  /** What the ledger calls the directory that was asked for; undefined where that is `dir` itself. */
  readonly prefix: ArtifactPath | undefined;
  /** Whether the ledger is there. */
  readonly exists: boolean;
}

const WRITABLE_BY_ALL = 0o002;

/** Where a ledger was seen before one is there, even if it is not any more: reading it then says so. */
type Seen = (dir: string) => boolean;

/**
 * Throws `usage/path` for a directory that is not absolute or has a name no artifact can have, `io/unsafe-path` where
 * something else stands in the place of the ledger.
 */
export async function findLedgerHome(root: string, seen: Seen = () => false): Promise<LedgerHome> {
  if (!isAbsolute(root)) {
    throw new At1Error('usage/path', { message: `Invalid path: '${root}' is not an absolute directory` });
  }
  const dir = realPath(resolve(root));
  const top = await topmost(dir, seen);
  return { dir: top ?? dir, prefix: top === undefined ? undefined : prefixOf(top, dir), exists: top !== undefined };
}

async function topmost(dir: string, seen: Seen): Promise<string | undefined> {
  let found = (await isSomething(dir)) || seen(dir) ? dir : undefined;
  for (let at = dirname(dir), below = dir; at !== below; below = at, at = dirname(at)) {
    const here = at;
    const stat = await attempt('read', here, () => nodeFileSystem.lstat(here));
    if (stat === undefined) continue;
    if ((stat.mode & WRITABLE_BY_ALL) !== 0) break;
    if ((await isSomething(here)) || seen(here)) found = here;
  }
  // Only now: what somebody has put further down has no say, and cannot be in the way either.
  if (found !== undefined) await isRealFolder(join(found, LEDGER_FOLDER));
  return found;
}

async function isSomething(dir: string): Promise<boolean> {
  const path = join(dir, LEDGER_FOLDER);
  return (await attempt('read', path, () => nodeFileSystem.lstat(path))) !== undefined;
}

/** Links on the way to the directory are its owner's choice; what is not there yet has none. */
function realPath(path: string): string {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(realpathSync(at), ...missing);
    } catch (error) {
      if (!isSystemError(error, 'ENOENT') || dirname(at) === at) {
        throw new At1Error('io/failed', { message: `cannot read '${at}'`, cause: error });
      }
      missing.unshift(at.slice(dirname(at).length).replace(sep, ''));
    }
  }
}

function prefixOf(top: string, dir: string): ArtifactPath | undefined {
  const inside = relative(top, dir);
  if (inside === '') return undefined;
  const parts = inside.split(sep).map((name) => artifactFolderOf(name));
  if (parts.includes(undefined)) {
    throw new At1Error('usage/path', { message: `Invalid path: '${dir}' is no folder of artifacts` });
  }
  return parseArtifactPath(parts.join('/'));
}
