/**
 * Git's index (gitformat-index), versions 2 to 4 in, 2 or 3 out. Entries that are not ours are copied byte by byte
 * (version 4 is expanded, with the same fields). Nothing is decoded that need not be: an index may have 100,000 entries.
 */
import { createHash } from 'node:crypto';
import { compareBytes, equalBytes, fromHex, toHex, utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { invalidateTrees } from './index-cache-tree.js';

/** Times, numbers and size as git keeps them: 32 bits each, cut off. */
export interface IndexStat {
  readonly ctimeSeconds: number;
  readonly ctimeNanoseconds: number;
  readonly mtimeSeconds: number;
  readonly mtimeNanoseconds: number;
  readonly dev: number;
  readonly ino: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
}

export type LinkMode = '120000' | '160000';

export interface IndexEntryChange {
  readonly oid: Oid;
  readonly executable: boolean;
  /** A symbolic link or a submodule, where it is one. */
  readonly link?: LinkMode | undefined;
  /** Undefined: git looks at the file itself the next time. */
  readonly stat: IndexStat | undefined;
  /** For an entry that is new: it is outside of a sparse checkout. */
  readonly skipWorktree: boolean;
}

/** By path; null removes. */
export type IndexChanges = ReadonlyMap<string, IndexEntryChange | null>;

export interface ParsedIndex {
  readonly version: 2 | 3;
  /** All entries in the encoding of versions 2 and 3. */
  readonly entries: Uint8Array;
  /** Where each entry starts, and the end of the last. */
  readonly starts: readonly number[];
  readonly extensions: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export const EMPTY_INDEX: ParsedIndex = { version: 2, entries: new Uint8Array(0), starts: [0], extensions: [] };

const HEADER = 12;
const SUM = 20;
const OID_AT = 40;
const OID_BYTES = 20;
const FLAGS_AT = 60;
const NAME_AT = 62;
const ASSUME_VALID = 0x8000;
const EXTENDED = 0x4000;
const NAME_LENGTH_MASK = 0xfff;
const SKIP_WORKTREE = 0x4000;
/** Extensions that stay right whatever we change; the rest is optional or refused. */
const KEPT = new Set(['REUC']);

export function parseIndex(bytes: Uint8Array): ParsedIndex {
  if (bytes.length < HEADER + SUM || String.fromCharCode(...bytes.subarray(0, 4)) !== 'DIRC') damaged('no index');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint32(4, false);
  if (version < 2 || version > 4) {
    throw new At1Error('git/index-unsupported', { message: `the index has version ${version}`, facts: { version } });
  }
  const end = bytes.length - SUM;
  const sum = bytes.subarray(end);
  // All zero: written by a git with index.skipHash.
  const checked = sum.some((byte) => byte !== 0);
  if (checked && !equalBytes(new Uint8Array(createHash('sha1').update(bytes.subarray(0, end)).digest()), sum)) {
    damaged('its checksum is wrong');
  }
  const count = view.getUint32(8, false);
  const body = bytes.subarray(0, end);
  const found = version === 4 ? expandEntries(body, count) : locateEntries(body, count);
  const extensions = readExtensions(body, found.end);
  // Only a split index has entries without names, and its extension is refused above.
  for (let i = 0; i < count; i++) {
    const start = found.starts[i] as number;
    if (found.entries[start + nameOffset(found.entries, start)] === 0) damaged('an entry in it has no name');
  }
  return { version: version === 2 ? 2 : 3, entries: found.entries, starts: found.starts, extensions };
}

function locateEntries(body: Uint8Array, count: number) {
  const starts: number[] = [];
  let at = HEADER;
  for (let i = 0; i < count; i++) {
    starts.push(at - HEADER);
    at += paddedLength(nameEnd(body, at) - at);
    if (at > body.length) damaged('it is cut short');
  }
  starts.push(at - HEADER);
  return { entries: body.subarray(HEADER, at), starts, end: at };
}

/** Version 4 shares the beginning of each name with the one before it. */
function expandEntries(body: Uint8Array, count: number) {
  const parts: Uint8Array[] = [];
  const starts: number[] = [];
  let at = HEADER;
  let length = 0;
  let previous = new Uint8Array(0);
  for (let i = 0; i < count; i++) {
    const nameAt = at + nameOffset(body, at);
    const strip = readOffset(body, nameAt);
    const nul = body.indexOf(0, strip.end);
    if (nul < 0 || strip.value > previous.length) damaged('a name in it is cut short');
    const name = concatBytes([previous.subarray(0, previous.length - strip.value), body.subarray(strip.end, nul)]);
    const fixed = body.subarray(at, nameAt);
    if (statedLength(fixed, 0) !== Math.min(name.length, NAME_LENGTH_MASK))
      damaged('a name in it is of another length');
    const raw = new Uint8Array(paddedLength(fixed.length + name.length));
    raw.set(fixed);
    raw.set(name, fixed.length);
    parts.push(raw);
    starts.push(length);
    length += raw.length;
    previous = name as Uint8Array<ArrayBuffer>;
    at = nul + 1;
  }
  starts.push(length);
  return { entries: concatBytes(parts), starts, end: at };
}

/** The variable-length number of packs' offset deltas. */
function readOffset(body: Uint8Array, start: number): { value: number; end: number } {
  let at = start;
  let byte = body[at++] ?? damaged('it is cut short');
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = body[at++] ?? damaged('it is cut short');
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, end: at };
}

function readExtensions(body: Uint8Array, start: number) {
  const extensions: { name: string; bytes: Uint8Array }[] = [];
  for (let at = start; at < body.length; ) {
    if (at + 8 > body.length) damaged('an extension is cut short');
    const name = String.fromCharCode(...body.subarray(at, at + 4));
    const size = new DataView(body.buffer, body.byteOffset + at + 4, 4).getUint32(0, false);
    if (at + 8 + size > body.length) damaged('an extension is cut short');
    const bytes = body.subarray(at + 8, at + 8 + size);
    if (!/^[A-Z]/.test(name)) {
      const what = { link: 'a split index', sdir: 'a sparse index' }[name] ?? `the extension '${name}'`;
      throw new At1Error('git/index-unsupported', {
        message: `the index uses ${what}`,
        facts: { extension: name },
        hint: 'install git, or run `git update-index --no-split-index` (`git sparse-checkout reapply --no-sparse-index`)',
      });
    }
    extensions.push({ name, bytes });
    at += 8 + size;
  }
  return extensions;
}

/** Throws `registry/foreign-folder` where an entry of somebody else needs a folder at one of our paths, or the reverse. */
export function changeIndex(index: ParsedIndex, changes: IndexChanges): Uint8Array {
  const rows = [...changes].map(([path, entry]) => ({ path, name: utf8(path), entry }));
  rows.sort((a, b) => compareBytes(a.name, b.name));
  refuseFolderConflicts(index, rows, changes);
  const parts: Uint8Array[] = [];
  let count = index.starts.length - 1;
  let next = 0;
  let extended = index.version === 3;
  for (const { name, entry } of rows) {
    const from = lowerBound(index, name, next);
    const to = endOfName(index, name, from);
    parts.push(index.entries.subarray(index.starts[next], index.starts[from]));
    count -= to - from;
    next = to;
    if (entry === null) continue;
    const flags = from < to ? oldFlags(index, from) : { assumeValid: false, skipWorktree: entry.skipWorktree };
    extended ||= flags.skipWorktree;
    parts.push(formatEntry(name, entry, flags));
    count++;
  }
  parts.push(index.entries.subarray(index.starts[next]));
  return assemble(extended ? 3 : 2, count, parts, extensionsAfter(index, changes));
}

/** Whether each path has the content it was given, or is not there where it was removed. */
export function holdsChanges(index: ParsedIndex, changes: IndexChanges): boolean {
  return [...changes].every(([path, entry]) => {
    const name = utf8(path);
    const from = lowerBound(index, name, 0);
    const stages = endOfName(index, name, from) - from;
    if (entry === null) return stages === 0;
    const oidAt = (index.starts[from] as number) + OID_AT;
    return stages === 1 && toHex(index.entries.subarray(oidAt, oidAt + OID_BYTES)) === entry.oid;
  });
}

function assemble(version: number, count: number, entries: readonly Uint8Array[], extensions: Uint8Array[]) {
  const header = new Uint8Array(HEADER);
  header.set(utf8('DIRC'));
  const view = new DataView(header.buffer);
  view.setUint32(4, version, false);
  view.setUint32(8, count, false);
  const body = concatBytes([header, ...entries, ...extensions]);
  return concatBytes([body, new Uint8Array(createHash('sha1').update(body).digest())]);
}

function extensionsAfter(index: ParsedIndex, changes: IndexChanges): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (const { name, bytes } of index.extensions) {
    const after = name === 'TREE' ? invalidateTrees(bytes, changes.keys()) : KEPT.has(name) ? bytes : undefined;
    if (after === undefined) continue;
    const head = new Uint8Array(8);
    head.set(utf8(name));
    new DataView(head.buffer).setUint32(4, after.length, false);
    out.push(head, after);
  }
  return out;
}

function refuseFolderConflicts(
  index: ParsedIndex,
  rows: readonly { readonly path: string; readonly name: Uint8Array; readonly entry: IndexEntryChange | null }[],
  changes: IndexChanges,
): void {
  const seen = new Set<string>();
  for (const { path, name, entry } of rows) {
    if (entry === null) continue;
    const below = lowerBound(index, utf8(`${path}/`), 0);
    if (below < index.starts.length - 1 && startsWith(nameOf(index, below), utf8(`${path}/`))) folderConflict(path);
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (seen.has(folder)) break;
      seen.add(folder);
      const row = lowerBound(index, utf8(folder), 0);
      if (endOfName(index, name.subarray(0, utf8(folder).length), row) > row && changes.get(folder) !== null) {
        folderConflict(folder);
      }
    }
  }
}

function folderConflict(path: string): never {
  throw new At1Error('registry/foreign-folder', {
    message: `the index holds ${path} both as a file and as a folder`,
    facts: { path },
    hint: `unstage it with \`git rm --cached ${path}\``,
  });
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return bytes.length >= prefix.length && equalBytes(bytes.subarray(0, prefix.length), prefix);
}

/** The first entry, from `low` on, whose name is not before `name`. */
function lowerBound(index: ParsedIndex, name: Uint8Array, low: number): number {
  let [from, to] = [low, index.starts.length - 1];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareBytes(nameOf(index, middle), name) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** After the last stage of this name. */
function endOfName(index: ParsedIndex, name: Uint8Array, from: number): number {
  let to = from;
  while (to < index.starts.length - 1 && equalBytes(nameOf(index, to), name)) to++;
  return to;
}

export function modeOf({ executable, link }: IndexEntryChange): string {
  return link ?? (executable ? '100755' : '100644');
}

export function nameOf(index: ParsedIndex, entry: number): Uint8Array {
  const start = index.starts[entry] as number;
  return index.entries.subarray(start + nameOffset(index.entries, start), nameEnd(index.entries, start));
}

function nameOffset(bytes: Uint8Array, start: number): number {
  return ((bytes[start + FLAGS_AT] ?? 0) & (EXTENDED >> 8)) === 0 ? NAME_AT : NAME_AT + 2;
}

function nameEnd(bytes: Uint8Array, start: number): number {
  if (start + NAME_AT > bytes.length) damaged('it is cut short');
  const nameAt = start + nameOffset(bytes, start);
  const stated = statedLength(bytes, start);
  const end = bytes.indexOf(0, nameAt);
  if (end < 0 || (stated < NAME_LENGTH_MASK && end !== nameAt + stated)) damaged('a name in it is cut short');
  return end;
}

function statedLength(bytes: Uint8Array, start: number): number {
  return (((bytes[start + FLAGS_AT] as number) << 8) | (bytes[start + FLAGS_AT + 1] as number)) & NAME_LENGTH_MASK;
}

/** One to eight NUL after the name, so that entries start at multiples of eight. */
function paddedLength(length: number): number {
  return (length + 8) & ~7;
}

function oldFlags(index: ParsedIndex, entry: number): { assumeValid: boolean; skipWorktree: boolean } {
  const start = index.starts[entry] as number;
  const view = new DataView(index.entries.buffer, index.entries.byteOffset + start);
  const flags = view.getUint16(FLAGS_AT, false);
  const more = (flags & EXTENDED) === 0 ? 0 : view.getUint16(NAME_AT, false);
  return { assumeValid: (flags & ASSUME_VALID) !== 0, skipWorktree: (more & SKIP_WORKTREE) !== 0 };
}

function formatEntry(
  name: Uint8Array,
  entry: IndexEntryChange,
  flags: { readonly assumeValid: boolean; readonly skipWorktree: boolean },
): Uint8Array {
  const nameAt = flags.skipWorktree ? NAME_AT + 2 : NAME_AT;
  const raw = new Uint8Array(paddedLength(nameAt + name.length));
  const view = new DataView(raw.buffer);
  const { stat } = entry;
  if (stat !== undefined) {
    const fields = [
      stat.ctimeSeconds,
      stat.ctimeNanoseconds,
      stat.mtimeSeconds,
      stat.mtimeNanoseconds,
      stat.dev,
      stat.ino,
    ];
    for (const [i, value] of fields.entries()) view.setUint32(i * 4, value, false);
    view.setUint32(28, stat.uid, false);
    view.setUint32(32, stat.gid, false);
    view.setUint32(36, stat.size, false);
  }
  view.setUint32(24, Number.parseInt(modeOf(entry), 8), false);
  raw.set(fromHex(entry.oid) as Uint8Array, OID_AT);
  const assume = flags.assumeValid ? ASSUME_VALID : 0;
  const extended = flags.skipWorktree ? EXTENDED : 0;
  view.setUint16(FLAGS_AT, assume | extended | Math.min(name.length, NAME_LENGTH_MASK), false);
  if (flags.skipWorktree) view.setUint16(NAME_AT, SKIP_WORKTREE, false);
  raw.set(name, nameAt);
  return raw;
}

function damaged(why: string): never {
  throw new At1Error('git/index-unsupported', {
    message: `the index is damaged: ${why}`,
    hint: 'move .git/index away and run `git reset`',
  });
}
