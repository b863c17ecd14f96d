/** xz from liblzma as a native addon, loaded on first use; it works in libuv's thread pool, chunk by chunk. */
import { concatBytes } from '../bytes/writer.js';
import { MAX_XZ_DICTIONARY } from '../container/format.js';
import { readXzStream } from '../container/xz-stream.js';
import type { Engines, XzTuning } from '../engines.js';
import { At1Error } from '../errors.js';

/** The part of the package in use; its types lack the filter chain. */
interface Lzma {
  createStream(coder: 'streamEncoder' | 'streamDecoder', options: object): NodeJS.ReadWriteStream;
  readonly CHECK_CRC32: number;
  readonly FILTER_LZMA2: string;
  readonly MODE_NORMAL: number;
  readonly MF_BT4: number;
}

export type Xz = Pick<Engines, 'xzCompress' | 'xzDecompress'>;

/** What liblzma's decoder needs beside its dictionary. */
const DECODER_OVERHEAD = 4 * 1024 * 1024;
const OUTPUT_CHUNK = 1024 * 1024;
const MIB = 1024 * 1024;
/** Dictionary of the presets 6..9 in MiB; they differ in nothing else. */
const HIGH_PRESETS = [8, 16, 32, 64];
/** Dictionary in MiB and length of a match that is good enough, of the presets with the thorough match finder. */
const TUNED_PRESETS: ReadonlyMap<number, readonly [number, number]> = new Map([
  [4, [4, 16]],
  [5, [8, 32]],
  [6, [8, 64]],
  [7, [16, 64]],
  [8, [32, 64]],
  [9, [64, 64]],
]);
const SMALLEST_DICTIONARY = 4096;
/** What liblzma's flag "extreme" puts in place of a preset's own. */
const EXTREME = { niceLen: 273, depth: 512 };

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
    xzCompress: (data, preset, tuning) => compress(lzma, data, preset, tuning),
    xzDecompress: (stream, size) => decompress(lzma, stream, size),
  };
}

function compress(lzma: Lzma, data: Uint8Array, preset: number, tuning?: XzTuning): Promise<Uint8Array> {
  // The easy encoder takes preset 0 for "not given", which is 6; a filter chain does not.
  const options =
    tuning === undefined ? { preset: sufficientPreset(data.length, preset) } : tuned(lzma, data.length, preset, tuning);
  const filters = [{ id: lzma.FILTER_LZMA2, options }];
  // CRC32 is the shortest check; the trailer's digest covers the content.
  return run(lzma.createStream('streamEncoder', { filters, check: lzma.CHECK_CRC32, bufsize: OUTPUT_CHUNK }), data);
}

/** A dictionary larger than the data changes nothing but the memory: preset 9 takes 674 MiB, preset 6 takes 94. */
function sufficientPreset(size: number, preset: number): number {
  let sufficient = preset;
  while (sufficient > 6 && size <= (HIGH_PRESETS[sufficient - 7] as number) * MIB) sufficient--;
  return sufficient;
}

/** All of a preset spelled out: the package lets a preset override whatever stands beside it, without a word. */
function tuned(lzma: Lzma, size: number, preset: number, tuning: XzTuning): object {
  const { lc = 3, lp = 0, pb = 2 } = tuning;
  const [most, niceLen] = TUNED_PRESETS.get(preset) ?? [];
  if (most === undefined) throw new RangeError(`preset ${preset} cannot be tuned`);
  const bits = [lc, lp, pb].every((count) => Number.isInteger(count) && count >= 0 && count <= 4);
  if (!bits || lc + lp > 4) throw new RangeError(`not a tuning of LZMA2: lc=${lc} lp=${lp} pb=${pb}`);
  let dictSize = SMALLEST_DICTIONARY;
  while (dictSize < size && dictSize < most * MIB) dictSize *= 2;
  const search = tuning.extreme === true ? EXTREME : { niceLen, depth: 0 };
  return { dictSize, lc, lp, pb, mode: lzma.MODE_NORMAL, mf: lzma.MF_BT4, ...search };
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
  // The addon fails on memory that threads share, as segments of registered files are read into: it gets a copy.
  const chunk =
    input.buffer instanceof SharedArrayBuffer
      ? Buffer.from(input)
      : Buffer.from(input.buffer, input.byteOffset, input.length);
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
