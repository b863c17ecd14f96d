/**
 * Moves what an entry of the ledger names to where it belongs. The entry is the moment an artifact exists; until this is
 * done readers take it from where it waits, and anybody can do it later: a killed writer leaves nothing half done.
 */
import { dirname, join } from 'node:path';
import {
  type ArtifactPath,
  artifactOfFile,
  containerPath,
  folderPath,
  LEDGER_FOLDER,
} from '../artifacts/artifact-path.js';
import type { Change } from '../artifacts/ledger-entry.js';
import type { LedgerState } from '../artifacts/ledger-state.js';
import { nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { leftoversIn, sweep } from '../files/leftovers.js';
import { mkdir, rmdir } from '../files/node-fs.js';
import { TEMP_PREFIX } from '../files/process-mark.js';
import { isSystemError } from '../files/system-error.js';
import { eachLimited, removeFile, replaceAtOnce, replaceByRename } from '../store/atomic.js';
import { withPlacesLock } from '../store/ledger-lock.js';
import { pathInside } from '../store/root.js';
import { type ArtifactContext, type ArtifactDirectory, stagedFolder, stagedPath } from './artifact-directory.js';

const MOVES_AT_ONCE = 16;
/** A file system may write out what a large file replaces before it gives the name. */
const SMALL = 64 * 1024;

/** Only under the lock of the places: an older container must not come to stand where a newer one is. */
export async function applyChanges(directory: ArtifactDirectory, changes: readonly Change[]): Promise<void> {
  const folders = new Set<string>();
  for (const change of changes) {
    const folder = dirname(containerPath(change.path));
    if (change.op === 'put' && !folders.has(folder)) {
      const place = folder === '.' ? directory.home.dir : await pathInside(directory.home.dir, folder);
      await attempt('write', place, () => mkdir(place, { recursive: true }));
      folders.add(folder);
    }
  }
  await eachLimited(changes, MOVES_AT_ONCE, async (change) => {
    // A link that stands in the place itself is replaced or removed, not followed.
    const place = join(directory.home.dir, containerPath(change.path));
    if (change.op === 'put') await moveIn(stagedPath(directory, change.staged), place, change.stored <= SMALL);
    else await removeFile(await placeOf(directory, change.path), { sync: false });
  });
}

/** Where its container lies or would lie. Throws `io/unsafe-path` where a link leads elsewhere. */
export function placeOf({ home }: ArtifactDirectory, path: ArtifactPath, doing: 'read' | 'write' = 'write') {
  return pathInside(home.dir, containerPath(path), nodeFileSystem, doing);
}

export async function makeArtifactFolder({ home }: ArtifactDirectory, path: ArtifactPath | undefined): Promise<void> {
  const place = path === undefined ? home.dir : await pathInside(home.dir, folderPath(path));
  await attempt('write', place, () => mkdir(place, { recursive: true }));
}

async function moveIn(staged: string, place: string, small = false): Promise<void> {
  const move = small ? replaceAtOnce : replaceByRename;
  await attempt('write', place, () => move(staged, place, nodeFileSystem));
}

/** Once a process: finishes or removes what dead writers left. */
export async function mendDirectory(context: ArtifactContext, directory: ArtifactDirectory): Promise<void> {
  const { folder } = directory.ledger;
  if (context.swept.has(folder)) return;
  context.swept.add(folder);
  await sweep(folder);
  const left = await leftoversIn(stagedFolder(directory.ledger)).catch(() => []);
  if (left.length === 0) return;
  await withPlacesLock(folder, async (held) => {
    if (!held) return;
    // Read after looking: what a dead process staged, no later entry of its can name.
    const waiting = waitingIn(await directory.ledger.read());
    for (const { path, owner } of left) {
      const artifact = waiting.get(path.slice(path.lastIndexOf(TEMP_PREFIX) + TEMP_PREFIX.length));
      if (artifact !== undefined) await moveBack(directory, path, artifact);
      else if (owner === 'dead') await removeFile(path, { sync: false });
    }
  });
}

async function moveBack(directory: ArtifactDirectory, staged: string, artifact: ArtifactPath): Promise<void> {
  const place = await placeOf(directory, artifact);
  await attempt('write', place, () => mkdir(dirname(place), { recursive: true }));
  await moveIn(staged, place).catch(ifGone);
}

function waitingIn(state: LedgerState): Map<string, ArtifactPath> {
  return new Map([...state.artifacts.values()].map(({ staged, path }) => [staged, path]));
}

/** Its writer was not dead after all, or another one was quicker. */
function ifGone(error: unknown): void {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!isSystemError(cause, 'ENOENT')) throw error;
}

/** Removes the containers in and below a folder and the folders that are empty then; anything else stays. */
export async function clearFolder(place: string, keep: boolean): Promise<void> {
  for (const { name, kind } of await entriesOf(place)) {
    const path = join(place, name);
    if (kind === 'file' && artifactOfFile(name) !== undefined) await removeFile(path, { sync: false });
    if (kind === 'directory' && name !== LEDGER_FOLDER) await clearFolder(path, false);
  }
  if (!keep) await rmdir(place).catch(() => undefined);
}

export async function entriesOf(place: string) {
  return attempt('read', place, async () => {
    try {
      return await nodeFileSystem.readdir(place);
    } catch (error) {
      if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return [];
      throw error;
    }
  });
}
