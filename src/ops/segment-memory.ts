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

  /** Filled with whatever was there before. */
  readonly take = (length: number): Uint8Array => {
    if (length < SHARED_FROM || length > CAPACITY) return new Uint8Array(length);
    return new Uint8Array(this.#free.pop() ?? new SharedArrayBuffer(CAPACITY), 0, length);
  };

  /** Nobody may use the bytes, or any view of the same memory, after this. */
  give({ buffer }: Uint8Array): void {
    if (!(buffer instanceof SharedArrayBuffer) || buffer.byteLength !== CAPACITY) return;
    if (this.#free.length < KEPT && !this.#free.includes(buffer)) this.#free.push(buffer);
  }

  /** For one stream of pieces; several may be on their way at once. */
  inOrder(): OrderedMemory {
    return new OrderedMemory(this);
  }
}

/**
 * For pieces that are views of what was taken, one or several of each, in the order in which it was taken: all that was
 * taken before is given back when a piece of the next one is done with. Pieces of other memory may come between two of one:
 * they say nothing.
 */
export class OrderedMemory {
  readonly #memory: SegmentMemory;
  /** What is not given back yet, oldest first. What is forgotten here is for the system to clear away. */
  readonly #taken: Uint8Array[] = [];

  constructor(memory: SegmentMemory) {
    this.#memory = memory;
  }

  readonly take = (length: number): Uint8Array => {
    const taken = this.#memory.take(length);
    this.#taken.push(taken);
    if (this.#taken.length > KEPT) this.#taken.shift();
    return taken;
  };

  readonly done = (piece: Uint8Array): void => {
    const at = this.#taken.findIndex(({ buffer }) => buffer === piece.buffer);
    if (at > 0) for (const taken of this.#taken.splice(0, at)) this.#memory.give(taken);
  };

  /** When nobody reads or writes any of it any more. */
  end(): void {
    for (const taken of this.#taken.splice(0)) this.#memory.give(taken);
  }
}
