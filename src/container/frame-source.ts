/** Two ways to walk a container without decoding it: a source that can be read anywhere, and one that only flows. */
import { HEAD_LENGTH, TRAILER_LENGTH } from './format.js';
import { TailSource } from './tail-source.js';
import { findTrailer } from './trailer.js';

/** Bytes that can be read at any offset: a file, a blob, an array. */
export interface RandomAccess {
  readonly size: number;
  /** Exactly `length` bytes from `offset`, both within `size`. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A walk from the front to the trailer. */
export interface FrameSource {
  readonly offset: number;
  /** The next bytes before the trailer, fewer than `wanted` only at the end. */
  peek(wanted: number): Promise<Uint8Array>;
  /** Moves on by at most `length` bytes; returns by how many. */
  skip(length: number): Promise<number>;
  /** After the end: the digest in the trailer, if there is one. */
  trailer(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

export function randomAccessTo(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

export async function walkRandomAccess(source: RandomAccess): Promise<FrameSource> {
  const tailLength = Math.max(0, Math.min(TRAILER_LENGTH, source.size - HEAD_LENGTH));
  const digest = findTrailer(await source.read(source.size - tailLength, tailLength));
  const end = digest === undefined ? source.size : source.size - TRAILER_LENGTH;
  let offset = 0;
  return {
    get offset() {
      return offset;
    },
    peek: (wanted) => source.read(offset, Math.min(wanted, end - offset)),
    skip: async (length) => {
      const step = Math.min(length, end - offset);
      offset += step;
      return step;
    },
    trailer: async () => digest,
    close: async () => {},
  };
}

export function walkStream(source: AsyncIterable<Uint8Array>): FrameSource {
  const tail = new TailSource(source);
  // Set once the source has ended without a trailer: what was held back belongs to the body then.
  let leftover: Uint8Array | undefined;
  let digest: Uint8Array | undefined;
  let offset = 0;
  const peek = async (wanted: number): Promise<Uint8Array> => {
    if (leftover !== undefined) return leftover.subarray(0, wanted);
    const available = await tail.available(wanted);
    if (available === wanted || digest !== undefined) return tail.peek(available);
    const rest = await tail.rest();
    // Not in bytes of the head: a file that short has no trailer, from wherever it is read.
    if (offset + available >= HEAD_LENGTH) digest = findTrailer(rest.subarray(available));
    if (digest !== undefined) return tail.peek(available);
    leftover = rest;
    return leftover.subarray(0, wanted);
  };
  return {
    get offset() {
      return offset;
    },
    peek,
    skip: async (length) => {
      let left = length;
      while (left > 0) {
        const step = (await peek(Math.min(left, 65536))).length;
        if (step === 0) break;
        if (leftover === undefined) tail.take(step);
        else leftover = leftover.subarray(step);
        left -= step;
      }
      offset += length - left;
      return length - left;
    },
    trailer: async () => {
      await peek(1);
      return digest;
    },
    close: () => tail.close(),
  };
}
