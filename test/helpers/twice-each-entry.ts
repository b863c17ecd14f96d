/** A folder that git could not have made: it is no proper object, whoever reads it. */
import { fromUtf8, utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { Oid } from '../../src/git-format/oid.js';
import { readCommit, readTreeEntries } from '../../src/git-format/read-object.js';
import { formatTree } from '../../src/git-format/tree.js';
import type { HistoryBuilder } from './registry-fixture.js';

/** The same commit, but that a folder of it holds everything twice. */
export function withTwiceEachEntry(b: HistoryBuilder, commit: Oid, path: string): Promise<Oid> {
  return withSpoiledFolder(b, commit, path, (bytes) => concatBytes([bytes, bytes]));
}

/** The same commit, but that a folder of it is made of other bytes. */
export async function withSpoiledFolder(
  b: HistoryBuilder,
  commit: Oid,
  path: string,
  spoil: (bytes: Uint8Array) => Uint8Array,
): Promise<Oid> {
  const { tree } = await readCommit(b, commit);
  const replace = async (at: Oid, [name, ...rest]: readonly string[]): Promise<Oid> => {
    const bytes = b.objects.get(at)?.bytes as Uint8Array;
    if (name === undefined) return b.put('tree', spoil(bytes));
    const entries = await readTreeEntries(b, at);
    const changed = entries.map(async (entry) =>
      entry.name === name ? { ...entry, oid: await replace(entry.oid, rest) } : entry,
    );
    return b.put('tree', formatTree(await Promise.all(changed)));
  };
  const spoiled = await replace(tree, path.split('/'));
  return b.put('commit', utf8(fromUtf8(b.objects.get(commit)?.bytes as Uint8Array).replace(tree, spoiled)));
}
