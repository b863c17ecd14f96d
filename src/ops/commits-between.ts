/** Which commits a change brings, and in which order they would land one by one. */
import type { Oid } from '../git-format/oid.js';
import { readLinks } from '../git-format/read-object.js';
import type { Registry } from './open-registry.js';

/**
 * Every commit that `head` brings to the registry's head, newest first, in the order of `git rev-list --topo-order`: turned
 * around it is that in which git rebases. No commit comes before one of its children, and of a merge the line of the last
 * parent comes first.
 */
export async function commitsBetween(
  { reader, repository: { shallow }, head: base }: Pick<Registry, 'reader' | 'repository' | 'head'>,
  head: Oid,
): Promise<Oid[]> {
  const parentsOf = async (oid: Oid) => (shallow.has(oid) ? [] : (await readLinks(reader, oid)).parents);
  const straight: Oid[] = [];
  for (let at: Oid | undefined = head; at !== undefined; ) {
    if (at === base) return straight;
    straight.push(at);
    const parents: readonly Oid[] = await parentsOf(at);
    at = parents.length === 1 ? parents[0] : undefined;
  }
  // A merge may lead to what the target stands on: only all of that tells what is new.
  const known = new Set([base]);
  for (const oid of known) for (const parent of await parentsOf(oid)) known.add(parent);
  if (known.has(head)) return [];
  const found = new Map<Oid, readonly Oid[]>();
  const children = new Map<Oid, number>();
  const ahead = new Set([head]);
  for (const oid of ahead) {
    const parents = (await parentsOf(oid)).filter((parent) => !known.has(parent));
    found.set(oid, parents);
    for (const parent of parents) {
      ahead.add(parent);
      children.set(parent, (children.get(parent) ?? 0) + 1);
    }
  }
  const ordered: Oid[] = [];
  const open = [head];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    ordered.push(oid);
    for (const parent of found.get(oid) ?? []) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      if (left === 0) open.push(parent);
    }
  }
  return ordered;
}
