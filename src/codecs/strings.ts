/** Strings of a vocabulary, kept as places in its bytes: so many small views would weigh more than what they show. */
import { malformed, overLimit } from '../container/format.js';
import type { Numbers } from './numbers.js';

const MAX_STRINGS = 2 ** 24;

export class Strings {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  /** Start and end of each. */
  readonly #places: Uint32Array;

  private constructor(bytes: Uint8Array, name: string, places: Uint32Array) {
    this.#bytes = bytes;
    this.#name = name;
    this.#places = places;
  }

  /** A count and as many `lp` strings. */
  static read(from: Numbers): Strings {
    return Strings.#read(from, () => from.string().length, 0);
  }

  /** A count and as many strings, each followed by NUL. */
  static readEnded(from: Numbers): Strings {
    return Strings.#read(from, () => from.until(0).length, 1);
  }

  static #read(from: Numbers, next: () => number, after: number): Strings {
    const count = from.count();
    if (count > MAX_STRINGS) throw overLimit(`strings of stream ${from.name}`, count, MAX_STRINGS);
    const places = new Uint32Array(2 * count);
    for (let i = 0; i < count; i++) {
      const length = next();
      const end = from.offset - after;
      places[2 * i] = end - length;
      places[2 * i + 1] = end;
    }
    return new Strings(from.bytes, from.name, places);
  }

  get count(): number {
    return this.#places.length / 2;
  }

  /** A view of string `index`; throws `container/malformed` where there is none. */
  at(index: number): Uint8Array {
    if (index >= this.count) throw malformed(`stream ${this.#name} has no string ${index}`);
    return this.#bytes.subarray(this.#places[2 * index], this.#places[2 * index + 1]);
  }
}
