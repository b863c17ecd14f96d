/**
 * What is inside a file: its format, and where its tensors lie. Whatever cannot be read with certainty is `unknown`, with
 * the reason; bytes are never changed by it, only cut elsewhere. Nothing that a file says is run or loaded.
 */
import { fromLatin1 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import type { FileShape } from './file-shape.js';
import { HeaderSource, type RandomAccess } from './header-source.js';
import { NPY_MAGIC } from './npy.js';
import { PARQUET_MAGIC } from './parquet-seams.js';
import { looksLikeSafetensors } from './safetensors.js';
import { looksLikeZip } from './zip.js';

const HEAD_LENGTH = 16;
/** Tags of the fields of an ONNX model. All writers put the first one first, but the order is free. */
const ONNX_STARTS = [0x08, 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72];
const NO_FORMAT = 'no format that is known';

/** Errors of the source are its own; what the file says can only make it `unknown`. */
export async function findTensors(source: RandomAccess, size: number): Promise<FileShape> {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`size ${size}`);
  const header = new HeaderSource(source, size);
  const head = await header.read(0, Math.min(HEAD_LENGTH, size), 'first bytes');
  const read = readerFor(head);
  if (read === undefined) return unknown(NO_FORMAT);
  try {
    return await read(header);
  } catch (error) {
    if (!(error instanceof At1Error && error.code === 'file/malformed')) throw error;
    // Most files that begin so are texts, and nobody took them for a model.
    const guessed = read === readLoadedOnnx && head[0] !== ONNX_STARTS[0];
    return unknown(guessed ? NO_FORMAT : error.message);
  }
}

/** Readers are loaded when the first of their kind is met. */
function readerFor(head: Uint8Array): ((source: HeaderSource) => Promise<FileShape>) | undefined {
  const magic = fromLatin1(head);
  if (magic.startsWith('GGUF')) return async (source) => (await import('./gguf.js')).readGguf(source);
  if (magic.startsWith(NPY_MAGIC)) return async (source) => (await import('./npy.js')).readNpy(source);
  if (magic.startsWith(PARQUET_MAGIC))
    return async (source) => (await import('./parquet-seams.js')).readParquetSeams(source);
  if (looksLikeZip(head)) return async (source) => (await import('./npz.js')).readZipTensors(source);
  if (looksLikeSafetensors(head)) return async (source) => (await import('./safetensors.js')).readSafetensors(source);
  if (ONNX_STARTS.includes(head[0] ?? 0)) return readLoadedOnnx;
  return undefined;
}

async function readLoadedOnnx(source: HeaderSource): Promise<FileShape> {
  return (await import('./onnx.js')).readOnnx(source);
}

function unknown(reason: string): FileShape {
  return { format: 'unknown', tensors: [], seams: [], warnings: [reason] };
}
