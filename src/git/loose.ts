/** Loose objects: one zlib file each, `objects/ab/cdef…`. */

import { join } from 'node:path';
import { At1Error } from '../errors.js';
import { closeSync, fstatSync, open, openSync, readSync, statSync } from '../files/node-fs.js';
import { type GitObject, isObjectType, type ObjectType, type Oid, objectHeader } from '../git-format/oid.js';
import { inflateAside, inflateExactly, inflateStart, inflatesTo, NEEDS_INPUT } from './inflate.js';
import { checkSize } from './pack.js';

/** Enough for `commit 9007199254740991` and its NUL: the code tables of a deflate block come first, some 300 bytes at most. */
const PEEK_BYTES = 1024;
const HEADER_LIMIT = 32;

export function loosePath(objectsDir: string, oid: Oid): string {
  return join(objectsDir, oid.slice(0, 2), oid.slice(2));
}

interface Opened {
  readonly file: number;
  /** Compressed. */
  readonly length: number;
  readonly type: ObjectType;
  readonly size: number;
  /** Length of the header within the inflated data. */
  readonly headerLength: number;
}

/** Not yet checked against its name; undefined where there is no such file. */
export function readLoose(objectsDir: string, oid: Oid, limit: number): GitObject | undefined {
  return withLoose(objectsDir, oid, ({ file, length, type, size, headerLength }) => {
    if (size > limit && !holdsMore(file, length, headerLength + limit)) return fail(oid, 'has not the size it states');
    checkSize(size, limit);
    // A stream longer than zlib ever makes of this size is not read: it cannot be what git wrote.
    checkSize(length, limit + (limit >>> 4) + 4096);
    const input = readUpTo(file, length);
    const inflated = inflateExactly(input, headerLength + size);
    if (inflated === NEEDS_INPUT) return fail(oid, 'is cut short');
    if (inflated.consumed !== length) return fail(oid, 'has bytes after its end');
    return { type, bytes: inflated.bytes.subarray(headerLength) };
  });
}

/** Read as far as zlib would ever write that much; a file that goes on after it says nothing against its size. */
function holdsMore(file: number, length: number, size: number): boolean {
  const room = Math.min(length, size + (size >>> 4) + 4096);
  const reaches = inflatesTo(readUpTo(file, room), size + 1);
  return reaches === true || (reaches === NEEDS_INPUT && room < length);
}

/**
 * Whether the loose blob of this name holds exactly these bytes: read and inflated on other threads, compared, never
 * hashed. Undefined where there is no such file.
 */
export async function looseEquals(objectsDir: string, oid: Oid, bytes: Uint8Array): Promise<boolean | undefined> {
  const path = loosePath(objectsDir, oid);
  const stored = statSync(path, { throwIfNoEntry: false });
  if (stored === undefined) return undefined;
  const header = objectHeader('blob', bytes.length);
  const size = header.length + bytes.length;
  if (stored.size > size + (size >>> 4) + 4096) return false;
  const inflated = await inflateAside(await readWhole(path, stored.size), size);
  return (
    inflated !== undefined &&
    Buffer.compare(inflated.subarray(0, header.length), header) === 0 &&
    Buffer.compare(inflated.subarray(header.length), bytes) === 0
  );
}

async function readWhole(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => undefined);
  try {
    const { buffer, bytesRead } = (await file?.read(Buffer.allocUnsafeSlow(length), 0, length, 0)) ?? {};
    return buffer?.subarray(0, bytesRead) ?? new Uint8Array(0);
  } finally {
    await file?.close();
  }
}

/** Type and size as the header states them. */
export function statLoose(objectsDir: string, oid: Oid): { type: ObjectType; size: number } | undefined {
  return withLoose(objectsDir, oid, ({ type, size }) => ({ type, size }));
}

function withLoose<Result>(objectsDir: string, oid: Oid, use: (opened: Opened) => Result): Result | undefined {
  const path = loosePath(objectsDir, oid);
  // Asking first is far cheaper than an exception for every object that is packed.
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return undefined;
  // To open a named pipe would be to wait for whoever made it.
  if (!there.isFile()) return fail(oid, 'is not a file');
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const { size: length } = fstatSync(file);
    return use({ file, length, ...readHeader(oid, readUpTo(file, Math.min(length, PEEK_BYTES))) });
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path);
  } catch (error) {
    // `git gc` may have packed and removed it since.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function readHeader(oid: Oid, peek: Uint8Array): { type: ObjectType; size: number; headerLength: number } {
  const start = inflateStart(peek).subarray(0, HEADER_LIMIT);
  const nul = start.indexOf(0);
  const text = String.fromCharCode(...start.subarray(0, Math.max(0, nul)));
  const match = /^([a-z]+) (0|[1-9]\d{0,15})$/.exec(text);
  const type = match?.[1] ?? '';
  if (!isObjectType(type)) return fail(oid, 'has no valid header');
  return { type, size: Number(match?.[2]), headerLength: nul + 1 };
}

function readUpTo(file: number, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, out, done, length - done, done);
    if (count === 0) break;
    done += count;
  }
  return out.subarray(0, done);
}

function fail(oid: Oid, problem: string): never {
  throw new At1Error('git/invalid-object', { message: `the loose object ${oid} ${problem}`, facts: { oid } });
}
