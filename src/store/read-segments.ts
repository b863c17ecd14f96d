/**
 * Cuts a file or a stream into pieces of exactly one size (the last may be shorter) with flat memory: every piece is a
 * fresh buffer, and while one is being used the next is read, so that two or three are alive. No bytes, no pieces.
 */
import type { Allocate } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import type { ByteSource } from './atomic.js';
import { changedWhileRead, readExactly } from './read-file.js';

export const SEGMENT_SIZE = 8 * 1024 * 1024;

export interface ReadableAt {
  read(into: Uint8Array, position: number): Promise<number>;
}

export interface SegmentOptions {
  /** Bytes of every piece but the last; default 8 MiB. */
  readonly segmentSize?: number | undefined;
  /** Named in errors. */
  readonly path?: string | undefined;
  /** Memory of the pieces that are read from a file; default fresh. */
  readonly allocate?: Allocate | undefined;
}

/** The first `size` bytes of an open file; `artifact/changed-while-read` where it has fewer or more. */
export async function* readInSegments(
  file: ReadableAt,
  size: number,
  options: SegmentOptions = {},
): AsyncGenerator<Uint8Array> {
  const segmentSize = checkedSize(options);
  const path = options.path ?? 'the file';
  const allocate = options.allocate ?? ((length) => new Uint8Array(length));
  const readPiece = (at: number) => {
    const reading = readExactly(file, path, at, allocate(Math.max(0, Math.min(segmentSize, size - at))));
    // A failure is reported when the piece is asked for; until then it is not an unhandled rejection.
    reading.catch(() => undefined);
    return reading;
  };
  let next = readPiece(0);
  try {
    for (let at = 0; at < size; at += segmentSize) {
      const piece = await next;
      next = readPiece(at + segmentSize);
      yield piece;
    }
  } finally {
    // The caller closes the file after this; a read that it no longer wants must be over by then.
    await next.catch(() => undefined);
  }
  if ((await file.read(new Uint8Array(1), size)) !== 0) throw changedWhileRead(path);
}

/** The same cuts from bytes or a stream of chunks of any size; with `size`, another total is an error. */
export async function* cutInSegments(
  source: ByteSource,
  options: SegmentOptions & { readonly size?: number | undefined } = {},
): AsyncGenerator<Uint8Array> {
  const segmentSize = checkedSize(options);
  let total = 0;
  let piece = new Uint8Array(0);
  let filled = 0;
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    total += chunk.length;
    if (options.size !== undefined && total > options.size) throw wrongSize(options.size, total);
    for (let at = 0; at < chunk.length; ) {
      // Not allocated before there is something to put in, and not larger than a known rest.
      if (filled === 0) piece = new Uint8Array(pieceSize(segmentSize, options.size, total - (chunk.length - at)));
      const part = chunk.subarray(at, at + piece.length - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === piece.length) {
        yield piece;
        filled = 0;
      }
    }
  }
  if (options.size !== undefined && total !== options.size) throw wrongSize(options.size, total);
  if (filled > 0) yield piece.slice(0, filled);
}

function pieceSize(segmentSize: number, size: number | undefined, used: number): number {
  return size === undefined ? segmentSize : Math.min(segmentSize, size - used);
}

function checkedSize(options: SegmentOptions): number {
  const size = options.segmentSize ?? SEGMENT_SIZE;
  if (!Number.isSafeInteger(size) || size <= 0) throw new RangeError(`segment size ${size}`);
  return size;
}

function wrongSize(expected: number, found: number): At1Error {
  return new At1Error('artifact/changed-while-read', {
    message: found > expected ? `more than the announced ${expected} bytes` : `${found} bytes instead of ${expected}`,
    facts: { expected, found },
  });
}
