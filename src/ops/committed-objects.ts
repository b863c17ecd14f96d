/** Which objects a commit holds, for asking about many of them: each folder of objects is read once. */
import type { Digest } from '../digest/digest.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readTreeEntries } from '../git-format/read-object.js';
import { objectPath } from '../manifest/layout-of-registry.js';

export function committedObjects(reader: ObjectReader, tree: Oid): (digest: Digest) => Promise<boolean> {
  const folders = new Map<string, ReadonlySet<string>>();
  return async (digest) => {
    const path = objectPath(digest);
    const cut = path.lastIndexOf('/');
    const folder = path.slice(0, cut);
    const names = folders.get(folder) ?? (await objectNames(reader, tree, folder));
    folders.set(folder, names);
    return names.has(path.slice(cut + 1));
  };
}

/** The folder of all objects in a registry's tree. */
export async function objectsFolder(reader: ObjectReader, tree: Oid): Promise<Oid | undefined> {
  const entry = await findEntry(reader, tree, 'objects');
  return entry?.mode === '40000' ? entry.oid : undefined;
}

async function objectNames(reader: ObjectReader, tree: Oid, folder: string): Promise<ReadonlySet<string>> {
  const entry = await findEntry(reader, tree, folder);
  if (entry?.mode !== '40000') return new Set();
  return new Set((await readTreeEntries(reader, entry.oid)).map(({ name }) => name));
}
