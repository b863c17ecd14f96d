/**
 * Bytes that can be read anywhere, wherever they come from: the files of a registered version, a plain file, or what is in
 * a container. Of a container the digest is compared before anything of it is used.
 */
import { resolve } from 'node:path';
import { decodeContainerStream } from '../codecs/read-container.js';
import { HEAD_LENGTH } from '../container/format.js';
import { findHead } from '../container/head.js';
import { At1Error } from '../errors.js';
import { lstat } from '../files/node-fs.js';
import type { FileEntry } from '../manifest/generated/types.js';
import { createNativeEngines } from '../native/engines.js';
import { readExactly } from '../store/read-file.js';
import { readInSegments, SEGMENT_SIZE } from '../store/read-segments.js';
import type { StableFile } from '../store/stable-file.js';
import { DecodedSource } from './decoded-source.js';
import { openVersion } from './get.js';
import type { Trust } from './judge-trust.js';
import { objectCopies } from './object-copies.js';
import { openPlainFile } from './open-plain-file.js';
import type { Registry } from './open-registry.js';
import { rangeReader } from './range-reader.js';

export interface Contents {
  /** The path inside the version, or of the file as it was given. */
  readonly path: string;
  readonly size: number;
  /** Exactly these bytes, which lie inside. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /**
   * In pieces, with flat memory: one is used before the next is asked for, which may come in the same memory. After the last
   * it is known that the file did not change meanwhile.
   */
  stream(from: number, to: number): AsyncIterable<Uint8Array>;
}

export interface OpenedContents {
  /** The version, as kind/name@version; null for a file on the disk. */
  readonly ref: string | null;
  readonly trust: Trust | null;
  readonly warnings: readonly string[];
  /** In the order of the manifest, each opened when it is its turn. */
  readonly files: readonly (() => Promise<Contents>)[];
  /** Damaged copies that were passed over so far. */
  readonly damaged: ReadonlySet<string>;
  close(): Promise<void>;
}

export interface VersionContents extends OpenedContents {
  readonly ref: string;
  readonly trust: Trust;
}

/** The files of a version, or the one that is named. Throws what `get` throws, and `usage/path` for no such file in it. */
export async function openVersionContents(
  registry: Registry,
  reference: string,
  path?: string,
): Promise<VersionContents> {
  const { row, manifest, trust, warnings } = await openVersion(registry, reference);
  const ref = `${row.kind}/${row.name}@${row.version}`;
  const entries = path === undefined ? manifest.files : manifest.files.filter((file) => file.path === path);
  if (path !== undefined && entries.length === 0) {
    throw new At1Error('usage/path', {
      message: `${ref} has no file '${path}'`,
      hint: `at1 show ${ref} lists its files`,
      facts: { ref, path },
    });
  }
  const copies = await objectCopies(registry);
  const damaged = new Set<string>();
  const open = (file: FileEntry) => async (): Promise<Contents> => {
    const reader = await rangeReader(copies, file, (copy) => damaged.add(copy));
    return { path: file.path, size: file.size, read: reader.read, stream: reader.stream };
  };
  return { ref, trust, warnings, files: entries.map(open), damaged, close: async () => {} };
}

/** The file of a version of which none was named. `usage/invalid` where it has several; `naming` says how to name one. */
export async function openOnlyFile({ files, ref }: VersionContents, naming: string): Promise<Contents> {
  const [open, other] = files;
  if (open !== undefined && other === undefined) return open();
  throw new At1Error('usage/invalid', {
    message: `${ref} has ${files.length} files`,
    hint: `${naming}; at1 show ${ref} lists them`,
  });
}

/** A file on the disk is one file: `usage/invalid` for a path inside it. */
export function refusePathInside(what: string, path: string | undefined): void {
  if (path === undefined) return;
  throw new At1Error('usage/invalid', {
    message: `'${what}' is a file and has no path inside`,
    hint: 'leave the path out',
  });
}

/** Whether a plain file is there under this name. */
export async function isPlainFile(path: string, cwd: string): Promise<boolean> {
  try {
    return (await lstat(resolve(cwd, path))).isFile();
  } catch {
    return false;
  }
}

/** A file as it is, or the original in it where it is a container. Throws `io/*`, `container/*`, `artifact/*`. */
export async function openFileContents(path: string, cwd: string): Promise<OpenedContents> {
  const { opened: file } = await openPlainFile(path, cwd);
  try {
    const read = async (offset: number, length: number) => readExactly(file, path, offset, new Uint8Array(length));
    const head = findHead(await read(0, Math.min(HEAD_LENGTH, file.size)));
    const contents = head !== undefined ? await containerContents(file, path) : plainContents(file, path, read);
    const { close, ...opened } = contents;
    const ended = async () => {
      await close();
      await file.close();
    };
    return { ref: null, trust: null, warnings: [], files: [async () => opened], damaged: new Set(), close: ended };
  } catch (error) {
    await file.close();
    throw error;
  }
}

type Closing = Contents & { close(): Promise<void> };

function plainContents(file: StableFile, path: string, read: Contents['read']): Closing {
  const stream = async function* (from: number, to: number) {
    for (let at = from; at < to; at += SEGMENT_SIZE) yield await read(at, Math.min(SEGMENT_SIZE, to - at));
    await file.assertUnchanged();
  };
  return { path, size: file.size, read, stream, close: async () => {} };
}

async function containerContents(file: StableFile, path: string): Promise<Closing> {
  const engines = await createNativeEngines();
  const decode = () => decodeContainerStream(readInSegments(file, file.size, { path }), engines);
  let size = 0;
  for await (const piece of decode()) size += piece.length;
  const source = new DecodedSource(decode);
  const stream = async function* (from: number, to: number) {
    for (let at = from; at < to; at += SEGMENT_SIZE) yield await source.read(at, Math.min(SEGMENT_SIZE, to - at));
    await file.assertUnchanged();
  };
  return { path, size, read: (offset, length) => source.read(offset, length), stream, close: () => source.close() };
}
