/** One frame of a stream container: the streams of the container's codec, or the bytes as they are where that is smaller. */
import type { CodecName } from '../container/format.js';
import type { Block, CodecBlock } from '../container/write.js';
import type { Engines } from '../engines.js';
import type { Level } from '../transforms/level.js';
import { choosePayload } from './choose-backend.js';
import type { ElementHint } from './elements.js';
import { encodeElements, mayBeSmallerAsIs } from './encode-elements.js';
import { encodeText } from './encode-text.js';
import { provePayload } from './prove-payload.js';

export interface Frame {
  readonly data: Uint8Array;
  readonly elements?: ElementHint | undefined;
}

export async function encodeFrame(
  { data, elements }: Frame,
  codec: CodecName,
  level: Level,
  engines: Engines,
): Promise<Block | CodecBlock> {
  // The set of a frame stands beside one byte less than a payload.
  const limit = data.length + 1;
  const set =
    codec === 'embed'
      ? elements && (await encodeElements(data, elements, level, engines, limit))
      : codec === 'raw'
        ? undefined
        : await encodeText(data, [codec], level, engines, limit);
  if (set !== undefined && codec === 'embed' && !(await mayBeSmallerAsIs(data, set, level, engines))) {
    return { data, streams: set.bytes };
  }
  const payload = await choosePayload(data, level, engines, elements);
  if (set !== undefined && set.bytes.length < payload.bytes.length + 1) return { data, streams: set.bytes };
  return { data, payload: await provePayload(payload, data, engines) };
}
