/** Single files to single containers and back, without a registry: `pack`, `unpack`, `inspect`. Memory stays bounded. */

import { dirname, resolve } from 'node:path';
import { giveScratch } from '../bytes/scratch.js';
import { decodeContainerStream } from '../codecs/read-container.js';
import { CODEC_BUNDLE, HEAD_LENGTH } from '../container/format.js';
import { type ContainerInfo, inspectContainer } from '../container/inspect.js';
import { demandTrailer } from '../container/trailer.js';
import { digestOf, formatDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { sweep } from '../files/leftovers.js';
import { open } from '../files/node-fs.js';
import { type Dtype, parseDtype } from '../formats/dtype.js';
import { findTensors } from '../formats/tensors.js';
import { createNativeEngines } from '../native/engines.js';
import { type Floor, packFile } from '../packing/pack-file.js';
import { packQueryable } from '../packing/pack-queryable.js';
import { writeAtomic } from '../store/atomic.js';
import { readExactly, readFully } from '../store/read-file.js';
import { readInSegments } from '../store/read-segments.js';
import type { StableFile } from '../store/stable-file.js';
import { DEFAULT_LEVEL, type Level } from '../transforms/level.js';
import { openEncoder } from './encoding-threads.js';
import { openPlainFile } from './open-plain-file.js';
import { SegmentMemory } from './segment-memory.js';
import { type Unpacking, type UnpackResult, unpackBundle } from './unpack-bundle.js';

export interface PackRequest {
  readonly path: string;
  readonly out?: string | undefined;
  readonly cwd?: string | undefined;
  readonly level?: Level | undefined;
  /** Type of the numbers that a file without a format consists of, as `F32`; default: a guess. */
  readonly dtype?: string | undefined;
  readonly force?: boolean | undefined;
  /** Of a table: so that a query reads parts of it. */
  readonly queryable?: boolean | undefined;
  /** Threads that encode; 1 for none but the caller's. Default: one for each core, at most two. */
  readonly threads?: number | undefined;
  /** Original bytes so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

export interface PackResult {
  readonly path: string;
  /** Bytes of the original and of the container. */
  readonly size: number;
  readonly stored: number;
  /** SHA-256 of the original. */
  readonly sha256: string;
  /** Whether it was compared with what `xz -9` makes of the whole file, and is at most 42 bytes longer: level max does. */
  readonly floor: Floor;
}

/** Throws `artifact/unsupported-file`, `artifact/changed-while-read`, `output/exists`, `usage/invalid`, `io/*`. */
export async function pack(request: PackRequest): Promise<PackResult> {
  const dtype = request.dtype === undefined ? undefined : dtypeNamed(request.dtype);
  const engines = await createNativeEngines();
  const cwd = request.cwd ?? '.';
  const out = resolve(cwd, request.out ?? `${request.path}.at1`);
  const { file, opened } = await openPlainFile(request.path, cwd);
  await sweep(dirname(out));
  const { size } = file;
  const memory = new SegmentMemory();
  const source = {
    read: async (offset: number, length: number) => readExactly(opened, file.absolute, offset, memory.take(length)),
  };
  let [done, stored] = [0, 0];
  const onBytes = (count: number) => {
    done += count;
    request.onProgress?.(done);
  };
  const encoder = openEncoder(engines, { threads: request.threads });
  encoder.expect(size);
  try {
    const level = request.level ?? DEFAULT_LEVEL;
    const queryable = async function* () {
      for await (const piece of readInSegments(opened, size, { path: file.absolute })) {
        onBytes(piece.length);
        yield piece;
      }
    };
    const { container, floor } =
      request.queryable === true
        ? { container: packQueryable(queryable(), engines, { level }), floor: 'not raced' as const }
        : await packFile(source, size, await findTensors(source, size), engines, {
            level,
            dtype,
            encoder,
            onBytes,
            release: memory.give.bind(memory),
          });
    let last: Uint8Array = new Uint8Array(0);
    const counted = async function* () {
      for await (const piece of container) {
        stored += piece.length;
        last = piece;
        yield piece;
      }
      await opened.assertUnchanged();
    };
    await writeAtomic(out, counted(), { exclusive: request.force !== true });
    // Never cut: a whole container is one piece, and that of a stream is a piece of its own.
    return { path: out, size, stored, sha256: formatDigest(digestOf(demandTrailer(last))), floor };
  } finally {
    encoder.close();
    await opened.close();
  }
}

function dtypeNamed(text: string): Dtype {
  const dtype = parseDtype(text.toUpperCase());
  if (dtype !== undefined) return dtype;
  throw new At1Error('usage/invalid', {
    message: `'${text}' is no type of numbers`,
    hint: 'such as F32, BF16, F16, F64, I32 or U8',
  });
}

/** Throws `container/*` (nothing is written then), `output/exists`, `io/*`. A bundle becomes a folder. */
export async function unpack(request: PackRequest): Promise<UnpackResult> {
  const engines = await createNativeEngines();
  const cwd = request.cwd ?? '.';
  const out = resolve(cwd, request.out ?? outputName(request.path));
  const { file, opened } = await openPlainFile(request.path, cwd);
  await sweep(dirname(out));
  try {
    return await ((await isBundle(opened)) ? unpackBundle : unpackFile)({ file, opened, out, request, engines });
  } finally {
    await opened.close();
  }
}

async function unpackFile({ file, opened, out, request, engines }: Unpacking): Promise<UnpackResult> {
  let size = 0;
  let sha256: Uint8Array = new Uint8Array(0);
  const onDigest = (digest: Uint8Array) => {
    sha256 = digest;
  };
  const counted = async function* () {
    const source = readInSegments(opened, file.size, { path: file.absolute });
    for await (const piece of decodeContainerStream(source, engines, { onDigest })) {
      size += piece.length;
      request.onProgress?.(size);
      yield piece;
      giveScratch(piece);
    }
  };
  await writeAtomic(out, counted(), { exclusive: request.force !== true });
  return { path: out, size, stored: file.size, sha256: formatDigest(digestOf(sha256)) };
}

async function isBundle(opened: StableFile): Promise<boolean> {
  const head = new Uint8Array(HEAD_LENGTH);
  // What is no container at all is found out by whoever decodes it.
  return (await readFully(opened, head, 0)) === HEAD_LENGTH && head[HEAD_LENGTH - 1] === CODEC_BUNDLE;
}

/** What a container is made of; nothing is decoded and nothing is proven. Throws `container/malformed`. */
export async function inspect(path: string, cwd = '.'): Promise<ContainerInfo> {
  const absolute = resolve(cwd, path);
  const { file, opened } = await openPlainFile(path, cwd);
  await opened.close();
  const handle = await open(absolute, 'r');
  try {
    return await inspectContainer({
      size: file.size,
      read: async (offset, length) => {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await handle.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      },
    });
  } finally {
    await handle.close();
  }
}

function outputName(path: string): string {
  if (path.endsWith('.at1') && path.length > 4) return path.slice(0, -4);
  throw new At1Error('usage/invalid', {
    message: `the name ${path} does not tell what to call the output`,
    hint: 'say it with -o FILE',
  });
}
