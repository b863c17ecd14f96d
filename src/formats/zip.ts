/**
 * The central directory of a zip file: where the bytes of each member lie. Nothing is inflated. Members that share bytes,
 * reach into the directory or are called otherwise where they lie make the whole file unknown.
 */
import { Cursor } from '../bytes/cursor.js';
import { equalBytes, fromLatin1 } from '../bytes/text.js';
import { HEADER_LIMIT, malformed, TENSOR_LIMIT } from './file-shape.js';
import type { HeaderSource } from './header-source.js';

export interface ZipMember {
  /** Latin-1, so that any name is itself. */
  readonly name: string;
  /** Neither compressed nor encrypted. */
  readonly stored: boolean;
  /** Of its local header. */
  readonly headerAt: number;
  /** Bytes in the file. */
  readonly length: number;
}

const END_LENGTH = 22;
const LOCATOR_LENGTH = 20;
const LOCAL_LENGTH = 30;
const ENTRY_LENGTH = 46;
const LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;

interface Directory {
  readonly at: number;
  readonly length: number;
  readonly entries: number;
}

export interface ZipFile {
  /** In the order of the file, so that it is walked through once. */
  readonly members: readonly ZipMember[];
  /** For each member the first byte that is surely not its own: the next one's header, or the directory. */
  readonly ends: ReadonlyMap<ZipMember, number>;
}

export async function readZip(source: HeaderSource): Promise<ZipFile> {
  const directory = await findDirectory(source);
  const bytes = await source.read(directory.at, directory.length, 'zip directory');
  const cursor = new Cursor(bytes, 'file/malformed');
  const members: ZipMember[] = [];
  for (let i = 0; i < directory.entries; i++) members.push(readEntry(cursor));
  cursor.expectEnd('the zip directory');
  const sorted = [...members].sort((a, b) => a.headerAt - b.headerAt);
  refuseOverlap(sorted, directory.at);
  return {
    members: sorted,
    ends: new Map(sorted.map((member, i) => [member, sorted[i + 1]?.headerAt ?? directory.at])),
  };
}

/** Where the bytes of a member begin; its local header must be there and have the same name. */
export async function memberStart(source: HeaderSource, zip: ZipFile, member: ZipMember): Promise<number> {
  const header = await source.window(member.headerAt, LOCAL_LENGTH + member.name.length, 'local header');
  const cursor = new Cursor(header, 'file/malformed');
  if (cursor.u32le() !== LOCAL) throw malformed('a zip member is not where the directory says');
  cursor.skip(22);
  const [nameLength, extraLength] = [u16(cursor), u16(cursor)];
  const name = nameLength === member.name.length ? fromLatin1(cursor.take(nameLength)) : undefined;
  if (name !== member.name) throw malformed('a zip member has another name than in the directory');
  const start = member.headerAt + LOCAL_LENGTH + nameLength + extraLength;
  if (start + member.length > (zip.ends.get(member) ?? 0)) throw malformed('two zip members share bytes');
  return start;
}

async function findDirectory(source: HeaderSource): Promise<Directory> {
  const tailLength = Math.min(source.size, END_LENGTH + FULL_16 + LOCATOR_LENGTH);
  const tailAt = source.size - tailLength;
  const tail = await source.read(tailAt, tailLength, 'end of the zip file');
  const at = findEnd(tail);
  const cursor = new Cursor(tail, 'file/malformed', at + 4);
  const [disk, directoryDisk, here, entries] = [u16(cursor), u16(cursor), u16(cursor), u16(cursor)];
  const [length, offset] = [cursor.u32le(), cursor.u32le()];
  if ([disk, directoryDisk].some((number) => number !== 0) || here !== entries) throw malformed('zip file in parts');
  const wide = entries === FULL_16 || length === FULL_32 || offset === FULL_32;
  const locator = at - LOCATOR_LENGTH;
  if (wide && locator >= 0 && new Cursor(tail, 'file/malformed', locator).u32le() === LOCATOR) {
    return checked(await readEnd64(source, tail, locator), tailAt + locator);
  }
  return checked({ at: offset, length, entries }, tailAt + at);
}

async function readEnd64(source: HeaderSource, tail: Uint8Array, locator: number): Promise<Directory> {
  const cursor = new Cursor(tail, 'file/malformed', locator + 8);
  const end = new Cursor(await source.read(exact(cursor.u64le()), 56, 'zip64 end'), 'file/malformed');
  if (end.u32le() !== END_64) throw malformed('zip64 end is not where the locator says');
  end.skip(20);
  const [here, entries] = [exact(end.u64le()), exact(end.u64le())];
  const [length, at] = [exact(end.u64le()), exact(end.u64le())];
  if (here !== entries) throw malformed('zip file in parts');
  return { at, length, entries };
}

function checked(directory: Directory, before: number): Directory {
  const { at, length, entries } = directory;
  if (length > HEADER_LIMIT || at > before - length) throw malformed('zip directory is not inside the file');
  if (entries > TENSOR_LIMIT || entries * ENTRY_LENGTH > length)
    throw malformed(`a zip directory of ${entries} members`);
  return directory;
}

/** The last signature whose comment reaches exactly to the end. */
function findEnd(tail: Uint8Array): number {
  for (let at = tail.length - END_LENGTH; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail[at + 1] !== 0x4b || tail[at + 2] !== 5 || tail[at + 3] !== 6) continue;
    const comment = (tail[at + 20] as number) | ((tail[at + 21] as number) << 8);
    if (at + END_LENGTH + comment === tail.length) return at;
  }
  throw malformed('zip file without its end');
}

function readEntry(cursor: Cursor): ZipMember {
  if (cursor.u32le() !== ENTRY) throw malformed('zip directory with something else in it');
  cursor.skip(4);
  const [flags, method] = [u16(cursor), u16(cursor)];
  cursor.skip(8);
  const sizes = { compressed: cursor.u32le(), original: cursor.u32le() };
  const [nameLength, extraLength, commentLength] = [u16(cursor), u16(cursor), u16(cursor)];
  const disk = u16(cursor);
  cursor.skip(6);
  const narrow = { ...sizes, headerAt: cursor.u32le() };
  const name = fromLatin1(cursor.take(nameLength, 'name of a zip member'));
  const { compressed, original, headerAt } = widen(narrow, cursor.take(extraLength, 'extra fields'));
  cursor.skip(commentLength, 'comment of a zip member');
  if (disk !== 0 && disk !== FULL_16) throw malformed('zip file in parts');
  const plain = method === 0 && (flags & 1) === 0;
  if (plain && compressed !== original) throw malformed('a stored zip member of two lengths');
  return { name, stored: plain, headerAt, length: compressed };
}

interface Numbers {
  readonly compressed: number;
  readonly original: number;
  readonly headerAt: number;
}

/** Numbers that did not fit into 32 bits stand in the zip64 field, in this order, and only those. */
function widen(narrow: Numbers, extra: Uint8Array): Numbers {
  const cursor = new Cursor(extra, 'file/malformed');
  while (cursor.remaining >= 4) {
    const [id, length] = [u16(cursor), u16(cursor)];
    // Padding that is no field ends the list, as other readers have it.
    if (length > cursor.remaining) break;
    const field = new Cursor(cursor.take(length), 'file/malformed');
    if (id !== 1) continue;
    const wide = (value: number) => (value === FULL_32 ? exact(field.u64le('zip64 field')) : value);
    const original = wide(narrow.original);
    const compressed = wide(narrow.compressed);
    return { original, compressed, headerAt: wide(narrow.headerAt) };
  }
  return narrow;
}

function refuseOverlap(sorted: readonly ZipMember[], directoryAt: number): void {
  const names = new Set<string>();
  let end = 0;
  for (const { name, headerAt, length } of sorted) {
    if (names.has(name)) throw malformed('two zip members have one name');
    names.add(name);
    if (headerAt < end) throw malformed('two zip members share bytes');
    end = headerAt + LOCAL_LENGTH + name.length + length;
    if (end > directoryAt) throw malformed('a zip member reaches into the directory');
  }
}

function u16(cursor: Cursor): number {
  return cursor.u8() | (cursor.u8() << 8);
}

function exact(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed(`${value} in a zip file is above 2^53`);
  return Number(value);
}

/** Whether bytes begin as a zip file does. */
export function looksLikeZip(head: Uint8Array): boolean {
  return head.length >= 4 && equalBytes(head.subarray(0, 4), Uint8Array.of(0x50, 0x4b, 3, 4));
}
