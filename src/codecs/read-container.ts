/**
 * Decodes containers of every codec but bundles. The strict reader in `container/` checks structure, limits, trailer and
 * digest; here a stream set becomes output.
 */
import { concatBytes } from '../bytes/writer.js';
import { CODEC_RAW, MAX_WHOLE_OUTPUT } from '../container/format.js';
import { readHead } from '../container/head.js';
import type { ReadOptions } from '../container/limits.js';
import { decodeWhole } from '../container/read.js';
import { decodeStream, type RunCodec } from '../container/read-stream.js';
import type { Engines } from '../engines.js';
import { decodeCodec } from './decode-codec.js';
import { decodeStreams } from './streams.js';

/**
 * The output in order, one frame in memory at a time; throws `container/*`. It comes before its digest is known: write it
 * to a temporary file and drop that on an error.
 */
export function decodeContainerStream(
  source: AsyncIterable<Uint8Array>,
  engines: Engines,
  options: ReadOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  return decodeStream(source, engines, options, runCodecWith(engines));
}

/** A complete container; throws `container/*`. The output is handed out only after its digest was compared. */
export async function decodeContainer(
  container: Uint8Array,
  engines: Engines,
  options: ReadOptions = {},
): Promise<Uint8Array> {
  if (readHead(container).codec === CODEC_RAW) return decodeWhole(container, engines, options);
  const maxOutput = options.maxOutput ?? options.size ?? MAX_WHOLE_OUTPUT;
  const parts: Uint8Array[] = [];
  for await (const part of decodeContainerStream(onceFrom(container), engines, { ...options, maxOutput })) {
    parts.push(part);
  }
  return parts.length === 1 ? (parts[0] as Uint8Array) : concatBytes(parts);
}

function runCodecWith(engines: Engines): RunCodec {
  return async (codec, streams, limit) => decodeCodec(codec, await decodeStreams(streams, engines), limit, engines);
}

/** Bytes as a source that flows. */
export async function* onceFrom(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
