/** The streams of jsondoc from the slots of a text: what is not in a slot is the skeleton. */
import { NumberWriter } from './number-writer.js';
import type { Scan } from './scan-json.js';
import type { EncodedStreams } from './streams.js';

const LF = 10;
const SKELETON_MODE = 1;

/** The text holds no NUL, and its slots no line feed. Columns without values are left out. */
export function formatSlots(data: Uint8Array, { slots, columns }: Scan): EncodedStreams {
  const sizes = new Float64Array(columns);
  let inSlots = 0;
  for (let i = 0; i < slots.length; i++) {
    const length = slots.end(i) - slots.start(i);
    const column = slots.column(i);
    sizes[column] = (sizes[column] as number) + length + 1;
    inSlots += length;
  }
  const skeleton = new Uint8Array(data.length - inSlots + slots.length);
  const values = new Uint8Array(inSlots + slots.length);
  const index = new NumberWriter().uint(sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0));
  const numbers = new Uint32Array(columns);
  const places = new Float64Array(columns);
  let [number, place] = [0, 0];
  for (let column = 0; column < columns; column++) {
    const size = sizes[column] as number;
    if (size === 0) continue;
    numbers[column] = number++;
    places[column] = place;
    // Line feeds stand between values; the one after the last is left out.
    index.uint(size - 1);
    place += size - 1;
  }
  const total = place;
  const ids = new NumberWriter();
  let [from, to] = [0, 0];
  for (let i = 0; i < slots.length; i++) {
    const [start, end, column] = [slots.start(i), slots.end(i), slots.column(i)];
    skeleton.set(data.subarray(from, start), to);
    to += start - from + 1;
    from = end;
    ids.uint(numbers[column] as number);
    const at = places[column] as number;
    values.set(data.subarray(start, end), at);
    sizes[column] = (sizes[column] as number) - (end - start) - 1;
    if ((sizes[column] as number) > 0) values[at + end - start] = LF;
    places[column] = at + end - start + 1;
  }
  skeleton.set(data.subarray(from), to);
  return [
    { name: 'meta', data: Uint8Array.of(SKELETON_MODE) },
    { name: 'skeleton', data: skeleton },
    { name: 'colids', data: ids.finish() },
    { name: 'value_index', data: index.finish() },
    { name: 'values', data: values.subarray(0, total) },
  ];
}
