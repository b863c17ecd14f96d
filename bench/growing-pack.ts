/**
 * A pack of many small objects in one file, folders as deltas on what they were before: what a registry's history looks
 * like after `git gc`. For fixtures only; the library writes packs without deltas.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { toHex, utf8 } from '../src/bytes/text.js';
import { ByteWriter, concatBytes, encodeVarint } from '../src/bytes/writer.js';
import { oidOf } from '../src/git/object-source.js';
import { formatPackIndex, type PackedEntry } from '../src/git/pack-index-writer.js';
import { type ObjectType, type Oid, oidToBytes } from '../src/git-format/oid.js';

const TYPES: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };
const OFFSET_DELTA = 6;
/** Longest chain of deltas, as `git gc` has it. */
const CHAIN = 50;
/** Most bytes one instruction inserts. */
const INSERT_LIMIT = 127;

export class GrowingPack {
  readonly #parts: Uint8Array[] = [new Uint8Array(12)];
  readonly #entries: PackedEntry[] = [];
  readonly #known = new Set<Oid>();
  #length = 12;

  add(type: ObjectType, bytes: Uint8Array): Oid {
    const oid = oidOf(type, bytes);
    if (!this.#known.has(oid)) this.#append(oid, [entryHeader(TYPES[type], bytes.length), deflate(bytes)]);
    return oid;
  }

  /** A tree as what it changes in an older tree of this pack, which begins at `base`. */
  addDelta(tree: Uint8Array, delta: Uint8Array, base: number): Oid {
    const oid = oidOf('tree', tree);
    if (this.#known.has(oid)) return oid;
    const header = [entryHeader(OFFSET_DELTA, delta.length), formatDistance(this.#length - base)];
    this.#append(oid, [...header, deflate(delta)]);
    return oid;
  }

  /** Where the next object will begin. */
  get end(): number {
    return this.#length;
  }

  /** Writes pack and index into a repository's `objects/pack`. */
  write(folder: string): void {
    const head = new DataView(this.#parts[0]?.buffer as ArrayBuffer);
    head.setUint32(0, 0x5041434b);
    head.setUint32(4, 2);
    head.setUint32(8, this.#entries.length);
    const body = concatBytes(this.#parts);
    const checksum = new Uint8Array(createHash('sha1').update(body).digest());
    const path = join(folder, `pack-${toHex(checksum)}`);
    writeFileSync(`${path}.pack`, concatBytes([body, checksum]));
    writeFileSync(`${path}.idx`, concatBytes(formatPackIndex(this.#entries, checksum)));
  }

  #append(oid: Oid, parts: readonly Uint8Array[]): void {
    this.#known.add(oid);
    this.#entries.push({ oid, offset: this.#length, crc: parts.reduce((sum, part) => crc32(part, sum), 0) });
    for (const part of parts) {
      this.#parts.push(part);
      this.#length += part.length;
    }
  }
}

/** A folder that changes one entry at a time. */
export class GrowingTree {
  /** Each entry's place in git's order, and the entry. */
  readonly #keys: string[] = [];
  readonly #rows: Uint8Array[] = [];
  #bytes = new Uint8Array(0) as Uint8Array;
  #base: { readonly at: number; readonly depth: number } | undefined;

  /** Names are ASCII here. */
  set(mode: '40000' | '100644', name: string, oid: Oid): this {
    const key = mode === '40000' ? `${name}/` : name;
    const row = concatBytes([utf8(`${mode} ${name}\0`), oidToBytes(oid)]);
    const at = this.#search(key);
    const same = this.#keys[at] === key;
    this.#keys.splice(at, same ? 1 : 0, key);
    this.#rows.splice(at, same ? 1 : 0, row);
    return this;
  }

  /** Puts the folder as it is now into the pack. */
  store(pack: GrowingPack): Oid {
    const bytes = concatBytes(this.#rows);
    const begins = pack.end;
    const base = this.#base === undefined || this.#base.depth === CHAIN ? undefined : this.#base;
    const oid =
      base === undefined ? pack.add('tree', bytes) : pack.addDelta(bytes, formatDelta(this.#bytes, bytes), base.at);
    // An equal tree may be there already, at another place: then the next one begins a chain of its own.
    const appended = pack.end > begins;
    this.#base = appended ? { at: begins, depth: base === undefined ? 0 : base.depth + 1 } : undefined;
    this.#bytes = bytes;
    return oid;
  }

  #search(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function deflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 1 });
}

/** What both begin and end with is copied, the rest inserted. */
function formatDelta(before: Uint8Array, after: Uint8Array): Uint8Array {
  const shared = Math.min(before.length, after.length);
  let head = 0;
  while (head < shared && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shared - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const out = new ByteWriter().bytes(encodeVarint(before.length)).bytes(encodeVarint(after.length));
  copy(out, 0, head);
  for (let at = head; at < after.length - tail; at += INSERT_LIMIT) {
    const piece = after.subarray(at, Math.min(at + INSERT_LIMIT, after.length - tail));
    out.u8(piece.length).bytes(piece);
  }
  copy(out, before.length - tail, tail);
  return out.finish();
}

/** Four bytes of offset, three of length: never the shortest form, always a valid one. */
function copy(out: ByteWriter, offset: number, length: number): void {
  if (length === 0) return;
  out.u8(0xff);
  for (let shift = 0; shift < 32; shift += 8) out.u8((offset >>> shift) & 0xff);
  for (let shift = 0; shift < 24; shift += 8) out.u8((length >>> shift) & 0xff);
}

function entryHeader(kind: number, size: number): Uint8Array {
  const out: number[] = [];
  let byte = (kind << 4) | (size & 15);
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    out.push(byte | 0x80);
    byte = rest & 0x7f;
  }
  return Uint8Array.from([...out, byte]);
}

function formatDistance(distance: number): Uint8Array {
  const out = [distance & 0x7f];
  for (let rest = Math.floor(distance / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest--;
    out.unshift((rest & 0x7f) | 0x80);
  }
  return Uint8Array.from(out);
}
