/** Cuts values of one shape, such as dates and times of day, into their runs of digits and letters, each with a column. */
import type { Scan } from './scan-json.js';
import { Slots } from './slots.js';

/** Two runs are a number with a fraction as often as not. */
const FEWEST_RUNS = 3;
const MOST_RUNS = 8;
const LONGEST_VALUE = 48;
/** The share of a column's values, one in so many, that may be of another shape than the first of it. */
const ONE_IN = 20;
const MOST_COLUMNS = 8192;

const DIGIT = 1;
const LETTER = 2;

/** Undefined where no column has a shape. */
export function cutShapes(data: Uint8Array, { slots, columns }: Scan): Scan | undefined {
  const first = new Int32Array(columns).fill(-1);
  const counts = new Uint32Array(columns);
  const alike = new Uint32Array(columns);
  for (let i = 0; i < slots.length; i++) {
    const column = slots.column(i);
    if (first[column] === -1) first[column] = i;
    const model = first[column] as number;
    counts[column] = (counts[column] as number) + 1;
    if (isAlike(data, slots.start(model), slots.end(model), slots.start(i), slots.end(i))) {
      alike[column] = (alike[column] as number) + 1;
    }
  }
  const places = new Map<number, number>();
  let all = columns;
  for (let column = 0; column < columns; column++) {
    const [model, count] = [first[column] as number, counts[column] as number];
    if (model === -1 || (count - (alike[column] as number)) * ONE_IN > count) continue;
    const runs = runsOf(data, slots.start(model), slots.end(model)).length / 2;
    if (runs < FEWEST_RUNS || runs > MOST_RUNS || all + runs > MOST_COLUMNS) continue;
    places.set(column, all);
    all += runs;
  }
  if (places.size === 0) return undefined;
  const cut = new Slots();
  for (let i = 0; i < slots.length; i++) {
    const [start, end, column] = [slots.start(i), slots.end(i), slots.column(i)];
    const place = places.get(column);
    const model = first[column] as number;
    if (place === undefined || !isAlike(data, slots.start(model), slots.end(model), start, end)) {
      cut.add(start, end, column);
      continue;
    }
    const runs = runsOf(data, start, end);
    for (let run = 0; 2 * run < runs.length; run++) {
      cut.add(runs[2 * run] as number, runs[2 * run + 1] as number, place + run);
    }
  }
  return { slots: cut, columns: all };
}

/** Whether two values have the same punctuation between the same sorts of runs, of whatever length. */
function isAlike(data: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a > LONGEST_VALUE || bEnd - b > LONGEST_VALUE) return false;
  let [i, j] = [a, b];
  while (i < aEnd && j < bEnd) {
    const sort = sortOf(data[i] as number);
    if (sort !== sortOf(data[j] as number)) return false;
    if (sort === 0) {
      if (data[i++] !== data[j++]) return false;
    } else {
      i = endOfRun(data, i, aEnd, sort);
      j = endOfRun(data, j, bEnd, sort);
    }
  }
  return i === aEnd && j === bEnd;
}

/** Start and end of each run of digits or letters. */
function runsOf(data: Uint8Array, start: number, end: number): readonly number[] {
  const runs: number[] = [];
  for (let at = start; at < end; ) {
    const sort = sortOf(data[at] as number);
    if (sort === 0) {
      at++;
      continue;
    }
    const stop = endOfRun(data, at, end, sort);
    runs.push(at, stop);
    at = stop;
  }
  return runs;
}

function endOfRun(data: Uint8Array, start: number, end: number, sort: number): number {
  let at = start + 1;
  while (at < end && sortOf(data[at] as number) === sort) at++;
  return at;
}

function sortOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return DIGIT;
  return ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) || byte >= 0x80 ? LETTER : 0;
}
