/** What a commit would amount to that has not been made: its objects exist in memory only, and the same fold judges it. */
import { oidOf } from '../git/object-source.js';
import { type Leaf, spliceTree } from '../git/splice-tree.js';
import { formatCommit } from '../git-format/commit.js';
import type { GitObject, ObjectReader, Oid } from '../git-format/oid.js';
import type { Person } from '../git-format/person.js';
import { readCommit } from '../git-format/read-object.js';
import { type FoldResult, foldHistory } from '../history/fold.js';
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

function put(objects: Map<Oid, GitObject>, type: GitObject['type'], bytes: Uint8Array): Oid {
  const oid = oidOf(type, bytes);
  objects.set(oid, { type, bytes });
  return oid;
}

function over(reader: ObjectReader, objects: ReadonlyMap<Oid, GitObject>): ObjectReader {
  return { read: async (oid, limit) => objects.get(oid) ?? (await reader.read(oid, limit)) };
}
