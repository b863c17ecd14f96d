/**
 * Memory for segments, used again and again and shared between threads: fresh memory for every 8 MiB costs as much as
 * hashing it. Whoever takes a piece and does not give it back only loses the gain.
 */
import { SEGMENT_SIZE } from '../store/read-segments.js';

/** Shorter pieces are ordinary memory: they are neither slow to make nor worth another thread. */
export const SHARED_FROM = 1024 * 1024;
/** A segment and the container around it. */
const CAPACITY = SEGMENT_SIZE + 64 * 1024;
/** Kept for the next user. Many threads use more at once, and then some are made anew. */
const KEPT = 8;

export class SegmentMemory {
  readonly #free: SharedArrayBuffer[] = [];
  readonly #made = new WeakSet<ArrayBufferLike>();
  #last: Uint8Array | undefined;

  /** Filled with whatever was there before. */
  readonly take = (length: number): Uint8Array => {
    if (length < SHARED_FROM || length > CAPACITY) return new Uint8Array(length);
    return new Uint8Array(this.#free.pop() ?? this.#make(), 0, length);
  };

  #make(): SharedArrayBuffer {
    const buffer = new SharedArrayBuffer(CAPACITY);
    this.#made.add(buffer);
    return buffer;
  }

  /** Nobody may use the bytes, or any view of the same memory, after this. */
  give({ buffer }: Uint8Array): void {
    if (!(buffer instanceof SharedArrayBuffer) || buffer.byteLength !== CAPACITY) return;
    if (this.#free.length < KEPT && !this.#free.includes(buffer)) this.#free.push(buffer);
  }

  /**
   * For pieces that are views of what was taken, one or several of each, in the order in which it was taken: each is given
   * back when a piece of the next one is done with. Pieces of other memory may come between two of one: they say nothing.
   */
  readonly giveInOrder = (piece: Uint8Array): void => {
    if (!this.#made.has(piece.buffer)) return;
    if (this.#last !== undefined && this.#last.buffer !== piece.buffer) this.give(this.#last);
    this.#last = piece;
  };
}
