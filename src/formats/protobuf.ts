/** Fields of a protobuf message in a file, one at a time: what a field is and where its bytes lie. Groups are refused. */
import { malformed } from './file-shape.js';
import type { HeaderSource } from './header-source.js';

export const VARINT = 0;
export const LENGTH_DELIMITED = 2;
const FIXED_BYTES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };
/** A tag and a length. */
const MOST_BYTES = 20;
const VARINT_BYTES = 10;

export interface ProtobufField {
  readonly number: number;
  readonly wire: number;
  /** Of a varint; NaN where it is no exact number. Otherwise 0. */
  readonly value: number;
  /** The bytes of the field without tag and length. */
  readonly start: number;
  readonly end: number;
}

/** The field at `at` of a message that goes on to `end`: at once where its bytes are at hand, as most of them are. */
export function readField(source: HeaderSource, at: number, end: number): ProtobufField | Promise<ProtobufField> {
  const wanted = Math.min(MOST_BYTES, end - at);
  const head = source.peek(at, wanted);
  if (head !== undefined) return parseField(head, at, end);
  return source.window(at, wanted, 'protobuf field').then((read) => parseField(read, at, end));
}

function parseField(head: Uint8Array, at: number, end: number): ProtobufField {
  const tag = varintAt(head, 0);
  if (!(tag.value >= 8 && tag.value < 2 ** 32)) throw malformed(`protobuf tag ${tag.value} at ${at}`);
  const [number, wire] = [Math.floor(tag.value / 8), tag.value % 8];
  const start = at + tag.end;
  if (wire === VARINT) {
    const { value, end: length } = varintAt(head, tag.end);
    return { number, wire, value, start, end: at + length };
  }
  const fixed = FIXED_BYTES[wire];
  const size = wire === LENGTH_DELIMITED ? varintAt(head, tag.end) : { value: fixed ?? Number.NaN, end: tag.end };
  const from = at + size.end;
  // Not a number: a group, or a length above 2^53.
  if (!(size.value <= end - from)) throw malformed(`protobuf field ${number} at ${at} is longer than its message`);
  return { number, wire, value: 0, start: from, end: from + size.value };
}

/** Packed numbers. */
export function varintsOf(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = varintAt(bytes, at);
    found.push(value);
    at = end;
  }
  return found;
}

function varintAt(bytes: Uint8Array, from: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let i = 0; i < VARINT_BYTES; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) throw malformed('protobuf number is cut short');
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value: Number.isSafeInteger(value) ? value : Number.NaN, end: from + i + 1 };
  }
  throw malformed('protobuf number longer than ten bytes');
}
