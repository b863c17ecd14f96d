/**
 * Readers of the seven column types of columnar, value by value. Derived columns ask their source for numbers, which it
 * gives out as its values pass by: one lookup a value, however columns depend on each other.
 */
import { fromLatin1 } from '../bytes/text.js';
import { malformed, overLimit } from '../container/format.js';
import { Numbers, Sum } from './numbers.js';
import { Lines } from './streams.js';
import { Strings } from './strings.js';

/** A cell: bytes, or a number as ASCII text. */
export type Value = Uint8Array | string;

export interface ColumnValues {
  /** The next value; throws `container/malformed` after the last. */
  next(): Value;
}

export const TEXT = 0;
export const INT = 1;
export const DEC = 2;
export const NUMEXC = 3;
export const DERIVED = 4;
export const DICT = 5;
export const SHUF = 6;

export const MAX_SCALE = 18;
const MAX_WIDTH = 8;
/** Different values of a source that can be told apart: a Map holds fewer than 2^24. */
const MAX_NUMBERED = 2 ** 22;
const I64_MIN = -(1n << 63n);
const I64_MAX = (1n << 63n) - 1n;

/** `sourceOf` gives a column of lower index, watched. */
export function readColumn(
  type: number,
  part: Uint8Array,
  index: number,
  sourceOf: (index: number) => Numbered,
): ColumnValues {
  const numbers = new Numbers(part, 'values');
  switch (type) {
    case TEXT:
      return new Lines(part, 'values');
    case INT:
      return integers(numbers);
    case DEC:
      return decimals(numbers, readScale(numbers));
    case NUMEXC:
      return withExceptions(numbers);
    case DERIVED: {
      const source = numbers.uint();
      if (source >= index) throw malformed(`column ${index} is derived from column ${source}`);
      return derived(numbers, sourceOf(source));
    }
    case DICT:
      return fromDictionary(numbers);
    case SHUF:
      return shuffled(numbers);
    default:
      throw malformed(`column ${index} has the unknown type ${type}`);
  }
}

/** The source column of a derived one, without reading more of it. */
export function sourceOfDerived(part: Uint8Array): number {
  return new Numbers(part, 'values').uint();
}

function readScale(numbers: Numbers): number {
  const scale = numbers.u8();
  if (scale > MAX_SCALE) throw malformed(`${scale} decimals, ${MAX_SCALE} are the most`);
  return scale;
}

function integers(numbers: Numbers): ColumnValues {
  const sum = new Sum();
  return { next: () => String(sum.add(numbers.signed())) };
}

function decimals(numbers: Numbers, scale: number): ColumnValues {
  const sum = new Sum();
  return { next: () => formatDecimal(sum.add(numbers.signed()), scale) };
}

/** Exactly `scale` decimals, one digit before the point at least. */
export function formatDecimal(unscaled: number | bigint, scale: number): string {
  const text = String(unscaled);
  const sign = text.startsWith('-') ? '-' : '';
  const digits = text.slice(sign.length).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function withExceptions(numbers: Numbers): ColumnValues {
  const kind = numbers.u8();
  if (kind > 1) throw malformed(`unknown kind ${kind} of numbers with exceptions`);
  const scale = kind === 1 ? readScale(numbers) : undefined;
  const count = numbers.uint();
  const bits = numbers.take(Math.ceil(count / 8));
  const exceptions = Strings.read(numbers);
  const values = scale === undefined ? integers(numbers) : decimals(numbers, scale);
  let at = 0;
  let used = 0;
  return {
    next() {
      if (at >= count) throw malformed('a column has too few values');
      const isNumber = (((bits[at >> 3] as number) >> (at & 7)) & 1) === 1;
      at++;
      return isNumber ? values.next() : exceptions.at(used++);
    },
  };
}

function fromDictionary(numbers: Numbers): ColumnValues {
  const count = numbers.uint();
  const words = Strings.read(numbers);
  let at = 0;
  return {
    next() {
      if (at++ >= count) throw malformed('a column has too few values');
      return words.at(numbers.uint());
    },
  };
}

function derived(numbers: Numbers, source: Numbered): ColumnValues {
  const map = Strings.read(numbers);
  source.expect(map.count);
  let at = 0;
  return { next: () => map.at(source.numberAt(at++)) };
}

function shuffled(numbers: Numbers): ColumnValues {
  const count = numbers.uint();
  const minimum = numbers.signed();
  const width = numbers.u8();
  if (width < 1 || width > MAX_WIDTH) throw malformed(`integers of ${width} bytes`);
  if (count > numbers.remaining) throw malformed('stream values is too short for its planes');
  const planes = numbers.take(count * width);
  const exact = width <= 6 && typeof minimum === 'number' && Math.abs(minimum) < 2 ** 52;
  let at = 0;
  return {
    next() {
      if (at >= count) throw malformed('a column has too few values');
      const offset = at++;
      if (exact) {
        let above = 0;
        for (let p = width - 1; p >= 0; p--) above = above * 256 + (planes[p * count + offset] as number);
        return String(minimum + above);
      }
      let above = 0n;
      for (let p = width - 1; p >= 0; p--) above = above * 256n + BigInt(planes[p * count + offset] as number);
      const value = BigInt(minimum) + above;
      if (value < I64_MIN || value > I64_MAX) throw malformed('an integer exceeds 64 bits');
      return String(value);
    },
  };
}

/** A column whose values are numbered in the order in which they first appear. */
export class Numbered implements ColumnValues {
  readonly #values: ColumnValues;
  readonly #numbers = new Map<string, number>();
  #seen = new Uint32Array(64);
  #count = 0;
  /** Strings of the longest map: no higher number is ever found. */
  #most = 0;

  constructor(values: ColumnValues) {
    this.#values = values;
  }

  /** Before the first value: a column derived from this one has a map of `count` strings. */
  expect(count: number): void {
    this.#most = Math.max(this.#most, count);
  }

  next(): Value {
    const value = this.#values.next();
    const key = typeof value === 'string' ? value : fromLatin1(value);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size;
      if (number < this.#most) {
        if (number === MAX_NUMBERED) throw overLimit('values of a source', number + 1, MAX_NUMBERED);
        this.#numbers.set(key, number);
      }
    }
    if (this.#count === this.#seen.length) {
      const larger = new Uint32Array(2 * this.#count);
      larger.set(this.#seen);
      this.#seen = larger;
    }
    this.#seen[this.#count++] = number;
    return value;
  }

  /** The number of value `index`, which has passed by: a row has no cell without those to its left. */
  numberAt(index: number): number {
    if (index >= this.#count) throw malformed('a derived column runs ahead of its source');
    return this.#seen[index] as number;
  }
}
