/** Puts changed files into a tree: reads and makes only the folders on the way to them, keeps every other entry. */
import { At1Error } from '../errors.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readTreeEntries } from '../git-format/read-object.js';
import { formatTree, isTree, type TreeEntry } from '../git-format/tree.js';
import { isGitFolder } from '../manifest/rel-path.js';
import { type MemoryObject, oidOf } from './object-source.js';

export interface Leaf {
  readonly oid: Oid;
  readonly executable: boolean;
}

export interface SplicedTree {
  readonly root: Oid;
  /** Trees that are new, or were made again because something in them changed. */
  readonly trees: readonly MemoryObject[];
}

interface Folder {
  readonly files: Map<string, Leaf | null>;
  readonly folders: Map<string, Folder>;
}

/** `root` undefined: from nothing. Null deletes. Throws `registry/foreign-folder`, `usage/path`. */
export async function spliceTree(
  reader: ObjectReader,
  root: Oid | undefined,
  changes: ReadonlyMap<string, Leaf | null>,
): Promise<SplicedTree> {
  const trees: MemoryObject[] = [];
  const top = await spliceFolder(reader, root, arrange(changes), '', trees);
  if (top !== undefined) return { root: top, trees };
  const empty: MemoryObject = { type: 'tree', bytes: new Uint8Array(0) };
  return { root: oidOf('tree', empty.bytes), trees: [...trees, empty] };
}

function arrange(changes: ReadonlyMap<string, Leaf | null>): Folder {
  const top: Folder = { files: new Map(), folders: new Map() };
  for (const [path, leaf] of changes) {
    const parts = path.split('/');
    for (const part of parts) if (isForbidden(part)) refusePath(path);
    let folder = top;
    for (const part of parts.slice(0, -1)) {
      const next = folder.folders.get(part) ?? { files: new Map(), folders: new Map() };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.set(parts.at(-1) as string, leaf);
  }
  return top;
}

function isForbidden(part: string): boolean {
  if (part === '' || part === '.' || part === '..' || part.includes('\0') || part.includes('\\')) return true;
  return isGitFolder(part);
}

function refusePath(path: string): never {
  throw new At1Error('usage/path', { message: `not a path for a git tree: '${path}'`, facts: { path } });
}

/** The new tree; undefined where nothing is left in it. */
async function spliceFolder(
  reader: ObjectReader,
  before: Oid | undefined,
  change: Folder,
  prefix: string,
  trees: MemoryObject[],
): Promise<Oid | undefined> {
  const old = before === undefined ? [] : await readTreeEntries(reader, before);
  const entries = new Map<string, TreeEntry>(old.map((entry) => [entry.name, entry]));
  for (const [name, leaf] of change.files) placeFile(entries, name, leaf, prefix);
  for (const [name, folder] of change.folders) {
    const entry = entries.get(name);
    if (entry !== undefined && !isTree(entry)) {
      if (onlyDeletes(folder)) continue;
      inTheWay(`${prefix}${name}`, 'a file');
    }
    const oid = await spliceFolder(reader, entry?.oid, folder, `${prefix}${name}/`, trees);
    if (oid === undefined) entries.delete(name);
    else entries.set(name, { mode: '40000', name, oid });
  }
  if (entries.size === 0) return undefined;
  const bytes = formatTree(entries.values());
  const oid = oidOf('tree', bytes);
  if (oid !== before) trees.push({ type: 'tree', bytes });
  return oid;
}

function placeFile(entries: Map<string, TreeEntry>, name: string, leaf: Leaf | null, prefix: string): void {
  const mode = entries.get(name)?.mode;
  if (mode === '40000') inTheWay(`${prefix}${name}`, 'a folder');
  if (mode === '120000' || mode === '160000') inTheWay(`${prefix}${name}`, 'a link');
  if (leaf === null) entries.delete(name);
  else entries.set(name, { mode: leaf.executable ? '100755' : '100644', name, oid: leaf.oid });
}

function onlyDeletes(folder: Folder): boolean {
  return [...folder.files.values()].every((leaf) => leaf === null) && [...folder.folders.values()].every(onlyDeletes);
}

function inTheWay(path: string, what: string): never {
  throw new At1Error('registry/foreign-folder', {
    message: `${what} of the repository stands at ${path}`,
    facts: { path },
    hint: 'rename it, or keep the registry in a subfolder',
  });
}
