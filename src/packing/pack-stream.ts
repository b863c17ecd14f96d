/**
 * Packs data of any length into one container with flat memory: whole mode when it is short, else a stream of frames,
 * each chosen, decoded and compared for itself.
 */
import type { Block } from '../container/write.js';
import { writeStream, writeWhole } from '../container/write.js';
import type { Engines } from '../engines.js';
import { DEFAULT_LEVEL, type Level } from '../transforms/level.js';
import { choosePayload } from './choose-backend.js';
import { provePayload } from './prove-payload.js';
import { rechunk } from './rechunk.js';

const MIB = 1024 * 1024;
/** From this size on a container is a stream of frames. */
export const STREAM_THRESHOLD = 4 * MIB;
export const FRAME_SIZE = 8 * MIB;

export interface PackOptions {
  /** Default: `balanced`. */
  readonly level?: Level;
}

/** The container, piece by piece. */
export async function* packStream(
  source: AsyncIterable<Uint8Array>,
  engines: Engines,
  options: PackOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const level = options.level ?? DEFAULT_LEVEL;
  const blocks = rechunk(source, FRAME_SIZE);
  try {
    const first = await blocks.next();
    const data = first.done === true ? new Uint8Array(0) : first.value;
    if (data.length < STREAM_THRESHOLD) {
      yield writeWhole((await encodeBlock(data, level, engines)).payload, engines.sha256(data));
    } else {
      yield* writeStream(encodeBlocks(data, blocks, level, engines), engines);
    }
  } finally {
    await blocks.return();
  }
}

async function* encodeBlocks(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  level: Level,
  engines: Engines,
): AsyncGenerator<Block, void, undefined> {
  yield await encodeBlock(first, level, engines);
  for await (const data of rest) yield await encodeBlock(data, level, engines);
}

async function encodeBlock(data: Uint8Array, level: Level, engines: Engines): Promise<Block> {
  return { data, payload: await provePayload(await choosePayload(data, level, engines), data, engines) };
}
