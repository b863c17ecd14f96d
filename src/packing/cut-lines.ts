/** Long text in blocks of whole lines, each at most as long as a piece. */
import type { RandomAccess } from '../formats/header-source.js';
import { PIECE_LIMIT } from './cut-file.js';

const LF = 10;

/** A line that is longer than a block is cut anywhere. */
export async function* cutLines(source: RandomAccess, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < size; ) {
    const block = await source.read(at, Math.min(PIECE_LIMIT, size - at));
    const end = at + block.length === size ? block.length : block.lastIndexOf(LF) + 1;
    const data = end === 0 ? block : block.subarray(0, end);
    yield data;
    at += data.length;
  }
}
