/** A plane as blocks of rANS: stored, coded, one value, or coded with the table before. docs/format/transforms.md. */
import { Cursor } from '../bytes/cursor.js';
import { ByteWriter } from '../bytes/writer.js';
import type { Kernel } from '../engines.js';
import { codeLength, formatTable, frequenciesOf, readTable } from './frequencies.js';
import {
  BLOCK_AS_BEFORE,
  BLOCK_CODED,
  BLOCK_LENGTH,
  BLOCK_RUN,
  BLOCK_STORED,
  malformed,
  STATES_LENGTH,
} from './plane-format.js';
import { readVarint } from './read-varint.js';

/** What a code has besides words: its kind, their number, the states. */
const CODE_OVERHEAD = 1 + 3 + STATES_LENGTH;

export function encodeRansPlane(plane: Uint8Array, kernel: Kernel): Uint8Array {
  const writer = new ByteWriter();
  let table: Uint16Array | undefined;
  for (let at = 0; at < plane.length; at += BLOCK_LENGTH) {
    const block = plane.subarray(at, at + BLOCK_LENGTH);
    const counts = kernel.histogram(block);
    if (counts[block[0] as number] === block.length) {
      writer.u8(BLOCK_RUN).bytes(block.subarray(0, 1));
      continue;
    }
    const fresh = frequenciesOf(counts);
    const freshTable = formatTable(fresh);
    const freshLength = freshTable.length + codeLength(counts, fresh);
    const keptLength = table === undefined ? Number.POSITIVE_INFINITY : codeLength(counts, table);
    if (CODE_OVERHEAD + Math.min(freshLength, keptLength) >= block.length) {
      writer.u8(BLOCK_STORED).bytes(block);
      continue;
    }
    if (table === undefined || freshLength < keptLength) {
      writer.u8(BLOCK_CODED).bytes(freshTable);
      table = fresh;
    } else {
      writer.u8(BLOCK_AS_BEFORE);
    }
    const code = kernel.encodeBlock(block, table);
    writer.varint((code.length - STATES_LENGTH) / 2).bytes(code);
  }
  return writer.finish();
}

/** Fills `plane`; throws `transform/malformed` for everything that is not exactly one plane of this length. */
export function decodeRansPlane(payload: Uint8Array, plane: Uint8Array, kernel: Kernel): void {
  const cursor = new Cursor(payload, 'transform/malformed');
  let table: Uint16Array | undefined;
  for (let at = 0; at < plane.length; at += BLOCK_LENGTH) {
    const block = plane.subarray(at, at + BLOCK_LENGTH);
    const kind = cursor.u8('kind of a block');
    if (kind === BLOCK_STORED) block.set(cursor.take(block.length, 'stored block'));
    else if (kind === BLOCK_RUN) block.fill(cursor.u8('value of a run'));
    else if (kind === BLOCK_CODED || kind === BLOCK_AS_BEFORE) {
      if (kind === BLOCK_CODED) table = readTable(cursor);
      if (table === undefined) throw malformed('block with the table of a block before, and no such block');
      // A step takes one word at most.
      const words = readVarint(cursor, 'words of a code', block.length);
      const code = cursor.take(STATES_LENGTH + 2 * words, 'states and words of a code');
      if (!kernel.decodeBlock(code, table, block)) throw malformed('code of a block does not come out even');
    } else throw malformed(`unknown kind ${kind} of a block`);
  }
  cursor.expectEnd('the last block');
}
