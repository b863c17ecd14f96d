/** xz decoding with xz-embedded as wasm. It knows LZMA2 alone and no SHA-256 check; other streams are refused by name. */
import { concatBytes } from '../bytes/writer.js';
import { readXzStream } from '../container/xz-stream.js';
import { At1Error } from '../errors.js';

const CHECK_SHA256 = 10;

export async function xzDecompress(stream: Uint8Array, size: number): Promise<Uint8Array> {
  const structure = readXzStream(stream);
  if (structure.size !== size) throw damaged(`.xz stream states ${structure.size} bytes, expected ${size}`);
  if (structure.filtered || structure.check === CHECK_SHA256) {
    throw new At1Error('capability/missing', {
      message: 'the portable engines read .xz streams of plain LZMA2 only',
      hint: 'read this container with the native engines',
    });
  }
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
