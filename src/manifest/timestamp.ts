/** Times as documents write them: RFC 3339 in UTC with whole seconds, `2026-11-22T01:02:03Z`. */
import { At1Error } from '../errors.js';

/** The last second of the year 9999, the last one that can be written. */
export const LAST_SECOND = 253_402_300_799;

/** True for the one accepted form of a time that exists: no 30th of February, no leap second. */
export function isTimestamp(text: string): boolean {
  // The form first: the engine's own parser takes much else, and years that cannot be written.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return false;
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && formatTimestamp(Math.trunc(milliseconds / 1000)) === text;
}

/** From seconds since 1970, years 0 to 9999. */
export function formatTimestamp(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9999) {
    throw new RangeError(`no such time: ${seconds}`);
  }
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Seconds since 1970. */
export function parseTimestamp(text: string): number {
  if (!isTimestamp(text)) {
    throw new At1Error('usage/invalid', {
      message: `not a time: '${text.slice(0, 80)}'`,
      hint: 'write UTC with whole seconds, such as 2026-11-22T01:02:03Z',
    });
  }
  return Math.trunc(Date.parse(text) / 1000);
}
