/** zlib data of a known size from node:zlib, which enforces the cap while it inflates. */
import { inflateSync } from 'node:zlib';
import { At1Error } from '../errors.js';

/** Exactly `size` bytes that use up all input; throws `git/invalid-object`. */
export function inflate(data: Uint8Array, size: number): Uint8Array {
  let result: Inflated;
  try {
    // `info` makes it return the engine too, which knows how much input it took; the types do not know about that.
    result = inflateSync(data, { maxOutputLength: Math.max(1, size), info: true }) as unknown as Inflated;
  } catch (cause) {
    throw new At1Error('git/invalid-object', { message: 'zlib data is damaged or longer than expected', cause });
  }
  const { buffer, engine } = result;
  if (buffer.length !== size) {
    throw new At1Error('git/invalid-object', { message: `zlib data yields ${buffer.length} bytes, expected ${size}` });
  }
  if (engine.bytesWritten !== data.length) {
    throw new At1Error('git/invalid-object', { message: 'bytes after the end of zlib data' });
  }
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

interface Inflated {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}
