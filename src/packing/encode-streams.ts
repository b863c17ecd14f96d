/** Streams of a codec with a backend each, used only where they give back the very same bytes: docs/format/container.md. */
import { Cursor } from '../bytes/cursor.js';
import { giveScratch, takeScratch } from '../bytes/scratch.js';
import { equalBytes } from '../bytes/text.js';
import { decodeCodec } from '../codecs/decode-codec.js';
import { decodeStreams, type EncodedStream, type EncodedStreams } from '../codecs/streams.js';
import { type CodecName, maxStreams } from '../container/format.js';
import type { Payload } from '../container/payload.js';
import { formatStreamSet, type NamedPayload, readStreamSet } from '../container/stream-set.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';

/** What stands for data in a container or frame of a codec. */
export interface StreamSet {
  readonly codec: CodecName;
  /** Their set as it is written. */
  readonly bytes: Uint8Array;
}

export type ChoosePayload = (stream: EncodedStream) => Promise<Payload>;

/** Undefined where the set is as long as `limit` or longer, or does not decode to the data. */
export async function encodeStreams(
  codec: CodecName,
  encoded: EncodedStreams,
  data: Uint8Array,
  engines: Engines,
  choose: ChoosePayload,
  limit: number,
): Promise<StreamSet | undefined> {
  const streams: NamedPayload[] = [];
  for (const stream of encoded) {
    // A reader takes a stream that is not there for an empty one, but for those that a codec cannot do without.
    streams.push({ name: stream.name, payload: await choose(stream) });
  }
  const bytes = formatStreamSet(streams, takeScratch);
  for (const { payload } of streams) giveScratch(payload.bytes);
  if (bytes.length >= limit || !(await givesBack(codec, bytes, data, engines))) return undefined;
  return { codec, bytes };
}

/** As whoever gets it would read it: structure, limits, streams, codec. */
async function givesBack(codec: CodecName, set: Uint8Array, data: Uint8Array, engines: Engines): Promise<boolean> {
  try {
    const read = readStreamSet(new Cursor(set, 'container/malformed'), maxStreams(data.length));
    const back = await decodeCodec(codec, await decodeStreams(read, engines), data.length, engines);
    const isSame = equalBytes(back, data);
    giveScratch(back);
    return isSame;
  } catch (error) {
    if (error instanceof At1Error && error.code.startsWith('container/')) return false;
    throw error;
  }
}
