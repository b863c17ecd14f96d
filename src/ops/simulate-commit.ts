/** What a commit would amount to that has not been made: its objects exist in memory only, and the same fold judges it. */
import { oidOf } from '../git/object-source.js';
import { type Leaf, spliceTree } from '../git/splice-tree.js';
import { formatCommit } from '../git-format/commit.js';
import { diffTrees } from '../git-format/diff-trees.js';
import type { GitObject, ObjectReader, Oid } from '../git-format/oid.js';
import type { Person } from '../git-format/person.js';
import { readCommit } from '../git-format/read-object.js';
import { type FoldResult, foldHistory } from '../history/fold.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import type { LoadedState } from './load-state.js';
import { historySource, type Registry } from './open-registry.js';

export interface SimulatedFold extends FoldResult {
  /** Git's name of the commit that does not exist. */
  readonly commit: Oid;
}

/** A commit upon `registry.head` with these registry files; null deletes. */
export async function simulateCommit(
  registry: Registry,
  from: LoadedState,
  files: ReadonlyMap<string, Uint8Array | null>,
  author: Person,
): Promise<SimulatedFold> {
  const { reader, prefix, head } = registry;
  const objects = new Map<Oid, GitObject>();
  const leaves = new Map<string, Leaf | null>();
  for (const [path, bytes] of files) {
    const leaf = bytes === null ? null : { oid: put(objects, 'blob', bytes), executable: false };
    leaves.set(prefix === '' ? path : `${prefix}/${path}`, leaf);
  }
  const base = await readCommit(reader, head);
  const { root, trees } = await spliceTree(reader, base.tree, leaves);
  for (const tree of trees) put(objects, 'tree', tree.bytes);
  return simulateLanding(registry, from, { tree: root, parents: [head] }, author, objects);
}

/** A commit with a tree that is there, such as the one a merge would make. Its first parent is `from`'s head. */
export async function simulateLanding(
  registry: Registry,
  from: LoadedState,
  { tree, parents }: { readonly tree: Oid; readonly parents: readonly Oid[] },
  author: Person,
  objects: Map<Oid, GitObject> = new Map(),
): Promise<SimulatedFold> {
  const message = 'what would be\n';
  const commit = put(objects, 'commit', formatCommit({ tree, parents, author, committer: author, message }));
  const reader = over(registry.reader, objects);
  const folded = await foldHistory({ ...historySource(registry), reader }, commit, { from: from.state });
  return { ...folded, commit };
}

/**
 * Commits made again one by one upon `registry.head`, oldest first, as a rebase does: the files each of them changed
 * against its own first parent become what they are in it.
 */
export async function simulateRebase(
  registry: Registry,
  from: LoadedState,
  commits: readonly Oid[],
): Promise<FoldResult> {
  const { reader, head } = registry;
  const objects = new Map<Oid, GitObject>();
  const overlay = over(reader, objects);
  let tip = head;
  let { tree } = await readCommit(reader, head);
  for (const oid of commits) {
    const commit = await readCommit(reader, oid);
    const [parent] = commit.parents;
    const before = parent === undefined ? undefined : (await readCommit(reader, parent)).tree;
    const leaves = new Map<string, Leaf | null>();
    for await (const { path, after } of diffTrees(reader, before, commit.tree)) {
      if (!isOfRegistry(registry, path)) continue;
      // Whatever is no plain file is refused by the fold, as one that may be executed is.
      leaves.set(path, after === undefined ? null : { oid: after.oid, executable: after.mode !== '100644' });
    }
    const { root, trees } = await spliceTree(overlay, tree, leaves);
    for (const made of trees) put(objects, 'tree', made.bytes);
    tree = root;
    const { author, committer, message } = commit;
    tip = put(objects, 'commit', formatCommit({ tree, parents: [tip], author, committer, message }));
  }
  return foldHistory({ ...historySource(registry), reader: overlay }, tip, { from: from.state });
}

function isOfRegistry({ prefix }: Registry, path: string): boolean {
  if (prefix !== '' && !path.startsWith(`${prefix}/`)) return false;
  const place = parseRegistryPath(prefix === '' ? path : path.slice(prefix.length + 1));
  return place.kind !== 'object' && (place.kind !== 'other' || place.owned);
}

function put(objects: Map<Oid, GitObject>, type: GitObject['type'], bytes: Uint8Array): Oid {
  const oid = oidOf(type, bytes);
  objects.set(oid, { type, bytes });
  return oid;
}

function over(reader: ObjectReader, objects: ReadonlyMap<Oid, GitObject>): ObjectReader {
  return { read: async (oid, limit) => objects.get(oid) ?? (await reader.read(oid, limit)) };
}
