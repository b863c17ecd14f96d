/** Thrift's compact protocol, as far as it takes to walk over a structure: fields that are asked for, the rest passed over. */
import type { Cursor } from '../bytes/cursor.js';
import { malformed, STEP_LIMIT } from './file-shape.js';

const DEPTH_LIMIT = 32;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const INTEGERS = [4, 5, 6];
const DOUBLE = 7;
const BINARY = 8;
const LISTS = [9, 10];
const MAP = 11;
const STRUCT = 12;

export class ThriftWalk {
  readonly #cursor: Cursor;
  #steps = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** Visits the fields of a structure; `visit` says whether it has consumed the value. */
  struct(visit: (id: number, type: number) => boolean, depth = 0): void {
    if (depth > DEPTH_LIMIT) throw malformed(`structures nested deeper than ${DEPTH_LIMIT}`);
    let id = 0;
    for (;;) {
      this.#step();
      const header = this.#cursor.u8('field');
      if (header === 0) return;
      const step = header >> 4;
      id = step === 0 ? this.#zigzag('field number') : id + step;
      const type = header & 0x0f;
      if (!visit(id, type)) this.#skip(type, depth);
    }
  }

  /** Visits the structures of a list. */
  structs(type: number, visit: () => void): void {
    const { count, inner } = this.#listHeader(type);
    if (count > 0 && inner !== STRUCT) throw malformed('a list of something else than structures');
    for (let i = 0; i < count; i++) {
      this.#step();
      visit();
    }
  }

  /** Not negative and exact. */
  integer(type: number): number {
    if (!INTEGERS.includes(type)) throw malformed('a field that is no number');
    const value = this.#zigzag('number');
    if (value < 0) throw malformed(`a negative place: ${value}`);
    return value;
  }

  #step(): void {
    if (++this.#steps > STEP_LIMIT) throw malformed(`more than ${STEP_LIMIT} values in the footer`);
  }

  #zigzag(what: string): number {
    const raw = this.#cursor.varint(what);
    const value = (raw >> 1n) ^ -(raw & 1n);
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw malformed(`${what} is beyond 2^53`);
    return number;
  }

  #listHeader(type: number): { readonly count: number; readonly inner: number } {
    if (!LISTS.includes(type)) throw malformed('a field that is no list');
    const header = this.#cursor.u8('list');
    const short = header >> 4;
    // Every item has a byte at least, those of no length aside, which only take steps.
    const count = short < 15 ? short : this.#cursor.length('length of a list', STEP_LIMIT);
    return { count, inner: header & 0x0f };
  }

  #skip(type: number, depth: number): void {
    this.#step();
    if (depth > DEPTH_LIMIT) throw malformed(`values nested deeper than ${DEPTH_LIMIT}`);
    const cursor = this.#cursor;
    // In a field a boolean is its own type; in a list it has a byte.
    if (type === TRUE || type === FALSE) return;
    if (type === BYTE) cursor.skip(1);
    else if (INTEGERS.includes(type)) cursor.varint('number');
    else if (type === DOUBLE) cursor.skip(8);
    else if (type === BINARY) cursor.skip(cursor.length('length of a text', cursor.remaining));
    else if (LISTS.includes(type)) this.#skipList(type, depth);
    else if (type === MAP) this.#skipMap(depth);
    else if (type === STRUCT) this.struct(() => false, depth + 1);
    else throw malformed(`a value of kind ${type}`);
  }

  #skipList(type: number, depth: number): void {
    const { count, inner } = this.#listHeader(type);
    for (let i = 0; i < count; i++) this.#skipItem(inner, depth);
  }

  #skipMap(depth: number): void {
    const count = this.#cursor.length('length of a map', STEP_LIMIT);
    if (count === 0) return;
    const types = this.#cursor.u8('kinds of a map');
    for (let i = 0; i < count; i++) {
      this.#skipItem(types >> 4, depth);
      this.#skipItem(types & 0x0f, depth);
    }
  }

  #skipItem(type: number, depth: number): void {
    if (type === TRUE || type === FALSE) {
      this.#step();
      this.#cursor.skip(1);
    } else this.#skip(type, depth + 1);
  }
}
