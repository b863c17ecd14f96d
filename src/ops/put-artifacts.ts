/**
 * Local files into an artifact directory: containers are staged, one entry of the ledger names all of them, then they are
 * moved to their places. Killed before the entry nothing has happened; after it all of it has.
 */
import { basename, dirname, join } from 'node:path';
import { type ArtifactPath, containerPath, folderPath } from '../artifacts/artifact-path.js';
import type { PutChange } from '../artifacts/ledger-entry.js';
import { type LedgerState, refuseArtifactAsFolder } from '../artifacts/ledger-state.js';
import type { StoreLevel } from '../artifacts/requests.js';
import { compareText } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { nodeFileSystem } from '../files/file-system.js';
import { uninterrupted } from '../files/interrupt.js';
import { attempt } from '../files/io-error.js';
import { lstat, realpathSync, stat } from '../files/node-fs.js';
import { foldPath } from '../manifest/rel-path.js';
import { eachLimited, removeFile } from '../store/atomic.js';
import { withPlacesLock } from '../store/ledger-lock.js';
import { removeFolders } from '../store/root.js';
import { adoptContainers } from './adopt-containers.js';
import {
  type ArtifactContext,
  type ArtifactDirectory,
  appendEntry,
  makeStagedFolder,
  nameInLedger,
  nameOutside,
  openDirectory,
  stagedPath,
} from './artifact-directory.js';
import { applyChanges, entriesOf, makeArtifactFolder, mendDirectory, placeOf } from './artifact-places.js';
import { hashContainer } from './read-artifact.js';
import { noSuchInput, stageArtifact } from './stage-artifact.js';

export interface PutRequest {
  readonly root: string;
  readonly path: string;
  readonly local: string;
  readonly level: StoreLevel;
}

export interface PutResult {
  readonly files: number;
  /** Bytes of the originals and of the containers. */
  readonly size: number;
  readonly stored: number;
  /** SHA-256 of the original; of a single file only. */
  readonly sha256?: string;
}

interface LocalFile {
  readonly path: ArtifactPath;
  readonly local: string;
}

interface LocalTree {
  readonly files: LocalFile[];
  /** All folders, those with nothing in them too. */
  readonly folders: ArtifactPath[];
}

const FILES_AT_ONCE = 8;
/** So many names are looked at one by one; for more, the folders they are for are read, which may be long. */
const FEW = 8;

/** Throws `usage/path`, `artifact/*`, `output/exists`, `ledger/*`, `key/*`, `io/*`. */
export async function putArtifact(context: ArtifactContext, request: PutRequest): Promise<PutResult> {
  const directory = await openDirectory(context, request.root);
  const path = nameInLedger(directory, request.path);
  if (path === undefined || request.path === '')
    throw new At1Error('usage/path', { message: 'Invalid artifact path: it is empty' });
  const [change] = await put(context, directory, request, { files: [{ path, local: request.local }], folders: [] });
  const { size, stored, sha256 } = change as PutChange;
  return { files: 1, size, stored, sha256 };
}

/** All files and folders below a local folder. Throws as `putArtifact`; nothing is changed then. */
export async function putArtifacts(context: ArtifactContext, request: PutRequest): Promise<PutResult> {
  const directory = await openDirectory(context, request.root);
  const top = nameInLedger(directory, request.path);
  const tree: LocalTree = { files: [], folders: top === undefined ? [] : [top] };
  if ((await attempt('read', request.local, () => nodeFileSystem.lstat(request.local))) === undefined) {
    throw noSuchInput(request.local);
  }
  await walk(directory, request.path, request.local, tree, []);
  tree.files.sort((a, b) => compareText(a.path, b.path));
  const changes = await put(context, directory, request, tree);
  const sum = (field: 'size' | 'stored') => changes.reduce((total, change) => total + change[field], 0);
  return { files: changes.length, size: sum('size'), stored: sum('stored') };
}

/** Links are followed, as MLflow does; one that leads back into itself is refused. */
async function walk(
  directory: ArtifactDirectory,
  path: string,
  local: string,
  tree: LocalTree,
  above: readonly string[],
): Promise<void> {
  const real = await attempt('read', local, async () => realpathSync(local));
  if (above.includes(real)) throw unsupported(local, 'is a link to a folder it lies in');
  for (const { name, utf8, kind } of await attempt('read', local, () => nodeFileSystem.readdir(local))) {
    const inside = join(local, name);
    if (!utf8) throw unsupported(inside, 'has a name that is not UTF-8');
    const artifact = nameInLedger(directory, path === '' ? name : `${path}/${name}`) as ArtifactPath;
    const found = kind === 'symlink' ? await kindBehind(inside) : kind;
    if (found === 'directory') {
      tree.folders.push(artifact);
      await walk(directory, path === '' ? name : `${path}/${name}`, inside, tree, [...above, real]);
    } else if (found === 'file') tree.files.push({ path: artifact, local: inside });
    else throw unsupported(inside, 'is neither file nor folder');
  }
}

async function kindBehind(link: string): Promise<'file' | 'directory' | 'other'> {
  const found = await attempt('read', link, () => stat(link));
  if (found.isFile()) return 'file';
  return found.isDirectory() ? 'directory' : 'other';
}

function unsupported(path: string, what: string): At1Error {
  return new At1Error('artifact/unsupported-file', { message: `'${path}' ${what}`, facts: { path } });
}

function put(
  context: ArtifactContext,
  directory: ArtifactDirectory,
  request: PutRequest,
  tree: LocalTree,
): Promise<readonly PutChange[]> {
  return uninterrupted(() => stageAndCommit(context, directory, request, tree));
}

async function stageAndCommit(
  context: ArtifactContext,
  directory: ArtifactDirectory,
  request: PutRequest,
  tree: LocalTree,
): Promise<readonly PutChange[]> {
  await beginLedger(context, directory);
  await mendDirectory(context, directory);
  const staged: PutChange[] = [];
  try {
    const state = await directory.ledger.read();
    for (const folder of tree.folders) refuseFolder(state, folder);
    const names = namesIn(directory);
    const few = tree.files.length <= FEW;
    for (const { path } of tree.files) {
      if (few && (await isFree(directory, path))) refuseArtifactAsFolder(state, path);
      else await refuseFile(directory, state, path, names);
    }
    await eachLimited(tree.files, FILES_AT_ONCE, async ({ path, local }) => {
      staged.push(await stageArtifact(context, directory, path, local, request.level));
    });
    staged.sort((a, b) => compareText(a.path, b.path));
    for (const folder of tree.folders) await makeArtifactFolder(directory, folder);
    if (tree.folders.length === 0) await makeArtifactFolder(directory, directory.home.prefix);
    await commit(context, directory, staged);
  } finally {
    // Those that were moved to their places are not here any more, nor are those an entry names and nobody could move.
    const { artifacts } = await directory.ledger.read();
    for (const change of staged) {
      if (artifacts.get(change.path)?.staged === change.staged) continue;
      await removeFile(stagedPath(directory, change.staged), { sync: false });
    }
  }
  // Somebody has begun a ledger further up meanwhile: there nothing is known of this.
  const again = await openDirectory(context, request.root);
  return again.home.dir === directory.home.dir ? staged : put(context, again, request, renamed(tree, directory, again));
}

/** Where there is none yet. The folder comes first, so that whoever writes to a ledger below meanwhile sees it. */
async function beginLedger(context: ArtifactContext, directory: ArtifactDirectory): Promise<void> {
  const made = await makeStagedFolder(directory.ledger);
  if (directory.home.exists) return;
  try {
    await adoptContainers(context, directory);
  } catch (error) {
    // A ledger of no entries would count from now on, and what it did not take over would be nobody's.
    await removeFolders(made);
    throw error;
  }
}

/** The same files, as the other ledger calls them. */
function renamed(tree: LocalTree, before: ArtifactDirectory, after: ArtifactDirectory): LocalTree {
  const named = (path: ArtifactPath) => nameInLedger(after, nameOutside(before, path)) as ArtifactPath;
  return {
    files: tree.files.map(({ path, local }) => ({ path: named(path), local })),
    folders: tree.folders.map(named),
  };
}

async function commit(
  context: ArtifactContext,
  directory: ArtifactDirectory,
  staged: readonly PutChange[],
): Promise<void> {
  const same = await unchanged(directory, staged, context);
  await withPlacesLock(directory.ledger.folder, async (held) => {
    const changes = await appendEntry(context, directory.ledger, (state) => {
      for (const { path } of staged) refuseArtifactAsFolder(state, path);
      return staged.filter(
        ({ path }) => same.get(path) === undefined || state.artifacts.get(path)?.sequence !== same.get(path),
      );
    });
    if (held) await applyChanges(directory, changes);
  });
}

/** Logged again with the same bytes: no entry, if what is there is intact. By path, the entry that put it there. */
async function unchanged(
  directory: ArtifactDirectory,
  staged: readonly PutChange[],
  context: ArtifactContext,
): Promise<Map<ArtifactPath, number>> {
  const { artifacts } = await directory.ledger.read();
  const same = new Map<ArtifactPath, number>();
  for (const { path, sha256 } of staged) {
    const live = artifacts.get(path);
    if (live?.sha256 !== sha256) continue;
    const found = await hashContainer(await placeOf(directory, path), context.engines);
    if (found === live.container) same.set(path, live.sequence);
  }
  return same;
}

function refuseFolder(state: LedgerState, folder: ArtifactPath): void {
  refuseArtifactAsFolder(state, `${folder}/.` as ArtifactPath);
}

/** Nothing stands where its container or a folder of its name would, on this file system. */
async function isFree({ home }: ArtifactDirectory, path: ArtifactPath): Promise<boolean> {
  const places = [containerPath(path), folderPath(path)].map((place) => join(home.dir, place));
  const found = await Promise.all(places.map((place) => attempt('read', place, () => nodeFileSystem.lstat(place))));
  return found.every((stat) => stat === undefined);
}

async function refuseFile(
  directory: ArtifactDirectory,
  state: LedgerState,
  path: ArtifactPath,
  namesOf: (folder: string) => Promise<FolderNames>,
): Promise<void> {
  refuseArtifactAsFolder(state, path);
  if (state.artifacts.has(path)) return;
  const container = containerPath(path);
  const names = await namesOf(dirname(container));
  if (names.folders.has(basename(folderPath(path)))) {
    throw new At1Error('output/exists', {
      message: `'${path}' is a folder of artifacts`,
      hint: 'delete it first, or choose another name',
    });
  }
  const twin = names.folded.get(foldPath(basename(container)));
  if (twin === undefined || twin === basename(container)) return;
  // Two names there are two, unless this file system takes them for one.
  if ((await lstat(join(directory.home.dir, container)).catch(() => undefined)) === undefined) return;
  throw new At1Error('output/exists', {
    message: `'${path}' and '${twin.slice(0, -'.at1'.length)}' are one name on this file system`,
    hint: 'choose a name that differs by more than case or Unicode form',
  });
}

interface FolderNames {
  readonly folders: ReadonlySet<string>;
  /** Names of files by what they are where case and Unicode form do not count. */
  readonly folded: ReadonlyMap<string, string>;
}

/** Each folder is read once: a look at every single name costs more than to write the artifact. */
function namesIn({ home }: ArtifactDirectory): (folder: string) => Promise<FolderNames> {
  const known = new Map<string, FolderNames>();
  return async (folder) => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const entries = await entriesOf(join(home.dir, folder));
    const names = {
      folders: new Set(entries.filter(({ kind }) => kind === 'directory').map(({ name }) => name)),
      folded: new Map(entries.filter(({ kind }) => kind === 'file').map(({ name }) => [foldPath(name), name])),
    };
    known.set(folder, names);
    return names;
  };
}
