/**
 * The stream `x-at1` of qcolumnar: what is in a table, exactly, and the digests of all its parts, so that a reader answers
 * without the data and checks each block before it uses it (docs/format/query.md). Readers that do not know it skip it.
 */
import { equalBytes } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { malformed, notStrict } from '../container/format.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { MAX_SCALE } from './column-values.js';
import { NumberWriter } from './number-writer.js';
import { Numbers } from './numbers.js';
import { DECIMAL_COLUMN, INTEGER_COLUMN, rowsOfGroup, type TableMeta } from './qcolumnar-index.js';

export const TABLE_INDEX_STREAM = 'x-at1';

/** Of a column of numbers in one group: unscaled, so that 1.25 in a column of scale 3 is 1250. */
export interface NumberZone {
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly sum: bigint;
}

export interface ZoneIndex {
  /** Cells of no bytes. */
  readonly nulls: number;
  /** Undefined of text, and where all cells are null. */
  readonly numbers: NumberZone | undefined;
  /** SHA-256 of the block, its tag included. */
  readonly sha256: Uint8Array;
}

export interface ColumnIndex {
  /** The header's cell without quotes; no bytes where there is no header. */
  readonly name: Uint8Array;
  /** As in `meta`: 0 text, 1 integer, 2 decimal. */
  readonly type: number;
  /** Decimals that the zones are scaled by; 0 unless the type is decimal. */
  readonly scale: number;
  readonly groups: readonly ZoneIndex[];
}

export interface TableIndex {
  /** Rows in the groups. */
  readonly rows: number;
  /** Is line 0 a header? It is verbatim then. */
  readonly header: boolean;
  /** Lines that are neither header nor rows: they have no columns. */
  readonly outside: number;
  /** SHA-256 of the decoded streams. */
  readonly digests: {
    readonly meta: Uint8Array;
    readonly index: Uint8Array;
    readonly rowModes: Uint8Array;
    readonly verbatim: Uint8Array;
  };
  readonly columns: readonly ColumnIndex[];
}

const VERSION = 1;
const DIGEST_LENGTH = 32;
/** Bytes of a number of a zone: sums of 2^53 numbers of 36 digits take no more. */
const MOST_NUMBER_BYTES = 26;

/** With the digest of itself at the end, as a changed sum would be an answer. */
export function sealTableIndex(index: Uint8Array, engines: Pick<Engines, 'sha256'>): Uint8Array {
  return concatBytes([index, engines.sha256(index)]);
}

/** Without its digest, which is compared. Of another version nothing is known, and nothing is compared. */
export function unsealTableIndex(bytes: Uint8Array, engines: Pick<Engines, 'sha256'>): Uint8Array {
  if (bytes[0] !== VERSION) return bytes;
  const index = bytes.subarray(0, Math.max(0, bytes.length - DIGEST_LENGTH));
  if (equalBytes(engines.sha256(index), bytes.subarray(index.length))) return index;
  throw new At1Error('container/digest-mismatch', {
    message: `stream ${TABLE_INDEX_STREAM} does not match the digest at its end`,
    hint: 'the container is damaged: fetch it again',
  });
}

export function formatTableIndex(index: TableIndex): Uint8Array {
  const writer = new NumberWriter().u8(VERSION).uint(index.rows);
  writer.u8(index.header ? 1 : 0).uint(index.outside);
  const { meta, index: places, rowModes, verbatim } = index.digests;
  for (const digest of [meta, places, rowModes, verbatim]) writer.bytes(digest);
  writer.uint(index.columns.length);
  for (const column of index.columns) {
    writer.uint(column.name.length).bytes(column.name).u8(column.type);
    if (column.type === DECIMAL_COLUMN) writer.u8(column.scale);
    for (const { nulls, numbers, sha256 } of column.groups) {
      writer.uint(nulls);
      if (numbers !== undefined) {
        for (const number of [numbers.minimum, numbers.maximum, numbers.sum]) writeNumber(writer, number);
      }
      writer.bytes(sha256);
    }
  }
  return writer.finish();
}

/** Undefined for a version of another time: the table is then read like one without. Throws `container/malformed`. */
export function readTableIndex(bytes: Uint8Array, meta: TableMeta): TableIndex | undefined {
  const reader = new Numbers(bytes, TABLE_INDEX_STREAM);
  if (reader.u8() !== VERSION) return undefined;
  const rows = reader.uint();
  const headerFlag = reader.u8();
  const outside = reader.uint();
  if (headerFlag > 1) throw notStrict('the header flag of a table index is neither 0 nor 1');
  if (rows !== meta.rows || rows + headerFlag + outside !== meta.lines) {
    throw malformed('the table index counts other lines than the table');
  }
  const digest = (): Uint8Array => reader.take(DIGEST_LENGTH);
  const digests = { meta: digest(), index: digest(), rowModes: digest(), verbatim: digest() };
  const count = reader.uint();
  if (count !== meta.types.length) throw malformed(`a table index of ${count} columns for ${meta.types.length}`);
  const columns = Array.from(meta.types, (type) => readColumnIndex(reader, type, meta));
  if (reader.remaining > 0) throw notStrict(`${reader.remaining} bytes after the table index`);
  return { rows, header: headerFlag === 1, outside, digests, columns };
}

function readColumnIndex(reader: Numbers, expected: number, meta: TableMeta): ColumnIndex {
  const name = reader.string();
  const type = reader.u8();
  if (type !== expected) throw malformed(`a table index has type ${type} for a column of type ${expected}`);
  const scale = type === DECIMAL_COLUMN ? reader.u8() : 0;
  if (scale > MAX_SCALE) throw malformed(`${scale} decimals, ${MAX_SCALE} are the most`);
  const groups: ZoneIndex[] = [];
  for (let group = 0; group < meta.groups; group++) groups.push(readZone(reader, type, rowsOfGroup(meta, group)));
  return { name, type, scale, groups };
}

function readZone(reader: Numbers, type: number, rows: number): ZoneIndex {
  const nulls = reader.uint();
  if (nulls > rows) throw malformed(`${nulls} cells of ${rows} are null`);
  let numbers: NumberZone | undefined;
  if ((type === INTEGER_COLUMN || type === DECIMAL_COLUMN) && nulls < rows) {
    numbers = { minimum: readNumber(reader), maximum: readNumber(reader), sum: readNumber(reader) };
    const count = BigInt(rows - nulls);
    const { minimum, maximum, sum } = numbers;
    if (minimum > maximum || sum < minimum * count || sum > maximum * count) {
      throw malformed('minimum, maximum and sum of a table index cannot be of the same numbers');
    }
  }
  return { nulls, numbers, sha256: reader.take(DIGEST_LENGTH) };
}

/** Zigzag in base 128, the least significant group first, as many bytes as it takes. */
function writeNumber(writer: NumberWriter, value: bigint): void {
  let rest = value < 0n ? -2n * value - 1n : 2n * value;
  for (; rest >= 128n; rest >>= 7n) writer.u8(Number(rest & 127n) | 128);
  writer.u8(Number(rest));
}

function readNumber(reader: Numbers): bigint {
  let value = 0n;
  for (let i = 0; i < MOST_NUMBER_BYTES; i++) {
    const byte = reader.u8();
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte >= 128) continue;
    if (byte === 0 && i > 0) throw notStrict('a number of a table index has leading zeros');
    return (value & 1n) === 0n ? value >> 1n : -((value + 1n) >> 1n);
  }
  throw malformed(`a number of a table index is longer than ${MOST_NUMBER_BYTES} bytes`);
}
