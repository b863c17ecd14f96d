/**
 * A header of unknown length, read from the front: parsed from a first part, and from a longer one where that was too
 * short. Numbers are exact or refused; either byte order.
 */
import { Cursor } from '../bytes/cursor.js';
import { HEADER_LIMIT, malformed } from './file-shape.js';
import type { HeaderSource } from './header-source.js';

const FIRST_PART = 64 * 1024;
const GROWTH = 8;

/** Parses the header from `start`; `parse` may be called several times. */
export async function readHeader<T>(
  source: HeaderSource,
  start: number,
  parse: (reader: HeaderReader) => T,
): Promise<T> {
  const most = Math.min(source.size - start, HEADER_LIMIT);
  let bytes: Uint8Array = new Uint8Array(0);
  for (let length = Math.min(FIRST_PART, most); ; length = Math.min(length * GROWTH, most)) {
    const more = await source.read(start + bytes.length, length - bytes.length, 'header');
    const grown = new Uint8Array(length);
    grown.set(bytes);
    grown.set(more, bytes.length);
    bytes = grown;
    const reader = new HeaderReader(bytes, source.size - start);
    try {
      return parse(reader);
    } catch (error) {
      if (!reader.ranOut || length === most) throw error;
    }
  }
}

export class HeaderReader {
  readonly #cursor: Cursor;
  /** Bytes from the start of the header to the end of the file. */
  readonly #available: number;
  #ranOut = false;
  bigEndian = false;

  constructor(bytes: Uint8Array, available: number) {
    this.#cursor = new Cursor(bytes, 'file/malformed');
    this.#available = available;
  }

  get offset(): number {
    return this.#cursor.offset;
  }

  /** The file goes on where the part ended. */
  get ranOut(): boolean {
    return this.#ranOut;
  }

  take(length: number, what: string): Uint8Array {
    this.#need(length, what);
    return this.#cursor.take(length, what);
  }

  skip(length: number, what: string): void {
    this.#need(length, what);
    this.#cursor.skip(length, what);
  }

  u32(what: string): number {
    this.#need(4, what);
    return this.bigEndian ? this.#cursor.u32be(what) : this.#cursor.u32le(what);
  }

  /** Below 2^53, or refused. */
  u64(what: string): number {
    const [first, second] = [this.u32(what), this.u32(what)];
    const [high, low] = this.bigEndian ? [first, second] : [second, first];
    const value = high * 2 ** 32 + low;
    if (!Number.isSafeInteger(value)) throw malformed(`${what} is above 2^53`);
    return value;
  }

  #need(length: number, what: string): void {
    if (length <= this.#cursor.remaining) return;
    if (length > this.#available - this.#cursor.offset) throw malformed(`${what} goes beyond the end of the file`);
    this.#ranOut = true;
  }
}
