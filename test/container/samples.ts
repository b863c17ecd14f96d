/** Small containers of every kind for the tests in this folder, and ways to put broken ones together. */
import { concatBytes } from '../../src/bytes/writer.js';
import type { Backend } from '../../src/container/format.js';
import { encodePayload } from '../../src/container/payload.js';
import { formatTrailer } from '../../src/container/trailer.js';
import { type Block, writeStream, writeWhole } from '../../src/container/write.js';
import type { Engines } from '../../src/engines.js';
import { collectBytes } from '../helpers/byte-stream.js';

export const BACKENDS: readonly Backend[] = ['stored', 'zstd', 'xz'];
const LEVELS = { stored: 0, zstd: 3, xz: 6 } as const;

export async function block(data: Uint8Array, backend: Backend, engines: Engines): Promise<Block> {
  return { data, payload: await encodePayload(backend, data, LEVELS[backend], engines) };
}

export async function wholeOf(data: Uint8Array, backend: Backend, engines: Engines): Promise<Uint8Array> {
  return writeWhole((await block(data, backend, engines)).payload, engines.sha256(data));
}

export async function streamOf(
  parts: readonly { readonly data: Uint8Array; readonly backend: Backend }[],
  engines: Engines,
): Promise<Uint8Array> {
  const blocks = await Promise.all(parts.map((part) => block(part.data, part.backend, engines)));
  return collectBytes(writeStream(blocks, engines));
}

/** Any bytes as a container with a trailer that claims the digest of `output`. */
export function withTrailer(
  engines: Engines,
  output: Uint8Array,
  ...parts: (Uint8Array | readonly number[])[]
): Uint8Array {
  return concatBytes([...parts.map((part) => Uint8Array.from(part)), formatTrailer(engines.sha256(output))]);
}

export const WHOLE_HEAD = [0x41, 0x54, 0x31, 2, 255];
export const STREAM_HEAD = [0x41, 0x54, 0x31, 3, 255];
