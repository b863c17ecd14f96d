/**
 * The first-parent history of a commit, oldest first. It ends at the root, at a shallow boundary, or at a commit the
 * caller has judged already.
 */
import { At1Error } from '../errors.js';
import { type CommitObject, parseCommit } from '../git-format/commit.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';

export interface Mainline {
  /** Oldest first; the last one is the tip. Without `until` itself. */
  readonly commits: readonly Oid[];
  readonly end: 'root' | 'shallow' | 'until';
}

export async function readCommit(reader: ObjectReader, oid: Oid): Promise<CommitObject> {
  const object = await reader.read(oid);
  if (object.type !== 'commit') {
    throw new At1Error('git/invalid-object', { message: `${oid} is a ${object.type}, not a commit` });
  }
  return parseCommit(object.bytes);
}

export async function readMainline(
  reader: ObjectReader,
  tip: Oid,
  options: { readonly shallow: ReadonlySet<Oid>; readonly until?: Oid | undefined },
): Promise<Mainline> {
  const commits: Oid[] = [];
  let end: Mainline['end'] = 'root';
  let next: Oid | undefined = tip;
  while (next !== undefined) {
    if (next === options.until) {
      end = 'until';
      break;
    }
    commits.push(next);
    const commit: CommitObject = await readCommit(reader, next);
    if (options.shallow.has(next)) {
      end = 'shallow';
      break;
    }
    next = commit.parents[0];
  }
  return { commits: commits.reverse(), end };
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
    for (const parent of (await readCommit(reader, oid)).parents) seen.add(parent);
  }
  return false;
}
