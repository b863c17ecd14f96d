/** The varint of docs/format/container.md with the errors of a transform: fewest bytes, within a limit. */
import type { Cursor } from '../bytes/cursor.js';

export function readVarint(cursor: Cursor, what: string, limit: number): number {
  const start = cursor.offset;
  const value = cursor.length(what, limit);
  if (cursor.offset - start > 1 && cursor.bytes[cursor.offset - 1] === 0) cursor.fail(`${what} is padded`);
  return value;
}

/** The same for a limit below 2^14, where tables of hundreds are read: without a bigint. */
export function readShortVarint(cursor: Cursor, what: string, limit: number): number {
  const low = cursor.u8(what);
  if (low < 0x80) return low <= limit ? low : cursor.fail(`${what} ${low} exceeds ${limit}`);
  const high = cursor.u8(what);
  const value = (low & 0x7f) | (high << 7);
  if (high === 0 || high >= 0x80 || value > limit) cursor.fail(`${what} is padded or exceeds ${limit}`);
  return value;
}
