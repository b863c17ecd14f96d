/**
 * The same slots with the text between them in slots too, each text in a column of its own: where messages of many sorts
 * mix, their order is then told by the columns alone and not a second time by the skeleton.
 */
import { hashBytes } from './hash-bytes.js';
import { LF } from './json-text.js';
import type { Scan } from './scan-json.js';
import { ColumnNames, Slots } from './slots.js';

const MOST_TEXTS = 1024;

export function fillGaps(data: Uint8Array, { slots, columns }: Scan): Scan {
  const filled = new Slots();
  const names = new ColumnNames(MOST_TEXTS);
  const fill = (start: number, end: number): void => {
    for (let at = start; at < end; ) {
      const found = data.subarray(at, end).indexOf(LF);
      const stop = found < 0 ? end : at + found;
      if (stop > at) filled.add(at, stop, columns + names.numberOf(hashBytes(data, at, stop)));
      at = stop + 1;
    }
  };
  let from = 0;
  for (let i = 0; i < slots.length; i++) {
    fill(from, slots.start(i));
    filled.add(slots.start(i), slots.end(i), slots.column(i));
    from = slots.end(i);
  }
  fill(from, data.length);
  return { slots: filled, columns: columns + names.count };
}
