/**
 * Tree objects: `mode name NUL oid`, sorted as git sorts. Names that are not UTF-8 survive a round trip: each stray
 * byte 0x80..0xff becomes the lone surrogate U+DC80..U+DCFF, which no valid UTF-8 decodes to.
 */
import { compareBytes, utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { type Oid, oidFromBytes, oidToBytes } from './oid.js';

export type TreeMode = '40000' | '100644' | '100755' | '120000' | '160000';

export interface TreeEntry {
  readonly mode: TreeMode;
  readonly name: string;
  readonly oid: Oid;
  /** Only where the stored mode is an old spelling (`100664`, `040000`): kept so that the tree can be written back as it was. */
  readonly rawMode?: string;
}

const OID_BYTES = 20;
/** No mode git ever wrote is longer (`0100644`); a bound keeps a damaged tree from being scanned for a space. */
const MODE_LIMIT = 7;
const LONE_SURROGATE = /\p{Surrogate}/u;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function isTree(entry: TreeEntry): boolean {
  return entry.mode === '40000';
}

/** Throws `git/invalid-object` for bad names, modes, order or duplicates. */
export function parseTree(bytes: Uint8Array): TreeEntry[] {
  const entries: TreeEntry[] = [];
  const names = new Set<string>();
  let previous: { name: Uint8Array; tree: boolean } | undefined;
  for (let at = 0; at < bytes.length; ) {
    const span = entrySpan(bytes, at);
    const entry = entryAt(bytes, span);
    const name = bytes.subarray(span.name, span.nul);
    if (names.has(entry.name)) fail(`a tree holds the name '${entry.name}' twice`);
    names.add(entry.name);
    const tree = isTree(entry);
    if (previous !== undefined && compareTreeNames(previous.name, previous.tree, name, tree) >= 0) {
      fail(`a tree is not sorted at '${entry.name}'`);
    }
    previous = { name, tree };
    entries.push(entry);
    at = span.end;
  }
  return entries;
}

/** Where the parts of one entry lie: mode from `start`, name from `name` to `nul`, oid up to `end`. */
export interface EntrySpan {
  readonly start: number;
  readonly name: number;
  readonly nul: number;
  readonly end: number;
}

export function entrySpan(bytes: Uint8Array, start: number): EntrySpan {
  let space = start;
  const limit = Math.min(bytes.length, start + MODE_LIMIT + 1);
  while (space < limit && isOctalDigit(bytes[space] as number)) space++;
  if (space >= limit || space === start || bytes[space] !== 0x20) fail(`a tree entry has no mode (at offset ${start})`);
  const nul = bytes.indexOf(0, space + 1);
  if (nul < 0 || nul + 1 + OID_BYTES > bytes.length) fail(`a tree is cut short (at offset ${start})`);
  return { start, name: space + 1, nul, end: nul + 1 + OID_BYTES };
}

function isOctalDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x37;
}

/** The entry, with its name and mode checked. */
export function entryAt(bytes: Uint8Array, span: EntrySpan): TreeEntry {
  const nameBytes = bytes.subarray(span.name, span.nul);
  const name = decodeName(nameBytes);
  const problem = badName(name);
  if (problem !== undefined) fail(`a tree holds ${problem}`);
  const rawMode = asciiText(bytes.subarray(span.start, span.name - 1));
  const mode = canonicalMode(rawMode);
  if (mode === undefined) fail(`a tree entry has the unknown mode '${rawMode}'`);
  const oid = oidFromBytes(bytes.subarray(span.nul + 1, span.end));
  return rawMode === mode ? { mode, name, oid } : { mode, name, oid, rawMode };
}

/** Sorted in git's order whatever the order given; refuses names a tree must not hold. */
export function formatTree(entries: Iterable<TreeEntry>): Uint8Array {
  const rows: { name: Uint8Array; entry: TreeEntry }[] = [];
  const names = new Set<string>();
  for (const entry of entries) {
    const problem = badName(entry.name) ?? (names.has(entry.name) ? `the name '${entry.name}' twice` : undefined);
    if (problem !== undefined) fail(`a tree cannot hold ${problem}`);
    names.add(entry.name);
    rows.push({ name: encodeName(entry.name), entry });
  }
  rows.sort((a, b) => compareTreeNames(a.name, isTree(a.entry), b.name, isTree(b.entry)));
  const parts: Uint8Array[] = [];
  for (const { name, entry } of rows) parts.push(...partsOf(entry, name));
  return concatBytes(parts);
}

/** One entry as a tree holds it. */
export function formatEntry(entry: TreeEntry): Uint8Array {
  return concatBytes(partsOf(entry, encodeName(entry.name)));
}

function partsOf(entry: TreeEntry, name: Uint8Array): Uint8Array[] {
  return [utf8(`${entry.rawMode ?? entry.mode} `), name, Uint8Array.of(0), oidToBytes(entry.oid)];
}

/** Git's order: bytes of the names, where a folder's name counts as ending in `/`. */
export function compareTreeNames(a: Uint8Array, aIsTree: boolean, b: Uint8Array, bIsTree: boolean): number {
  const shared = Math.min(a.length, b.length);
  const difference = compareBytes(a.subarray(0, shared), b.subarray(0, shared));
  if (difference !== 0) return difference;
  return (a[shared] ?? (aIsTree ? 0x2f : 0)) - (b[shared] ?? (bIsTree ? 0x2f : 0));
}

function badName(name: string): string | undefined {
  if (name === '') return 'an empty name';
  if (name === '.' || name === '..') return `the name '${name}'`;
  if (name.includes('/')) return `a name with a slash: '${name}'`;
  if (name.includes('\0')) return 'a name with a NUL';
  return undefined;
}

function canonicalMode(raw: string): TreeMode | undefined {
  if (!/^0?(?:4[0-7]{4}|1[0-7]{5})$/.test(raw)) return undefined;
  // As git reads modes: the file type decides, and of the permissions only the owner's execute bit.
  const value = Number.parseInt(raw, 8);
  switch (value & 0o170000) {
    case 0o040000:
      return '40000';
    case 0o100000:
      return (value & 0o100) === 0 ? '100644' : '100755';
    case 0o120000:
      return '120000';
    case 0o160000:
      return '160000';
    default:
      return undefined;
  }
}

function asciiText(bytes: Uint8Array): string {
  return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
}

export function decodeName(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeEscaped(bytes);
  }
}

/** Longest valid sequences as UTF-8, every other byte as its own lone surrogate. */
function decodeEscaped(bytes: Uint8Array): string {
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      text += strict.decode(bytes.subarray(from, at)) + String.fromCharCode(0xdc00 + (bytes[at] as number));
      from = at + 1;
    }
    at += Math.max(1, length);
  }
  return text + strict.decode(bytes.subarray(from));
}

/** Length of the valid UTF-8 character at `at`, or 0. By hand: a name of stray bytes would cost an exception each. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  // Of the second byte some values would spell a character in too many bytes, a surrogate, or one beyond U+10FFFF.
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (second < low || second > high) return 0;
  for (let i = at + 2; i < at + length; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** The mirror of `decodeName`; throws `git/invalid-object` for lone surrogates that stand for no byte. */
export function encodeName(name: string): Uint8Array {
  if (!LONE_SURROGATE.test(name)) return utf8(name);
  const parts: Uint8Array[] = [];
  for (const character of name) {
    const code = character.codePointAt(0) as number;
    if (code >= 0xdc80 && code <= 0xdcff) parts.push(Uint8Array.of(code - 0xdc00));
    else if (code >= 0xd800 && code <= 0xdfff) fail('a name holds a lone surrogate');
    else parts.push(utf8(character));
  }
  return concatBytes(parts);
}

function fail(message: string): never {
  throw new At1Error('git/invalid-object', { message });
}
