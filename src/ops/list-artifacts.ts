/** What is in an artifact directory: what the ledger lists, the folders on the disk, and containers nobody listed. */
import { join } from 'node:path';
import { type ArtifactPath, artifactFolderOf, artifactOfFile, folderPath } from '../artifacts/artifact-path.js';
import type { LedgerState } from '../artifacts/ledger-state.js';
import { compareText } from '../bytes/text.js';
import { inspectContainer } from '../container/inspect.js';
import { At1Error } from '../errors.js';
import { nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { readFully } from '../store/read-file.js';
import { pathInside } from '../store/root.js';
import {
  type ArtifactContext,
  type ArtifactDirectory,
  nameInLedger,
  openDirectory,
  stateOf,
} from './artifact-directory.js';
import { entriesOf, placeOf } from './artifact-places.js';

export interface ListedArtifact {
  /** Below the directory that was asked for. */
  readonly path: string;
  readonly folder: boolean;
  /** Of the original; null of a folder, and where it cannot be told. */
  readonly size: number | null;
}

export interface ArtifactStat {
  readonly kind: 'file' | 'folder' | 'none';
}

interface Place {
  readonly root: string;
  readonly path: string;
}

/** What lies directly in a folder, by name; nothing for an artifact or for what is not there. Throws `usage/path`, `ledger/*`, `io/*`. */
export async function listArtifacts(context: ArtifactContext, request: Place): Promise<ListedArtifact[]> {
  const directory = await openDirectory(context, request.root);
  const folder = nameInLedger(directory, request.path);
  const state = await stateOf(directory);
  const found = new Map<string, ListedArtifact>();
  const add = (name: string, isFolder: boolean, size: number | null) => {
    const path = request.path === '' ? name : `${request.path}/${name}`;
    if (isFolder || !found.has(name)) found.set(name, { path, folder: isFolder, size });
  };
  if (state !== undefined) listLedger(state, folder, add);
  await listDisk(directory, folder, state, add);
  return [...found.values()].sort((a, b) => compareText(a.path, b.path));
}

type Add = (name: string, isFolder: boolean, size: number | null) => void;

function listLedger(state: LedgerState, folder: ArtifactPath | undefined, add: Add): void {
  const start = folder === undefined ? '' : `${folder}/`;
  for (const child of state.childrenOf(start)) {
    const artifact = state.artifacts.get(child);
    if (artifact === undefined) add(child.slice(start.length, -1), true, null);
    else add(child.slice(start.length), false, artifact.size);
  }
}

async function listDisk(
  directory: ArtifactDirectory,
  folder: ArtifactPath | undefined,
  state: LedgerState | undefined,
  add: Add,
): Promise<void> {
  const place = await folderPlace(directory, folder);
  for (const { name, kind } of await entriesOf(place)) {
    const inner = kind === 'directory' ? artifactFolderOf(name) : undefined;
    if (inner !== undefined) add(inner, true, null);
    const artifact = kind === 'file' ? artifactOfFile(name) : undefined;
    if (artifact === undefined) continue;
    const path = folder === undefined ? artifact : `${folder}/${artifact}`;
    // What was deleted and is still there was left by a killed writer, or put back by somebody.
    if (state?.artifacts.has(path) === true || state?.deleted.has(path) === true) continue;
    // What the ledger does not list is shown, so that whoever reads everything hears of it.
    add(artifact, false, state === undefined ? await statedSize(join(place, name)) : null);
  }
}

async function folderPlace({ home }: ArtifactDirectory, folder: ArtifactPath | undefined): Promise<string> {
  return folder === undefined ? home.dir : pathInside(home.dir, folderPath(folder), nodeFileSystem, 'read');
}

/** Throws as `listArtifacts`. */
export async function statArtifact(context: ArtifactContext, request: Place): Promise<ArtifactStat> {
  const directory = await openDirectory(context, request.root);
  const path = nameInLedger(directory, request.path);
  const state = await stateOf(directory);
  if (path === undefined) return { kind: 'folder' };
  if (state?.artifacts.has(path) === true) return { kind: 'file' };
  if (state !== undefined && state.childrenOf(`${path}/`).size > 0) return { kind: 'folder' };
  const folder = await folderPlace(directory, path);
  if ((await kindOf(folder)) === 'directory') return { kind: 'folder' };
  if (state?.deleted.has(path) === true) return { kind: 'none' };
  return { kind: (await kindOf(await placeOf(directory, path, 'read'))) === 'file' ? 'file' : 'none' };
}

async function kindOf(path: string) {
  return (await attempt('read', path, () => nodeFileSystem.lstat(path)))?.kind;
}

async function statedSize(path: string): Promise<number | null> {
  const file = await attempt('read', path, () => nodeFileSystem.openRead(path));
  try {
    const { size } = await file.stat();
    const read = async (offset: number, length: number) => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, await readFully(file, bytes, offset));
    };
    return (await inspectContainer({ size, read })).outputSize ?? null;
  } catch (error) {
    if (error instanceof At1Error) return null;
    throw error;
  } finally {
    await file.close();
  }
}
