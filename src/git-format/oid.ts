/**
 * Names and bytes of git objects (SHA-1 repositories only) and the interface every reader of them has.
 * Nothing here reads a repository: `git/` does.
 */

import { fromHex, toHex, utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';

declare const oidBrand: unique symbol;

/** The name of a git object: 40 lower-case hex digits. */
export type Oid = string & { readonly [oidBrand]: true };

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

/** An object as it is stored, without its header. The bytes are shared with caches: never write to them. */
export interface GitObject {
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
}

export interface ObjectReader {
  /**
   * The object, re-hashed against its name; throws `git/object-missing`, `git/invalid-object`. One of more than `limit`
   * bytes is refused with `git/object-too-large`, before it is inflated where the reader can tell.
   */
  read(oid: Oid, limit?: number): Promise<GitObject>;
}

export function isOid(text: string): text is Oid {
  if (text.length !== 40) return false;
  for (let i = 0; i < 40; i++) {
    const c = text.charCodeAt(i);
    if (!((c >= 48 && c <= 57) || (c >= 97 && c <= 102))) return false;
  }
  return true;
}

/** Throws `git/invalid-object` for anything but 40 lower-case hex digits. */
export function parseOid(text: string): Oid {
  if (!isOid(text)) throw new At1Error('git/invalid-object', { message: `not an object id: '${text.slice(0, 80)}'` });
  return text;
}

/**
 * Whether what this clone stores is no object of that name any more (the fact `damaged` of readers): another clone can read
 * it, while an object that git could not have made is the same everywhere, and a property of the history.
 */
export function isDamage(error: unknown): boolean {
  return error instanceof At1Error && error.facts.damaged === true;
}

/** From the 20 bytes that trees and packs hold. */
export function oidFromBytes(bytes: Uint8Array): Oid {
  if (bytes.length !== 20) throw new RangeError(`an object id has 20 bytes, not ${bytes.length}`);
  return toHex(bytes) as Oid;
}

export function oidToBytes(oid: Oid): Uint8Array {
  return fromHex(oid) as Uint8Array;
}

export function isObjectType(text: string): text is ObjectType {
  return text === 'commit' || text === 'tree' || text === 'blob' || text === 'tag';
}

/** What git hashes and deflates in front of the content: `blob 12\0`. */
export function objectHeader(type: ObjectType, size: number): Uint8Array {
  return utf8(`${type} ${size}\0`);
}

export function hashObject(type: ObjectType, bytes: Uint8Array, sha1: (data: Uint8Array) => Uint8Array): Oid {
  return oidFromBytes(sha1(concatBytes([objectHeader(type, bytes.length), bytes])));
}
