/**
 * zstd from node:zlib where it has it (Node 22.15 and later), else libzstd as wasm, loaded on first use. The wasm package
 * lives here and not in `portable/`, which only decodes and does so with an implementation of its own.
 */
import * as zlib from 'node:zlib';
import { readZstdFrame } from '../container/zstd-frame.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { readLiteralFrame } from '../transforms/literal-frame.js';
import { loadKernel } from '../transforms/load-kernel.js';
import { readSmallFrame } from '../transforms/small-frame.js';

export type Zstd = Pick<Engines, 'zstdCompress' | 'zstdDecompress'>;

type Callback = (error: Error | null, result: Uint8Array) => void;

/** What the types of Node 20 do not list. */
interface ZlibWithZstd {
  zstdCompress(data: Uint8Array, options: object, callback: Callback): void;
  zstdDecompress(data: Uint8Array, options: object, callback: Callback): void;
  readonly constants: { readonly ZSTD_c_compressionLevel: number; readonly ZSTD_d_windowLogMax: number };
}

/** 2^27 is the largest window that `readZstdFrame` lets through, besides that of a frame in a single segment. */
const WINDOW_LOG_MAX = 31;

/** Of data up to this size and level a context is kept: to make one takes as long as to compress. Others would hold much memory. */
const SMALL = 128 * 1024;
const LIGHT_LEVEL = 3;
const NO_DICTIONARY = new Uint8Array(0);

export function zstdOfNode(): Zstd | undefined {
  if (!('zstdCompress' in zlib)) return undefined;
  const node = zlib as unknown as ZlibWithZstd;
  return {
    zstdCompress: (data, level) => {
      const params = { [node.constants.ZSTD_c_compressionLevel]: level };
      return promise((done) => node.zstdCompress(data, { params, pledgedSrcSize: data.length }, done));
    },
    zstdDecompress: async (frame, size) => {
      expectSize(frame, size);
      const params = { [node.constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX };
      const options = { params, maxOutputLength: Math.max(1, size) };
      return exactly(size, () => promise((done) => node.zstdDecompress(frame, options, done)));
    },
  };
}

/**
 * To initialise the package again swaps its memory under those who use it, and does not wait until the new one is
 * there. So once for the process, not for this module: bundlers and loaders may make several copies of a module.
 */
const INITIALISED = Symbol.for('at1-registry/zstd-wasm');
const initialisations = globalThis as { [INITIALISED]?: Promise<void> };

export function zstdOfWasm(): Zstd {
  const load = async () => {
    const wasm = await import('@bokuweb/zstd-wasm');
    initialisations[INITIALISED] ??= wasm.init();
    await initialisations[INITIALISED];
    return wasm;
  };
  let loaded: ReturnType<typeof load> | undefined;
  const library = () => {
    loaded ??= load();
    return loaded;
  };
  let context: number | undefined;
  return {
    zstdCompress: async (data, level) => {
      const wasm = await library();
      if (data.length > SMALL || level > LIGHT_LEVEL) return wasm.compress(data, level);
      context ??= wasm.createCCtx();
      return wasm.compressUsingDict(context, data, NO_DICTIONARY, level);
    },
    zstdDecompress: async (frame, size) => {
      // It allocates what the header states, and knows nothing of a limit.
      expectSize(frame, size);
      // What a model mostly is, its planes and its header, is read before the library has loaded and been compiled.
      const read = readSmallFrame(frame, size) ?? readLiteralFrame(frame, size, await loadKernel());
      return read ?? exactly(size, async () => (await library()).decompress(frame));
    },
  };
}

function expectSize(frame: Uint8Array, size: number): void {
  const stated = readZstdFrame(frame).size;
  if (stated !== size) throw damaged(`zstd frame states ${stated} bytes, expected ${size}`);
}

async function exactly(size: number, decode: () => Promise<Uint8Array>): Promise<Uint8Array> {
  let data: Uint8Array;
  try {
    data = await decode();
  } catch (cause) {
    throw damaged('zstd frame is damaged', cause);
  }
  if (data.length !== size) throw damaged(`zstd frame yields ${data.length} bytes, expected ${size}`);
  return data;
}

function promise(start: (done: Callback) => void): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    start((error, result) => {
      if (error !== null) reject(error);
      else resolve(new Uint8Array(result.buffer, result.byteOffset, result.length));
    });
  });
}

function damaged(message: string, cause?: unknown): At1Error {
  return new At1Error('container/malformed', { message, cause });
}
