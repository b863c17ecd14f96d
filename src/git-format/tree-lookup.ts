/**
 * One name in an undecoded tree. Small trees are scanned; a large one that is asked again and again (a folder of
 * objects, or of versions) gets an index, kept for as long as somebody keeps the tree's bytes, and handed on to the tree
 * that takes its place.
 */
import { At1Error } from '../errors.js';
import { decodeName, type EntrySpan, encodeName, entryAt, entrySpan, formatEntry, type TreeEntry } from './tree.js';

/** Below this a scan costs less than the index would in memory. */
const SMALL = 4096;
/** An index costs about as much as this many scans. */
const SCANS = 8;
const TWICE = 'twice';

/** Bytes that hold the entry, and where it begins in them: the tree itself, or a copy of that one entry. */
interface Place {
  readonly bytes: Uint8Array;
  readonly start: number;
}

type Index = Map<string, Place | typeof TWICE>;

interface Asked {
  times: number;
  index: Index | undefined;
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
  const place = known.index.get(name);
  if (place === undefined) return undefined;
  if (place === TWICE) throw nameTwice();
  return entryAt(place.bytes, entrySpan(place.bytes, place.start));
}

/** What differs between two trees, entry by entry; either side may be undefined, not both. */
export type EntryChange = readonly [before: TreeEntry | undefined, after: TreeEntry | undefined];

/** Whether the tree has been asked before, so that what is known of it is worth to be handed on. */
export function isAsked(tree: Uint8Array): boolean {
  return asked.has(tree);
}

/**
 * Hands on what is known of a tree to the one that took its place, given all entries that differ: the index is brought up
 * to date instead of being made anew. `before` is asked no more, or else pays for an index of its own.
 */
export function handOnIndex(before: Uint8Array, after: Uint8Array, changes: readonly EntryChange[]): void {
  const known = asked.get(before);
  if (known === undefined || after.length < SMALL || asked.has(after)) return;
  asked.delete(before);
  const { index } = known;
  asked.set(after, { times: known.times, index: index !== undefined && apply(index, changes) ? index : undefined });
}

/** False where a name is or may be there twice: then only the tree itself can tell. */
function apply(index: Index, changes: readonly EntryChange[]): boolean {
  for (const [gone] of changes) {
    if (gone === undefined) continue;
    if (index.get(gone.name) === TWICE) return false;
    index.delete(gone.name);
  }
  for (const [, come] of changes) {
    if (come === undefined) continue;
    if (index.has(come.name)) return false;
    index.set(come.name, { bytes: formatEntry(come), start: 0 });
  }
  return true;
}

function indexOf(tree: Uint8Array): Index {
  const index: Index = new Map();
  for (let at = 0; at < tree.length; ) {
    const span = entrySpan(tree, at);
    const name = decodeName(tree.subarray(span.name, span.nul));
    index.set(name, index.has(name) ? TWICE : { bytes: tree, start: span.start });
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
