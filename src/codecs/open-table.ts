/**
 * A lone container of codec qcolumnar, read in parts: head, `meta`, `index` and `x-at1`, then only the blocks that are asked
 * for, each checked against its digest before it is decoded. Without `x-at1` it is read and proven whole first.
 */
import { Cursor } from '../bytes/cursor.js';
import { equalBytes } from '../bytes/text.js';
import {
  codecName,
  HEAD_LENGTH,
  MAX_STREAM_NAME,
  MAX_STREAMS,
  malformed,
  notStrict,
  overLimit,
  parseBackend,
  TRAILER_LENGTH,
} from '../container/format.js';
import { readHead } from '../container/head.js';
import { decodePayload, readPayload } from '../container/payload.js';
import { parseStreamName } from '../container/stream-set.js';
import { demandTrailer, expectDigest } from '../container/trailer.js';
import { readVarint } from '../container/varint.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import {
  type BlockPlace,
  checkRowModes,
  readBlockPlaces,
  readTableMeta,
  rowsOfGroup,
  type TableMeta,
} from './qcolumnar-index.js';
import { readQcolumnar } from './read-qcolumnar.js';
import { decodeBlock, readBlock } from './table-block.js';
import { readTableIndex, TABLE_INDEX_STREAM, type TableIndex, unsealTableIndex } from './table-index.js';

/** A file of known size, read at any place. */
export interface TableFile {
  readonly size: number;
  /** Exactly `length` bytes. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

export interface OpenTableOptions {
  /** SHA-256 of `x-at1`, where a signed document records it: otherwise parts are proven against accidents only. */
  readonly tableIndex?: Uint8Array;
  /** Most bytes of one decoded stream or block, and of the output where all is read. Default 64 MiB. */
  readonly limit?: number;
}

export interface OpenTable {
  readonly meta: TableMeta;
  /** Undefined where the file has none: zone maps of `index` are not to be trusted then. */
  readonly index: TableIndex | undefined;
  /** Bytes read from the file until now. */
  bytesRead(): number;
  /** The cells of a column in one group, a line each, checked. */
  block(group: number, column: number): Promise<Uint8Array>;
  /** One byte per line: 0 verbatim, else the next row. Checked. */
  rowModes(): Promise<Uint8Array>;
  /** The lines that are not rows. Checked. */
  verbatim(): Promise<Uint8Array>;
}

interface Place {
  readonly backend: number;
  readonly offset: number;
  readonly length: number;
}

const NOTHING = new Uint8Array(0);
const DEFAULT_LIMIT = 64 * 1024 * 1024;
/** Name length, name, backend, length. */
const MOST_STREAM_HEAD = 1 + MAX_STREAM_NAME + 1 + 10;
/** One read brings the head and, in most files, everything small. */
const FIRST_READ = 16 * 1024;

/** What is the same for both ways to read. */
interface Opened {
  readonly reader: CountingReader;
  readonly engines: Engines;
  readonly limit: number;
  readonly places: ReadonlyMap<string, Place>;
  readonly metaBytes: Uint8Array;
  readonly indexBytes: Uint8Array;
  readonly meta: TableMeta;
}

/** Throws `container/*`; `container/unsupported` for another codec or a stream of frames. */
export async function openTable(file: TableFile, engines: Engines, options: OpenTableOptions = {}): Promise<OpenTable> {
  const limit = options.limit ?? DEFAULT_LIMIT;
  const reader = countingReader(file);
  if (file.size < HEAD_LENGTH + TRAILER_LENGTH) throw malformed('not an AT-1 container');
  const head = readHead(await reader.read(0, HEAD_LENGTH));
  if (head.mode !== 'whole' || codecName(head.codec) !== 'qcolumnar') {
    throw new At1Error('container/unsupported', { message: 'the container is not one whole queryable table' });
  }
  const trailer = demandTrailer(await reader.read(file.size - TRAILER_LENGTH, TRAILER_LENGTH));
  const places = await findStreams(reader, file.size - TRAILER_LENGTH);
  const metaBytes = await readStream({ reader, engines, limit, places }, 'meta');
  const indexBytes = await readStream({ reader, engines, limit, places }, 'index');
  const opened = { reader, engines, limit, places, metaBytes, indexBytes, meta: readTableMeta(metaBytes) };
  const blocks = places.get('blocks');
  const index = await readOwnIndex(opened, options.tableIndex);
  // What is compressed as one piece cannot be read by block.
  if (index === undefined || blocks === undefined || parseBackend(blocks.backend) !== 'stored') {
    return openWhole(opened, trailer);
  }
  return openParts(opened, index, blocks);
}

/** Undefined where there is none that this version knows. */
async function readOwnIndex(opened: Opened, expected: Uint8Array | undefined): Promise<TableIndex | undefined> {
  const { engines, places, meta, metaBytes, indexBytes } = opened;
  const bytes = places.has(TABLE_INDEX_STREAM) ? await readStream(opened, TABLE_INDEX_STREAM) : undefined;
  if (expected !== undefined) expectPart(engines, bytes ?? NOTHING, expected, 'stream x-at1');
  const index = bytes === undefined ? undefined : readTableIndex(unsealTableIndex(bytes, engines), meta);
  if (index === undefined) return undefined;
  expectPart(engines, metaBytes, index.digests.meta, 'stream meta');
  expectPart(engines, indexBytes, index.digests.index, 'stream index');
  return index;
}

function openParts(opened: Opened, index: TableIndex, blocks: Place): OpenTable {
  const { reader, engines, limit, meta, indexBytes } = opened;
  const places = readBlockPlaces(indexBytes, meta, blocks.length);
  return {
    meta,
    index,
    bytesRead: reader.bytesRead,
    block: async (group, column) => {
      const { offset, length } = placeOf(places, meta, group, column);
      const bytes = await reader.read(blocks.offset + offset, length);
      const expected = index.columns[column]?.groups[group]?.sha256 as Uint8Array;
      expectPart(engines, bytes, expected, `block of group ${group}, column ${column}`);
      return decodeBlock(readBlock(bytes, limit), rowsOfGroup(meta, group), engines);
    },
    rowModes: async () => {
      const modes = await readStream(opened, 'row_modes');
      expectPart(engines, modes, index.digests.rowModes, 'stream row_modes');
      checkRowModes(modes, meta);
      return modes;
    },
    verbatim: async () => {
      const lines = await readStream(opened, 'verbatim');
      expectPart(engines, lines, index.digests.verbatim, 'stream verbatim');
      return lines;
    },
  };
}

/** The trailer is the only proof of a file without digests of its parts, and it covers the output. */
async function openWhole(opened: Opened, trailer: Uint8Array): Promise<OpenTable> {
  const { reader, engines, limit, meta, metaBytes, indexBytes } = opened;
  const rowModes = await readStream(opened, 'row_modes');
  const verbatim = await readStream(opened, 'verbatim');
  const blocks = await readStream(opened, 'blocks');
  const streams = new Map([
    ['meta', metaBytes],
    ['index', indexBytes],
    ['row_modes', rowModes],
    ['verbatim', verbatim],
    ['blocks', blocks],
  ]);
  const output = await readQcolumnar(streams, limit, engines);
  expectDigest(await engines.sha256Aside(output), trailer);
  const places = readBlockPlaces(indexBytes, meta, blocks.length);
  return {
    meta,
    index: undefined,
    bytesRead: reader.bytesRead,
    block: async (group, column) => {
      const { offset, length } = placeOf(places, meta, group, column);
      const payload = readBlock(blocks.subarray(offset, offset + length), limit);
      return decodeBlock(payload, rowsOfGroup(meta, group), engines);
    },
    rowModes: async () => rowModes,
    verbatim: async () => verbatim,
  };
}

interface CountingReader {
  read(offset: number, length: number): Promise<Uint8Array>;
  bytesRead(): number;
}

/** Counts, and serves what lies in the first piece from memory. */
function countingReader(file: TableFile): CountingReader {
  let total = 0;
  let first: Uint8Array | undefined;
  const fetch = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = await file.read(offset, length);
    if (bytes.length !== length) throw malformed(`the file has ${bytes.length} bytes where ${length} are expected`);
    total += length;
    return bytes;
  };
  return {
    bytesRead: () => total,
    read: async (offset, length) => {
      first ??= await fetch(0, Math.min(FIRST_READ, file.size));
      if (offset + length <= first.length) return first.subarray(offset, offset + length);
      return fetch(offset, length);
    },
  };
}

/** The places of all streams, without reading what is in them. */
async function findStreams(reader: CountingReader, end: number): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  let at = HEAD_LENGTH;
  const peek = async (most: number): Promise<Cursor> => new Cursor(await reader.read(at, Math.min(most, end - at)));
  const start = await peek(10);
  const count = readVarint(start, 'number of streams');
  if (count > MAX_STREAMS) throw malformed(`${count} streams, ${MAX_STREAMS} are the most`);
  at += start.offset;
  for (let i = 0; i < count; i++) {
    const cursor = await peek(MOST_STREAM_HEAD);
    const name = parseStreamName(cursor.take(readVarint(cursor, 'length of a stream name'), 'stream name'));
    if (places.has(name)) throw notStrict(`two streams have the name ${name}`);
    const backend = cursor.u8('backend');
    parseBackend(backend);
    const length = readVarint(cursor, 'stream length');
    at += cursor.offset;
    if (length > end - at) throw malformed(`stream ${name}: length ${length} exceeds ${end - at} available`);
    places.set(name, { backend, offset: at, length });
    at += length;
  }
  if (at !== end) throw notStrict(`${end - at} bytes after the streams`);
  return places;
}

/** A stream that is not there has zero bytes. */
async function readStream(
  { reader, engines, limit, places }: Pick<Opened, 'reader' | 'engines' | 'limit' | 'places'>,
  name: string,
): Promise<Uint8Array> {
  const place = places.get(name);
  if (place === undefined) return NOTHING;
  if (place.length > limit) throw overLimit('stream of a table', place.length, limit);
  const payload = readPayload(parseBackend(place.backend), await reader.read(place.offset, place.length));
  if (payload.size > limit) throw overLimit('stream of a table', payload.size, limit);
  return decodePayload(payload, engines);
}

function placeOf(places: readonly BlockPlace[], meta: TableMeta, group: number, column: number): BlockPlace {
  const columns = meta.types.length;
  const inside = Number.isInteger(group) && Number.isInteger(column) && group >= 0 && column >= 0 && column < columns;
  const place = inside ? places[group * columns + column] : undefined;
  if (place === undefined) throw new RangeError(`no block of group ${group}, column ${column}`);
  return place;
}

function expectPart(engines: Engines, bytes: Uint8Array, expected: Uint8Array, what: string): void {
  if (equalBytes(engines.sha256(bytes), expected)) return;
  throw new At1Error('container/digest-mismatch', {
    message: `${what} does not match its digest`,
    hint: 'the container is damaged: fetch it again',
  });
}
