/**
 * Finds the values in JSON text, a document or many, and gives each the column of its key path. Text that is not JSON does
 * no harm: a value is only a part of the text with nothing said about the rest.
 */
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfBlanks,
  endOfString,
  endOfWord,
  LF,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-text.js';
import { ColumnNames, Slots } from './slots.js';

export interface Scan {
  readonly slots: Slots;
  readonly columns: number;
}

/** Objects and arrays open at once whose paths are told apart. */
const MAX_DEPTH = 64;
const MOST_COLUMNS = 4096;
/** Items of an array that have a column each: pairs and triples are common, long arrays hold one sort of thing. */
const APART = 6;

export function scanJson(data: Uint8Array): Scan {
  const slots = new Slots();
  const path = new Path();
  const names = new ColumnNames(MOST_COLUMNS);
  let at = 0;
  while (at < data.length) {
    const byte = data[at];
    if (byte === QUOTE) {
      const end = endOfString(data, at);
      if (end < 0) {
        // Not tried again at each mark behind it: the rest of the line is text.
        const lineEnd = data.indexOf(LF, at);
        at = lineEnd < 0 ? data.length : lineEnd;
        continue;
      }
      const after = endOfBlanks(data, end);
      if (data[after] === COLON) path.key(data, at, end);
      else slots.add(at, end, names.numberOf(path.value()));
      at = end;
      continue;
    }
    const end = endOfWord(data, at);
    if (end > at) {
      slots.add(at, end, names.numberOf(path.value()));
      at = end;
      continue;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) path.open(byte === OPEN_ARRAY);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) path.close();
    else if (byte === COMMA) path.next();
    // A line that starts so is most likely a record of its own, whatever was left open before.
    else if (byte === LF && (data[at + 1] === OPEN_OBJECT || data[at + 1] === OPEN_ARRAY)) path.reset();
    at++;
  }
  return { slots, columns: names.count };
}

/** Where in the document a value is: a number for each path of keys, arrays counting as one step. */
class Path {
  readonly #nodes = new ColumnNames(MOST_COLUMNS);
  readonly #open: { readonly node: number; readonly isArray: boolean; index: number; key: number }[] = [];
  #depth = 0;
  #rootKey = 0;

  open(isArray: boolean): void {
    this.#depth++;
    if (this.#open.length >= MAX_DEPTH) return;
    const top = this.#open.at(-1);
    const parent = top === undefined ? this.#rootKey : top.isArray ? top.node : top.key;
    const node = this.#nodes.numberOf(`${parent}${isArray ? '[' : '{'}`);
    this.#open.push({ node, isArray, index: 0, key: node });
  }

  close(): void {
    if (this.#depth === 0) return;
    if (this.#depth === this.#open.length) this.#open.pop();
    this.#depth--;
  }

  next(): void {
    const top = this.#open.at(-1);
    if (top !== undefined) top.index++;
  }

  key(data: Uint8Array, start: number, end: number): void {
    const top = this.#open.at(-1);
    const name = `${top?.node ?? 0}:${String.fromCharCode(...data.subarray(start, Math.min(end, start + 64)))}`;
    const node = this.#nodes.numberOf(name);
    if (top === undefined) this.#rootKey = node;
    else top.key = node;
  }

  /** The name of the column of the value that is here. */
  value(): number {
    const top = this.#open.at(-1);
    if (top === undefined) return this.#rootKey * APART;
    return top.isArray ? top.node * APART + Math.min(top.index, APART - 1) : top.key * APART;
  }

  reset(): void {
    this.#open.length = 0;
    this.#depth = 0;
    this.#rootKey = 0;
  }
}
