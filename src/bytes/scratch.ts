/**
 * Memory for what is long and soon done with, used again and again: to touch fresh memory costs as much as to compress into
 * it. Whoever takes some and does not give it back only loses the gain.
 */

/** Shorter is neither slow to make nor worth keeping; longer is rare. */
export const SCRATCH_FROM = 256 * 1024;
const CAPACITY = 8 * 1024 * 1024 + 64 * 1024;
const KEPT = 8;

const free: ArrayBuffer[] = [];
/** What is in use. By the array and not its buffer, so that what is given back twice does not end its next use. */
const lent = new WeakSet<Uint8Array>();

/** Filled with whatever was there before. */
export function takeScratch(length: number): Uint8Array {
  if (length < SCRATCH_FROM || length > CAPACITY) return new Uint8Array(length);
  const buffer = free.pop() ?? new ArrayBuffer(CAPACITY);
  const bytes = new Uint8Array(buffer, 0, length);
  lent.add(bytes);
  return bytes;
}

/** Nobody may use the bytes, or any view of them, after this. Does nothing for an array that was not taken here. */
export function giveScratch(bytes: Uint8Array): void {
  if (lent.delete(bytes) && free.length < KEPT) free.push(bytes.buffer as ArrayBuffer);
}
