/** What is known of the inside of a file: where its tensors lie and where else it can be cut. Written down in one order. */
import { At1Error } from '../errors.js';
import { blockOf, bytesOfElements, type Dtype, elementsOf } from './dtype.js';

export type FileFormat = 'safetensors' | 'gguf' | 'npy' | 'npz' | 'onnx' | 'torch' | 'parquet' | 'unknown';

export interface TensorPlace {
  readonly name: string;
  readonly dtype: Dtype;
  /** As the file states it, in the file's own order of dimensions. */
  readonly shape: readonly number[];
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly length: number;
  /** Bytes of one element, or of one block of a quantised type; 1 where the type is not known. */
  readonly width: number;
  readonly byteOrder: 'little' | 'big';
  /** Its columns, not its rows, lie together. */
  readonly fortran?: true;
}

export interface FileShape {
  readonly format: FileFormat;
  /** In the order of the file; no two share a byte. */
  readonly tensors: readonly TensorPlace[];
  /** Offsets at which parts of the file begin or end that are not tensors, ascending. */
  readonly seams: readonly number[];
  /** What was not understood; of an unknown file, why. */
  readonly warnings: readonly string[];
}

/** Larger headers are not read. */
export const HEADER_LIMIT = 100 * 1024 * 1024;
/** Most tensors of one file. */
export const TENSOR_LIMIT = 1 << 17;
/** Most dimensions of one tensor. */
export const RANK_LIMIT = 64;
/** Most fields, strings or values of one header: what keeps a hostile one from taking longer than a real one. */
export const STEP_LIMIT = 2_000_000;

export function malformed(message: string): At1Error {
  return new At1Error('file/malformed', { message });
}

/** A tensor of a type whose bytes are known from its shape, which must be those that are there. */
export function placeTensor(
  place: Pick<TensorPlace, 'name' | 'dtype' | 'shape' | 'offset' | 'length'> &
    Partial<Pick<TensorPlace, 'byteOrder' | 'fortran'>>,
): TensorPlace {
  const elements = elementsOf(place.shape);
  const needed = elements === undefined ? undefined : bytesOfElements(place.dtype, elements);
  if (place.dtype !== 'OPAQUE' && needed !== place.length) {
    throw malformed(
      `tensor of type ${place.dtype} has ${place.length} bytes, its shape needs ${needed ?? 'no number'}`,
    );
  }
  const { name, dtype, shape, offset, length, byteOrder = 'little', fortran } = place;
  const tensor = { name, dtype, shape, offset, length, width: blockOf(dtype).bytes, byteOrder };
  return fortran === true ? { ...tensor, fortran } : tensor;
}

/** In order, inside the file, without overlap and with names of their own; throws `file/malformed`. */
export function settleTensors(tensors: readonly TensorPlace[], size: number): readonly TensorPlace[] {
  if (tensors.length > TENSOR_LIMIT) throw malformed(`${tensors.length} tensors, at most ${TENSOR_LIMIT} are read`);
  const sorted = [...tensors].sort((a, b) => a.offset - b.offset || a.length - b.length);
  const names = new Set<string>();
  let end = 0;
  for (const { name, offset, length } of sorted) {
    if (!isOffset(offset) || !isOffset(length) || length > size || offset > size - length) {
      throw malformed(`a tensor of ${length} bytes at ${offset} is not inside the file of ${size}`);
    }
    if (offset < end) throw malformed(`two tensors share bytes at ${offset}`);
    if (names.has(name)) throw malformed('two tensors have one name');
    names.add(name);
    end = offset + length;
  }
  return sorted;
}

function isOffset(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
