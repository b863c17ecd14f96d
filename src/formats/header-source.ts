/**
 * Bounded reading of a file's header from anywhere in it: never outside the file, never more bytes in all than a header
 * may have, and small steps from a block that is kept, so that a walk over a large file touches little of it.
 */
import { At1Error } from '../errors.js';
import { HEADER_LIMIT, malformed } from './file-shape.js';

/** Bytes that can be read at any offset: a file, the segments of a registered one, an array. */
export interface RandomAccess {
  /** Exactly `length` bytes from `offset`; asked for only inside the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

const SMALLEST_BLOCK = 4096;
const LARGEST_BLOCK = 256 * 1024;

export class HeaderSource {
  readonly size: number;
  readonly #source: RandomAccess;
  #left = HEADER_LIMIT + LARGEST_BLOCK;
  #block: Uint8Array = new Uint8Array(0);
  #blockAt = 0;

  constructor(source: RandomAccess, size: number) {
    this.size = size;
    this.#source = source;
  }

  async read(offset: number, length: number, what: string): Promise<Uint8Array> {
    const inside = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
    if (!inside || length > this.size || offset > this.size - length) {
      throw malformed(`${what}: ${length} bytes at ${offset} are not inside the file of ${this.size}`);
    }
    if (length > this.#left) throw malformed(`${what}: more than ${HEADER_LIMIT} bytes of header`);
    this.#left -= length;
    if (length === 0) return new Uint8Array(0);
    const bytes = await this.#source.read(offset, length);
    if (bytes.length !== length) {
      throw new At1Error('artifact/changed-while-read', {
        message: `${bytes.length} bytes at ${offset} instead of ${length}`,
        hint: 'wait until nothing writes to it, then run it again',
      });
    }
    return bytes;
  }

  /** The bytes from `offset` on, as many as wanted or as there are; undefined where they are not at hand. */
  peek(offset: number, wanted: number): Uint8Array | undefined {
    const from = offset - this.#blockAt;
    const length = Math.min(wanted, this.size - offset);
    if (from < 0 || length < 0 || from + length > this.#block.length) return undefined;
    return this.#block.subarray(from, from + length);
  }

  /** The same, read if need be: blocks grow while the walk goes straight on, and are small after a leap. */
  async window(offset: number, wanted: number, what: string): Promise<Uint8Array> {
    const known = this.peek(offset, wanted);
    if (known !== undefined) return known;
    const end = this.#blockAt + this.#block.length;
    const straightOn = offset >= this.#blockAt && offset <= end && end > 0;
    const step = straightOn ? Math.min(this.#block.length * 2, LARGEST_BLOCK) : SMALLEST_BLOCK;
    const length = Math.min(Math.max(step, wanted), this.size - offset);
    this.#block = await this.read(offset, length, what);
    this.#blockAt = offset;
    return this.#block.subarray(0, Math.min(wanted, length));
  }
}
