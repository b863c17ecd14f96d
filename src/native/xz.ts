/** xz from liblzma as a native addon, loaded on first use; it works in libuv's thread pool, chunk by chunk. */
import { concatBytes } from '../bytes/writer.js';
import { MAX_XZ_DICTIONARY } from '../container/format.js';
import { readXzStream } from '../container/xz-stream.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';

/** The part of the package in use; its types lack the filter chain. */
interface Lzma {
  createStream(coder: 'streamEncoder' | 'streamDecoder', options: object): NodeJS.ReadWriteStream;
  readonly CHECK_CRC32: number;
  readonly FILTER_LZMA2: string;
}

export type Xz = Pick<Engines, 'xzCompress' | 'xzDecompress'>;

/** What liblzma's decoder needs beside its dictionary. */
const DECODER_OVERHEAD = 4 * 1024 * 1024;
const OUTPUT_CHUNK = 1024 * 1024;
/** Dictionary of the presets 6..9 in MiB; they differ in nothing else. */
const HIGH_PRESETS = [8, 16, 32, 64];

export async function xzOfLzmaNative(): Promise<Xz> {
  let lzma: Lzma;
  try {
    lzma = (await import('lzma-native')).default as unknown as Lzma;
  } catch (cause) {
    throw new At1Error('capability/missing', {
      message: 'the xz library does not load on this machine',
      hint: 'reinstall the package lzma-native, or use objects that are not compressed with xz',
      cause,
    });
  }
  return {
    xzCompress: (data, preset) => compress(lzma, data, preset),
    xzDecompress: (stream, size) => decompress(lzma, stream, size),
  };
}

function compress(lzma: Lzma, data: Uint8Array, preset: number): Promise<Uint8Array> {
  // The easy encoder takes preset 0 for "not given", which is 6; a filter chain does not.
  const filters = [{ id: lzma.FILTER_LZMA2, options: { preset: sufficientPreset(data.length, preset) } }];
  // CRC32 is the shortest check; the trailer's digest covers the content.
  return run(lzma.createStream('streamEncoder', { filters, check: lzma.CHECK_CRC32, bufsize: OUTPUT_CHUNK }), data);
}

/** A dictionary larger than the data changes nothing but the memory: preset 9 takes 674 MiB, preset 6 takes 94. */
function sufficientPreset(size: number, preset: number): number {
  let sufficient = preset;
  while (sufficient > 6 && size <= (HIGH_PRESETS[sufficient - 7] as number) * 1024 * 1024) sufficient--;
  return sufficient;
}

async function decompress(lzma: Lzma, stream: Uint8Array, size: number): Promise<Uint8Array> {
  // liblzma has no limit on output and goes on to a second stream; what passes here has one, of a proven size.
  const stated = readXzStream(stream).size;
  if (stated !== size) throw damaged(`.xz stream states ${stated} bytes, expected ${size}`);
  const memlimit = MAX_XZ_DICTIONARY + DECODER_OVERHEAD;
  let data: Uint8Array;
  try {
    data = await run(lzma.createStream('streamDecoder', { memlimit, bufsize: OUTPUT_CHUNK }), stream);
  } catch (cause) {
    throw damaged('.xz stream is damaged', cause);
  }
  if (data.length !== size) throw damaged(`.xz stream yields ${data.length} bytes, expected ${size}`);
  return data;
}

function run(coder: NodeJS.ReadWriteStream, input: Uint8Array): Promise<Uint8Array> {
  const chunk = Buffer.from(input.buffer, input.byteOffset, input.length);
  // The package cuts its input wherever it finds the letters "YZ", one thread-pool job a cut: minutes for some inputs.
  Object.defineProperty(chunk, 'indexOf', { value: () => -1 });
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    coder.on('data', (part: Uint8Array) => parts.push(part));
    coder.on('error', reject);
    coder.on('end', () => resolve(concatBytes(parts)));
    coder.end(chunk);
  });
}

function damaged(message: string, cause?: unknown): At1Error {
  return new At1Error('container/malformed', { message, cause });
}
