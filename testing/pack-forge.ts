/**
 * Pack files byte by byte, with indexes that say whatever their author wants: what a hostile host can send, or a disk
 * can make of what git wrote. Nothing here checks anything.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { utf8 } from '../src/bytes/text.js';
import { concatBytes } from '../src/bytes/writer.js';
import { type Oid, oidToBytes } from '../src/git-format/oid.js';

/** As packs number them. */
export const KIND = { none: 0, commit: 1, tree: 2, blob: 3, tag: 4, reserved: 5, offsetDelta: 6, refDelta: 7 } as const;

export interface ForgedEntry {
  /** What the index calls it; left out of the index where undefined. */
  readonly oid?: Oid | undefined;
  /** Everything the pack holds of it: header, base, deflated data. */
  readonly bytes: Uint8Array;
  /** What the index says instead of where it is. */
  readonly offset?: number | undefined;
}

export interface PackTampering {
  /** Objects as the pack's header counts them. */
  readonly count?: number | undefined;
  /** Changes the finished pack; the index keeps the checksum from before. */
  readonly pack?: ((bytes: Uint8Array) => Uint8Array) | undefined;
  /** Changes the finished index. */
  readonly index?: ((bytes: Uint8Array) => Uint8Array) | undefined;
}

/** Kind and declared size in front of an entry. */
export function entryHeader(kind: number, size: bigint | number): Uint8Array {
  let rest = BigInt(size);
  const out = [Number(rest & 15n) | (kind << 4)];
  for (rest >>= 4n; rest > 0n; rest >>= 7n) {
    out[out.length - 1] = (out.at(-1) as number) | 0x80;
    out.push(Number(rest & 127n));
  }
  return Uint8Array.from(out);
}

/** An entry that is no delta; `size` is what it declares instead of its length. */
export function plainEntry(kind: number, content: Uint8Array, size: bigint | number = content.length): Uint8Array {
  return concatBytes([entryHeader(kind, size), deflateSync(content)]);
}

export function refDelta(base: Oid, delta: Uint8Array, size: number = delta.length): Uint8Array {
  return concatBytes([entryHeader(KIND.refDelta, size), oidToBytes(base), deflateSync(delta)]);
}

/** `distance` is how far back the base begins; git writes at least 1. */
export function offsetDelta(distance: number, delta: Uint8Array): Uint8Array {
  const back = [distance & 0x7f];
  for (let rest = distance >>> 7; rest > 0; rest >>>= 7) back.unshift(0x80 | (--rest & 0x7f));
  return concatBytes([entryHeader(KIND.offsetDelta, delta.length), Uint8Array.from(back), deflateSync(delta)]);
}

/** Two sizes, then instructions. */
export function deltaOf(base: number, result: number, ...instructions: readonly Uint8Array[]): Uint8Array {
  return concatBytes([deltaSize(base), deltaSize(result), ...instructions]);
}

function deltaSize(size: number): Uint8Array {
  const out: number[] = [];
  let rest = size;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push(0x80 | (rest % 128));
  return Uint8Array.from([...out, rest]);
}

/** Copies from the base; at most 0xffffff bytes. */
export function copyFrom(offset: number, length: number): Uint8Array {
  const bytes = [0, 8, 16, 24].map((shift) => (offset >>> shift) & 255);
  return Uint8Array.from([0xff, ...bytes, length & 255, (length >>> 8) & 255, (length >>> 16) & 255]);
}

/** Inserts at most 127 bytes. */
export function insert(bytes: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.of(bytes.length), bytes]);
}

/** Writes `pack-….pack` and its index into an objects folder; returns the path without ending. */
export function writePack(objects: string, entries: readonly ForgedEntry[], tampering: PackTampering = {}): string {
  const head = new Uint8Array(12);
  head.set(utf8('PACK'));
  new DataView(head.buffer).setUint32(4, 2);
  new DataView(head.buffer).setUint32(8, tampering.count ?? entries.filter(({ oid }) => oid !== undefined).length);
  const rows: IndexRow[] = [];
  let at = head.length;
  for (const { oid, bytes, offset } of entries) {
    if (oid !== undefined) rows.push({ oid, offset: offset ?? at });
    at += bytes.length;
  }
  const body = concatBytes([head, ...entries.map(({ bytes }) => bytes)]);
  const pack = concatBytes([body, sha1(body)]);
  const index = indexOf(rows, sha1(body));
  const folder = join(objects, 'pack');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `pack-${createHash('sha1').update(pack).digest('hex')}`);
  writeFileSync(`${path}.pack`, tampering.pack?.(pack) ?? pack);
  writeFileSync(`${path}.idx`, tampering.index?.(index) ?? index);
  return path;
}

interface IndexRow {
  readonly oid: Oid;
  readonly offset: number;
}

/** Version 2; offsets of 2^31 and more go into the table of large ones. */
function indexOf(rows: readonly IndexRow[], checksum: Uint8Array): Uint8Array {
  const sorted = [...rows].sort((a, b) => (a.oid < b.oid ? -1 : 1));
  const fanout = new DataView(new ArrayBuffer(1024));
  for (let first = 0; first < 256; first++) {
    const below = sorted.filter(({ oid }) => Number.parseInt(oid.slice(0, 2), 16) <= first);
    fanout.setUint32(4 * first, below.length);
  }
  const offsets = new DataView(new ArrayBuffer(4 * sorted.length));
  const large: bigint[] = [];
  for (const [place, { offset }] of sorted.entries()) {
    const isLarge = offset >= 0x80000000;
    offsets.setUint32(4 * place, isLarge ? 0x80000000 + large.length : offset);
    if (isLarge) large.push(BigInt(offset));
  }
  const largeTable = new DataView(new ArrayBuffer(8 * large.length));
  for (const [place, offset] of large.entries()) largeTable.setBigUint64(8 * place, offset);
  const body = concatBytes([
    Uint8Array.of(0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2),
    new Uint8Array(fanout.buffer),
    ...sorted.map(({ oid }) => oidToBytes(oid)),
    new Uint8Array(4 * sorted.length),
    new Uint8Array(offsets.buffer),
    new Uint8Array(largeTable.buffer),
    checksum,
  ]);
  return concatBytes([body, sha1(body)]);
}

function sha1(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha1').update(bytes).digest());
}
