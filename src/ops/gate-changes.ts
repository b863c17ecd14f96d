/** What the commits of a change do to files, as far as a gate asks for it: each of them is looked through once. */
import { mayHoldSecret } from '../checks/check-secrets.js';
import { diffTrees, type TreeChange } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import type { TreeEntry } from '../git-format/tree.js';
import { steersBy } from '../registry/steering-files.js';
import type { Registry } from './open-registry.js';

/** More changed files than this are no pull request anybody reads. */
const BOUND = { depth: 96, entries: 500_000 };

/** Paths a change touches, from the top of the repository; without a base all that there are. */
export async function changedPaths({ reader }: Registry, base: Oid, head: Oid): Promise<string[]> {
  const [before, after] = [(await readCommit(reader, base)).tree, (await readCommit(reader, head)).tree];
  const paths: string[] = [];
  for await (const { path } of diffTrees(reader, before, after, '', BOUND)) paths.push(path);
  return paths;
}

/** Without the registry's folder; undefined for what lies outside of it. */
export function inRegistry({ prefix }: Pick<Registry, 'prefix'>, path: string): string | undefined {
  if (prefix === '') return path;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
}

/** What a commit changes against its first parent; everything, if it has none. */
export interface CommitChanges {
  readonly oid: Oid;
  /** Files that steer; none of a commit without a parent. */
  readonly steering: readonly TreeChange[];
  /** Files in which a private key may be. */
  readonly foreign: readonly { readonly path: string; readonly entry: TreeEntry }[];
}

/** Throws `document/too-large` where all of them together change more than one change may. */
export async function changesOfEach(registry: Registry, commits: readonly Oid[]): Promise<CommitChanges[]> {
  const { reader, prefix } = registry;
  const bound = { ...BOUND, together: { left: BOUND.entries } };
  const found: CommitChanges[] = [];
  for (const oid of commits) {
    const {
      tree,
      parents: [parent],
    } = await readCommit(reader, oid);
    const before = parent === undefined ? undefined : (await readCommit(reader, parent)).tree;
    const steering: TreeChange[] = [];
    const foreign: { path: string; entry: TreeEntry }[] = [];
    for await (const change of diffTrees(reader, before, tree, '', bound)) {
      const { path, after: entry } = change;
      if (parent !== undefined && steersBy(path, prefix) !== undefined) steering.push(change);
      const inside = inRegistry(registry, path);
      if (inside !== undefined && entry !== undefined && mayHoldSecret(inside, entry)) foreign.push({ path, entry });
    }
    found.push({ oid, steering, foreign });
  }
  return found;
}
