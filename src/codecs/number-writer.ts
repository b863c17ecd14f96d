/** The mirror of `Numbers`: bytes that grow, with the varints of codecs. */
import { encodeVarint } from '../bytes/writer.js';

const FIRST_CAPACITY = 256;
/** A varint of 64 bits has no more. */
const LONGEST = 10;

export class NumberWriter {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #length = 0;

  u8(byte: number): this {
    this.#need(1);
    this.#bytes[this.#length++] = byte;
    return this;
  }

  bytes(part: Uint8Array): this {
    this.#need(part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
    return this;
  }

  /** Characters up to U+00FF, one byte each. */
  latin1(text: string): this {
    this.#need(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#length++] = text.charCodeAt(i);
    return this;
  }

  /** `uv`: not negative, and exact as a number. */
  uint(value: number): this {
    this.#need(LONGEST);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
    return this;
  }

  /** `sv`: zigzag of a signed 64-bit value. */
  signed(value: number | bigint): this {
    if (typeof value === 'number' && Math.abs(value) < 2 ** 51)
      return this.uint(value < 0 ? -2 * value - 1 : 2 * value);
    const exact = BigInt(value);
    return this.bytes(encodeVarint(exact < 0n ? -2n * exact - 1n : 2n * exact));
  }

  /** `lp` of a text of characters up to U+00FF. */
  string(text: string): this {
    return this.uint(text.length).latin1(text);
  }

  /** A view; the writer is used up. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #need(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
