/**
 * Cuts one JSON value into what codec json keeps of it: keys, scalars, and objects and arrays with their counts. Blanks
 * beside keys and scalars become part of them; blanks anywhere else, and other text, make the line unfit.
 */
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfBlanks,
  endOfString,
  endOfWord,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-text.js';
import { ARRAY, LEAF, MAX_NESTING, OBJECT } from './read-json.js';

export const KEY = 4;
export const END = 5;
const FIELDS = 3;

/** `kind`: LEAF, OBJECT, ARRAY, KEY or END; `a` and `b`: where a key or leaf starts and ends, or `a` a count. */
export class Pieces {
  #numbers = new Uint32Array(256 * FIELDS);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  add(kind: number, a: number, b: number): void {
    const at = this.#length * FIELDS;
    if (at === this.#numbers.length) {
      const larger = new Uint32Array(2 * this.#numbers.length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[at] = kind;
    this.#numbers[at + 1] = a;
    this.#numbers[at + 2] = b;
    this.#length++;
  }

  setCount(piece: number, count: number): void {
    this.#numbers[piece * FIELDS + 1] = count;
  }

  kind(piece: number): number {
    return this.#numbers[piece * FIELDS] as number;
  }

  a(piece: number): number {
    return this.#numbers[piece * FIELDS + 1] as number;
  }

  b(piece: number): number {
    return this.#numbers[piece * FIELDS + 2] as number;
  }
}

interface Open {
  readonly piece: number;
  readonly close: number;
  count: number;
}

/** `line`: data of one line. False where it does not fit; what `pieces` holds then means nothing. */
export function parseJsonLine(line: Uint8Array, pieces: Pieces): boolean {
  pieces.clear();
  const open: Open[] = [];
  let at = 0;
  /** Whether something must follow: after a comma, and at the front. */
  let owed = true;
  for (;;) {
    const top = open.at(-1);
    if (top !== undefined && !owed) {
      // After a member: a comma or the end.
      if (line[at] === COMMA) {
        at++;
        owed = true;
      } else if (line[at] === top.close) {
        at++;
        pieces.setCount(top.piece, top.count);
        pieces.add(END, 0, 0);
        open.pop();
        continue;
      } else {
        return false;
      }
    } else if (top === undefined && !owed) {
      return at === line.length;
    } else if (top !== undefined && top.count === 0 && line[at] === top.close) {
      at++;
      pieces.add(END, 0, 0);
      open.pop();
      owed = false;
      continue;
    }
    if (top?.close === CLOSE_OBJECT) {
      const start = endOfBlanks(line, at);
      const end = line[start] === QUOTE ? endOfString(line, start) : -1;
      const colon = end < 0 ? -1 : endOfBlanks(line, end);
      if (colon < 0 || line[colon] !== COLON) return false;
      pieces.add(KEY, at, colon);
      at = colon + 1;
    }
    if (top !== undefined) top.count++;
    const byte = line[at];
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (open.length + 1 >= MAX_NESTING) return false;
      const isObject = byte === OPEN_OBJECT;
      open.push({ piece: pieces.length, close: isObject ? CLOSE_OBJECT : CLOSE_ARRAY, count: 0 });
      pieces.add(isObject ? OBJECT : ARRAY, 0, 0);
      at++;
      owed = true;
      continue;
    }
    const end = endOfScalar(line, at);
    if (end < 0) return false;
    pieces.add(LEAF, at, end);
    at = end;
    owed = false;
  }
}

/** Past a string or word with the blanks around it; -1 where there is none. */
function endOfScalar(line: Uint8Array, at: number): number {
  const start = endOfBlanks(line, at);
  const end = line[start] === QUOTE ? endOfString(line, start) : endOfWord(line, start);
  return end <= start ? -1 : endOfBlanks(line, end);
}
