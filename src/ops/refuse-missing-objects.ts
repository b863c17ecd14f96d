/** Before a push: nothing is published that could not be got, and nothing is taken from what is. */
import { At1Error } from '../errors.js';
import { diffTrees, findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { isAncestor } from '../git-format/read-object.js';
import { readMainline } from '../history/mainline.js';
import type { VersionRow } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { committedObjects, objectsFolder } from './committed-objects.js';
import { loadState } from './load-state.js';
import { objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { eachVersion, objectsOf } from './read-version.js';

/**
 * A version whose objects are not committed must not be published: whoever clones could never get it. What the remote
 * holds already is not this push's doing, and strangers' mistakes must not stop it. `seen`: the remote's branch as it was last
 * seen. Throws `object/missing`.
 */
export async function refuseMissingObjects(registry: Registry, seen: Oid | undefined): Promise<void> {
  if (seen === registry.head) return;
  const copies = await objectCopies(registry);
  if (copies.tree === undefined) return;
  const holds = committedObjects(registry.reader, copies.tree);
  const there = seen === undefined ? undefined : await registryTreeAt(registry, seen);
  const heldThere = there === undefined ? undefined : committedObjects(registry.reader, there);
  let missing: At1Error | undefined;
  // A commit that takes an object away may take it from any version, whoever published that.
  const all = seen !== undefined && there !== undefined && (await takesAway(registry, seen, there, copies.tree));
  await eachVersion(await versionsSince(registry, all ? undefined : seen), async (row) => {
    const known = there !== undefined && (await findEntry(registry.reader, there, row.path))?.oid === row.blob;
    if (known && !all) return;
    for await (const { reference } of objectsOf(copies, row)) {
      if (await holds(reference.object)) continue;
      if (known && !(await heldThere?.(reference.object))) continue;
      missing ??= new At1Error('object/missing', {
        message: `${row.kind}/${row.name}@${row.version} needs ${objectPath(reference.object)}, which is not committed`,
        hint: 'register the files again, or commit the object if it is here',
        facts: { object: reference.object },
      });
      return;
    }
  });
  if (missing !== undefined) throw missing;
}

/** Whether objects go that the remote has. Where it has commits that are not here, it will not take the push anyway. */
async function takesAway({ reader, head, repository }: Registry, seen: Oid, there: Oid, here: Oid): Promise<boolean> {
  const [before, after] = [await objectsFolder(reader, there), await objectsFolder(reader, here)];
  for await (const change of diffTrees(reader, before, after)) {
    if (change.after === undefined) return await isAncestor(reader, seen, head, repository.shallow);
  }
  return false;
}

/** Versions that did not land on the remote's branch as it was last seen; all of them where none was seen. */
async function versionsSince(registry: Registry, seen: Oid | undefined): Promise<VersionRow[]> {
  const rows = [...(await loadState(registry)).state.versions.values()];
  if (seen === undefined) return rows;
  const { reader, head, repository } = registry;
  const { shallow } = repository;
  const ahead = await readMainline(reader, head, { shallow, until: seen });
  if (ahead.end === 'until') {
    const fresh = new Set(ahead.commits);
    return rows.filter(({ commit }) => fresh.has(commit));
  }
  const landed = new Set((await readMainline(reader, seen, { shallow })).commits);
  return rows.filter(({ commit }) => !landed.has(commit));
}
