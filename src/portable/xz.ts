/** xz decoding with xz-embedded as wasm. It knows LZMA2 and the delta filter, and no SHA-256 check; others are refused by name. */
import { Cursor } from '../bytes/cursor.js';
import { concatBytes } from '../bytes/writer.js';
import { crc32 } from '../container/crc32.js';
import { overLimit } from '../container/format.js';
import { formatXzStream } from '../container/write-xz.js';
import { readXzStream, walkXzBlocks } from '../container/xz-stream.js';
import { At1Error } from '../errors.js';

const CHECK_NONE = 0;
const CHECK_CRC32 = 1;
const CHECK_SHA256 = 10;
const FILTER_DELTA = 3;
/** Each starts a decoder of its own. We write no more than a table has columns. */
const MOST_BLOCKS = 4096;

export async function xzDecompress(stream: Uint8Array, size: number): Promise<Uint8Array> {
  const structure = readXzStream(stream);
  if (structure.size !== size) throw damaged(`.xz stream states ${structure.size} bytes, expected ${size}`);
  if (structure.check === CHECK_SHA256) throw incapable('without a check of SHA-256');
  if (structure.filtered) return decodeFiltered(stream, structure.check);
  return decodePlain(stream, size);
}

/** Block by block: each as a plain stream without a check, then the delta filter undone and the check made here. */
async function decodeFiltered(stream: Uint8Array, check: number): Promise<Uint8Array> {
  if (check !== CHECK_NONE && check !== CHECK_CRC32) throw incapable('with a filter and a check of CRC32 or none');
  const parts: Uint8Array[] = [];
  for (const { filters, lzma2, size, check: sum } of walkXzBlocks(stream)) {
    if (parts.length === MOST_BLOCKS) throw overLimit('blocks of a filtered .xz stream', MOST_BLOCKS + 1, MOST_BLOCKS);
    const distances = filters.map(({ id, properties }) => {
      if (id !== FILTER_DELTA || properties.length !== 1) throw incapable('of LZMA2 and delta only');
      return (properties[0] as number) + 1;
    });
    const data = await decodePlain(formatXzStream([{ lzma2, size }]), size);
    for (const distance of distances.reverse()) undoDelta(data, distance);
    if (check === CHECK_CRC32 && new Cursor(sum).u32le() !== crc32(data)) throw damaged('.xz block is damaged');
    parts.push(data);
  }
  return concatBytes(parts);
}

function undoDelta(data: Uint8Array, distance: number): void {
  for (let i = distance; i < data.length; i++) data[i] = (data[i] as number) + (data[i - distance] as number);
}

function incapable(what: string): At1Error {
  return new At1Error('capability/missing', {
    message: `the portable engines read .xz streams ${what}`,
    hint: 'read this container with the native engines',
  });
}

async function decodePlain(stream: Uint8Array, size: number): Promise<Uint8Array> {
  const XzReadableStream = await loadDecoder();
  const reader = new XzReadableStream(streamOf(stream)).getReader();
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    // To the very end, even of too much output: an abandoned stream keeps the package's only decoder locked.
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      total += next.value.length;
      if (total <= size) parts.push(next.value);
    }
  } catch (cause) {
    throw damaged('.xz stream is damaged', cause);
  }
  if (total !== size) throw damaged(`.xz stream yields ${total} bytes, expected ${size}`);
  return concatBytes(parts);
}

/** A CommonJS module whose names some loaders see and some do not; those put them behind `default`. */
async function loadDecoder(): Promise<typeof import('xz-decompress').XzReadableStream> {
  const loaded: Partial<typeof import('xz-decompress')> & { readonly default?: typeof import('xz-decompress') } =
    await import('xz-decompress');
  const decoder = loaded.XzReadableStream ?? loaded.default?.XzReadableStream;
  if (decoder === undefined) throw new TypeError('xz-decompress does not export its decoder');
  return decoder;
}

export async function xzCompress(): Promise<Uint8Array> {
  throw new At1Error('capability/missing', {
    message: 'the portable engines do not compress',
    hint: 'write objects with the native engines',
  });
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

function damaged(message: string, cause?: unknown): At1Error {
  return new At1Error('container/malformed', { message, cause });
}
