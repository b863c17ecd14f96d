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
 * For pieces that come of what was taken, in the order in which it was taken: views of it, or other memory. What was taken
 * is given back when a piece is done with that comes of a later one.
 */
export class OrderedMemory {
  readonly #memory: SegmentMemory;
  /** What is not given back yet, oldest first. What is forgotten here is for the system to clear away. */
  readonly #taken: { readonly memory: Uint8Array; readonly end: number }[] = [];
  readonly #behind = new WeakMap<Uint8Array, number>();
  #end = 0;

  constructor(memory: SegmentMemory) {
    this.#memory = memory;
  }

  readonly take = (length: number): Uint8Array => {
    const memory = this.#memory.take(length);
    this.#end += length;
    this.#taken.push({ memory, end: this.#end });
    if (this.#taken.length > KEPT) this.#taken.shift();
    return memory;
  };

  /** The first `behind` bytes of all that was taken hold nothing of the piece, and nothing of those after it. */
  readonly comes = (piece: Uint8Array, behind: number): void => {
    this.#behind.set(piece, behind);
  };

  readonly done = (piece: Uint8Array): void => {
    const behind = this.#behind.get(piece) ?? 0;
    const view = this.#taken.findIndex(({ memory }) => memory.buffer === piece.buffer);
    const later = this.#taken.findIndex(({ end }) => end > behind);
    const count = Math.max(view, later, 0);
    for (const { memory } of this.#taken.splice(0, count)) this.#memory.give(memory);
  };

  /** When nobody reads or writes any of it any more. */
  end(): void {
    for (const { memory } of this.#taken.splice(0)) this.#memory.give(memory);
  }
}
