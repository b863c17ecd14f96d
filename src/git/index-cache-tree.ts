/** The index's TREE extension (cache of folder ids): marks the folders above changed paths as unknown, keeps the rest. */
import { utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';

const OID_BYTES = 20;
/** Two numbers, a space and a line feed; what is longer is no node and is not looked at. */
const LINE_LIMIT = 32;
/** Deeper than any path that an index holds: a system's paths have 4096 bytes at most, and a folder takes two. */
const DEPTH_LIMIT = 2048;

interface Walk {
  readonly bytes: Uint8Array;
  readonly stale: ReadonlySet<string>;
  readonly out: Uint8Array[];
  at: number;
}

/** The changed extension; undefined (drop it: git makes a new one) where it is not as documented. */
export function invalidateTrees(bytes: Uint8Array, paths: Iterable<string>): Uint8Array | undefined {
  const stale = new Set<string>(['']);
  for (const path of paths) {
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) stale.add(`${path.slice(0, at)}/`);
  }
  const walk: Walk = { bytes, stale, out: [], at: 0 };
  return copyNode(walk, undefined, 0) && walk.at === bytes.length ? concatBytes(walk.out) : undefined;
}

/** `parent`: path of the folder above with a slash; undefined for the root. False where the bytes make no sense. */
function copyNode(walk: Walk, parent: string | undefined, depth: number): boolean {
  const nul = walk.bytes.indexOf(0, walk.at);
  const line = nul < 0 ? -1 : walk.bytes.indexOf(0x0a, nul);
  if (line < 0 || line - nul > LINE_LIMIT || depth > DEPTH_LIMIT) return false;
  const name = walk.bytes.subarray(walk.at, nul);
  const [entries, subtrees] = String.fromCharCode(...walk.bytes.subarray(nul + 1, line))
    .split(' ')
    .map(Number);
  if (!Number.isSafeInteger(entries) || !Number.isSafeInteger(subtrees)) return false;
  const path = parent === undefined ? '' : `${parent}${new TextDecoder().decode(name)}/`;
  const end = line + 1 + ((entries as number) < 0 ? 0 : OID_BYTES);
  if (end > walk.bytes.length) return false;
  if (walk.stale.has(path)) walk.out.push(name, utf8(`\0-1 ${subtrees}\n`));
  else walk.out.push(walk.bytes.subarray(walk.at, end));
  walk.at = end;
  for (let i = 0; i < (subtrees as number); i++) if (!copyNode(walk, path, depth + 1)) return false;
  return true;
}
