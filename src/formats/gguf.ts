/** GGUF, versions 1 to 3, either byte order: metadata is passed over, the table of tensors is read. */
import { fromUtf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { blockOf, bytesOfElements, type Dtype, elementsOf } from './dtype.js';
import {
  type FileShape,
  malformed,
  placeTensor,
  STEP_LIMIT,
  settleTensors,
  TENSOR_LIMIT,
  type TensorPlace,
} from './file-shape.js';
import { type HeaderReader, readHeader } from './header-reader.js';
import type { HeaderSource } from './header-source.js';

/** By their number in the file; numbers that are not here were taken out of the format again. */
const TYPES: Readonly<Record<number, Dtype>> = {
  0: 'F32',
  1: 'F16',
  2: 'Q4_0',
  3: 'Q4_1',
  6: 'Q5_0',
  7: 'Q5_1',
  8: 'Q8_0',
  9: 'Q8_1',
  10: 'Q2_K',
  11: 'Q3_K',
  12: 'Q4_K',
  13: 'Q5_K',
  14: 'Q6_K',
  15: 'Q8_K',
  16: 'IQ2_XXS',
  17: 'IQ2_XS',
  18: 'IQ3_XXS',
  19: 'IQ1_S',
  20: 'IQ4_NL',
  21: 'IQ3_S',
  22: 'IQ2_S',
  23: 'IQ4_XS',
  24: 'I8',
  25: 'I16',
  26: 'I32',
  27: 'I64',
  28: 'F64',
  29: 'IQ1_M',
  30: 'BF16',
  31: 'Q4_0_4_4',
  32: 'Q4_0_4_8',
  33: 'Q4_0_8_8',
  34: 'TQ1_0',
  35: 'TQ2_0',
  39: 'MXFP4',
  40: 'NVFP4',
  41: 'Q1_0',
};

/** Bytes of a metadata value by its type: u8 i8 u16 i16 u32 i32 f32 bool, string, array, u64 i64 f64. */
const VALUE_BYTES = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];
const U32 = 4;
const STRING = 8;
const ARRAY = 9;
const NESTING_LIMIT = 8;
const MAX_DIMENSIONS = 8;
const NAME_LIMIT = 65_535;
const DEFAULT_ALIGNMENT = 32;
const ALIGNMENT_LIMIT = 1 << 20;

interface TensorInfo {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

interface Header {
  readonly infos: readonly TensorInfo[];
  readonly dataStart: number;
  readonly bigEndian: boolean;
}

export async function readGguf(source: HeaderSource): Promise<FileShape> {
  const { infos, dataStart, bigEndian } = await readHeader(source, 0, parseHeader);
  const tensors: TensorPlace[] = infos.map(({ offset, ...info }) =>
    placeTensor({ ...info, offset: dataStart + offset, byteOrder: bigEndian ? 'big' : 'little' }),
  );
  return { format: 'gguf', tensors: settleTensors(tensors, source.size), seams: [], warnings: [] };
}

/** A walk that counts, so that a header of millions of empty strings ends early. */
interface Walk {
  readonly reader: HeaderReader;
  readonly version: number;
  steps: number;
}

function parseHeader(reader: HeaderReader): Header {
  reader.skip(4, 'magic');
  let version = reader.u32('version');
  if (version > 0xffff) {
    // The same small number read from the other end.
    reader.bigEndian = true;
    version = ((version >>> 24) | ((version >>> 8) & 0xff00)) >>> 0;
  }
  if (version < 1 || version > 3) throw malformed(`GGUF version ${version}`);
  const walk: Walk = { reader, version, steps: 0 };
  const tensorCount = count(walk, 'number of tensors');
  const valueCount = count(walk, 'number of metadata values');
  if (tensorCount > TENSOR_LIMIT) throw malformed(`${tensorCount} tensors, at most ${TENSOR_LIMIT} are read`);
  let alignment = DEFAULT_ALIGNMENT;
  for (let i = 0; i < valueCount; i++) {
    const key = takeText(walk, 'key');
    const type = reader.u32('type of a value');
    if (key === 'general.alignment' && type === U32) alignment = reader.u32('alignment');
    else skipValue(walk, type, 0);
  }
  if (alignment === 0 || alignment > ALIGNMENT_LIMIT || (alignment & (alignment - 1)) !== 0) {
    throw malformed(`alignment ${alignment}`);
  }
  const infos: TensorInfo[] = [];
  for (let i = 0; i < tensorCount; i++) infos.push(takeInfo(walk, alignment));
  const dataStart = Math.ceil(reader.offset / alignment) * alignment;
  return { infos, dataStart, bigEndian: reader.bigEndian };
}

/** Version 1 had 32 bits where later ones have 64. */
function count(walk: Walk, what: string): number {
  return walk.version === 1 ? walk.reader.u32(what) : walk.reader.u64(what);
}

function step(walk: Walk): void {
  if (++walk.steps > STEP_LIMIT) throw malformed(`more than ${STEP_LIMIT} values in the header`);
}

function takeText(walk: Walk, what: string): string {
  step(walk);
  const length = count(walk, `length of a ${what}`);
  if (length > NAME_LIMIT) throw malformed(`a ${what} of ${length} bytes`);
  const bytes = walk.reader.take(length, what);
  try {
    return fromUtf8(bytes);
  } catch (error) {
    if (error instanceof At1Error) throw malformed(`a ${what} that is not UTF-8`);
    throw error;
  }
}

function skipValue(walk: Walk, type: number, depth: number): void {
  step(walk);
  const { reader } = walk;
  if (type === STRING) {
    reader.skip(count(walk, 'length of a string'), 'string');
  } else if (type === ARRAY) {
    if (depth >= NESTING_LIMIT) throw malformed(`arrays nested deeper than ${NESTING_LIMIT}`);
    const inner = reader.u32('type of an array');
    const length = count(walk, 'length of an array');
    const bytes = VALUE_BYTES[inner];
    if (bytes !== undefined) reader.skip(length * bytes, 'array');
    else for (let i = 0; i < length; i++) skipValue(walk, inner, depth + 1);
  } else {
    const bytes = VALUE_BYTES[type];
    if (bytes === undefined) throw malformed(`metadata of type ${type}`);
    reader.skip(bytes, 'value');
  }
}

function takeInfo(walk: Walk, alignment: number): TensorInfo {
  const { reader } = walk;
  const name = takeText(walk, 'name');
  const rank = reader.u32('number of dimensions');
  if (rank > MAX_DIMENSIONS) throw malformed(`a tensor of ${rank} dimensions`);
  const shape: number[] = [];
  for (let i = 0; i < rank; i++) shape.push(count(walk, 'dimension'));
  const type = reader.u32('type of a tensor');
  const dtype = TYPES[type];
  if (dtype === undefined) throw malformed(`a tensor of type ${type}`);
  const offset = reader.u64('offset of a tensor');
  if (offset % alignment !== 0) throw malformed(`a tensor at ${offset}, which is not aligned to ${alignment}`);
  const elements = elementsOf(shape);
  // Blocks run along the first dimension and do not reach over its end.
  const whole = (shape[0] ?? 1) % blockOf(dtype).elements === 0;
  const length = elements === undefined || !whole ? undefined : bytesOfElements(dtype, elements);
  if (length === undefined) throw malformed(`a tensor of type ${dtype} whose shape has no whole blocks`);
  return { name, dtype, shape, offset, length };
}
