/** The output of a codec while it grows: never longer than its limit, and never much more memory than what is in it. */
import { overLimit } from '../container/format.js';

const FIRST_CAPACITY = 4096;

export class Output {
  readonly #limit: number;
  #bytes: Uint8Array;
  #length = 0;

  /** `limit`: most bytes; one more is `container/limit`. */
  constructor(limit: number) {
    this.#limit = limit;
    this.#bytes = new Uint8Array(Math.min(limit, FIRST_CAPACITY));
  }

  get length(): number {
    return this.#length;
  }

  u8(byte: number): void {
    this.#need(1);
    this.#bytes[this.#length++] = byte;
  }

  bytes(part: Uint8Array): void {
    this.#need(part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
  }

  /** Characters up to U+007F, for numbers and punctuation. */
  ascii(text: string): void {
    this.#need(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#length++] = text.charCodeAt(i);
  }

  /** What was written; a view where that wastes little. The output is used up. */
  finish(): Uint8Array {
    const all = this.#bytes.subarray(0, this.#length);
    return this.#length * 2 < this.#bytes.length ? all.slice() : all;
  }

  #need(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    if (needed > this.#limit) throw overLimit('output of the codec', needed, this.#limit);
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, 2 * this.#bytes.length)));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
