/**
 * Writes many objects as one pack with its index (version 2), without deltas and in flat memory.
 * The pack is synced and named first, the index last: whoever finds an index finds its pack.
 */
import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { toHex } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { createExclusive, discard, syncDirectory, temporaryName, writeNew } from '../files/durable-file.js';
import type { FileHandle } from '../files/node-fs.js';
import { mkdir, rename } from '../files/node-fs.js';
import type { ObjectType, Oid } from '../git-format/oid.js';
import { copyObject, deflateObject, type ObjectSource, oidOf, SMALL_OBJECT, sizeOf } from './object-source.js';
import { formatPackIndex, type PackedEntry } from './pack-index-writer.js';

const PACK_MODE = 0o444;
const HEADER_BYTES = 12;
/** Small objects are gathered to writes of this size. */
const WRITE_BYTES = 1024 * 1024;
const CHECK_BYTES = 1024 * 1024;
const TYPE_NUMBERS: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

export class PackWriter {
  readonly #folder: string;
  readonly #entries = new Map<Oid, PackedEntry>();
  #file: FileHandle | undefined;
  #temporary = '';
  /** End of what is in the file; `#waiting` comes after it. */
  #written = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(objects: string) {
    this.#folder = join(objects, 'pack');
  }

  get length(): number {
    return this.#written + this.#waitingBytes;
  }

  /** One at a time. A streamed object that turns out to be there already leaves no trace. */
  async add(source: ObjectSource, known?: Oid): Promise<Oid> {
    if (known !== undefined && this.#entries.has(known)) return known;
    await this.#start();
    if ('bytes' in source && source.bytes.length <= SMALL_OBJECT) {
      const oid = known ?? oidOf(source.type, source.bytes);
      if (this.#entries.has(oid)) return oid;
      const parts = [entryHeader(source), deflateObject(source, false)];
      const entry = { oid, offset: this.length, crc: parts.reduce((sum, part) => crc32(part, sum), 0) };
      await this.#put(parts);
      this.#entries.set(oid, entry);
      return oid;
    }
    return await this.#addStreamed(source, known);
  }

  /** Makes the pack and its index durable under their final names; the name, or undefined when there was nothing. */
  async finish(): Promise<string | undefined> {
    const file = this.#file;
    if (file === undefined) return undefined;
    if (this.#entries.size === 0) {
      await this.abort();
      return undefined;
    }
    await this.#flush();
    await this.#writeHeader(file);
    const checksum = await hashOf(file, this.#written);
    await this.#writeAt(file, [checksum], this.#written);
    await file.truncate(this.#written + checksum.length);
    await file.sync();
    await file.close();
    this.#file = undefined;
    return await this.#settle(checksum);
  }

  async abort(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    if (this.#temporary !== '') await discard(this.#temporary);
  }

  async #addStreamed(source: ObjectSource, known: Oid | undefined): Promise<Oid> {
    await this.#flush();
    const start = this.#written;
    const header = entryHeader(source);
    let crc = crc32(header);
    try {
      await this.#put([header]);
      const sink = async (parts: readonly Uint8Array[]) => {
        for (const part of parts) crc = crc32(part, crc);
        await this.#put(parts);
      };
      const oid = await copyObject(source, false, sink, known);
      await this.#flush();
      if (this.#entries.has(oid)) this.#written = start;
      else this.#entries.set(oid, { oid, offset: start, crc });
      return oid;
    } catch (error) {
      // The next object is written over the torn one.
      this.#waiting = [];
      this.#waitingBytes = 0;
      this.#written = start;
      throw error;
    }
  }

  async #start(): Promise<void> {
    if (this.#file !== undefined) return;
    await mkdir(this.#folder, { recursive: true });
    this.#temporary = join(this.#folder, temporaryName('tmp_pack_'));
    this.#file = await createExclusive(this.#temporary, PACK_MODE);
    await this.#put([new Uint8Array(HEADER_BYTES)]);
  }

  async #put(parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) {
      this.#waiting.push(part);
      this.#waitingBytes += part.length;
    }
    if (this.#waitingBytes >= WRITE_BYTES) await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#waitingBytes === 0 || this.#file === undefined) return;
    const parts = this.#waiting;
    this.#waiting = [];
    const bytes = this.#waitingBytes;
    this.#waitingBytes = 0;
    await this.#writeAt(this.#file, parts, this.#written);
    this.#written += bytes;
  }

  /** Gathers before a positioned write: packs are written over where a duplicate was taken back. */
  async #writeAt(file: FileHandle, parts: readonly Uint8Array[], position: number): Promise<void> {
    let at = position;
    for (const part of mergeSmall(parts)) {
      await file.writeAll(part, at);
      at += part.length;
    }
  }

  async #writeHeader(file: FileHandle): Promise<void> {
    const header = new Uint8Array(HEADER_BYTES);
    header.set([0x50, 0x41, 0x43, 0x4b]);
    const view = new DataView(header.buffer);
    view.setUint32(4, 2, false);
    view.setUint32(8, this.#entries.size, false);
    await this.#writeAt(file, [header], 0);
  }

  async #settle(checksum: Uint8Array): Promise<string> {
    const name = `pack-${toHex(checksum)}`;
    const temporaryIndex = join(this.#folder, temporaryName('tmp_idx_'));
    try {
      await writeNew(temporaryIndex, formatPackIndex([...this.#entries.values()], checksum), PACK_MODE);
      await rename(this.#temporary, join(this.#folder, `${name}.pack`));
      await syncDirectory(this.#folder);
      await rename(temporaryIndex, join(this.#folder, `${name}.idx`));
      await syncDirectory(this.#folder);
    } finally {
      await discard(this.#temporary);
      await discard(temporaryIndex);
    }
    return name;
  }
}

/** Small neighbours in one buffer, long ones as they are: fewer calls without copying containers. */
function mergeSmall(parts: readonly Uint8Array[]): Uint8Array[] {
  const out: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  for (const part of parts) {
    if (part.length < 256 * 1024) {
      small.push(part);
      continue;
    }
    if (small.length > 0) out.push(concatBytes(small));
    small = [];
    out.push(part);
  }
  if (small.length > 0) out.push(concatBytes(small));
  return out;
}

/** Type and size: 4 bits of size in the first byte, 7 in each further one, lowest first. */
function entryHeader(source: ObjectSource): Uint8Array {
  const out: number[] = [];
  let rest = sizeOf(source);
  let byte = (TYPE_NUMBERS[source.type] << 4) | (rest & 0x0f);
  rest = Math.floor(rest / 16);
  while (rest > 0) {
    out.push(byte | 0x80);
    byte = rest & 0x7f;
    rest = Math.floor(rest / 128);
  }
  out.push(byte);
  return Uint8Array.from(out);
}

/** The count in the header is only known at the end, so the sum is made by reading once more, as git does. */
async function hashOf(file: FileHandle, length: number): Promise<Uint8Array> {
  const hash: Hash = createHash('sha1');
  const buffer = new Uint8Array(CHECK_BYTES);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, length - at), at);
    if (bytesRead === 0) throw new RangeError('the pack is shorter than what was written to it');
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return new Uint8Array(hash.digest());
}
