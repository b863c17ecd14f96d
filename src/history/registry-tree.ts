/**
 * Where a registry lives inside commits: its folder (`prefix`, empty at the top) and the few paths that are its own.
 * Everything else in the repository is foreign and never looked at.
 */
import { compareText } from '../bytes/text.js';
import { diffTrees, type WalkBound } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readLinks, readTreeEntries } from '../git-format/read-object.js';
import type { TreeEntry } from '../git-format/tree.js';
import { CONFIG_PATH, DOCUMENT_FOLDERS, parseRegistryPath, type RegistryPath } from '../manifest/layout-of-registry.js';
import type { HistorySource } from './folding.js';

/** One changed registry path between two commits. */
export interface RegistryChange {
  readonly path: string;
  readonly place: RegistryPath;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

/** The entries a fold follows. `objects` is left out: containers are found and checked by digest, not by history. */
const FOLLOWED = [...DOCUMENT_FOLDERS, CONFIG_PATH].sort(compareText);

/** Names have at most 128 bytes, and so at most 64 folders. */
export const REGISTRY_BOUND: WalkBound = { depth: 72, entries: 500_000 };

/** The registry's own tree in a commit's tree; undefined where the folder does not exist. */
export async function registryTree(reader: ObjectReader, root: Oid, prefix: string): Promise<Oid | undefined> {
  let tree: Oid | undefined = root;
  for (const part of prefix.split('/').filter((text) => text !== '')) {
    const entries: readonly TreeEntry[] = await readTreeEntries(reader, tree);
    const entry: TreeEntry | undefined = entries.find((candidate) => candidate.name === part);
    if (entry?.mode !== '40000') return undefined;
    tree = entry.oid;
  }
  return tree;
}

/** A registry's folder in words. */
export function folderInWords(prefix: string): string {
  return prefix === '' ? 'the top folder' : `'${prefix}'`;
}

/** The same, found from the commit. */
export async function registryTreeAt(
  source: Pick<HistorySource, 'reader' | 'prefix'>,
  commit: Oid,
): Promise<Oid | undefined> {
  return registryTree(source.reader, (await readLinks(source.reader, commit)).tree, source.prefix);
}

/** By reader, the tree that was read last: what one step leads to is what the next one comes from. */
const lastRead = new WeakMap<ObjectReader, { readonly tree: Oid; readonly entries: readonly TreeEntry[] }>();

async function entriesOf(reader: ObjectReader, tree: Oid): Promise<readonly TreeEntry[]> {
  const last = lastRead.get(reader);
  if (last?.tree === tree) return last.entries;
  const entries = await readTreeEntries(reader, tree);
  lastRead.set(reader, { tree, entries });
  return entries;
}

/**
 * Changes of registry paths from one registry tree to another, in path order within each top folder. Throws
 * `document/too-large` where they are more than anybody registers at once.
 */
export async function* registryChanges(
  reader: ObjectReader,
  before: Oid | undefined,
  after: Oid | undefined,
): AsyncIterable<RegistryChange> {
  if (before === after) return;
  const old = before === undefined ? [] : await entriesOf(reader, before);
  const now = after === undefined ? [] : await entriesOf(reader, after);
  for (const name of FOLLOWED) {
    const a = old.find((entry) => entry.name === name);
    const b = now.find((entry) => entry.name === name);
    if (a?.oid === b?.oid && a?.mode === b?.mode) continue;
    const aTree = a?.mode === '40000' ? a.oid : undefined;
    const bTree = b?.mode === '40000' ? b.oid : undefined;
    if (aTree !== undefined || bTree !== undefined) {
      for await (const change of diffTrees(reader, aTree, bTree, `${name}/`, REGISTRY_BOUND)) {
        yield { ...change, place: parseRegistryPath(change.path) };
      }
    }
    const aFile = aTree === undefined ? a : undefined;
    const bFile = bTree === undefined ? b : undefined;
    if (aFile !== undefined || bFile !== undefined) {
      yield { path: name, place: parseRegistryPath(name), before: aFile, after: bFile };
    }
  }
}
