/**
 * One pack file: entry headers and inflated entries by offset, through positioned reads, so that its size does not
 * matter. Deltas are resolved here, along the chain from its base up, with one delta in memory at a time.
 */

import { At1Error } from '../errors.js';
import { closeSync, fstatSync, openSync, readSync } from '../files/node-fs.js';
import type { ObjectType } from '../git-format/oid.js';
import type { ByteLru } from './byte-lru.js';
import { applyDelta, deltaSizes } from './delta.js';
import { inflateExactly, inflateStart, inflatesTo, NEEDS_INPUT } from './inflate.js';
import { INDEX_HEAD, longestIndex, PackIndex } from './pack-index.js';

export interface PackedObject {
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
}

/** Shared by all packs of a reader; keys are `pack number * KEY_SPAN + offset or window`. */
export interface PackCaches {
  readonly windows: ByteLru<number, Uint8Array>;
  readonly objects: ByteLru<number, PackedObject>;
}

interface EntryHeader {
  /** 1..4: a type; 6, 7: deltas. */
  readonly kind: number;
  /** Of the inflated data. */
  readonly size: number;
  readonly dataAt: number;
  /** Offset of a delta's base. */
  readonly base: number | undefined;
}

const TYPES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];
const OFS_DELTA = 6;
const REF_DELTA = 7;
/** Git's own limit is 4095. */
const CHAIN_LIMIT = 4096;
/**
 * Bytes that may be made on the way to one object: at least, for each byte of its own, at most. Git packs in chains of
 * 50 and hardly ever a small object on a large one; a few kilobytes can hold a chain that takes minutes.
 */
const WORK = { least: 64 * 1024 * 1024, perByte: 64, most: 1024 * 1024 * 1024 } as const;
/** Windows overlap: a read of at most WINDOW_STEP bytes lies within one. */
const WINDOW_STEP = 16 * 1024;
const WINDOW_LENGTH = 2 * WINDOW_STEP;
/** Longest entry header: size, offset, or base id. */
const HEADER_LIMIT = 40;
/** 2^43: a thousand packs of 8 TiB still give exact keys. */
const KEY_SPAN = 2 ** 43;
/** The two sizes of a delta, as varints. */
const DELTA_SIZES = 20;
/** Compressed bytes that hold them in most deltas; and in all, for the code tables of a deflate block come first, some 300 bytes at most. */
const SHORT_START = 64;
const LONG_START = 1024;
/** Blobs that are no delta are seldom bases; commits and trees often are. */
const BASE_BLOB_LIMIT = 64 * 1024;

export class PackFile {
  readonly path: string;
  readonly #key: number;
  readonly #caches: PackCaches;
  #index: PackIndex | undefined;
  #file: number | undefined;
  #length = 0;

  /** `path` without ending; `number` is unique in the reader. Nothing is opened yet. */
  constructor(path: string, number: number, caches: PackCaches) {
    this.path = path;
    this.#key = number * KEY_SPAN;
    this.#caches = caches;
  }

  /** Offset of an object, or undefined. Throws what the system throws where the index is gone. */
  find(name: Uint8Array): number | undefined {
    this.#index ??= new PackIndex(readIndex(`${this.path}.idx`));
    return this.#index.find(name);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  /**
   * Not yet checked against its name. `limit` is for every size declared on the way. A chain of deltas that takes too
   * much work throws `git/invalid-object` with the fact `deltaWork`: to try again would take as long.
   */
  read(offset: number, limit: number): PackedObject {
    let work = 0;
    let allowed: number = WORK.least;
    const spend = (bytes: number): void => {
      checkSize(bytes, limit);
      work += bytes;
      if (work <= allowed) return;
      // Its size is looked up only here: for most objects that would be half of the work.
      allowed = Math.min(WORK.least + WORK.perByte * this.stat(offset).size, WORK.most);
      if (work > allowed) failChain(allowed);
    };
    const chain: EntryHeader[] = [];
    const offsets: number[] = [];
    let object: PackedObject | undefined;
    for (let at = offset; object === undefined; ) {
      object = this.#caches.objects.get(this.#key + at);
      if (object !== undefined) break;
      const header = this.#header(at);
      this.#refuseLarge(header, limit);
      spend(header.size);
      if (header.base === undefined) {
        object = { type: typeOf(header.kind), bytes: this.#inflate(header) };
        if (object.type !== 'blob' || object.bytes.length <= BASE_BLOB_LIMIT || at !== offset) this.#keep(at, object);
        break;
      }
      if (chain.length >= CHAIN_LIMIT) fail('has a chain of deltas without end');
      chain.push(header);
      offsets.push(at);
      at = header.base;
    }
    for (let i = chain.length - 1; i >= 0; i--) {
      const delta = this.#inflate(chain[i] as EntryHeader);
      spend(deltaSizes(delta).result);
      object = { type: object.type, bytes: applyDelta(object.bytes, delta) };
      this.#keep(offsets[i] as number, object);
    }
    return object;
  }

  /** Type and size as the pack states them, from a few bytes of each entry of the chain. */
  stat(offset: number): { type: ObjectType; size: number } {
    const first = this.#header(offset);
    const size = first.base === undefined ? first.size : deltaSizes(this.#start(first)).result;
    let header = first;
    for (let depth = 0; header.base !== undefined; depth++) {
      if (depth >= CHAIN_LIMIT) fail('has a chain of deltas without end');
      header = this.#header(header.base);
    }
    return { type: typeOf(header.kind), size };
  }

  /** Throws `git/object-too-large` for what has more than `limit` bytes, without making more than these. */
  refuseLarge(offset: number, limit: number): void {
    const header = this.#header(offset);
    this.#refuseLarge(header, limit);
    if (header.base !== undefined) checkSize(deltaSizes(this.#start(header)).result, limit);
  }

  /** One bit of a declared size may be another, so it is not believed that something is too large to be looked at. */
  #refuseLarge(header: EntryHeader, limit: number): void {
    if (header.size <= limit) return;
    for (let room = deflatedRoom(limit); ; room *= 4) {
      const input = this.#bytes(header.dataAt, room);
      const reaches = inflatesTo(input, limit + 1);
      if (reaches === true) break;
      if (reaches === false || input.length < room) fail('states a size that an object does not have');
    }
    checkSize(header.size, limit);
  }

  #keep(offset: number, object: PackedObject): void {
    this.#caches.objects.set(this.#key + offset, object, object.bytes.length);
  }

  #header(offset: number): EntryHeader {
    const bytes = this.#bytes(offset, HEADER_LIMIT);
    let at = 0;
    const next = (): number => bytes[at++] ?? fail('is cut short');
    let byte = next();
    const kind = (byte >> 4) & 7;
    let size = byte & 15;
    for (let scale = 16; byte >= 0x80; scale *= 128) {
      byte = next();
      size += (byte & 0x7f) * scale;
      if (size > Number.MAX_SAFE_INTEGER) fail('states a size no file has');
    }
    if (kind !== OFS_DELTA && kind !== REF_DELTA) return { kind, size, dataAt: offset + at, base: undefined };
    if (kind === REF_DELTA) {
      const base = this.#index?.find(bytes.subarray(at, at + 20));
      if (at + 20 > bytes.length || base === undefined) return fail('has a delta whose base it does not hold');
      return { kind, size, dataAt: offset + at + 20, base };
    }
    byte = next();
    let distance = byte & 0x7f;
    while (byte >= 0x80) {
      byte = next();
      distance = (distance + 1) * 128 + (byte & 0x7f);
      if (distance > Number.MAX_SAFE_INTEGER) break;
    }
    if (distance === 0 || distance >= offset) return fail('has a delta whose base lies outside');
    return { kind, size, dataAt: offset + at, base: offset - distance };
  }

  #inflate(header: EntryHeader): Uint8Array {
    for (let room = deflatedRoom(header.size); ; room *= 4) {
      const input = this.#bytes(header.dataAt, room);
      const inflated = inflateExactly(input, header.size);
      if (inflated !== NEEDS_INPUT) return inflated.bytes;
      if (input.length < room) return fail('is cut short');
    }
  }

  /** Two sizes of at most 8 bytes each. */
  #start(header: EntryHeader): Uint8Array {
    const start = inflateStart(this.#bytes(header.dataAt, SHORT_START));
    return start.length >= DELTA_SIZES ? start : inflateStart(this.#bytes(header.dataAt, LONG_START));
  }

  /** Up to `length` bytes from `offset`, fewer only where the entries end. */
  #bytes(offset: number, length: number): Uint8Array {
    const file = this.#open();
    const available = Math.min(length, this.#length - 20 - offset);
    if (available <= 0) return fail('is cut short');
    if (available > WINDOW_STEP) return readAt(file, offset, available);
    const number = Math.floor(offset / WINDOW_STEP);
    const start = number * WINDOW_STEP;
    let window = this.#caches.windows.get(this.#key + number);
    if (window === undefined) {
      window = readAt(file, start, Math.min(WINDOW_LENGTH, this.#length - start));
      this.#caches.windows.set(this.#key + number, window, window.length);
    }
    return window.subarray(offset - start, offset - start + available);
  }

  #open(): number {
    if (this.#file !== undefined) return this.#file;
    const file = openSync(`${this.path}.pack`);
    try {
      this.#length = fstatSync(file).size;
      if (this.#length < 32) fail('is cut short');
      const head = readAt(file, 0, 12);
      const view = new DataView(head.buffer, head.byteOffset, 12);
      const version = view.getUint32(4);
      if (view.getUint32(0) !== 0x5041434b || (version !== 2 && version !== 3)) fail('has a foreign header');
      // An index of another pack would lead into the middle of entries.
      if (this.#index?.count !== view.getUint32(8)) fail('does not hold what its index says');
      if (!this.#index.belongsTo(readAt(file, this.#length - 20, 20))) fail('is not the one its index is for');
    } catch (error) {
      closeSync(file);
      throw error;
    }
    this.#file = file;
    return file;
  }
}

function readAt(file: number, offset: number, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const count = readSync(file, out, done, length - done, offset + done);
    if (count === 0) return fail('is cut short');
    done += count;
  }
  return out;
}

/** Of the length that its own count allows: what is longer is not taken into memory. */
function readIndex(path: string): Uint8Array {
  const file = openSync(path);
  try {
    const { size } = fstatSync(file);
    const longest = size < INDEX_HEAD ? size : longestIndex(readAt(file, 0, INDEX_HEAD));
    if (size > longest) fail('has an index that is longer than its objects make it');
    return readAt(file, 0, size);
  } finally {
    closeSync(file);
  }
}

function typeOf(kind: number): ObjectType {
  return TYPES[kind] ?? fail(`holds an entry of the unknown type ${kind}`);
}

export function checkSize(size: number, limit: number): void {
  if (size <= limit) return;
  throw new At1Error('git/object-too-large', {
    message: `a git object has ${size} bytes, more than the limit of ${limit}`,
    facts: { size, limit },
    hint: 'large files belong into containers, not into git objects',
  });
}

/** zlib's own bound for what it writes; other writers may take more room, hence the second and third attempt. */
function deflatedRoom(size: number): number {
  return size + Math.floor(size / 1024) + 128;
}

function failChain(allowed: number): never {
  throw new At1Error('git/invalid-object', {
    message: `a pack file has a chain of deltas that makes more than ${allowed} bytes for one object`,
    facts: { deltaWork: allowed },
    hint: 'if it is yours: git repack -a -d -f --depth=50',
  });
}

function fail(problem: string): never {
  throw new At1Error('git/invalid-object', { message: `a pack file ${problem}` });
}
