/**
 * The original in a container, read anywhere although it can only be decoded from the front: what lies ahead is decoded,
 * what was passed a little while ago is kept, and for anything further back it is decoded once more, a few times at most.
 */
import { At1Error } from '../errors.js';

const KEPT_BYTES = 1024 * 1024;
/** Shorter chunks are put together: a container may consist of frames of one byte. */
const CHUNK = 64 * 1024;
const STARTS_LIMIT = 16;

export class DecodedSource {
  readonly #decode: () => AsyncIterable<Uint8Array>;
  #chunks: AsyncIterator<Uint8Array> | undefined;
  #starts = 0;
  /** What is at hand: in order, up to where the decoder is. */
  #kept: Uint8Array[] = [];
  #start = 0;
  #end = 0;
  /** The memory of the last of them, where it has room for more. */
  #room = new Uint8Array(0);

  constructor(decode: () => AsyncIterable<Uint8Array>) {
    this.#decode = decode;
  }

  /** These bytes, or as many of them as there are. Throws what decoding throws, `container/limit` for too many leaps back. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const chunks = this.#chunks === undefined || offset < this.#start ? await this.#restart() : this.#chunks;
    const into = new Uint8Array(length);
    let at = this.#start;
    for (const chunk of this.#kept) {
      copyPart(into, offset, chunk, at);
      at += chunk.length;
    }
    while (this.#end < offset + length) {
      const next = await chunks.next();
      if (next.done === true) break;
      copyPart(into, offset, next.value, this.#end);
      this.#keep(next.value);
    }
    return into.subarray(0, Math.max(0, Math.min(length, this.#end - offset)));
  }

  async close(): Promise<void> {
    await this.#chunks?.return?.();
    this.#chunks = undefined;
  }

  #keep(chunk: Uint8Array): void {
    const last = this.#kept.at(-1);
    if (last !== undefined && last.length + chunk.length <= this.#room.length) {
      this.#room.set(chunk, last.length);
      this.#kept[this.#kept.length - 1] = this.#room.subarray(0, last.length + chunk.length);
    } else if (chunk.length < CHUNK) {
      this.#room = new Uint8Array(CHUNK);
      this.#room.set(chunk);
      this.#kept.push(this.#room.subarray(0, chunk.length));
    } else {
      this.#room = new Uint8Array(0);
      this.#kept.push(chunk);
    }
    this.#end += chunk.length;
    while (this.#kept.length > 1 && this.#end - this.#start - (this.#kept[0] as Uint8Array).length >= KEPT_BYTES) {
      this.#start += (this.#kept.shift() as Uint8Array).length;
    }
  }

  async #restart(): Promise<AsyncIterator<Uint8Array>> {
    await this.close();
    if (++this.#starts > STARTS_LIMIT) {
      throw new At1Error('container/limit', {
        message: `what is asked of this container would decode it more than ${STARTS_LIMIT} times`,
        hint: 'at1 unpack it first',
      });
    }
    this.#kept = [];
    this.#room = new Uint8Array(0);
    this.#start = 0;
    this.#end = 0;
    const chunks = this.#decode()[Symbol.asyncIterator]();
    this.#chunks = chunks;
    return chunks;
  }
}

/** What of `chunk`, which lies at `at`, belongs into the bytes from `offset` on. */
function copyPart(into: Uint8Array, offset: number, chunk: Uint8Array, at: number): void {
  if (at >= offset + into.length || at + chunk.length <= offset) return;
  const part = chunk.subarray(Math.max(0, offset - at), Math.min(chunk.length, offset + into.length - at));
  into.set(part, Math.max(0, at - offset));
}
