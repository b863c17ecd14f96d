/** zlib streams of known length, without ever making more output than was declared. */
import { constants, type InputType, inflate, inflateSync, type ZlibOptions } from 'node:zlib';
import { At1Error } from '../errors.js';

export interface Inflated {
  readonly bytes: Uint8Array;
  /** How much of the input the stream took. */
  readonly consumed: number;
}

/** Signals that the input ended before the stream did: a reader with more input may try again. */
export const NEEDS_INPUT = Symbol('needs input');

/** Exactly `size` bytes; throws `git/invalid-object` for anything else. Bytes after the stream are left alone. */
export function inflateExactly(input: Uint8Array, size: number): Inflated | typeof NEEDS_INPUT {
  try {
    // One byte of room more than needed spares zlib a second round with another buffer.
    const options = { chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(1, size), info: true };
    const { buffer, engine } = inflateWithInfo(input, options);
    if (buffer.length !== size) throw invalid(`inflates to ${buffer.length} bytes instead of ${size}`);
    return { bytes: view(buffer), consumed: engine.bytesWritten };
  } catch (cause) {
    if (cause instanceof At1Error) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'Z_BUF_ERROR') return NEEDS_INPUT;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw invalid(`inflates to more than ${size} bytes`);
    throw invalid('is not valid zlib data', cause);
  }
}

/** Whether the stream holds at least `size` bytes; never makes more than these. Its end is not looked at. */
export function inflatesTo(input: Uint8Array, size: number): boolean | typeof NEEDS_INPUT {
  try {
    return inflateSync(input, { maxOutputLength: Math.max(1, size - 1) }).length >= size;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') return true;
    if (code === 'Z_BUF_ERROR') return NEEDS_INPUT;
    throw invalid('is not valid zlib data', cause);
  }
}

/** Exactly `size` bytes from exactly this input, inflated on another thread; undefined for anything else. */
export async function inflateAside(input: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  const options = { chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(1, size), info: true };
  return new Promise((resolve) => {
    inflate(input, options, (error, result) => {
      const { buffer, engine } = (result ?? {}) as unknown as Partial<WithInfo>;
      const exact = error === null && buffer?.length === size && engine?.bytesWritten === input.length;
      resolve(exact && buffer !== undefined ? view(buffer) : undefined);
    });
  });
}

/** The beginning of what a stream holds, from the beginning of the stream. */
export function inflateStart(input: Uint8Array): Uint8Array {
  try {
    return view(inflateSync(input, { finishFlush: constants.Z_SYNC_FLUSH }));
  } catch (cause) {
    throw invalid('is not valid zlib data', cause);
  }
}

interface WithInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** With `info`, node returns the stream's state beside the output; its types do not say so. */
function inflateWithInfo(input: InputType, options: ZlibOptions): WithInfo {
  return inflateSync(input, options) as unknown as WithInfo;
}

function view(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function invalid(problem: string, cause?: unknown): At1Error {
  return new At1Error('git/invalid-object', { message: `a stored object ${problem}`, cause });
}
