/** One block of qcolumnar: a tag, and a zstd or xz payload of the cells of one column of one group, a line each. */
import { concatBytes } from '../bytes/writer.js';
import { malformed, notStrict, overLimit } from '../container/format.js';
import { decodePayload, type Payload, readPayload } from '../container/payload.js';
import type { Engines } from '../engines.js';

const TAG_XZ = 0;
const TAG_ZSTD = 1;
const LF = 10;

/** The structure alone. `limit`: most bytes that the block may yield. */
export function readBlock(block: Uint8Array, limit: number): Payload {
  const tag = block[0];
  if (tag === undefined) throw malformed('a block of no bytes');
  // Readers that know no strict profile take every other tag for xz.
  if (tag !== TAG_XZ && tag !== TAG_ZSTD) throw notStrict(`unknown tag ${tag} of a block`);
  const payload = readPayload(tag === TAG_ZSTD ? 'zstd' : 'xz', block.subarray(1));
  if (payload.size > limit) throw overLimit('block of a table', payload.size, limit);
  return payload;
}

/** The cells' bytes; throws `container/malformed` unless there are exactly `rows`, one or more. */
export async function decodeBlock(payload: Payload, rows: number, engines: Engines): Promise<Uint8Array> {
  const cells = await decodePayload(payload, engines);
  let lines = 1;
  for (let at = cells.indexOf(LF); at >= 0; at = cells.indexOf(LF, at + 1)) lines++;
  if (lines !== rows) throw malformed(`a block of ${lines} cells for ${rows} rows`);
  return cells;
}

export function formatBlock(payload: Payload): Uint8Array {
  if (payload.backend === 'stored') throw new RangeError('blocks have no stored form');
  return concatBytes([Uint8Array.of(payload.backend === 'zstd' ? TAG_ZSTD : TAG_XZ), payload.bytes]);
}
