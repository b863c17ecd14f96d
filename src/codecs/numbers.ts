/** The numbers in the streams of codecs, minimal varints all of them: counts, and signed 64-bit deltas (zigzag). */
import { Cursor } from '../bytes/cursor.js';
import { malformed, notStrict } from '../container/format.js';
import { readVarint } from '../container/varint.js';
import { type Streams, streamOf } from './streams.js';

const I64_MIN = -(1n << 63n);
const I64_MAX = (1n << 63n) - 1n;
/** Varints up to this many bytes are exact as numbers, whatever is done to them here. */
const SHORT = 7;

/** Reads one stream, or one part of it, from the front. */
export class Numbers {
  readonly bytes: Uint8Array;
  readonly name: string;
  #at = 0;

  constructor(bytes: Uint8Array, name: string) {
    this.bytes = bytes;
    this.name = name;
  }

  get offset(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.bytes.length - this.#at;
  }

  u8(): number {
    if (this.#at >= this.bytes.length) throw malformed(`stream ${this.name} is too short`);
    return this.bytes[this.#at++] as number;
  }

  /** A view of the next `length` bytes. */
  take(length: number): Uint8Array {
    if (length > this.remaining)
      throw malformed(`stream ${this.name}: length ${length} exceeds ${this.remaining} available`);
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  /** `uv`: a count, an index or a length, at most 2^53 - 1. */
  uint(): number {
    return this.#short() ?? this.#long((cursor) => readVarint(cursor, this.name));
  }

  /** `uv` of something that takes at least `each` bytes of what is left: checked before anybody allocates for it. */
  count(each = 1): number {
    const count = this.uint();
    if (count * each > this.remaining) {
      throw malformed(`stream ${this.name}: a count of ${count} exceeds what ${this.remaining} bytes can hold`);
    }
    return count;
  }

  /** `lp`: a length and as many bytes. */
  string(): Uint8Array {
    return this.take(this.uint());
  }

  /** A view of what comes before the next byte of this value, and past that byte. */
  until(byte: number): Uint8Array {
    const end = this.bytes.indexOf(byte, this.#at);
    if (end < 0) throw malformed(`stream ${this.name} is too short`);
    const part = this.bytes.subarray(this.#at, end);
    this.#at = end + 1;
    return part;
  }

  /** `sv`: a number where that is exact, else a bigint. */
  signed(): number | bigint {
    const zigzag = this.#short();
    if (zigzag !== undefined) return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    const value = this.#long((cursor) => strict64(cursor, this.name));
    return (value & 1n) === 0n ? value >> 1n : -((value + 1n) >> 1n);
  }

  /** The next varint if it has at most 7 bytes; else nothing is read. */
  #short(): number | undefined {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < SHORT; i++) {
      const byte = this.bytes[this.#at + i];
      if (byte === undefined) throw malformed(`stream ${this.name} is too short`);
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte >= 0x80) continue;
      if (byte === 0 && i > 0) throw notStrict(`a varint of stream ${this.name} has leading zeros`);
      this.#at += i + 1;
      return value;
    }
    return undefined;
  }

  #long<T>(read: (cursor: Cursor) => T): T {
    const cursor = new Cursor(this.bytes, 'container/malformed', this.#at);
    const value = read(cursor);
    this.#at = cursor.offset;
    return value;
  }
}

export function numbersOf(streams: Streams, name: string): Numbers {
  return new Numbers(streamOf(streams, name), name);
}

/** A running sum of `sv` deltas from 0; what leaves 64 bits is `container/malformed`. */
export class Sum {
  #value: number | bigint = 0;

  add(delta: number | bigint): number | bigint {
    if (typeof delta === 'number' && typeof this.#value === 'number') {
      const sum = this.#value + delta;
      if (Number.isSafeInteger(sum)) {
        this.#value = sum;
        return sum;
      }
    }
    const sum = BigInt(this.#value) + BigInt(delta);
    if (sum < I64_MIN || sum > I64_MAX) throw malformed('a sum of deltas exceeds 64 bits');
    const exact = Number(sum);
    this.#value = Number.isSafeInteger(exact) ? exact : sum;
    return this.#value;
  }
}

function strict64(cursor: Cursor, name: string): bigint {
  const value = cursor.varint(name);
  if (cursor.bytes[cursor.offset - 1] === 0) throw notStrict(`a varint of stream ${name} has leading zeros`);
  return value;
}
