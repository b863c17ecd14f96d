/**
 * Makes a run of local commits again without some paths: what `unregister` needs. A commit that is left without any
 * change is dropped. Nothing is moved here; the old commits stay in the object database and the reflog.
 */
import { At1Error } from '../errors.js';
import { formatCommit, signCommit } from '../git-format/commit.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import { ObjectWriter } from './object-writer.js';
import type { GitReader } from './reader.js';
import type { Repository } from './repository.js';
import { type Leaf, spliceTree } from './splice-tree.js';

export interface RewriteRequest {
  /** Oldest first, each the only parent of the next. */
  readonly commits: readonly Oid[];
  /** From the top of the work tree. */
  readonly without: readonly string[];
  readonly sign: (payload: Uint8Array) => Promise<string>;
}

/** The new tip. Throws `git/unsupported` at a merge or a root commit. */
export async function rewriteWithout(repository: Repository, reader: GitReader, request: RewriteRequest): Promise<Oid> {
  const leaves = new Map<string, Leaf | null>(request.without.map((path) => [path, null]));
  const batch = new ObjectWriter(repository).batch();
  let tip: { readonly oid: Oid; readonly tree: Oid } | undefined;
  try {
    for (const oid of request.commits) {
      const { author, committer, message, parents, tree } = await readCommit(reader, oid);
      const [parent, ...more] = parents;
      if (parent === undefined || more.length > 0) {
        throw new At1Error('git/unsupported', {
          message: `commit ${oid.slice(0, 12)} is ${parent === undefined ? 'a first commit' : 'a merge'} and is not made again`,
          hint: 'what was merged cannot be taken out singly: undo the merge with git, or leave the version',
        });
      }
      tip ??= { oid: parent, tree: (await readCommit(reader, parent)).tree };
      const { root, trees } = await spliceTree(reader, tree, leaves);
      if (root === tip.tree) continue;
      for (const made of trees) await batch.add(made);
      const unsigned = formatCommit({ tree: root, parents: [tip.oid], author, committer, message });
      const bytes = signCommit(unsigned, await request.sign(unsigned));
      tip = { oid: await batch.add({ type: 'commit', bytes }), tree: root };
    }
    await batch.finish();
  } catch (error) {
    await batch.abort();
    throw error;
  }
  if (tip === undefined) throw new RangeError('there is no commit to make again');
  return tip.oid;
}
