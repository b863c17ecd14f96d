/**
 * Writer of containers in the strict profile. It assembles payloads that are encoded already; which codec and backend a
 * piece of data gets is decided in `packing/`.
 */
import { type Allocate, concatBytes, encodeVarint } from '../bytes/writer.js';
import type { Engines } from '../engines.js';
import { type CodecName, formatBackend } from './format.js';
import { formatCodecFrameHead, formatFrameHead } from './frame.js';
import { formatHead } from './head.js';
import type { Payload } from './payload.js';
import { formatStreamSet, type NamedPayload } from './stream-set.js';
import { formatTrailer } from './trailer.js';

/** A block of data and the payload that yields it. */
export interface Block {
  readonly data: Uint8Array;
  readonly payload: Payload;
}

/** A block of data and the streams that stand for it, for a frame of the container's codec. */
export interface CodecBlock {
  readonly data: Uint8Array;
  readonly streams: StreamSetBytes | readonly NamedPayload[];
}

/** A set of streams as `formatStreamSet` writes it. */
export type StreamSetBytes = Uint8Array;

/** A frame that is longer is not copied to stand in one piece with its head. */
const LONG = 64 * 1024;

/** A whole-mode container. `sha256` is the digest of the data that the payload yields. */
export function writeWhole(payload: Payload, sha256: Uint8Array, allocate?: Allocate): Uint8Array {
  return concatBytes(
    [formatHead('whole'), Uint8Array.of(formatBackend(payload.backend)), payload.bytes, formatTrailer(sha256)],
    allocate,
  );
}

/** A whole-mode container of a codec. `sha256` is the digest of the data that its streams stand for. */
export function writeWholeCodec(
  codec: CodecName,
  streams: StreamSetBytes | readonly NamedPayload[],
  sha256: Uint8Array,
  allocate?: Allocate,
): Uint8Array {
  return concatBytes([formatHead('whole', codec), setOf(streams), formatTrailer(sha256)], allocate);
}

/** A stream-mode container, one frame a block, RAW or of the one codec. The hint is 0: no lines are meant. */
export async function* writeStream(
  blocks: AsyncIterable<Block | CodecBlock> | Iterable<Block | CodecBlock>,
  engines: Engines,
  codec: CodecName = 'raw',
): AsyncGenerator<Uint8Array, void, undefined> {
  const hasher = engines.newSha256();
  yield concatBytes([formatHead('stream', codec), encodeVarint(0)]);
  for await (const block of blocks) {
    hasher.update(block.data);
    const body = 'streams' in block ? setOf(block.streams) : block.payload.bytes;
    const frameHead = 'streams' in block ? formatCodecFrameHead(body) : formatFrameHead(block.payload);
    if (body.length < LONG) yield concatBytes([frameHead, body]);
    else yield* [frameHead, body];
  }
  yield formatTrailer(hasher.digest());
}

function setOf(streams: StreamSetBytes | readonly NamedPayload[]): Uint8Array {
  return streams instanceof Uint8Array ? streams : formatStreamSet(streams);
}
