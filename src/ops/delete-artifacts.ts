/** Deletes an artifact, or all in a folder: an entry of the ledger says so, then the containers go. The ledger stays. */
import { type ArtifactPath, folderPath } from '../artifacts/artifact-path.js';
import type { Change } from '../artifacts/ledger-entry.js';
import { artifactsBelow, type LedgerState } from '../artifacts/ledger-state.js';
import { nodeFileSystem } from '../files/file-system.js';
import { removeFile } from '../store/atomic.js';
import { withPlacesLock } from '../store/ledger-lock.js';
import { pathInside } from '../store/root.js';
import {
  type ArtifactContext,
  type ArtifactDirectory,
  appendEntry,
  nameInLedger,
  openDirectory,
} from './artifact-directory.js';
import { applyChanges, clearFolder, mendDirectory, placeOf } from './artifact-places.js';

export interface DeleteResult {
  /** Artifacts that the ledger listed. */
  readonly deleted: number;
}

/** What is not there is no failure. Throws `usage/path`, `ledger/*`, `key/*`, `io/*`. */
export async function deleteArtifacts(
  context: ArtifactContext,
  request: { readonly root: string; readonly path: string },
): Promise<DeleteResult> {
  const directory = await openDirectory(context, request.root);
  const path = nameInLedger(directory, request.path);
  if (!directory.home.exists) {
    await clear(directory, path);
    return { deleted: 0 };
  }
  await mendDirectory(context, directory);
  return withPlacesLock(directory.ledger.folder, async (held) => {
    const changes = await appendEntry(context, directory.ledger, (state) => below(state, path));
    if (held) {
      await applyChanges(directory, changes);
      await clear(directory, path);
    }
    return { deleted: changes.length };
  });
}

function below(state: LedgerState, path: ArtifactPath | undefined): Change[] {
  const one = path === undefined ? undefined : state.artifacts.get(path);
  const all = one === undefined ? artifactsBelow(state, path) : [one];
  return [...all].map((artifact) => ({ op: 'delete', path: artifact.path }));
}

/** Folders too, and containers that no ledger lists. */
async function clear(directory: ArtifactDirectory, path: ArtifactPath | undefined): Promise<void> {
  const { dir } = directory.home;
  if (path === undefined) return clearFolder(dir, true);
  await removeFile(await placeOf(directory, path), { sync: false });
  await clearFolder(await pathInside(dir, folderPath(path), nodeFileSystem), path === directory.home.prefix);
}
