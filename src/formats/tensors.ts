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
    const guessed = read === readOnnx && head[0] !== ONNX_STARTS[0];
    return unknown(guessed ? NO_FORMAT : error.message);
  }
}

function readerFor(head: Uint8Array): ((source: HeaderSource) => Promise<FileShape>) | undefined {
  const magic = fromLatin1(head);
  if (magic.startsWith('GGUF')) return readGguf;
  if (magic.startsWith(NPY_MAGIC)) return readNpy;
  if (magic.startsWith(PARQUET_MAGIC)) return readParquetSeams;
  if (looksLikeZip(head)) return readZipTensors;
  if (looksLikeSafetensors(head)) return readSafetensors;
  if (ONNX_STARTS.includes(head[0] ?? 0)) return readOnnx;
  return undefined;
}

function unknown(reason: string): FileShape {
  return { format: 'unknown', tensors: [], seams: [], warnings: [reason] };
}
