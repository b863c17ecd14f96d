/** The `packed-refs` file: read and parsed once for as long as the file stays the same. */
import { statSync } from '../files/node-fs.js';
import { readFileSync } from '../files/read-whole.js';
import { isOid, type Oid } from '../git-format/oid.js';
import { isValidRefName } from '../git-format/ref-name.js';

export interface PackedRef {
  readonly oid: Oid;
  /** What an annotated tag leads to; `none` where the file says it is not a tag; undefined where it does not say. */
  readonly peeled: Oid | 'none' | undefined;
}

export interface PackedRefs {
  /** The line that says what the file promises of its peeled values; undefined where there is none. */
  readonly header: string | undefined;
  readonly refs: ReadonlyMap<string, PackedRef>;
  /** Lines that are no refs, by what stands where the name should be. */
  readonly problems: readonly { readonly name: string; readonly problem: string }[];
}

/** Which refs a bad line held nobody knows: what is elsewhere fills the gap. */
export const PACKED_REFS_HINT =
  'take the bad lines out of .git/packed-refs (or move it away), then git fetch --tags; .git/logs says where branches were';

const EMPTY: PackedRefs = { header: undefined, refs: new Map(), problems: [] };

/** A function that gives the current content, parsing only what changed since the last call. */
export function packedRefsReader(path: string): () => PackedRefs {
  let stamp = '';
  let current = EMPTY;
  return () => {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    const now = stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
    if (now === stamp) return current;
    current = stat === undefined ? EMPTY : parsePackedRefs(readIfThere(path));
    stamp = now;
    return current;
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

export function parsePackedRefs(text: string): PackedRefs {
  const refs = new Map<string, PackedRef>();
  const problems: { name: string; problem: string }[] = [];
  let header: string | undefined;
  let fullyPeeled = false;
  let last: string | undefined;
  for (let at = 0; at < text.length; ) {
    const isFirst = at === 0;
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline);
    at = newline < 0 ? text.length : newline + 1;
    if (newline < 0) {
      // Cut short: what is left of a name may be the name of another ref. git does not read such a file either.
      problems.push({ name: line, problem: 'packed-refs ends in the middle of a line' });
      continue;
    }
    if (line.startsWith('#')) {
      if (!line.startsWith('# pack-refs with:')) continue;
      if (!isFirst) {
        // git gives up on the whole file.
        problems.push({ name: line, problem: 'packed-refs has a header behind its first line' });
        continue;
      }
      header = line;
      fullyPeeled = line.split(' ').includes('fully-peeled');
      continue;
    }
    const known = last === undefined ? undefined : refs.get(last);
    if (line.startsWith('^')) {
      const peeled = line.slice(1);
      if (last !== undefined && known !== undefined && isOid(peeled)) refs.set(last, { oid: known.oid, peeled });
      else problems.push({ name: last ?? line, problem: 'packed-refs has a stray peeled line' });
      continue;
    }
    const oid = line.slice(0, 40);
    const name = line.slice(41);
    if (!isOid(oid) || line[40] !== ' ' || !isValidRefName(name)) {
      problems.push({ name: name === '' ? line : name, problem: 'packed-refs has a line that is no ref' });
      last = undefined;
      continue;
    }
    refs.set(name, { oid, peeled: fullyPeeled ? 'none' : undefined });
    last = name;
  }
  return { header, refs, problems };
}
