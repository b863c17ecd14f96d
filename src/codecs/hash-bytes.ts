/** FNV-1a of a part of bytes, for tables where two texts of one hash cost a little space and nothing worse. */

export const HASH_PRIME = 0x01000193;

export function hashBytes(data: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (data[i] as number), HASH_PRIME);
  return hash >>> 0;
}
