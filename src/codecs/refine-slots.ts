/**
 * Makes slots smaller: what all values of a column begin and end with goes into the skeleton, and a value that holds the
 * value of another column of its record, as an address holds an identifier, is cut there, so that the two columns are equal.
 */
import { fromLatin1 } from '../bytes/text.js';
import type { Scan } from './scan-json.js';
import { Slots } from './slots.js';

/** Cuts that build on one another. */
const ROUNDS = 3;
const LEAST_RECORDS = 8;
const SAMPLES = 24;
const LEAST_HITS = 21;
/** Columns of one length among which relations are looked for. */
const MOST_RELATED = 64;
/** Different values that must be equal in both. */
const LEAST_TWINS = 5;
const SHORTEST_PART = 3;
const LONGEST_VALUE = 512;
const MOST_COLUMNS = 8192;

export function refineSlots(data: Uint8Array, scan: Scan): Scan {
  let refined = trim(data, scan);
  for (let round = 0; round < ROUNDS; round++) {
    const related = cutAtRelated(data, refined);
    if (related === undefined) break;
    refined = trim(data, related);
  }
  return mergeAlike(data, refined);
}

/** Without what all values of a column have at their front and end; a column of one value alone is gone. */
function trim(data: Uint8Array, { slots, columns }: Scan): Scan {
  const first = new Int32Array(columns).fill(-1);
  const fronts = new Uint32Array(columns);
  const ends = new Uint32Array(columns);
  const least = new Uint32Array(columns);
  const isOne = new Uint8Array(columns).fill(1);
  for (let i = 0; i < slots.length; i++) {
    const [start, end, column] = [slots.start(i), slots.end(i), slots.column(i)];
    const length = end - start;
    if (first[column] === -1) {
      first[column] = i;
      fronts[column] = ends[column] = least[column] = length;
      continue;
    }
    const [otherStart, otherEnd] = [slots.start(first[column] as number), slots.end(first[column] as number)];
    const most = Math.min(length, least[column] as number);
    let front = 0;
    while (front < (fronts[column] as number) && front < most && data[start + front] === data[otherStart + front])
      front++;
    let back = 0;
    while (back < (ends[column] as number) && back < most && data[end - 1 - back] === data[otherEnd - 1 - back]) back++;
    if (length !== otherEnd - otherStart || front < length) isOne[column] = 0;
    fronts[column] = front;
    ends[column] = back;
    least[column] = most;
  }
  const trimmed = new Slots();
  for (let i = 0; i < slots.length; i++) {
    const column = slots.column(i);
    if (isOne[column] === 1) continue;
    const front = fronts[column] as number;
    const back = Math.min(ends[column] as number, (least[column] as number) - front);
    trimmed.add(slots.start(i) + front, slots.end(i) - back, column);
  }
  return { slots: trimmed, columns };
}

/** The slots of each column, so that the values of one record are found by one ordinal. */
interface ByColumn {
  readonly counts: Uint32Array;
  slot(column: number, ordinal: number): number;
}

function byColumn({ slots, columns }: Scan): ByColumn {
  const counts = new Uint32Array(columns);
  for (let i = 0; i < slots.length; i++) counts[slots.column(i)] = (counts[slots.column(i)] as number) + 1;
  const starts = new Uint32Array(columns + 1);
  for (let column = 0; column < columns; column++) {
    starts[column + 1] = (starts[column] as number) + (counts[column] as number);
  }
  const next = starts.slice();
  const order = new Uint32Array(slots.length);
  for (let i = 0; i < slots.length; i++) {
    const column = slots.column(i);
    order[next[column] as number] = i;
    next[column] = (next[column] as number) + 1;
  }
  return { counts, slot: (column, ordinal) => order[(starts[column] as number) + ordinal] as number };
}

/** Undefined where no column is related to another. */
function cutAtRelated(data: Uint8Array, scan: Scan): Scan | undefined {
  const { slots, columns } = scan;
  const index = byColumn(scan);
  const parts = relations(data, scan, index);
  if (parts.size === 0 || columns + 3 * parts.size > MOST_COLUMNS) return undefined;
  const places = new Map([...parts.keys()].map((column, i) => [column, columns + 3 * i]));
  const ordinals = new Uint32Array(columns);
  const cut = new Slots();
  for (let i = 0; i < slots.length; i++) {
    const [start, end, column] = [slots.start(i), slots.end(i), slots.column(i)];
    const ordinal = ordinals[column] as number;
    ordinals[column] = ordinal + 1;
    const [part, place] = [parts.get(column), places.get(column)];
    if (part === undefined || place === undefined) {
      cut.add(start, end, column);
      continue;
    }
    const slot = index.slot(part, ordinal);
    const length = slots.end(slot) - slots.start(slot);
    const at =
      length === 0 || end - start > LONGEST_VALUE ? -1 : positionOf(data, slots.start(slot), length, start, end);
    if (at < 0) {
      cut.add(start, end, column);
    } else {
      cut.add(start, at, place);
      cut.add(at, at + length, place + 1);
      cut.add(at + length, end, place + 2);
    }
  }
  return { slots: cut, columns: columns + 3 * parts.size };
}

interface Sampled {
  readonly column: number;
  /** Of records spread over all. */
  readonly texts: readonly string[];
  readonly size: number;
}

/** Columns with as many values as each other, and thus most likely of the same records. */
function sampleColumns(data: Uint8Array, { slots, columns }: Scan, index: ByColumn): readonly (readonly Sampled[])[] {
  const groups = new Map<number, Sampled[]>();
  for (let column = 0; column < columns; column++) {
    const count = index.counts[column] as number;
    if (count < LEAST_RECORDS) continue;
    const group = groups.get(count) ?? [];
    groups.set(count, group);
    if (group.length === MOST_RELATED) continue;
    const texts = Array.from({ length: SAMPLES }, (_, i) => {
      const slot = index.slot(column, Math.floor((i * count) / SAMPLES));
      return fromLatin1(data.subarray(slots.start(slot), Math.min(slots.end(slot), slots.start(slot) + LONGEST_VALUE)));
    });
    group.push({ column, texts, size: texts.reduce((sum, text) => sum + text.length, 0) });
  }
  return [...groups.values()];
}

/** Of each column that holds the values of others the longest of those. */
function relations(data: Uint8Array, scan: Scan, index: ByColumn): Map<number, number> {
  const found = new Map<number, number>();
  for (const group of sampleColumns(data, scan, index)) {
    for (const whole of group) {
      let most = SHORTEST_PART * SAMPLES - 1;
      for (const part of group) {
        // Of two equal columns the later one is cut, or they would be cut for ever.
        const isLess = part.size < whole.size || (part.size === whole.size && part.column < whole.column);
        if (!isLess || part.size <= most || part.texts.every((text, i) => text === whole.texts[i])) continue;
        const hits = whole.texts.filter((text, i) => part.texts[i] !== '' && text.includes(part.texts[i] as string));
        if (hits.length < LEAST_HITS) continue;
        most = part.size;
        found.set(whole.column, part.column);
      }
    }
  }
  return found;
}

/** Columns that are often, but not always, equal in a record go into one, where a value stands beside its twin. */
function mergeAlike(data: Uint8Array, scan: Scan): Scan {
  const { slots, columns } = scan;
  const target = Uint32Array.from({ length: columns }, (_, column) => column);
  for (const group of sampleColumns(data, scan, byColumn(scan))) {
    for (const later of group) {
      const twin = group.find((other) => other.column < later.column && isAlike(other.texts, later.texts));
      if (twin !== undefined) target[later.column] = target[twin.column] as number;
    }
  }
  const merged = new Slots();
  for (let i = 0; i < slots.length; i++) {
    merged.add(slots.start(i), slots.end(i), target[slots.column(i)] as number);
  }
  return { slots: merged, columns };
}

function isAlike(a: readonly string[], b: readonly string[]): boolean {
  const same = a.filter((text, i) => text === b[i]);
  return same.length < LEAST_HITS && new Set(same.filter((text) => text.length > SHORTEST_PART)).size >= LEAST_TWINS;
}

/** Where in a range the `length` bytes at `from` occur first; -1 where they do not. */
function positionOf(data: Uint8Array, from: number, length: number, start: number, end: number): number {
  for (let at = start; at + length <= end; at++) {
    let same = 0;
    while (same < length && data[at + same] === data[from + same]) same++;
    if (same === length) return at;
  }
  return -1;
}
