/** Containers byte by byte, for what no writer would write: heads, frames, zstd frames and xz streams that lie. */
import { concatBytes } from '../src/bytes/writer.js';
import { crc32 } from '../src/container/crc32.js';

const TRAILER_MAGIC = Uint8Array.of(0xa1, 0x53, 0x36, 0x01);
/** Mode whole, codec raw. */
const WHOLE = Uint8Array.of(0x41, 0x54, 0x31, 2, 255);
const STREAM = Uint8Array.of(0x41, 0x54, 0x31, 3, 255);

export const XZ = 0;
export const ZSTD = 1;
export const STORED = 2;

export function bytesOf(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return concatBytes(parts.map((part) => (part instanceof Uint8Array ? part : Uint8Array.from(part))));
}

/** Backend, payload, digest as they are given. */
export function wholeContainer(backend: number, payload: Uint8Array, sha256: Uint8Array): Uint8Array {
  return bytesOf(WHOLE, [backend], payload, sha256, TRAILER_MAGIC);
}

/** `body` begins with the varint of the block hint. */
export function streamContainer(body: Uint8Array, sha256: Uint8Array): Uint8Array {
  return bytesOf(STREAM, body, sha256, TRAILER_MAGIC);
}

/** A varint of any value; `padding` more bytes that add nothing. */
export function varint(value: bigint, padding = 0): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    out.push(Number(rest & 0x7fn) | 0x80);
    if (rest < 0x80n) break;
  }
  for (let i = 0; i < padding; i++) out.push(0x80);
  out[out.length - 1] = (out.at(-1) ?? 0) & 0x7f;
  return out;
}

/** One frame of a stream container. */
export function frame(backend: number, payload: Uint8Array, method = 1): Uint8Array {
  return bytesOf(varint(BigInt(payload.length + 2)), [method, backend], payload);
}

export interface ZstdBlock {
  /** 0 raw, 1 one byte repeated. */
  readonly kind: 0 | 1;
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** A zstd frame that states any size; `window` is the descriptor byte (0x50: 1 MiB). */
export function zstdFrame(size: bigint, blocks: readonly ZstdBlock[], window = 0x50): Uint8Array {
  const stated = new Uint8Array(8);
  new DataView(stated.buffer).setBigUint64(0, size, true);
  const parts = blocks.map(({ kind, size: length, bytes }, i) => {
    const header = (length << 3) | (kind << 1) | (i === blocks.length - 1 ? 1 : 0);
    return bytesOf([header & 0xff, (header >> 8) & 0xff, (header >> 16) & 0xff], bytes);
  });
  return bytesOf([0x28, 0xb5, 0x2f, 0xfd, 0xc0, window], stated, ...parts);
}

export function skippableFrame(length: number): Uint8Array {
  return bytesOf([0x50, 0x2a, 0x4d, 0x18, length & 0xff, (length >> 8) & 0xff, 0, 0], new Uint8Array(length));
}

/** The xz stream with another index: its records and the checksums over them are sound again. */
export function withXzIndex(
  stream: Uint8Array,
  edit: (records: { unpadded: bigint; size: bigint }[]) => { unpadded: bigint; size: bigint }[],
): Uint8Array {
  const footer = stream.subarray(-12);
  const length = (new DataView(footer.buffer, footer.byteOffset).getUint32(4, true) + 1) * 4;
  const index = stream.subarray(stream.length - 12 - length, stream.length - 12);
  let at = 1;
  const next = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = index[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const records = Array.from({ length: Number(next()) }, () => ({ unpadded: next(), size: next() }));
  const edited = edit(records);
  const plain = bytesOf(
    [0],
    varint(BigInt(edited.length)),
    ...edited.flatMap((one) => [varint(one.unpadded), varint(one.size)]),
  );
  const body = bytesOf(plain, new Uint8Array((4 - (plain.length % 4)) % 4));
  const whole = bytesOf(body, u32(crc32(body)));
  const tail = bytesOf(u32(whole.length / 4 - 1), footer.subarray(8, 10));
  return bytesOf(stream.subarray(0, stream.length - 12 - length), whole, u32(crc32(tail)), tail, [0x59, 0x5a]);
}

/** The xz stream with another header of its first block, whose checksum is sound again. */
export function withXzBlockHeader(stream: Uint8Array, edit: (header: Uint8Array) => Uint8Array): Uint8Array {
  const length = ((stream[12] ?? 0) + 1) * 4;
  const header = edit(stream.slice(12, 12 + length - 4));
  return bytesOf(stream.subarray(0, 12), header, u32(crc32(header)), stream.subarray(12 + length));
}

/** Where the LZMA2 chunks of the first block begin. */
export function xzChunksAt(stream: Uint8Array): number {
  return 12 + ((stream[12] ?? 0) + 1) * 4;
}

function u32(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}
