/** The strict form of the container's unsigned varint: minimal, at most 10 bytes, below 2^64, an exact number. */
import type { Cursor } from '../bytes/cursor.js';
import { malformed, notStrict } from './format.js';

/** Reads one varint; a padded form is `container/not-strict`, anything else wrong `container/malformed`. */
export function readVarint(cursor: Cursor, what: string): number {
  const start = cursor.offset;
  const value = cursor.varint(what);
  const length = cursor.offset - start;
  if (length > 1 && cursor.bytes[cursor.offset - 1] === 0) {
    throw notStrict(`${what} is a varint of ${length} bytes with leading zeros`);
  }
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed(`${what} ${value} is not a size`);
  return Number(value);
}
