/** Growing byte buffer: the mirror of `Cursor`. */

export class ByteWriter {
  #parts: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  bytes(part: Uint8Array): this {
    this.#parts.push(part);
    this.#length += part.length;
    return this;
  }

  u8(value: number): this {
    return this.bytes(Uint8Array.of(value));
  }

  u32be(value: number): this {
    const b = new Uint8Array(4);
    new DataView(b.buffer).setUint32(0, value, false);
    return this.bytes(b);
  }

  /** Minimal little-endian base-128 of a non-negative safe integer or bigint below 2^64. */
  varint(value: number | bigint): this {
    return this.bytes(encodeVarint(value));
  }

  /** `allocate`: where the bytes go; default fresh memory. */
  finish(allocate?: Allocate): Uint8Array {
    return concatBytes(this.#parts, allocate);
  }
}

export function encodeVarint(value: number | bigint): Uint8Array {
  let rest = BigInt(value);
  if (rest < 0n || rest >= 1n << 64n) throw new RangeError(`varint out of range: ${value}`);
  const out: number[] = [];
  while (rest >= 0x80n) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}

export type Allocate = (length: number) => Uint8Array;

export function concatBytes(
  parts: readonly Uint8Array[],
  allocate: Allocate = (length) => new Uint8Array(length),
): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = allocate(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
