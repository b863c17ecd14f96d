/** What a commit would amount to that has not been made: its objects exist in memory only, and the same fold judges it. */

import { oidOf } from '../git/object-source.js';
import type { GitReader } from '../git/reader.js';
import { type Leaf, spliceTree } from '../git/splice-tree.js';
import { formatCommit } from '../git-format/commit.js';
import type { GitObject, ObjectReader, Oid } from '../git-format/oid.js';
import type { Person } from '../git-format/person.js';
import { readCommit } from '../git-format/read-object.js';
import { type FoldResult, foldHistory } from '../history/fold.js';
import type { LoadedState } from './load-state.js';
import { historySource, type Registry } from './open-registry.js';

/** `files`: registry files by their path in the registry; null deletes. */
export async function simulateCommit(
  registry: Registry,
  from: LoadedState,
  files: ReadonlyMap<string, Uint8Array | null>,
  author: Person,
): Promise<FoldResult> {
  const { reader, prefix, head } = registry;
  const objects = new Map<Oid, GitObject>();
  const put = (type: GitObject['type'], bytes: Uint8Array): Oid => {
    const oid = oidOf(type, bytes);
    objects.set(oid, { type, bytes });
    return oid;
  };
  const leaves = new Map<string, Leaf | null>();
  for (const [path, bytes] of files) {
    const leaf = bytes === null ? null : { oid: put('blob', bytes), executable: false };
    leaves.set(prefix === '' ? path : `${prefix}/${path}`, leaf);
  }
  const base = await readCommit(reader, head);
  const { root, trees } = await spliceTree(reader, base.tree, leaves);
  for (const tree of trees) put('tree', tree.bytes);
  const message = 'what would be\n';
  const tip = put('commit', formatCommit({ tree: root, parents: [head], author, committer: author, message }));
  return foldHistory({ ...historySource(registry), reader: over(reader, objects) }, tip, { from: from.state });
}

function over(reader: GitReader, objects: ReadonlyMap<Oid, GitObject>): ObjectReader {
  return { read: async (oid, limit) => objects.get(oid) ?? (await reader.read(oid, limit)) };
}
