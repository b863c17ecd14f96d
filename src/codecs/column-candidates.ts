/** All the ways in which the seven types of columnar can hold one column. Which of them is smallest is found by trying. */
import { DEC, DERIVED, DICT, INT, NUMEXC, SHUF, TEXT } from './column-values.js';
import { NumberWriter } from './number-writer.js';
import { difference, scaleOf, unscaledOf } from './table-number.js';

export interface Candidate {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** Where each value has one and the same length: that length with its line feed. */
  readonly stride?: number;
}

/** The values of a column as numbers of distinct ones, in the order of their first appearance. */
export interface DistinctValues {
  readonly ids: Uint32Array;
  readonly words: readonly string[];
}

/** A dictionary with more entries is the column itself once more. */
const MOST_WORDS = 65_536;
const MOST_WORDS_PART = 0.7;
/** Fewer numbers than that in a column of numbers with exceptions are exceptions in a column of text. */
const FEWEST_NUMBERS = 0.5;
const MOST_STRIDE = 256;
/** Of the lengths of values, so many must be the usual one for it to be a stride. */
const STEADY = 0.9;
/** Sources of a derived column that are looked at in full, and those that are tried. */
const MOST_CHECKS = 24;
const MOST_SOURCES = 2;

export function distinctValues(values: readonly string[]): DistinctValues {
  const numbers = new Map<string, number>();
  const ids = new Uint32Array(values.length);
  values.forEach((value, i) => {
    let id = numbers.get(value);
    if (id === undefined) {
      id = numbers.size;
      numbers.set(value, id);
    }
    ids[i] = id;
  });
  return { ids, words: [...numbers.keys()] };
}

/** `earlier`: the columns of lower index, in order. The first candidate is TEXT, which every column can be. */
export function candidatesOf(
  values: readonly string[],
  distinct: DistinctValues,
  earlier: readonly DistinctValues[],
): readonly Candidate[] {
  const candidates: Candidate[] = [textOf(values)];
  candidates.push(...numbersOf(values));
  const few = distinct.words.length <= Math.min(MOST_WORDS, values.length * MOST_WORDS_PART);
  if (few) {
    candidates.push(dictionaryOf(distinct, undefined));
    const order = sortedOrder(distinct.words);
    if (order !== undefined) candidates.push(dictionaryOf(distinct, order));
  }
  candidates.push(...derivedOf(distinct, earlier));
  return candidates;
}

function textOf(values: readonly string[]): Candidate {
  const writer = new NumberWriter();
  const lengths = new Map<number, number>();
  values.forEach((value, i) => {
    if (i > 0) writer.u8(10);
    writer.latin1(value);
    lengths.set(value.length, (lengths.get(value.length) ?? 0) + 1);
  });
  const bytes = writer.finish();
  for (const [length, count] of lengths) {
    if (length > 1 && length < MOST_STRIDE && count >= values.length * STEADY) {
      return { type: TEXT, bytes, stride: length + 1 };
    }
  }
  return { type: TEXT, bytes };
}

function numbersOf(values: readonly string[]): Candidate[] {
  const scales = new Int8Array(values.length);
  const counts = new Map<number, number>();
  values.forEach((value, i) => {
    const scale = scaleOf(value) ?? -2;
    scales[i] = scale;
    if (scale !== -2) counts.set(scale, (counts.get(scale) ?? 0) + 1);
  });
  let usual = -2;
  let count = 0;
  for (const [scale, times] of counts) {
    if (times > count) {
      count = times;
      usual = scale;
    }
  }
  if (count === 0 || count < values.length * FEWEST_NUMBERS) return [];
  if (count < values.length) return [withExceptionsOf(values, scales, usual, count)];
  const numbers = values.map((value) => unscaledOf(value, usual));
  if (usual >= 0) return [{ type: DEC, bytes: deltasOf(new NumberWriter().u8(usual), numbers) }];
  const shuffled = shuffledOf(numbers);
  const deltas = { type: INT, bytes: deltasOf(new NumberWriter(), numbers) };
  return shuffled === undefined ? [deltas] : [deltas, shuffled];
}

function deltasOf(writer: NumberWriter, numbers: readonly (number | bigint)[]): Uint8Array {
  let before: number | bigint = 0;
  for (const number of numbers) {
    writer.signed(difference(number, before));
    before = number;
  }
  return writer.finish();
}

function withExceptionsOf(values: readonly string[], scales: Int8Array, scale: number, count: number): Candidate {
  const writer = new NumberWriter();
  if (scale < 0) writer.u8(0);
  else writer.u8(1).u8(scale);
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  const numbers: (number | bigint)[] = [];
  const exceptions: string[] = [];
  values.forEach((value, i) => {
    if (scales[i] === scale) {
      (bits[i >> 3] as number) |= 1 << (i & 7);
      numbers.push(unscaledOf(value, scale));
    } else {
      exceptions.push(value);
    }
  });
  writer.uint(values.length).bytes(bits);
  writer.uint(values.length - count);
  for (const exception of exceptions) writer.string(exception);
  return { type: NUMEXC, bytes: deltasOf(writer, numbers) };
}

/** Planes of bytes, only of numbers that are exact; longer ones have no planes worth it. */
function shuffledOf(numbers: readonly (number | bigint)[]): Candidate | undefined {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const number of numbers) {
    if (typeof number !== 'number') return undefined;
    minimum = Math.min(minimum, number);
    maximum = Math.max(maximum, number);
  }
  const range = maximum - minimum;
  if (range >= 2 ** 48) return undefined;
  let width = 1;
  while (range >= 256 ** width) width++;
  const writer = new NumberWriter().uint(numbers.length).signed(minimum).u8(width);
  const planes = new Uint8Array(numbers.length * width);
  numbers.forEach((number, i) => {
    let rest = (number as number) - minimum;
    for (let p = 0; p < width; p++) {
      planes[p * numbers.length + i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  });
  return { type: SHUF, bytes: writer.bytes(planes).finish() };
}

function dictionaryOf({ ids, words }: DistinctValues, order: readonly number[] | undefined): Candidate {
  const writer = new NumberWriter().uint(ids.length).uint(words.length);
  if (order === undefined) {
    for (const word of words) writer.string(word);
    for (const id of ids) writer.uint(id);
    return { type: DICT, bytes: writer.finish() };
  }
  const places = new Uint32Array(words.length);
  order.forEach((id, place) => {
    places[id] = place;
    writer.string(words[id] as string);
  });
  for (const id of ids) writer.uint(places[id] as number);
  return { type: DICT, bytes: writer.finish() };
}

/** By number where all are numbers of one scale, else by text: neighbours then have much in common. */
function sortedOrder(words: readonly string[]): readonly number[] | undefined {
  const order = words.map((_, i) => i);
  const scale = words.length > 0 ? scaleOf(words[0] as string) : undefined;
  if (scale !== undefined && words.every((word) => scaleOf(word) === scale)) {
    const numbers = words.map((word) => unscaledOf(word, scale));
    order.sort((a, b) => ((numbers[a] as number) < (numbers[b] as number) ? -1 : 1));
  } else {
    order.sort((a, b) => ((words[a] as string) < (words[b] as string) ? -1 : 1));
  }
  return order.every((id, i) => id === i) ? undefined : order;
}

function derivedOf(distinct: DistinctValues, earlier: readonly DistinctValues[]): Candidate[] {
  // What is the same everywhere compresses to nothing by itself.
  if (distinct.words.length < 2) return [];
  const sources: { readonly index: number; readonly map: Uint32Array }[] = [];
  let checks = 0;
  for (let index = earlier.length - 1; index >= 0 && checks < MOST_CHECKS; index--) {
    const source = earlier[index] as DistinctValues;
    const tooMany = source.words.length > Math.min(MOST_WORDS, distinct.ids.length * MOST_WORDS_PART);
    if (source.words.length < distinct.words.length || tooMany) continue;
    checks++;
    const map = dependency(source, distinct);
    if (map !== undefined) sources.push({ index, map });
  }
  sources.sort((a, b) => a.map.length - b.map.length || a.index - b.index);
  return sources.slice(0, MOST_SOURCES).map(({ index, map }) => {
    const writer = new NumberWriter().uint(index).uint(map.length);
    for (const id of map) writer.string(distinct.words[id] as string);
    return { type: DERIVED, bytes: writer.finish() };
  });
}

/** Which distinct value belongs to each of the source's; undefined where one has two. Values pair up by number, not by row. */
function dependency(source: DistinctValues, target: DistinctValues): Uint32Array | undefined {
  const map = new Uint32Array(source.words.length);
  const known = new Uint8Array(source.words.length);
  let used = 0;
  for (let i = 0; i < target.ids.length; i++) {
    const from = source.ids[i] as number;
    const to = target.ids[i] as number;
    if (known[from] === 0) {
      known[from] = 1;
      map[from] = to;
      used = Math.max(used, from + 1);
    } else if (map[from] !== to) {
      return undefined;
    }
  }
  return map.subarray(0, used);
}
