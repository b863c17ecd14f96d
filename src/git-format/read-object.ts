/** Reading one object as what it must be, and walking commits: the one place that tells a wrong type apart. */
import { At1Error } from '../errors.js';
import { type CommitLinks, type CommitObject, parseCommit, parseLinks } from './commit.js';
import type { ObjectReader, ObjectType, Oid } from './oid.js';
import { parseTree, type TreeEntry } from './tree.js';

/** Throws `git/invalid-object` where the id names something else; so do the others. */
export async function readCommit(reader: ObjectReader, oid: Oid): Promise<CommitObject> {
  return parseCommit(await readTyped(reader, oid, 'commit'));
}

/** For walks: more lenient than `readCommit`, because nothing but the way is taken from it. */
export async function readLinks(reader: ObjectReader, oid: Oid): Promise<CommitLinks> {
  return parseLinks(await readTyped(reader, oid, 'commit'));
}

/** A tree undecoded, for those who look at a few of its entries only. */
export async function readTreeBytes(reader: ObjectReader, oid: Oid): Promise<Uint8Array> {
  return readTyped(reader, oid, 'tree');
}

export async function readTreeEntries(reader: ObjectReader, oid: Oid): Promise<readonly TreeEntry[]> {
  return parseTree(await readTreeBytes(reader, oid));
}

export async function readBlob(reader: ObjectReader, oid: Oid): Promise<Uint8Array> {
  return readTyped(reader, oid, 'blob');
}

/**
 * A blob that strangers may have brought, such as a document: throws `document/too-large` above `limit` bytes. That is a
 * property of the history, not of this clone, hence no `git/` code.
 */
export async function readSmallBlob(reader: ObjectReader, oid: Oid, limit: number): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readTyped(reader, oid, 'blob', limit);
  } catch (error) {
    if (!(error instanceof At1Error && error.code === 'git/object-too-large')) throw error;
  }
  if (bytes !== undefined && bytes.length <= limit) return bytes;
  throw new At1Error('document/too-large', {
    message: `the file has more than the ${limit} bytes it may have`,
    facts: { oid, limit },
  });
}

/** Whether `ancestor` can be reached from `tip` through any parent. Stops at shallow boundaries. */
export async function isAncestor(
  reader: ObjectReader,
  ancestor: Oid,
  tip: Oid,
  shallow: ReadonlySet<Oid>,
): Promise<boolean> {
  // A set is walked in order of insertion: breadth first, so that a near ancestor is found without all of history.
  const seen = new Set<Oid>([tip]);
  for (const oid of seen) {
    if (oid === ancestor) return true;
    if (shallow.has(oid)) continue;
    for (const parent of (await readLinks(reader, oid)).parents) seen.add(parent);
  }
  return false;
}

async function readTyped(reader: ObjectReader, oid: Oid, type: ObjectType, limit?: number): Promise<Uint8Array> {
  const object = await reader.read(oid, limit);
  if (object.type === type) return object.bytes;
  throw new At1Error('git/invalid-object', {
    message: `${oid} is a ${object.type}, not a ${type}`,
    facts: { oid },
  });
}
