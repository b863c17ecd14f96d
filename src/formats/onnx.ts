/**
 * ONNX: a walk over the protobuf fields of a model, its graphs, nodes and attributes, for tensors that keep their bytes in
 * `raw_data`. There is no magic number, so every field to the end of the file must be one that a model has.
 */
import { fromUtf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { bytesOfElements, type Dtype, elementsOf } from './dtype.js';
import {
  type FileShape,
  malformed,
  placeTensor,
  RANK_LIMIT,
  STEP_LIMIT,
  settleTensors,
  TENSOR_LIMIT,
  type TensorPlace,
} from './file-shape.js';
import type { HeaderSource } from './header-source.js';
import { LENGTH_DELIMITED, readField, VARINT, varintsOf } from './protobuf.js';

/** TensorProto.DataType; typed fields of text have no bytes in a row. */
const TYPES: Readonly<Record<number, Dtype>> = {
  1: 'F32',
  2: 'U8',
  3: 'I8',
  4: 'U16',
  5: 'I16',
  6: 'I32',
  7: 'I64',
  9: 'BOOL',
  10: 'F16',
  11: 'F64',
  12: 'U32',
  13: 'U64',
  14: 'C64',
  15: 'C128',
  16: 'BF16',
  17: 'F8_E4M3',
  18: 'F8_E4M3FNUZ',
  19: 'F8_E5M2',
  20: 'F8_E5M2FNUZ',
  21: 'U4',
  22: 'I4',
  23: 'F4',
  24: 'F8_E8M0',
};

type Message = 'graph' | 'function' | 'node' | 'attribute' | 'tensor';
type Fields = Readonly<Record<number, Message | undefined>>;

/** Fields that lead to tensors, by the message they are in. */
const INSIDE: Readonly<Record<Exclude<Message, 'tensor'>, Fields>> = {
  graph: { 1: 'node', 5: 'tensor' },
  function: { 7: 'node' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph' },
};

/** Fields of a model and whether each is a number (or else has a length). */
const MODEL_FIELDS: Readonly<Record<number, 'number' | 'bytes'>> = {
  1: 'number',
  2: 'bytes',
  3: 'bytes',
  4: 'bytes',
  5: 'number',
  6: 'bytes',
  7: 'bytes',
  8: 'bytes',
  14: 'bytes',
  20: 'bytes',
  25: 'bytes',
  26: 'bytes',
};

const DEPTH_LIMIT = 24;
const NAME_LIMIT = 65_535;
const RAW_DATA = 9;
/** float, int32, string, int64, double and uint64 data: numbers as protobuf writes them. */
const TYPED_DATA = [4, 5, 6, 7, 10, 11];

interface Walk {
  readonly source: HeaderSource;
  readonly tensors: TensorPlace[];
  readonly names: Map<string, number>;
  steps: number;
  elsewhere: number;
}

export async function readOnnx(source: HeaderSource): Promise<FileShape> {
  const walk: Walk = { source, tensors: [], names: new Map(), steps: 0, elsewhere: 0 };
  let graphs = 0;
  let versioned = false;
  for (let at = 0; at < source.size; ) {
    const field = next(walk, at, source.size);
    const { number, wire, start, end } = field instanceof Promise ? await field : field;
    const kind = MODEL_FIELDS[number];
    if (kind === undefined || wire !== (kind === 'number' ? VARINT : LENGTH_DELIMITED)) {
      throw malformed(`not a model: field ${number} of kind ${wire}`);
    }
    if (number === 7) graphs++;
    if (number === 1) versioned = true;
    if (number === 7 || number === 25) await visit(walk, number === 7 ? 'graph' : 'function', start, end, 0);
    at = end;
  }
  if (graphs !== 1 || !versioned) throw malformed(`a model with ${graphs} graphs, or without its version`);
  const warnings =
    walk.elsewhere > 0 ? [`${walk.elsewhere} tensors keep their values as numbers or in other files`] : [];
  return { format: 'onnx', tensors: settleTensors(walk.tensors, source.size), seams: [], warnings };
}

function next(walk: Walk, at: number, end: number) {
  if (++walk.steps > STEP_LIMIT) throw malformed(`more than ${STEP_LIMIT} fields`);
  return readField(walk.source, at, end);
}

async function visit(walk: Walk, message: Message, start: number, end: number, depth: number): Promise<void> {
  if (depth > DEPTH_LIMIT) throw malformed(`messages nested deeper than ${DEPTH_LIMIT}`);
  if (message === 'tensor') return visitTensor(walk, start, end);
  for (let at = start; at < end; ) {
    const upcoming = next(walk, at, end);
    const field = upcoming instanceof Promise ? await upcoming : upcoming;
    const inner = INSIDE[message][field.number];
    if (inner !== undefined) {
      if (field.wire !== LENGTH_DELIMITED) throw malformed(`field ${field.number} of a ${message} has no length`);
      await visit(walk, inner, field.start, field.end, depth + 1);
    }
    at = field.end;
  }
}

async function visitTensor(walk: Walk, start: number, end: number): Promise<void> {
  const shape: number[] = [];
  let [type, name] = [0, ''];
  let [external, typed] = [false, false];
  let raw: { readonly offset: number; readonly length: number } | undefined;
  for (let at = start; at < end; ) {
    const upcoming = next(walk, at, end);
    const field = upcoming instanceof Promise ? await upcoming : upcoming;
    const length = field.end - field.start;
    if (field.number === 1) shape.push(...(await dimensions(walk, field, RANK_LIMIT - shape.length)));
    else if (field.number === 2 && field.wire === VARINT) type = field.value;
    else if (field.number === 8 && field.wire === LENGTH_DELIMITED) name = await nameAt(walk, field.start, length);
    else if (field.number === 14 && field.wire === VARINT) external = field.value === 1;
    else if (TYPED_DATA.includes(field.number)) typed = true;
    else if (field.number === RAW_DATA) {
      if (raw !== undefined || field.wire !== LENGTH_DELIMITED) throw malformed('a tensor with two values');
      raw = { offset: field.start, length };
    }
    at = field.end;
  }
  if (raw === undefined || external || typed) {
    walk.elsewhere++;
    return;
  }
  if (walk.tensors.length >= TENSOR_LIMIT) throw malformed(`more than ${TENSOR_LIMIT} tensors`);
  const known = TYPES[type];
  const elements = elementsOf(shape);
  const fits = known !== undefined && elements !== undefined && bytesOfElements(known, elements) === raw.length;
  walk.tensors.push(placeTensor({ name: ownName(walk, name), dtype: fits ? known : 'OPAQUE', shape, ...raw }));
}

type Field = Awaited<ReturnType<typeof readField>>;

async function dimensions(walk: Walk, field: Field, most: number): Promise<number[]> {
  const packed = field.wire === LENGTH_DELIMITED;
  if (!packed && field.wire !== VARINT) throw malformed('a dimension that is no number');
  const bytes = packed ? field.end - field.start : 0;
  if (bytes > most * 10) throw malformed(`a tensor of more than ${RANK_LIMIT} dimensions`);
  const found = packed ? varintsOf(await walk.source.read(field.start, bytes, 'dimensions')) : [field.value];
  if (found.length > most) throw malformed(`a tensor of more than ${RANK_LIMIT} dimensions`);
  return found;
}

async function nameAt(walk: Walk, start: number, length: number): Promise<string> {
  if (length > NAME_LIMIT) throw malformed(`a name of ${length} bytes`);
  const bytes = walk.source.peek(start, length) ?? (await walk.source.read(start, length, 'name'));
  try {
    return fromUtf8(bytes.slice());
  } catch (error) {
    if (error instanceof At1Error) throw malformed('a name that is not UTF-8');
    throw error;
  }
}

/** Constants of nodes may have no name, and those of subgraphs the names of others: the later ones are numbered. */
function ownName(walk: Walk, name: string): string {
  let count = walk.names.get(name) ?? 0;
  let own = name;
  while (own === '' || walk.names.has(own)) own = `${name}#${++count}`;
  walk.names.set(name, count);
  walk.names.set(own, walk.names.get(own) ?? 0);
  return own;
}
