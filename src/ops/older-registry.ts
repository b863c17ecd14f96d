/**
 * Registries in each other. Which one is meant is decided by the folder somebody is in, so an at1.toml that is added above
 * or below must lead nobody away from the registry that was there before.
 */
import { orNothing } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { readLinks, readTreeEntries } from '../git-format/read-object.js';
import { registryTree } from '../history/registry-tree.js';
import { isRegistry, type Registry } from './open-registry.js';

/**
 * The folder of a registry around this one, or directly in it, that was there before this one began (`beginning`: its first
 * commit); '' for the top, undefined where there is none. Where a shallow clone hides what was before, one that came with it.
 */
export async function olderRegistry(
  { reader, prefix, repository: { shallow } }: Pick<Registry, 'reader' | 'prefix' | 'repository'>,
  beginning: Oid,
): Promise<string | undefined> {
  const { tree, parents } = await readLinks(reader, beginning);
  const isEdge = shallow.has(beginning);
  const [parent] = parents;
  if (parent === undefined && !isEdge) return undefined;
  const before = isEdge || parent === undefined ? tree : (await readLinks(reader, parent)).tree;
  const parts = prefix === '' ? [] : prefix.split('/');
  const above = parts.map((_, i) => parts.slice(0, i).join('/'));
  // What a clone without all trees leaves out, or nobody can read, is no registry that anybody used here.
  const own = await orNothing(() => registryTree(reader, before, prefix));
  const below = own === undefined ? [] : ((await orNothing(() => readTreeEntries(reader, own))) ?? []);
  const folders = below.filter(({ mode }) => mode === '40000').map(({ name }) => [...parts, name].join('/'));
  for (const folder of [...above, ...folders]) {
    const there = await orNothing(() => registryTree(reader, before, folder));
    if (there !== undefined && (await orNothing(() => isRegistry(reader, there))) === true) return folder;
  }
  return undefined;
}
