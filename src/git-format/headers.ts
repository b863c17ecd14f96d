/**
 * The header part that commits and tags share: lines `key value`, continued by lines with a leading space, up to the
 * first empty line. Works on raw bytes, because what is signed is bytes and no encoding is promised.
 */
import { fromLatin1 } from '../bytes/text.js';
import { At1Error } from '../errors.js';

export interface Header {
  readonly key: string;
  /** First line and continuation lines, leading spaces removed, joined by line breaks; one character a byte. */
  readonly value: string;
  /** Offsets of the whole header with its last line break. */
  readonly start: number;
  readonly end: number;
}

export interface Headers {
  readonly headers: readonly Header[];
  /** Where the message begins; the length of the object if there is none. */
  readonly bodyStart: number;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;

export function readHeaders(bytes: Uint8Array, what: string): Headers {
  const headers: Header[] = [];
  let at = 0;
  while (at < bytes.length && bytes[at] !== NEWLINE) {
    const start = at;
    let end = lineEnd(bytes, at, what);
    const parts = [fromLatin1(bytes.subarray(at, end - 1))];
    while (bytes[end] === SPACE) {
      const next = lineEnd(bytes, end, what);
      parts.push(fromLatin1(bytes.subarray(end + 1, next - 1)));
      end = next;
    }
    const first = parts[0] as string;
    // git would read only up to a NUL, we would read on: two readings of one signed object.
    if (parts.some((part) => part.includes('\0'))) return invalid(what, 'a NUL in its header');
    const space = first.indexOf(' ');
    const key = space < 0 ? first : first.slice(0, space);
    if (space >= 0) parts[0] = first.slice(space + 1);
    else parts[0] = '';
    headers.push({ key, value: parts.join('\n'), start, end });
    at = end;
  }
  return { headers, bodyStart: Math.min(bytes.length, at + 1) };
}

/** The headers that must lead, in this order; `many` may repeat or be absent. Throws `git/invalid-object`. */
export function takeHeader(headers: readonly Header[], index: number, key: string, what: string): Header {
  const header = headers[index];
  if (header === undefined || header.key !== key) return invalid(what, `no '${key}' where it belongs`);
  if (header.value.includes('\n')) return invalid(what, `a '${key}' of several lines`);
  // Without the space after the key git does not read the object at all.
  if (header.end - header.start === key.length + 1) return invalid(what, `a '${key}' without a value`);
  return header;
}

/** A repeated header would let two readers see two different objects under one signature. */
export function refuseRepeats(headers: readonly Header[], keys: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const { key } of headers) {
    if (!keys.includes(key)) continue;
    if (seen.has(key)) invalid(what, `two '${key}' headers`);
    seen.add(key);
  }
}

export function invalid(what: string, problem: string): never {
  throw new At1Error('git/invalid-object', { message: `a ${what} object has ${problem}` });
}

function lineEnd(bytes: Uint8Array, from: number, what: string): number {
  const newline = bytes.indexOf(NEWLINE, from);
  return newline < 0 ? invalid(what, 'a header line without end') : newline + 1;
}

/** The text of a header or message in its stated encoding; what cannot be read becomes U+FFFD, never an error. */
export function decodeText(bytes: Uint8Array, encoding: string | undefined): string {
  if (encoding !== undefined) {
    try {
      return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
    } catch {
      // An encoding nobody knows: the text is for people, so read it as the default below.
    }
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Back from one character a byte. */
export function latin1Bytes(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

/** The bytes without some headers. */
export function withoutHeaders(bytes: Uint8Array, removed: readonly Header[]): Uint8Array {
  if (removed.length === 0) return bytes;
  const out = new Uint8Array(bytes.length - removed.reduce((sum, header) => sum + header.end - header.start, 0));
  let from = 0;
  let at = 0;
  for (const header of removed) {
    out.set(bytes.subarray(from, header.start), at);
    at += header.start - from;
    from = header.end;
  }
  out.set(bytes.subarray(from), at);
  return out;
}
