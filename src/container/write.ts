/**
 * Writer of RAW containers in the strict profile. It assembles payloads that are encoded already; which backend a piece
 * of data gets is decided in `packing/`.
 */
import { type Allocate, concatBytes, encodeVarint } from '../bytes/writer.js';
import type { Engines } from '../engines.js';
import { formatBackend } from './format.js';
import { formatFrame } from './frame.js';
import { formatHead } from './head.js';
import type { Payload } from './payload.js';
import { formatTrailer } from './trailer.js';

/** A block of data and the payload that yields it. */
export interface Block {
  readonly data: Uint8Array;
  readonly payload: Payload;
}

/** A whole-mode container. `sha256` is the digest of the data that the payload yields. */
export function writeWhole(payload: Payload, sha256: Uint8Array, allocate?: Allocate): Uint8Array {
  return concatBytes(
    [formatHead('whole'), Uint8Array.of(formatBackend(payload.backend)), payload.bytes, formatTrailer(sha256)],
    allocate,
  );
}

/** A stream-mode container, one RAW frame a block. The hint is 0: no lines are meant. */
export async function* writeStream(
  blocks: AsyncIterable<Block> | Iterable<Block>,
  engines: Engines,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hasher = engines.newSha256();
  yield concatBytes([formatHead('stream'), encodeVarint(0)]);
  for await (const block of blocks) {
    hasher.update(block.data);
    yield formatFrame(block.payload);
  }
  yield formatTrailer(hasher.digest());
}
