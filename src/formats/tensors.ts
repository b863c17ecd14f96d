/**
 * What is inside a file: its format, and where its tensors lie. Whatever cannot be read with certainty is `unknown`, with
 * the reason; bytes are never changed by it, only cut elsewhere. Nothing that a file says is run or loaded.
 */
import { fromLatin1 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import type { FileShape } from './file-shape.js';
import { readGguf } from './gguf.js';
import { HeaderSource, type RandomAccess } from './header-source.js';
import { NPY_MAGIC, readNpy } from './npy.js';
import { readZipTensors } from './npz.js';
import { readOnnx } from './onnx.js';
import { PARQUET_MAGIC, readParquetSeams } from './parquet-seams.js';
import { looksLikeSafetensors, readSafetensors } from './safetensors.js';
import { looksLikeZip } from './zip.js';

const HEAD_LENGTH = 16;
/** Field 1 of a model, its version: what every writer of ONNX puts first. */
const ONNX_START = 0x08;

/** Errors of the source are its own; what the file says can only make it `unknown`. */
export async function findTensors(source: RandomAccess, size: number): Promise<FileShape> {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`size ${size}`);
  const header = new HeaderSource(source, size);
  const read = readerFor(await header.read(0, Math.min(HEAD_LENGTH, size), 'first bytes'));
  if (read === undefined) return unknown('no format that is known');
  try {
    return await read(header);
  } catch (error) {
    if (error instanceof At1Error && error.code === 'file/malformed') return unknown(error.message);
    throw error;
  }
}

function readerFor(head: Uint8Array): ((source: HeaderSource) => Promise<FileShape>) | undefined {
  const magic = fromLatin1(head);
  if (magic.startsWith('GGUF')) return readGguf;
  if (magic.startsWith(NPY_MAGIC)) return readNpy;
  if (magic.startsWith(PARQUET_MAGIC)) return readParquetSeams;
  if (looksLikeZip(head)) return readZipTensors;
  if (looksLikeSafetensors(head)) return readSafetensors;
  if (head[0] === ONNX_START) return readOnnx;
  return undefined;
}

function unknown(reason: string): FileShape {
  return { format: 'unknown', tensors: [], seams: [], warnings: [reason] };
}
