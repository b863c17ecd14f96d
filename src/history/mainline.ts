/**
 * The first-parent history of a commit, oldest first. It ends at the root, at a shallow boundary, or at a commit the
 * caller has judged already.
 */
import type { CommitLinks } from '../git-format/commit.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readLinks } from '../git-format/read-object.js';

export interface Mainline {
  /** Oldest first; the last one is the tip. Without `until` itself. */
  readonly commits: readonly Oid[];
  readonly end: 'root' | 'shallow' | 'until';
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
    const commit: CommitLinks = await readLinks(reader, next);
    if (options.shallow.has(next)) {
      end = 'shallow';
      break;
    }
    next = commit.parents[0];
  }
  return { commits: commits.reverse(), end };
}
