/**
 * Bounded reader for binary formats: every read is checked against what is there before anything is made.
 * Errors are `container/malformed` unless the caller names another code for its format.
 */
import { At1Error, type ErrorCode } from '../errors.js';

/** Most bytes of a 64-bit varint. */
const VARINT_LIMIT = 10;

export class Cursor {
  readonly bytes: Uint8Array;
  readonly #code: ErrorCode;
  #offset: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, code: ErrorCode = 'container/malformed', start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.#code = code;
    this.#offset = start;
    this.#end = end;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#end - this.#offset;
  }

  /** A view (not a copy) of the next `length` bytes. */
  take(length: number, what = 'bytes'): Uint8Array {
    this.#need(length, what);
    const view = this.bytes.subarray(this.#offset, this.#offset + length);
    this.#offset += length;
    return view;
  }

  /** Moves on as `take` does, and hands nothing out. */
  skip(length: number, what = 'bytes'): void {
    this.#need(length, what);
    this.#offset += length;
  }

  rest(): Uint8Array {
    return this.take(this.remaining);
  }

  u8(what = 'byte'): number {
    // Without a view of it: walks over millions of tiny blocks come through here.
    this.#need(1, what);
    return this.bytes[this.#offset++] as number;
  }

  u24le(what = 'u24'): number {
    this.#need(3, what);
    const { bytes } = this;
    const at = this.#offset;
    this.#offset += 3;
    return (bytes[at] as number) + 256 * (bytes[at + 1] as number) + 65_536 * (bytes[at + 2] as number);
  }

  u32be(what = 'u32'): number {
    const b = this.take(4, what);
    return new DataView(b.buffer, b.byteOffset, 4).getUint32(0, false);
  }

  u32le(what = 'u32'): number {
    // Without a view, as above: headers have hundreds of thousands of lengths.
    this.#need(4, what);
    const b = this.bytes;
    const at = this.#offset;
    this.#offset = at + 4;
    const [b0, b1, b2, b3] = [b[at] as number, b[at + 1] as number, b[at + 2] as number, b[at + 3] as number];
    return (b0 | (b1 << 8) | (b2 << 16) | (b3 << 24)) >>> 0;
  }

  u64le(what = 'u64'): bigint {
    const b = this.take(8, what);
    return new DataView(b.buffer, b.byteOffset, 8).getBigUint64(0, true);
  }

  /** Little-endian base-128, at most 10 bytes, at most 2^64 - 1. */
  varint(what = 'varint'): bigint {
    let value = 0n;
    for (let i = 0; i < VARINT_LIMIT; i++) {
      const byte = this.u8(what);
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) {
        if (value >= 1n << 64n) this.fail(`${what} exceeds 64 bits`);
        return value;
      }
    }
    return this.fail(`${what} is longer than ${VARINT_LIMIT} bytes`);
  }

  /** A varint that must be an exact JavaScript number and, if given, at most `limit`. */
  length(what = 'length', limit = Number.MAX_SAFE_INTEGER): number {
    // Most are of one byte, and some formats have millions of them.
    const first = this.remaining > 0 ? (this.bytes[this.#offset] as number) : 0x80;
    if (first < 0x80 && first <= limit) {
      this.#offset++;
      return first;
    }
    const value = this.varint(what);
    if (value > BigInt(limit)) this.fail(`${what} ${value} exceeds ${limit} available`);
    return Number(value);
  }

  expectEnd(what = 'data'): void {
    if (this.remaining !== 0) this.fail(`${this.remaining} bytes after the end of ${what}`);
  }

  fail(message: string): never {
    throw new At1Error(this.#code, { message: `${message} (at offset ${this.#offset})` });
  }

  #need(length: number, what: string): void {
    if (!Number.isSafeInteger(length) || length < 0 || length > this.remaining) {
      this.fail(`${what}: length ${length} exceeds ${this.remaining} available`);
    }
  }
}
