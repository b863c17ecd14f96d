/**
 * The table that a query is about. A lone container that tells of its parts is read by parts; every other file, and every
 * registered one, is decoded and proven whole first, up to a limit.
 */
import { concatBytes } from '../bytes/writer.js';
import { openTable } from '../codecs/open-table.js';
import { decodeContainerStream } from '../codecs/read-container.js';
import { codecName, HEAD_LENGTH } from '../container/format.js';
import { findHead } from '../container/head.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { createNativeEngines } from '../native/engines.js';
import { bytesSource, partsSource, type TableSource } from '../query/table-source.js';
import { readExactly } from '../store/read-file.js';
import { readInSegments } from '../store/read-segments.js';
import type { StableFile } from '../store/stable-file.js';
import type { Trust } from './judge-trust.js';
import { isPlainFile, openOnlyFile, openVersionContents, refusePathInside } from './open-contents.js';
import { openPlainFile } from './open-plain-file.js';
import type { Registry } from './open-registry.js';

export interface QueryTarget {
  /** A plain file that is there, or else a reference. */
  readonly what: string;
  /** Opened for a reference only. */
  readonly registry: () => Promise<Registry>;
  /** A file of the version; needed where it has several. */
  readonly path?: string | undefined;
  readonly cwd?: string | undefined;
}

export interface QueryTable {
  readonly source: TableSource;
  readonly ref: string | null;
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Whether only what is needed is read. */
  readonly parts: boolean;
  bytesRead(): number;
  readonly trust: Trust | null;
  readonly damaged: ReadonlySet<string>;
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

/** Of a table that is decoded whole: its cells are values all at once. */
const MOST_WHOLE_BYTES = 64 * 1024 * 1024;
const NO_DAMAGE: ReadonlySet<string> = new Set();

/** Throws `file/malformed` for what is no table, `container/*`, and what `get` throws. */
export async function openQueryTable({ what, registry, path, cwd = '.' }: QueryTarget): Promise<QueryTable> {
  if (!(await isPlainFile(what, cwd))) return registeredTable(await registry(), what, path);
  refusePathInside(what, path);
  return fileTable(what, cwd);
}

async function registeredTable(registry: Registry, what: string, path: string | undefined): Promise<QueryTable> {
  const opened = await openVersionContents(registry, what, path);
  const { ref, trust, warnings, damaged } = opened;
  const contents = await openOnlyFile(opened, 'name one of them with --path');
  const { size } = contents;
  demandSize(size);
  const bytes = new Uint8Array(size);
  let at = 0;
  // Copied at once: the memory of a piece is used again for a later one.
  for await (const piece of contents.stream(0, size)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return {
    ...{ source: bytesSource(bytes), ref, path: contents.path, size, parts: false },
    ...{ bytesRead: () => size, trust, damaged, warnings, close: async () => {} },
  };
}

async function fileTable(path: string, cwd: string): Promise<QueryTable> {
  const { opened: file } = await openPlainFile(path, cwd);
  try {
    const engines = await createNativeEngines();
    const opened = await openFile(file, path, engines);
    const close = () => file.close();
    return { ref: null, path, size: file.size, trust: null, damaged: NO_DAMAGE, warnings: [], ...opened, close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openFile(
  file: StableFile,
  path: string,
  engines: Engines,
): Promise<Pick<QueryTable, 'source' | 'parts' | 'bytesRead'>> {
  const read = async (offset: number, length: number) => readExactly(file, path, offset, new Uint8Array(length));
  const head = findHead(await read(0, Math.min(HEAD_LENGTH, file.size)));
  if (head?.mode === 'whole' && codecName(head.codec) === 'qcolumnar') {
    const table = await openTable({ size: file.size, read }, engines);
    const { index, bytesRead } = table;
    if (index !== undefined) return { source: partsSource(table, index), parts: true, bytesRead };
  }
  if (head === undefined) demandSize(file.size);
  const pieces: Uint8Array[] = [];
  const stored = readInSegments(file, file.size, { path });
  const flowing = head === undefined ? stored : decodeContainerStream(stored, engines, { maxOutput: MOST_WHOLE_BYTES });
  for await (const piece of flowing) pieces.push(piece);
  await file.assertUnchanged();
  return { source: bytesSource(concatBytes(pieces)), parts: false, bytesRead: () => file.size };
}

function demandSize(size: number): void {
  if (size <= MOST_WHOLE_BYTES) return;
  throw new At1Error('container/limit', {
    message: `a table that is read whole has at most ${MOST_WHOLE_BYTES} bytes, this one has ${size}`,
    hint: 'cut it into several files',
  });
}
