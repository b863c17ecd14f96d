/**
 * Finds what varies in the lines of a log: words with digits, and words that are rare. Each gets the column of what stands
 * before it in its line, so that equal places of equal messages come together.
 */
import { HASH_PRIME, hashBytes } from './hash-bytes.js';
import { LF } from './json-text.js';
import type { Scan } from './scan-json.js';
import { ColumnNames, Slots } from './slots.js';

const MOST_COLUMNS = 4096;
/** A word without digits is part of the message from this share of the lines on. */
const LINES_PER_RARE = 256;
const LEAST_COUNT = 4;
const COUNTERS = 2 ** 18;

/** `byShape`: words that are no plain number share a column with all others of their shape, wherever they stand. */
export function scanLog(data: Uint8Array, byShape: boolean): Scan {
  const counts = new Uint32Array(COUNTERS);
  let lines = 1;
  for (let at = 0; at < data.length; ) {
    if (data[at] === LF) lines++;
    const end = endOfToken(data, at);
    const word = hashBytes(data, at, end) % COUNTERS;
    if (end > at) counts[word] = (counts[word] as number) + 1;
    at = end > at ? end : at + 1;
  }
  const least = Math.max(LEAST_COUNT, lines / LINES_PER_RARE);
  const slots = new Slots();
  const names = new ColumnNames(MOST_COLUMNS);
  let context = SEED;
  const add = (start: number, end: number, shape: number): void => {
    context = Math.imul(context ^ 0x100, HASH_PRIME);
    slots.add(start, end, names.numberOf(byShape && shape !== NUMBER ? -1 - shape : context));
  };
  for (let at = 0; at < data.length; ) {
    const byte = data[at] as number;
    const end = endOfToken(data, at);
    if (end === at) {
      context = byte === LF ? SEED : Math.imul(context ^ byte, HASH_PRIME);
      at++;
      continue;
    }
    const shape = shapeOf(data, at, end);
    const hash = hashBytes(data, at, end);
    if (shape === WORD && (counts[hash % COUNTERS] as number) >= least) context = Math.imul(context ^ hash, HASH_PRIME);
    else addToken(data, at, end, shape, add);
    at = end;
  }
  return { slots, columns: names.count };
}

/** A token as one slot, or where a time of day is in it, as what is before it, hours and minutes, seconds, what is after. */
function addToken(
  data: Uint8Array,
  start: number,
  end: number,
  shape: number,
  add: (start: number, end: number, shape: number) => void,
): void {
  for (let at = start; at + 8 <= end; at++) {
    if (!isTime(data, at)) continue;
    if (at > start) add(start, at, NUMBER);
    add(at, at + 5, NUMBER);
    add(at + 6, at + 8, NUMBER);
    if (at + 8 < end) add(at + 8, end, NUMBER);
    return;
  }
  add(start, end, shape);
}

function isTime(data: Uint8Array, at: number): boolean {
  for (let i = 0; i < 8; i++) {
    const byte = data[at + i] as number;
    if (i % 3 === 2 ? byte !== COLON : !isDigit(byte)) return false;
  }
  return true;
}

/** Shapes of tokens, as far as they tell what a token may be compared with. */
const WORD = 0;
const NUMBER = 1;
const ADDRESS = 2;
const HEX = 3;
const FROM_DIGIT = 4;
const FROM_LETTER = 5;

function shapeOf(data: Uint8Array, start: number, end: number): number {
  let [digits, hex, dots] = [0, 0, 0];
  for (let i = start; i < end; i++) {
    const byte = data[i] as number;
    if (isDigit(byte)) digits++;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66) hex++;
    else if (byte === DOT) dots++;
  }
  const length = end - start;
  if (digits === 0) return WORD;
  if (digits === length || (digits + dots === length && dots === 1)) return NUMBER;
  if (digits + dots === length && dots === 3) return ADDRESS;
  if (digits + hex === length && length >= 8) return HEX;
  return isDigit(data[start] as number) ? FROM_DIGIT : FROM_LETTER;
}

const DOT = 0x2e;
const COLON = 0x3a;

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** What parts tokens; the line feed and other controls among it. */
const IS_DELIMITER = new Uint8Array(256).fill(1, 0, 0x21);
for (const byte of new TextEncoder().encode('[](){}"\',;=<>|')) IS_DELIMITER[byte] = 1;

function endOfToken(data: Uint8Array, at: number): number {
  let end = at;
  while (end < data.length && IS_DELIMITER[data[end] as number] === 0) end++;
  return end;
}

const SEED = 0x1234567;
