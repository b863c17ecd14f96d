/**
 * Objects that a stopped registration left in the working tree, and that the remote's branch holds as well: git would refuse to
 * bring them. Theirs are the same bytes and stay in git, so nothing is lost with ours.
 */
import { At1Error } from '../errors.js';
import { indexOids } from '../git/index-entries.js';
import { compareWorkFile } from '../git/work-file.js';
import { diffTrees } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import { removeFile } from '../store/atomic.js';
import { pathInside } from '../store/root.js';
import { objectsFolder } from './committed-objects.js';
import type { Registry } from './open-registry.js';

export async function clearWay(registry: Registry, upstream: Oid): Promise<void> {
  const { reader, prefix, repository } = registry;
  if (repository.workTree === undefined) return;
  const [ours, theirs] = [await objectsAt(registry, registry.head), await objectsAt(registry, upstream)];
  const coming = new Map<string, Oid>();
  for await (const { path, after } of diffTrees(reader, ours, theirs, 'objects/')) {
    if (after === undefined || parseRegistryPath(path).kind !== 'object') continue;
    coming.set(prefix === '' ? path : `${prefix}/${path}`, after.oid);
  }
  const tracked = await indexOids(repository, coming);
  for (const [path, oid] of coming) {
    if (tracked?.has(path)) continue;
    const file = await placeInside(repository.workTree, path);
    if (file === undefined) continue;
    const found = await compareWorkFile(repository.workTree, path, oid, reader.blobSize(oid) ?? -1);
    if (found.kind === 'same') await removeFile(file);
  }
}

/** Undefined behind a symbolic link: what is there is not in git's way, and may be somebody's only copy. */
async function placeInside(workTree: string, path: string): Promise<string | undefined> {
  try {
    return await pathInside(workTree, path);
  } catch (error) {
    if (error instanceof At1Error && error.code === 'io/unsafe-path') return undefined;
    throw error;
  }
}

async function objectsAt(registry: Registry, commit: Oid): Promise<Oid | undefined> {
  const tree = await registryTreeAt(registry, commit);
  return tree === undefined ? undefined : objectsFolder(registry.reader, tree);
}
