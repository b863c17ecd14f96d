/**
 * What the object writers take: an object in memory, or one that is streamed because it is large.
 * `copyObject` is the one loop that hashes, compresses and hands over a source.
 */
import { createHash } from 'node:crypto';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import { type ObjectType, type Oid, objectHeader } from '../git-format/oid.js';
import { deflateSmall, LevelDeflater, StoredDeflater, worthDeflating } from './deflate.js';

export interface MemoryObject {
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
}

export interface StreamedObject {
  readonly type: ObjectType;
  /** Exact number of bytes that `open` yields. */
  readonly size: number;
  /** Chunks must not be reused by the source after they were yielded. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

export type ObjectSource = MemoryObject | StreamedObject;

export type Sink = (parts: readonly Uint8Array[]) => Promise<void>;

/** Content up to this is held in memory and compressed in one call. */
export const SMALL_OBJECT = 1024 * 1024;
/** Views of content in memory are handed on in steps of this size. */
const MEMORY_STEP = 1024 * 1024;

export function sizeOf(source: ObjectSource): number {
  return 'bytes' in source ? source.bytes.length : source.size;
}

export function oidOf(type: ObjectType, bytes: Uint8Array): Oid {
  return createHash('sha1').update(objectHeader(type, bytes.length)).update(bytes).digest('hex') as Oid;
}

/** Compressed content of one small object: for a loose object with its header inside. */
export function deflateObject(source: MemoryObject, withHeader: boolean): Uint8Array {
  const worth = source.type !== 'blob' || worthDeflating(source.bytes.length, source.bytes);
  if (!withHeader) return deflateSmall(source.bytes, worth);
  return deflateSmall(concatBytes([objectHeader(source.type, source.bytes.length), source.bytes]), worth);
}

/** Streams a source through the fitting compressor into `sink`; returns its name, computed unless it is `known`. */
export async function copyObject(source: ObjectSource, withHeader: boolean, sink: Sink, known?: Oid): Promise<Oid> {
  const size = sizeOf(source);
  const header = objectHeader(source.type, size);
  const hash = createHash('sha1').update(header);
  let deflater: StoredDeflater | LevelDeflater | undefined;
  let left = size;
  for await (const chunk of chunksOf(source)) {
    left -= chunk.length;
    if (left < 0) throw changedWhileRead(size);
    if (known === undefined) hash.update(chunk);
    if (deflater === undefined) {
      deflater = chooseDeflater(source, size, withHeader ? header.length : 0, chunk, sink);
      if (withHeader) await deflater.write(header);
    }
    await deflater.write(chunk);
  }
  if (left !== 0) throw changedWhileRead(size);
  if (deflater === undefined) await sink([deflateObject({ type: source.type, bytes: new Uint8Array(0) }, withHeader)]);
  else await deflater.finish();
  return known ?? (hash.digest('hex') as Oid);
}

function chooseDeflater(source: ObjectSource, size: number, header: number, beginning: Uint8Array, sink: Sink) {
  if (source.type !== 'blob' || worthDeflating(size, beginning)) return new LevelDeflater(sink);
  return new StoredDeflater(header + size, sink);
}

async function* chunksOf(source: ObjectSource): AsyncIterable<Uint8Array> {
  if (!('bytes' in source)) {
    yield* source.open();
    return;
  }
  for (let at = 0; at < source.bytes.length; at += MEMORY_STEP) yield source.bytes.subarray(at, at + MEMORY_STEP);
}

function changedWhileRead(size: number): At1Error {
  return new At1Error('artifact/changed-while-read', {
    message: 'a file changed its size while it was stored',
    hint: 'try again when nothing writes to it',
    facts: { expected: size },
  });
}
