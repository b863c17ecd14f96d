/**
 * Numbers in cells: texts that printing gives back exactly. Never floating point; a decimal is its digits without the
 * point, and how many of them follow it.
 */
import { MAX_SCALE } from './column-values.js';

/** Well inside 64 bits, so that the difference of any two is too. */
const MOST_DIGITS = 18;
/** So many digits are exact as a number, and so is the difference of two. */
const EXACT_DIGITS = 15;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

export interface TableNumber {
  readonly unscaled: number | bigint;
  /** Digits after the point; undefined of an integer, which has none. */
  readonly scale: number | undefined;
}

/** The scale of a number in its one spelling: -1 for an integer, `undefined` for every other text. */
export function scaleOf(text: string): number | undefined {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  const { length } = text;
  if (length === start || length - start > MOST_DIGITS + 1) return undefined;
  let point = -1;
  let zero = true;
  for (let i = start; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === POINT && point < 0) point = i;
    else if (code < ZERO || code > NINE) return undefined;
    else if (code !== ZERO) zero = false;
  }
  const whole = (point < 0 ? length : point) - start;
  const digits = length - start - (point < 0 ? 0 : 1);
  if (whole === 0 || digits > MOST_DIGITS) return undefined;
  if (whole > 1 && text.charCodeAt(start) === ZERO) return undefined;
  if (start === 1 && zero) return undefined;
  if (point < 0) return -1;
  const scale = length - point - 1;
  // A bare trailing point is a spelling of the format as well, but nobody writes it.
  return scale === 0 || scale > MAX_SCALE ? undefined : scale;
}

/** The digits as one number. `text` has the scale that `scaleOf` found. */
export function unscaledOf(text: string, scale: number): number | bigint {
  const digits = scale < 0 ? text : text.slice(0, -scale - 1) + text.slice(-scale);
  return digits.length <= EXACT_DIGITS ? Number(digits) : BigInt(digits);
}

export function parseTableNumber(text: string): TableNumber | undefined {
  const scale = scaleOf(text);
  if (scale === undefined) return undefined;
  return { unscaled: unscaledOf(text, scale), scale: scale < 0 ? undefined : scale };
}

/** The difference of two, exact. */
export function difference(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return BigInt(a) - BigInt(b);
}
