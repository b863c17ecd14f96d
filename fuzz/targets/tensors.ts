/** What is inside files: whatever is found lies in order inside the file, and every byte is cut into a piece once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { At1Error } from '../../src/errors.js';
import { blockOf, bytesOfElements, elementsOf } from '../../src/formats/dtype.js';
import type { FileShape, TensorPlace } from '../../src/formats/file-shape.js';
import { findTensors } from '../../src/formats/tensors.js';
import { cutFile } from '../../src/packing/cut-file.js';
import { type ParserTarget, violated } from '../target.js';
import { textOf } from './inputs.js';

const FIXTURES = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'tensors');
const SHARED = ['formats/file-shape', 'formats/dtype', 'formats/header-source', 'packing/cut-file'];
const KEYS = ["'descr'", "'fortran_order'", "'shape'", '<f4', '|b1', '>i2', '|O', '(1,)', 'True', 'L', '[', '(', '\\'];
const HEADER_START = 8;

export const TENSOR_TARGETS: readonly ParserTarget[] = [
  {
    ...target(
      'safetensors',
      'as JSON.parse has it; ',
      ['safetensors', 'json-scan'],
      ['narrow.safetensors', 'plain.safetensors'],
    ),
    tokens: [
      '"dtype"',
      '"shape"',
      '"data_offsets"',
      '"F32"',
      '[0,4]',
      '[]',
      '{',
      '}',
      '\\u0061',
      '__metadata__',
      '1e3',
      '-1',
    ],
    mend: (input) => {
      // A header that ends where its object does: what lies behind a wrong length is not reached otherwise.
      const end = input.lastIndexOf(0x7d);
      if (end < HEADER_START) return input;
      const mended = input.slice();
      new DataView(mended.buffer).setBigUint64(0, BigInt(end + 1 - HEADER_START), true);
      return mended;
    },
    run: async (input) => {
      const shape = await accepted(input, 'safetensors');
      agreesWithJson(input, shape.tensors);
    },
  },
  target('gguf', '', ['gguf', 'header-reader'], ['tiny.gguf', 'v2.gguf']),
  { ...target('npy', '', ['npy'], ['c-order.npy', 'fortran.npy', 'dates.npy', 'version2.npy']), tokens: KEYS },
  { ...target('npz', '', ['npz', 'zip', 'npy'], ['stored.npz', 'deflated.npz']), tokens: ['PK\x01\x02', 'PK\x03\x04'] },
  target('torch', 'storages too; ', ['npz', 'zip', 'torch-pickle'], ['model.pt']),
  target('onnx', '', ['onnx', 'protobuf'], ['model.onnx']),
  target('parquet', '', ['parquet-seams', 'thrift-compact'], ['tiny.parquet']),
];

function target(
  format: FileShape['format'],
  more: string,
  files: readonly string[],
  seeds: readonly string[],
): ParserTarget {
  return {
    kind: 'parser',
    name: `inside-${format}`,
    about: `what is inside ${format} files: ${more}in order, inside, apart from each other; every byte in one piece`,
    files: [...files.map((file) => `formats/${file}`), ...SHARED],
    seeds: () => seeds.map((name) => Uint8Array.from(readFileSync(join(FIXTURES, name)))),
    maxLength: 4096,
    run: async (input) => {
      await accepted(input, format);
    },
  };
}

async function accepted(input: Uint8Array, format: FileShape['format']): Promise<FileShape> {
  const read = async (offset: number, length: number) => {
    if (offset < 0 || length <= 0 || offset + length > input.length) violated('reads outside the file');
    return input.slice(offset, offset + length);
  };
  const shape = await findTensors({ read }, input.length);
  checkShape(shape, input.length);
  checkCuts(shape, input.length);
  if (shape.format !== format) throw new At1Error('file/malformed', { message: shape.warnings.join() });
  return shape;
}

function checkShape({ format, tensors, seams, warnings }: FileShape, size: number): void {
  if (format === 'unknown' && (tensors.length > 0 || seams.length > 0 || warnings.length !== 1)) {
    violated('an unknown file of which something is known');
  }
  let end = 0;
  for (const { offset, length, dtype, shape, width } of tensors) {
    if (offset < end || length < 0 || offset + length > size) violated('a tensor outside the file or over another');
    end = offset + length;
    if (width !== blockOf(dtype).bytes) violated('a width that is not that of the type');
    if (dtype !== 'OPAQUE' && bytesOfElements(dtype, elementsOf(shape) ?? Number.NaN) !== length) {
      violated('a tensor whose bytes are not those of its shape');
    }
  }
  if (new Set(tensors.map(({ name }) => name)).size !== tensors.length) violated('two tensors of one name');
  if (seams.some((seam, i) => seam <= (seams[i - 1] ?? 0) || seam > size)) violated('seams that do not ascend');
}

/** The same as if the file were a million times as long: with its own length everything would be one small piece. */
function checkCuts(shape: FileShape, size: number): void {
  const scale = 1_000_000;
  const tensors = shape.tensors.map((t) => ({ ...t, offset: t.offset * scale, length: t.length * scale }));
  const seams = shape.seams.map((seam) => seam * scale);
  let end = 0;
  for (const piece of cutFile({ ...shape, tensors, seams }, size * scale)) {
    if (piece.offset !== end || piece.length <= 0) violated('pieces that do not follow each other');
    end += piece.length;
  }
  if (end !== size * scale) violated('pieces that do not cover the file');
}

/** A second reader, which is not ours. */
function agreesWithJson(input: Uint8Array, tensors: readonly TensorPlace[]): void {
  const length = Number(new DataView(input.buffer, input.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(textOf(input.subarray(HEADER_START, HEADER_START + length))) as Record<string, unknown>;
  const names = Object.keys(header).filter((name) => name !== '__metadata__');
  if (names.length !== tensors.length) violated('another number of tensors than keys');
  const start = HEADER_START + length;
  for (const { name, offset, length: bytes, shape } of tensors) {
    const entry = Object.getOwnPropertyDescriptor(header, name)?.value as { data_offsets?: unknown; shape?: unknown };
    const expected = JSON.stringify([[offset - start, offset + bytes - start], shape]);
    if (JSON.stringify([entry?.data_offsets, entry?.shape]) !== expected) violated('another place than in the header');
  }
}
