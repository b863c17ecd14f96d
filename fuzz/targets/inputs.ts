/** Bytes to what parsers take, and back. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { violated } from '../target.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Any string, lone surrogates included: after a first byte FF the rest is UTF-16, otherwise it is UTF-8. */
export function textOf(input: Uint8Array): string {
  if (input[0] !== 0xff) return decoder.decode(input);
  let text = '';
  for (let at = 1; at + 1 < input.length; at += 2) {
    text += String.fromCharCode(((input[at] as number) << 8) | (input[at + 1] as number));
  }
  return text;
}

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

export function same(a: unknown, b: unknown, what: string): void {
  if (!isDeepStrictEqual(a, b)) violated(what);
}

export function sameBytes(a: Uint8Array, b: Uint8Array, what: string): void {
  if (Buffer.compare(a, b) !== 0) violated(what);
}

export function sha1(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha1').update(bytes).digest());
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}
