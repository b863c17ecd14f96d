/** safetensors: a u64 length, a JSON object that long, then the tensors. Holes are passed over, overlaps are refused. */
import { parseDtype } from './dtype.js';
import {
  type FileShape,
  HEADER_LIMIT,
  malformed,
  placeTensor,
  RANK_LIMIT,
  settleTensors,
  TENSOR_LIMIT,
  type TensorPlace,
} from './file-shape.js';
import type { HeaderSource } from './header-source.js';
import { JsonScan } from './json-scan.js';

const PREFIX = 8;
const NAME_LIMIT = 65_535;

/** Whether the first nine bytes may be those of a safetensors file. */
export function looksLikeSafetensors(head: Uint8Array): boolean {
  return head.length > PREFIX && head[6] === 0 && head[7] === 0 && head[8] === 0x7b;
}

export async function readSafetensors(source: HeaderSource): Promise<FileShape> {
  const prefix = await source.read(0, PREFIX, 'length of the header');
  const length = new DataView(prefix.buffer, prefix.byteOffset, PREFIX).getBigUint64(0, true);
  if (length > BigInt(HEADER_LIMIT)) throw malformed(`a header of ${length} bytes, at most ${HEADER_LIMIT} are read`);
  const start = PREFIX + Number(length);
  const scan = new JsonScan(await source.read(PREFIX, Number(length), 'header'));
  const tensors: TensorPlace[] = [];
  const unknown = new Set<string>();
  const keys = new Set<string>();
  scan.object((key) => {
    if (keys.has(key)) throw malformed('two tensors have one name');
    keys.add(key);
    if (key === '__metadata__') return scan.skip();
    if (key.length > NAME_LIMIT) throw malformed(`a name of ${key.length} characters`);
    if (tensors.length >= TENSOR_LIMIT) throw malformed(`more than ${TENSOR_LIMIT} tensors`);
    tensors.push(readTensor(scan, key, { start, size: source.size, unknown }));
  });
  scan.end();
  const settled = settleTensors(tensors, source.size);
  return { format: 'safetensors', tensors: settled, seams: [], warnings: warningsOf(settled, unknown, start, source) };
}

interface Place {
  readonly start: number;
  readonly size: number;
  readonly unknown: Set<string>;
}

function readTensor(scan: JsonScan, name: string, { start, size, unknown }: Place): TensorPlace {
  let type: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  scan.object((key) => {
    if (key === 'dtype' && type === undefined) type = scan.string();
    else if (key === 'shape' && shape === undefined) shape = integers(scan, RANK_LIMIT);
    else if (key === 'data_offsets' && offsets === undefined) offsets = integers(scan, 2);
    else if (key === 'dtype' || key === 'shape' || key === 'data_offsets') throw malformed(`a tensor has two ${key}`);
    else scan.skip();
  });
  const [begin, end] = offsets ?? [];
  if (type === undefined || shape === undefined || begin === undefined || end === undefined) {
    throw malformed('a tensor without dtype, shape or data_offsets');
  }
  if (begin > end || end > size - start) throw malformed(`a tensor at ${begin} to ${end} is not inside the file`);
  const dtype = parseDtype(type);
  if (dtype === undefined) unknown.add(type.slice(0, 40));
  return placeTensor({ name, dtype: dtype ?? 'OPAQUE', shape, offset: start + begin, length: end - begin });
}

function integers(scan: JsonScan, most: number): number[] {
  const found: number[] = [];
  scan.array(() => {
    if (found.length >= most) throw malformed(`a list of more than ${most} numbers`);
    found.push(scan.integer());
  });
  return found;
}

function warningsOf(
  tensors: readonly TensorPlace[],
  unknown: ReadonlySet<string>,
  start: number,
  source: HeaderSource,
): string[] {
  const warnings = [...unknown].slice(0, 8).map((type) => `unknown type of element: ${type}`);
  let end = start;
  let holes = 0;
  for (const { offset, length } of tensors) {
    holes += offset - end;
    end = offset + length;
  }
  holes += source.size - end;
  if (holes > 0) warnings.push(`${holes} bytes belong to no tensor`);
  return warnings;
}
