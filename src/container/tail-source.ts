/**
 * Reads a byte stream forwards while holding back its last 36 bytes, which may be the trailer. Keeps no more than what
 * was asked for, plus one chunk of the source.
 */
import { concatBytes } from '../bytes/writer.js';
import { TRAILER_LENGTH } from './format.js';

/** Shorter than this on average, chunks are put together. */
const LONG_PART = 1024 * 1024;

export class TailSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #parts: Uint8Array[] = [];
  #buffered = 0;
  #ended = false;
  #taken = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** Bytes that were taken so far. */
  get taken(): number {
    return this.#taken;
  }

  /** How many bytes before the held-back tail can be taken now: `wanted` at most, fewer only at the end. */
  async available(wanted: number): Promise<number> {
    while (!this.#ended && this.#buffered < wanted + TRAILER_LENGTH) {
      const next = await this.#chunks.next();
      if (next.done === true) this.#ended = true;
      else if (next.value.length > 0) {
        this.#parts.push(next.value);
        this.#buffered += next.value.length;
      }
    }
    return Math.max(0, Math.min(wanted, this.#buffered - TRAILER_LENGTH));
  }

  /** A view or copy of bytes that `available` has promised, which stay to be taken. */
  peek(length: number): Uint8Array {
    this.#gather(length);
    return length === 0 ? new Uint8Array(0) : (this.#parts[0] as Uint8Array).subarray(0, length);
  }

  take(length: number): Uint8Array {
    const bytes = this.peek(length);
    if (length > 0) {
      const first = this.#parts[0] as Uint8Array;
      if (first.length === length) this.#parts.shift();
      else this.#parts[0] = first.subarray(length);
      this.#buffered -= length;
      this.#taken += length;
    }
    return bytes;
  }

  /** As `take`, but as views of the chunks where these are long: then nothing is copied. */
  takeParts(length: number): Uint8Array[] {
    if (this.#isInShortParts(length)) return [this.take(length)];
    const parts: Uint8Array[] = [];
    for (let left = length; left > 0; ) {
      const part = this.take(Math.min(left, (this.#parts[0] as Uint8Array).length));
      parts.push(part);
      left -= part.length;
    }
    return parts;
  }

  /** Whether the next bytes lie in pieces so short that whoever goes through them is better off with a copy. */
  #isInShortParts(length: number): boolean {
    let count = 0;
    for (let left = length; left > 0; left -= (this.#parts[count++] as Uint8Array).length);
    return count > 2 + length / LONG_PART;
  }

  /** Everything that is left once the source has ended: the tail of at most 36 bytes, or what was not taken before it. */
  async rest(): Promise<Uint8Array> {
    while (!this.#ended) await this.available(this.#buffered + 1);
    this.#parts = [concatBytes(this.#parts)];
    return this.#parts[0] as Uint8Array;
  }

  /** Tells the source that no more will be read. */
  async close(): Promise<void> {
    this.#parts = [];
    this.#buffered = 0;
    if (!this.#ended) await this.#chunks.return?.();
    this.#ended = true;
  }

  /** Makes the first `length` bytes one part. */
  #gather(length: number): void {
    if (length === 0 || (this.#parts[0] as Uint8Array).length >= length) return;
    let count = 0;
    let gathered = 0;
    while (gathered < length) gathered += (this.#parts[count++] as Uint8Array).length;
    const parts = this.#parts.splice(0, count);
    const last = parts[parts.length - 1] as Uint8Array;
    const surplus = gathered - length;
    if (surplus > 0) {
      parts[parts.length - 1] = last.subarray(0, last.length - surplus);
      this.#parts.unshift(last.subarray(last.length - surplus));
    }
    this.#parts.unshift(concatBytes(parts));
  }
}
