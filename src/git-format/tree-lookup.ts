/**
 * One name in an undecoded tree. Small trees are scanned; a large one that is asked again and again (a folder of
 * objects, or of versions) gets an index, kept for as long as somebody keeps the tree's bytes.
 */
import { At1Error } from '../errors.js';
import { decodeName, type EntrySpan, encodeName, entryAt, entrySpan, type TreeEntry } from './tree.js';

/** Below this a scan costs less than the index would in memory. */
const SMALL = 4096;
/** An index costs about as much as this many scans. */
const SCANS = 8;
const TWICE = -1;

interface Asked {
  times: number;
  /** Where the entry of a name begins, or `TWICE`. */
  index: Map<string, number> | undefined;
}

const asked = new WeakMap<Uint8Array, Asked>();

/** The bytes must never change. Throws `git/invalid-object` for a name that is there twice, and for a torn tree. */
export function entryNamed(tree: Uint8Array, name: string): TreeEntry | undefined {
  if (tree.length < SMALL) return scan(tree, encodeName(name));
  const known = asked.get(tree) ?? { times: 0, index: undefined };
  known.times++;
  asked.set(tree, known);
  if (known.times <= SCANS) return scan(tree, encodeName(name));
  known.index ??= indexOf(tree);
  const start = known.index.get(name);
  if (start === undefined) return undefined;
  if (start === TWICE) throw nameTwice();
  return entryAt(tree, entrySpan(tree, start));
}

function indexOf(tree: Uint8Array): Map<string, number> {
  const index = new Map<string, number>();
  for (let at = 0; at < tree.length; ) {
    const span = entrySpan(tree, at);
    const name = decodeName(tree.subarray(span.name, span.nul));
    index.set(name, index.has(name) ? TWICE : span.start);
    at = span.end;
  }
  return index;
}

function scan(bytes: Uint8Array, name: Uint8Array): TreeEntry | undefined {
  let found: EntrySpan | undefined;
  for (let at = 0; at < bytes.length; ) {
    const span = entrySpan(bytes, at);
    if (span.nul - span.name === name.length && matches(bytes, span.name, name)) {
      if (found !== undefined) throw nameTwice();
      found = span;
    }
    at = span.end;
  }
  return found === undefined ? undefined : entryAt(bytes, found);
}

function matches(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false;
  return true;
}

/** A file and a folder of one name sort apart: git might take the other one. */
function nameTwice(): At1Error {
  return new At1Error('git/invalid-object', { message: 'a tree holds a name twice' });
}
