/** Exact decimals: an integer, and how many of its digits follow the point. Never floating point. */

export interface Decimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** More than any sum of a table has. */
const MOST_DIGITS = 64;

/** Of a text that is one in form; undefined where it has too many digits. */
export function parseDecimal(text: string): Decimal | undefined {
  const point = text.indexOf('.');
  const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1);
  if (digits.length > MOST_DIGITS) return undefined;
  return { unscaled: BigInt(digits), scale: point < 0 ? 0 : text.length - point - 1 };
}

/** With exactly `scale` digits after the point. */
export function formatDecimal({ unscaled, scale }: Decimal): string {
  if (scale === 0) return String(unscaled);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** The largest number of `scale` digits that is not above, and whether it is the same number. */
export function floorAt({ unscaled, scale: own }: Decimal, scale: number): { floor: bigint; exact: boolean } {
  if (own <= scale) return { floor: unscaled * powerOfTen(scale - own), exact: true };
  const unit = powerOfTen(own - scale);
  const cut = unscaled / unit;
  const exact = cut * unit === unscaled;
  return { floor: exact || unscaled > 0n ? cut : cut - 1n, exact };
}

/** Rounded to the nearest integer, halves away from zero. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n;
  const whole = ((negative ? -dividend : dividend) * 2n + divisor) / (divisor * 2n);
  return negative ? -whole : whole;
}
