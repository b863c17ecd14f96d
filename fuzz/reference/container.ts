/**
 * A second container reader, written from docs/format/container.md alone and as plainly as possible: what the strict
 * reader is held against. It shares no code with `src/container`, and decompresses with packages that are not the native ones.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { Decompress } from 'fzstd';

// A CommonJS module, whose names not every loader sees.
const { XzReadableStream } = createRequire(import.meta.url)('xz-decompress') as typeof import('xz-decompress');

/** The output, or why there is none. */
export type Reading = { readonly output: Uint8Array } | { readonly refused: string };

class Refused extends Error {}

const TRAILER = 36;

export async function referenceRead(bytes: Uint8Array): Promise<Reading> {
  try {
    return { output: await read(bytes) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

/** What a payload yields, once it is asked: all structure is checked before anything is unpacked. */
type Unpack = () => Uint8Array | Promise<Uint8Array>;

async function read(bytes: Uint8Array): Promise<Uint8Array> {
  need(bytes.length >= 5 + TRAILER, 'short');
  need(text(bytes, 0, 3) === 'AT1', 'magic');
  need(bytes[3] === 2 || bytes[3] === 3, 'mode');
  need(bytes[4] === 255, 'codec');
  need(hex(bytes.subarray(-4)) === 'a1533601', 'trailer');
  const body = bytes.subarray(5, -TRAILER);
  const outputs: Uint8Array[] = [];
  for (const unpack of bytes[3] === 2 ? [checkPayload(body)] : checkFrames(body)) outputs.push(await unpack());
  const output = Uint8Array.from(Buffer.concat(outputs));
  need(createHash('sha256').update(output).digest('hex') === hex(bytes.subarray(-TRAILER, -4)), 'digest');
  return output;
}

function checkFrames(body: Uint8Array): Unpack[] {
  const payloads: Unpack[] = [];
  let { next } = varint(body, 0);
  while (next < body.length) {
    const length = varint(body, next);
    const frame = body.subarray(length.next, length.next + length.value);
    need(length.value >= 2 && frame.length === length.value, 'frame length');
    need(frame[0] === 1, 'method');
    next = length.next + length.value;
    if (frame[1] === 1 && isIndex(frame.subarray(2))) need(next === body.length, 'index frame in the middle');
    else payloads.push(checkPayload(frame.subarray(1)));
  }
  return payloads;
}

/** Backend byte and payload. */
function checkPayload(bytes: Uint8Array): Unpack {
  const payload = bytes.subarray(1);
  if (bytes[0] === 2) return () => payload;
  if (bytes[0] !== 0 && bytes[0] !== 1) throw new Refused('backend');
  const size = bytes[0] === 1 ? checkZstd(payload) : checkXz(payload);
  return bytes[0] === 1 ? () => unpackZstd(payload, size) : () => unpackXz(payload, size);
}

function isIndex(payload: Uint8Array): boolean {
  if (payload.length < 8 || (number(payload, 0, 4) & 0xfffffff0) >>> 0 !== 0x184d2a50) return false;
  return number(payload, 4, 4) === payload.length - 8;
}

/** One data frame to the end of the payload, with a content size and no dictionary; returns that size. */
function checkZstd(payload: Uint8Array): number {
  need(number(payload, 0, 4) === 0xfd2fb528, 'zstd magic');
  const descriptor = number(payload, 4, 1);
  const single = (descriptor & 0x20) !== 0;
  need((descriptor & 0x1b) === 0, 'zstd unused or reserved bit, or dictionary');
  let at = single ? 5 : 6;
  if (!single) {
    const window = number(payload, 5, 1);
    need(2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8) <= 128 * 1024 * 1024, 'zstd window');
  }
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
  need(sizeBytes > 0, 'zstd without size');
  const size = number(payload, at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  at += sizeBytes;
  let most = 0;
  for (let last = false; !last; ) {
    const header = number(payload, at, 3);
    const kind = (header >> 1) & 3;
    last = (header & 1) === 1;
    need(kind !== 3 && header >> 3 <= 128 * 1024 && (kind !== 2 || header >> 3 >= 2), 'zstd block');
    most += kind === 2 ? 128 * 1024 : header >> 3;
    at += 3 + (kind === 1 ? 1 : header >> 3);
  }
  at += (descriptor & 4) === 0 ? 0 : 4;
  need(at === payload.length, 'zstd end');
  need(size <= most, 'zstd size');
  return size;
}

function unpackZstd(payload: Uint8Array, size: number): Uint8Array {
  const parts: Uint8Array[] = [];
  try {
    new Decompress((part) => void parts.push(part.slice())).push(payload, true);
  } catch {
    throw new Refused('zstd data');
  }
  const output = Uint8Array.from(Buffer.concat(parts));
  need(output.length === size, 'zstd yields another size');
  return output;
}

/** One stream to the end of the payload, by the sizes in its index; returns what the index says it yields. */
function checkXz(payload: Uint8Array): number {
  const end = payload.length - 12;
  need(hex(payload.subarray(0, 6)) === 'fd377a585a00' && end >= 20 && payload.length % 4 === 0, 'xz header');
  need(text(payload, end + 10, end + 12) === 'YZ', 'xz footer');
  const index = end - (number(payload, end + 4, 4) + 1) * 4;
  need(index >= 12 && payload[index] === 0, 'xz index');
  let { value: count, next } = varint(payload, index + 1, false);
  let [blocks, size] = [0, 0];
  need(count <= payload.length, 'xz count');
  for (; count > 0; count--) {
    const unpadded = varint(payload, next, false);
    const yields = varint(payload, unpadded.next, false);
    next = yields.next;
    checkChunks(payload, 12 + blocks);
    blocks += Math.ceil(unpadded.value / 4) * 4;
    size += yields.value;
  }
  need(12 + blocks === index, 'more than one xz stream');
  return size;
}

/** The data of every LZMA chunk of the block begins with a zero. */
function checkChunks(payload: Uint8Array, block: number): void {
  let at = block + (number(payload, block, 1) + 1) * 4;
  for (let control = number(payload, at, 1); control !== 0; control = number(payload, at, 1)) {
    const big = (from: number): number => number(payload, from, 1) * 256 + number(payload, from + 1, 1) + 1;
    if (control < 0x80) at += 3 + big(at + 1);
    else {
      const data = at + (control >= 0xc0 ? 6 : 5);
      need(payload[data] === 0, 'xz chunk');
      at = data + big(at + 3);
    }
  }
}

async function unpackXz(payload: Uint8Array, size: number): Promise<Uint8Array> {
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(payload);
      controller.close();
    },
  });
  const parts: Uint8Array[] = [];
  try {
    const reader = new XzReadableStream(source).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value.slice());
  } catch {
    throw new Refused('xz data');
  }
  const output = Uint8Array.from(Buffer.concat(parts));
  need(output.length === size, 'xz yields another size');
  return output;
}

function varint(bytes: Uint8Array, from: number, minimal = true): { value: number; next: number } {
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) throw new Refused('varint');
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte > 127) continue;
    need(!minimal || i === 0 || byte !== 0, 'padded varint');
    need(value <= BigInt(Number.MAX_SAFE_INTEGER), 'varint value');
    return { value: Number(value), next: from + i + 1 };
  }
  throw new Refused('varint length');
}

/** Little-endian. */
function number(bytes: Uint8Array, at: number, length: number): number {
  need(at + length <= bytes.length, 'cut short');
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] as number);
  need(Number.isSafeInteger(value), 'number');
  return value;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function need(condition: boolean, why: string): asserts condition {
  if (!condition) throw new Refused(why);
}
