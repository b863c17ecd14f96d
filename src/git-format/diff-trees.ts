/**
 * Differences of two trees, and looking things up in one. Two trees are walked side by side over their raw bytes:
 * entries that are byte-equal are passed without being decoded, and only folders with different ids are read.
 */

import { breathe } from '../bytes/breathe.js';
import { At1Error } from '../errors.js';
import type { ObjectReader, Oid } from './oid.js';
import { readTreeBytes } from './read-object.js';
import { compareTreeNames, type EntrySpan, entryAt, entrySpan, isTree, parseTree, type TreeEntry } from './tree.js';
import { type EntryChange, entryNamed, handOnIndex, isAsked } from './tree-lookup.js';

/** A file (anything but a folder) that is not the same on both sides. */
export interface TreeChange {
  readonly path: string;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

/** What a walk through folders of strangers may cost; beyond it the walk throws `document/too-large`. */
export interface WalkBound {
  readonly depth: number;
  /** Differing entries, folders among them. */
  readonly entries: number;
  /** How many several walks may still have together; counted down. */
  readonly together?: { left: number };
}

/** Deeper folders than this are refused: no path git can check out is so deep, and the walk recurses. */
const UNBOUND: WalkBound = { depth: 1024, entries: Number.POSITIVE_INFINITY };
/** Walks that are no longer need not be counted out beforehand. */
const SHORT = 10_000;
const BREATH = 1024;
/** Changes of one folder above which an index of it is made anew sooner than brought up to date. */
const MANY = 1024;
const NOTHING = new Uint8Array(0);

/** Files that differ, in git's order; an undefined side is empty. `prefix` is put before every path as it is. */
export function diffTrees(
  reader: ObjectReader,
  before: Oid | undefined,
  after: Oid | undefined,
  prefix = '',
  bound = UNBOUND,
): AsyncIterable<TreeChange> {
  return walk(new Walk(reader, before, after, bound), before, after, prefix, 0);
}

/** A few trees that name each other many times are more files than there are atoms: counted, never walked. */
class Walk {
  readonly reader: ObjectReader;
  readonly bound: WalkBound;
  readonly #sides: readonly [before: Oid | undefined, after: Oid | undefined];
  #entries = 0;

  constructor(reader: ObjectReader, before: Oid | undefined, after: Oid | undefined, bound: WalkBound) {
    this.reader = reader;
    this.bound = bound;
    this.#sides = [before, after];
  }

  /** Called for every entry, so that it costs nothing most of the time. */
  next(): Promise<void> | undefined {
    this.#entries++;
    if (this.bound.together !== undefined && this.bound.together.left-- <= 0) throw tooMany(this.bound);
    if (this.#entries === SHORT && this.bound !== UNBOUND) return this.#countOut();
    return this.#entries % BREATH === 0 ? breathe() : undefined;
  }

  async #countOut(): Promise<void> {
    await countChanges(this.reader, ...this.#sides, this.bound, 0);
  }
}

/** By reader: what one walk counted, the walk of the next commit need not count again. */
const counted = new WeakMap<ObjectReader, Map<string, number>>();

/** How many entries differ, each pair of folders looked at once. Throws where they are more than the bound. */
async function countChanges(
  reader: ObjectReader,
  before: Oid | undefined,
  after: Oid | undefined,
  bound: WalkBound,
  depth: number,
): Promise<number> {
  if (before === after) return 0;
  if (depth > bound.depth) throw tooDeep(bound);
  const known = counted.get(reader) ?? new Map<string, number>();
  counted.set(reader, known);
  const key = `${before ?? ''}:${after ?? ''}`;
  let count = known.get(key) ?? 0;
  if (count === 0) {
    const [old, now] = await bothTrees(reader, before, after);
    for (const [a, b] of differingEntries(old, now)) {
      count += 1 + (await countChanges(reader, folderOf(a), folderOf(b), bound, depth + 1));
      if (count > bound.entries) break;
    }
    known.set(key, count);
  }
  if (count <= bound.entries) return count;
  throw tooMany(bound);
}

function tooMany({ entries: limit }: WalkBound): At1Error {
  return new At1Error('document/too-large', {
    message: `folders hold more than ${limit} changes`,
    facts: { limit },
  });
}

async function bothTrees(
  reader: ObjectReader,
  before: Oid | undefined,
  after: Oid | undefined,
): Promise<readonly [Uint8Array, Uint8Array]> {
  const old = before === undefined ? NOTHING : await readTreeBytes(reader, before);
  return [old, after === undefined ? NOTHING : await readTreeBytes(reader, after)];
}

function folderOf(entry: TreeEntry | undefined): Oid | undefined {
  return entry !== undefined && isTree(entry) ? entry.oid : undefined;
}

function tooDeep(bound: WalkBound): At1Error {
  const message = 'folders are nested too deeply';
  return new At1Error(bound === UNBOUND ? 'git/invalid-object' : 'document/too-large', { message });
}

async function* walk(
  state: Walk,
  before: Oid | undefined,
  after: Oid | undefined,
  prefix: string,
  depth: number,
): AsyncGenerator<TreeChange> {
  if (before === after) return;
  if (depth > state.bound.depth) throw tooDeep(state.bound);
  const [old, now] = await bothTrees(state.reader, before, after);
  let changes: EntryChange[] | undefined = isAsked(old) ? [] : undefined;
  for (const change of differingEntries(old, now)) {
    changes?.push(change);
    if (changes?.length === MANY) changes = undefined;
    const [a, b] = change;
    const pause = state.next();
    if (pause !== undefined) await pause;
    const path = prefix + (b ?? (a as TreeEntry)).name;
    const fileBefore = a !== undefined && !isTree(a) ? a : undefined;
    const fileAfter = b !== undefined && !isTree(b) ? b : undefined;
    if (fileBefore !== undefined || fileAfter !== undefined) yield { path, before: fileBefore, after: fileAfter };
    const treeBefore = folderOf(a);
    const treeAfter = folderOf(b);
    if (treeBefore !== treeAfter) yield* walk(state, treeBefore, treeAfter, `${path}/`, depth + 1);
  }
  if (changes !== undefined) handOnIndex(old, now, changes);
}

/**
 * A merge of two sorted lists. Where a list is not sorted (git/invalid-object for whoever parses it whole) more
 * is reported than differs, never less: an entry is passed silently only together with its byte-equal twin.
 */
export function* differingEntries(a: Uint8Array, b: Uint8Array): Generator<EntryChange> {
  const [x, y] = [viewOf(a), viewOf(b)];
  let i = 0;
  let j = 0;
  for (;;) {
    const skipped = equalEntries(x, i, y, j);
    i += skipped;
    j += skipped;
    if (i >= a.length && j >= b.length) return;
    const left = i < a.length ? entrySpan(a, i) : undefined;
    const right = j < b.length ? entrySpan(b, j) : undefined;
    const order = compareSpans(a, left, b, right);
    if (order <= 0 && left !== undefined) i = left.end;
    if (order >= 0 && right !== undefined) j = right.end;
    yield [
      order <= 0 && left !== undefined ? entryAt(a, left) : undefined,
      order >= 0 && right !== undefined ? entryAt(b, right) : undefined,
    ];
  }
}

/** How many bytes of whole entries are the same from here. */
function equalEntries(a: DataView, i: number, b: DataView, j: number): number {
  const equal = equalBytesFrom(a, i, b, j);
  let boundary = 0;
  for (let at = 0; at < equal; at++) {
    if (a.getUint8(i + at) !== 0) continue;
    at += 20;
    if (at >= equal) break;
    boundary = at + 1;
  }
  return boundary;
}

/** The hot loop: large folders differ in an entry or two, so words are compared and nothing is made. */
function equalBytesFrom(a: DataView, i: number, b: DataView, j: number): number {
  const limit = Math.min(a.byteLength - i, b.byteLength - j);
  let at = 0;
  while (at + 4 <= limit && a.getInt32(i + at) === b.getInt32(j + at)) at += 4;
  while (at < limit && a.getUint8(i + at) === b.getUint8(j + at)) at++;
  return at;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function compareSpans(a: Uint8Array, left: EntrySpan | undefined, b: Uint8Array, right: EntrySpan | undefined): number {
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  return compareTreeNames(
    a.subarray(left.name, left.nul),
    isFolder(a, left),
    b.subarray(right.name, right.nul),
    isFolder(b, right),
  );
}

/** By the first digit of the mode, leading zero aside: `4` begins no other mode. */
function isFolder(bytes: Uint8Array, span: EntrySpan): boolean {
  return bytes[bytes[span.start] === 0x30 ? span.start + 1 : span.start] === 0x34;
}

/** The entry at a path (`a/b/c`), or undefined. Entries beside it are passed over undecoded. */
export async function findEntry(reader: ObjectReader, tree: Oid, path: string): Promise<TreeEntry | undefined> {
  let folder = tree;
  const parts = path.split('/');
  for (let depth = 0; depth < parts.length; depth++) {
    const entry = entryNamed(await readTreeBytes(reader, folder), parts[depth] as string);
    if (depth === parts.length - 1 || entry === undefined) return entry;
    if (!isTree(entry)) return undefined;
    folder = entry.oid;
  }
  return undefined;
}

/** All files below a tree, depth first in git's order. */
export function listTree(
  reader: ObjectReader,
  tree: Oid,
  prefix = '',
  bound = UNBOUND,
): AsyncIterable<{ path: string; entry: TreeEntry }> {
  return list(new Walk(reader, undefined, tree, bound), tree, prefix, 0);
}

async function* list(
  state: Walk,
  tree: Oid,
  prefix: string,
  depth: number,
): AsyncGenerator<{ path: string; entry: TreeEntry }> {
  if (depth > state.bound.depth) throw tooDeep(state.bound);
  for (const entry of parseTree(await readTreeBytes(state.reader, tree))) {
    const pause = state.next();
    if (pause !== undefined) await pause;
    const path = prefix + entry.name;
    if (isTree(entry)) yield* list(state, entry.oid, `${path}/`, depth + 1);
    else yield { path, entry };
  }
}
