/**
 * The catalog on disk: `.at1/cache/` in the registry; in the state folder one of the branch that changes are judged
 * against, and the digests of the catalogs this machine made itself. Only those count: a planted one is just rebuilt.
 */
import { dirname, join } from 'node:path';
import { fromLatin1, toHex, utf8 } from '../bytes/text.js';
import { type Digest, digestOf, isDigestHex } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { isOid, type Oid } from '../git-format/oid.js';
import type { RegistryState } from '../history/registry-state.js';
import { writeAtomic } from '../store/atomic.js';
import { readFileBounded } from '../store/read-file.js';
import { makeFolders, pathInside } from '../store/root.js';
import { formatCatalog, parseTrustedCatalog } from './catalog-format.js';
import { formatSegmentIndex, parseSegmentIndex, type SegmentIndex } from './segment-index.js';

export interface CatalogPlace {
  /** The registry's folder; undefined in a bare repository, which keeps no catalog. */
  readonly root: string | undefined;
  readonly stateDir: string;
  readonly registry: string;
  /** The registry's folder in its repository: a copy of a registry beside it has another state at the same commit. */
  readonly prefix: string;
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
}

/** 1 GiB: a million versions come to about half of it. */
const CATALOG_LIMIT = 1024 * 1024 * 1024;
const SEALS_LIMIT = 64 * 1024;
/** Catalogs remembered per registry: one per clone and branch in use. */
const SEALS_KEPT = 64;

export function catalogPath(root: string): string {
  return join(root, '.at1', 'cache', 'catalog.jsonl');
}

/** The state of the catalog file if this machine wrote exactly these bytes; undefined otherwise. */
export async function loadCatalog(place: CatalogPlace): Promise<RegistryState | undefined> {
  return place.root === undefined ? undefined : loadSealed(place, catalogPath(place.root));
}

/** The state of the branch that changes were last judged against. */
export async function loadTargetCatalog(place: CatalogPlace): Promise<RegistryState | undefined> {
  return loadSealed(place, targetCatalogPath(place));
}

async function loadSealed(place: CatalogPlace, path: string): Promise<RegistryState | undefined> {
  const bytes = await readOptional(path, CATALOG_LIMIT);
  if (bytes === undefined) return undefined;
  const digest = digestOf(place.sha256(bytes));
  const isOurs = (await readSeals(place)).some((sealed) => sealed.digest === digest);
  return isOurs ? parseTrustedCatalog(bytes) : undefined;
}

/** Writes the catalog and remembers its digest. Gives what was in the way, if anything was: then there is no cache. */
export async function saveCatalog(place: CatalogPlace, state: RegistryState): Promise<At1Error | undefined> {
  if (place.root === undefined) return undefined;
  const bytes = formatCatalog(state);
  return tolerant(async (root) => {
    await writeCacheFile(root, 'catalog.jsonl', bytes);
    await seal(place, state.head, bytes);
  }, place.root);
}

/** Beside the seals, so that a bare repository has one as well. Gives what was in the way. */
export async function saveTargetCatalog(place: CatalogPlace, state: RegistryState): Promise<At1Error | undefined> {
  const bytes = formatCatalog(state);
  return tolerant(async (path) => {
    await makeFolders(dirname(path), 0o700);
    await writeAtomic(path, bytes, { mode: 0o600 });
    await seal(place, state.head, bytes);
  }, targetCatalogPath(place));
}

async function seal(place: CatalogPlace, head: Oid, bytes: Uint8Array): Promise<void> {
  const made = { head, digest: digestOf(place.sha256(bytes)) };
  const seals = (await readSeals(place)).filter((other) => other.head !== head);
  const lines = [...seals, made].slice(-SEALS_KEPT).map(({ head, digest }) => `${head} ${digest}\n`);
  await makeFolders(join(place.stateDir, 'catalogs'), 0o700);
  await writeAtomic(sealsPath(place), utf8(lines.join('')), { mode: 0o600 });
}

export async function loadSegmentIndex(root: string): Promise<SegmentIndex | undefined> {
  const bytes = await readOptional(join(root, '.at1', 'cache', 'segments.txt'), CATALOG_LIMIT);
  return bytes === undefined ? undefined : parseSegmentIndex(bytes);
}

export async function saveSegmentIndex(root: string, index: SegmentIndex): Promise<At1Error | undefined> {
  return tolerant((folder) => writeCacheFile(folder, 'segments.txt', formatSegmentIndex(index)), root);
}

async function writeCacheFile(root: string, name: string, bytes: Uint8Array): Promise<void> {
  // A commit of somebody else may hold a link there: nothing is written through it.
  const path = await pathInside(root, `.at1/cache/${name}`);
  await makeFolders(dirname(path));
  await writeAtomic(path, bytes);
}

function sealsPath(place: CatalogPlace): string {
  return join(place.stateDir, 'catalogs', `${nameOf(place)}.txt`);
}

/** A copy of a registry in another folder is sealed by itself: its catalog says the same commit, and not the same. */
function nameOf({ registry, prefix, sha256 }: CatalogPlace): string {
  return prefix === '' ? registry : `${registry}-${toHex(sha256(utf8(prefix)).subarray(0, 8))}`;
}

export function targetCatalogPath(place: CatalogPlace): string {
  return join(place.stateDir, 'catalogs', `${nameOf(place)}-target.jsonl`);
}

async function readSeals(place: CatalogPlace): Promise<{ readonly head: Oid; readonly digest: Digest }[]> {
  const bytes = await readOptional(sealsPath(place), SEALS_LIMIT);
  if (bytes === undefined) return [];
  const seals: { head: Oid; digest: Digest }[] = [];
  // Bytes that are no text must not end a command: such a line is no seal.
  for (const line of fromLatin1(bytes).split('\n')) {
    const [head, digest] = line.split(' ');
    if (head !== undefined && digest !== undefined && isOid(head) && isDigestHex(digest)) {
      seals.push({ head, digest: digest as Digest });
    }
  }
  return seals;
}

/** A cache that cannot be read is no cache: the caller folds history instead. */
async function readOptional(path: string, limit: number): Promise<Uint8Array | undefined> {
  try {
    return await readFileBounded(path, limit);
  } catch (error) {
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

async function tolerant(write: (place: string) => Promise<void>, place: string): Promise<At1Error | undefined> {
  try {
    await write(place);
    return undefined;
  } catch (error) {
    if (error instanceof At1Error && error.code.startsWith('io/')) return error;
    throw error;
  }
}
