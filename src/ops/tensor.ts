/**
 * `tensor`: which tensors a file has, and the bytes of one. Of a registered version only the objects that hold the headers
 * and that tensor are read, each verified before use.
 */
import { At1Error } from '../errors.js';
import type { FileFormat, TensorPlace } from '../formats/file-shape.js';
import { findTensors } from '../formats/tensors.js';
import { createNativeEngines } from '../native/engines.js';
import type { Trust } from './judge-trust.js';
import {
  type Contents,
  isPlainFile,
  type OpenedContents,
  openFileContents,
  openVersionContents,
  refusePathInside,
} from './open-contents.js';
import type { Registry } from './open-registry.js';
import { type Destination, sendBytes } from './send-bytes.js';

export interface TensorRequest extends Destination {
  /** A plain file that is there, or else a reference. */
  readonly what: string;
  /** Opened for a reference only. */
  readonly registry: () => Promise<Registry>;
  /** A file of the version; default all of them. */
  readonly path?: string | undefined;
  /** The tensor whose bytes are wanted; default none. */
  readonly name?: string | undefined;
}

export interface FoundTensor {
  /** The file it is in: a path of the version, or the file as it was named. */
  readonly path: string;
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
  readonly byteOrder: 'little' | 'big';
  /** Its columns, not its rows, lie together. */
  readonly fortran: boolean;
  /** Of its bytes; null where they were not read. */
  readonly sha256: string | null;
}

export interface TensorResult {
  /** The version; null for a file on the disk. */
  readonly ref: string | null;
  readonly files: readonly { readonly path: string; readonly size: number; readonly format: FileFormat }[];
  readonly tensors: readonly FoundTensor[];
  /** The file that was written; null where none was. */
  readonly written: string | null;
  readonly trust: Trust | null;
  readonly damaged: readonly string[];
  readonly warnings: readonly string[];
}

interface Found {
  readonly contents: Contents;
  readonly format: FileFormat;
  readonly tensors: readonly TensorPlace[];
  readonly warnings: readonly string[];
}

/** Throws `tensor/not-found`, `artifact/*`, `signature/*`, `history/*`, `object/*`, `container/*`, `output/exists`, `io/*`. */
export async function tensor(request: TensorRequest): Promise<TensorResult> {
  const opened = await openContents(request);
  try {
    const found: Found[] = [];
    for (const open of opened.files) found.push(await look(await open()));
    const { name } = request;
    const read = name === undefined ? undefined : await readOne(found, name, request);
    return {
      ref: opened.ref,
      files: found.map(({ contents: { path, size }, format }) => ({ path, size, format })),
      tensors: read?.tensors ?? found.flatMap(({ contents, tensors }) => tensors.map((one) => facts(contents, one))),
      written: read?.written ?? null,
      trust: opened.trust,
      damaged: [...opened.damaged],
      warnings: [...opened.warnings, ...found.flatMap(({ contents, warnings }) => named(contents, warnings))],
    };
  } finally {
    await opened.close();
  }
}

async function openContents({ what, registry, path, cwd = '.' }: TensorRequest): Promise<OpenedContents> {
  if (!(await isPlainFile(what, cwd))) return openVersionContents(await registry(), what, path);
  refusePathInside(what, path);
  return openFileContents(what, cwd);
}

async function look(contents: Contents): Promise<Found> {
  const { format, tensors, warnings } = await findTensors(contents, contents.size);
  return { contents, format, tensors, warnings };
}

async function readOne(found: readonly Found[], name: string, request: TensorRequest) {
  const matches = found.flatMap(({ contents, tensors }) =>
    tensors.filter((one) => one.name === name).map((place) => ({ contents, place })),
  );
  const [match, other] = matches;
  if (match === undefined) throw notFound(found, name);
  if (other !== undefined) {
    throw new At1Error('artifact/ambiguous', {
      message: `${matches.length} files have a tensor '${name}'`,
      hint: 'say which one with --path',
      facts: { paths: matches.map(({ contents }) => contents.path) },
    });
  }
  const { contents, place } = match;
  const bytes = contents.stream(place.offset, place.offset + place.length);
  const { sha256, path } = await sendBytes(bytes, request, await createNativeEngines());
  return { tensors: [{ ...facts(contents, place), sha256 }], written: path };
}

function notFound(found: readonly Found[], name: string): At1Error {
  const reasons = found.flatMap(({ contents, format, warnings }) =>
    format === 'unknown' ? named(contents, warnings) : [],
  );
  return new At1Error('tensor/not-found', {
    message: `no tensor '${name}'`,
    hint: 'without a name all tensors are listed',
    facts: reasons.length > 0 ? { name, unknown: reasons } : { name },
  });
}

function facts({ path }: Contents, place: TensorPlace): FoundTensor {
  const { name, dtype, shape, offset, length, byteOrder, fortran = false } = place;
  return { path, name, dtype, shape, offset, size: length, byteOrder, fortran, sha256: null };
}

function named({ path }: Contents, warnings: readonly string[]): string[] {
  return warnings.map((warning) => `${path}: ${warning}`);
}
