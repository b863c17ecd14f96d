/** Writer of the codec qcolumnar (id 7), with the stream `x-at1` that lets a reader use parts (docs/format/query.md). */
import { encodePayload, type Payload } from '../container/payload.js';
import type { Engines } from '../engines.js';
import type { Level } from '../transforms/level.js';
import { type ColumnKind, kindOf, type Zone, zoneOf } from './column-zones.js';
import { rawCells } from './join-columns.js';
import { NumberWriter } from './number-writer.js';
import { headerNames, parseTable, type Table } from './parse-table.js';
import { DECIMAL_COLUMN, INTEGER_COLUMN, MAX_BLOCKS, ROWS_PER_GROUP } from './qcolumnar-index.js';
import type { EncodedStreams } from './streams.js';
import { formatBlock } from './table-block.js';
import {
  type ColumnIndex,
  formatTableIndex,
  sealTableIndex,
  TABLE_INDEX_STREAM,
  type ZoneIndex,
} from './table-index.js';
import { MOST_TABLE_BYTES, type WriteTableOptions } from './write-columnar.js';

export interface WriteQueryableOptions extends WriteTableOptions {
  /** Default 16,384; more where there would be too many blocks. */
  readonly rowsPerGroup?: number;
}

const ZSTD_LEVEL = { fast: 3, balanced: 9, max: 19 };
const XZ_PRESET = 9;

/** Undefined where the data is no table, or one of too many columns. The caller decodes and compares. */
export async function writeQcolumnar(
  data: Uint8Array,
  options: WriteQueryableOptions,
): Promise<EncodedStreams | undefined> {
  if (data.length === 0 || data.length > MOST_TABLE_BYTES) return undefined;
  const table = parseTable(data, true);
  if (table === undefined || table.columns.length > MAX_BLOCKS) return undefined;
  const { engines, level } = options;
  const columns = table.columns.map(rawCells);
  const kinds = columns.map(kindOf);
  const rows = columns[0]?.length ?? 0;
  const perGroup = rowsPerGroup(rows, columns.length, options.rowsPerGroup ?? ROWS_PER_GROUP);
  const groups = Math.ceil(rows / perGroup);

  const index = new NumberWriter();
  const blocks = new NumberWriter();
  const zones: ZoneIndex[][] = columns.map(() => []);
  for (let group = 0; group < groups; group++) {
    for (const [i, column] of columns.entries()) {
      const cells = column.slice(group * perGroup, (group + 1) * perGroup);
      const block = formatBlock(await smallestPayload(cells, level, engines));
      const zone = zoneOf(cells, kinds[i] as ColumnKind);
      blocks.bytes(block);
      index.uint(block.length);
      writeZoneMap(index, kinds[i] as ColumnKind, zone);
      (zones[i] as ZoneIndex[]).push({ ...zone, sha256: engines.sha256(block) });
    }
  }

  const streams = {
    meta: metaOf(table, kinds, rows, perGroup, groups),
    index: index.finish(),
    row_modes: rowModesOf(table),
    verbatim: verbatimOf(table),
  };
  const names = headerNames(table) ?? [];
  const tableIndex = formatTableIndex({
    rows,
    header: table.header !== undefined,
    outside: table.rows.length - rows,
    digests: {
      meta: engines.sha256(streams.meta),
      index: engines.sha256(streams.index),
      rowModes: engines.sha256(streams.row_modes),
      verbatim: engines.sha256(streams.verbatim),
    },
    columns: kinds.map(
      ({ type, scale }, i): ColumnIndex => ({
        name: new NumberWriter().latin1(names[i] ?? '').finish(),
        type,
        scale,
        groups: zones[i] as ZoneIndex[],
      }),
    ),
  });
  return [
    ...Object.entries(streams).map(([name, bytes]) => ({ name, data: bytes })),
    stored(TABLE_INDEX_STREAM, sealTableIndex(tableIndex, engines)),
    stored('blocks', blocks.finish()),
  ];
}

/** What is read by offset, or is compressed already. */
function stored(name: string, data: Uint8Array): EncodedStreams[number] {
  return { name, data, payload: { backend: 'stored', bytes: data, size: data.length } };
}

function rowsPerGroup(rows: number, columns: number, wanted: number): number {
  if (!Number.isSafeInteger(wanted) || wanted < 1) throw new RangeError(`groups of ${wanted} rows`);
  const mostGroups = Math.max(1, Math.floor(MAX_BLOCKS / columns));
  return Math.max(wanted, Math.ceil(rows / mostGroups));
}

async function smallestPayload(cells: readonly string[], level: Level, engines: Engines): Promise<Payload> {
  const bytes = new NumberWriter().latin1(cells.join('\n')).finish();
  const zstd = await encodePayload('zstd', bytes, ZSTD_LEVEL[level], engines);
  if (level !== 'max') return zstd;
  const xz = await encodePayload('xz', bytes, XZ_PRESET, engines);
  return xz.bytes.length < zstd.bytes.length ? xz : zstd;
}

/** A group without numbers has an empty range. */
function writeZoneMap(index: NumberWriter, { type, scale }: ColumnKind, { numbers }: Zone): void {
  if (type === INTEGER_COLUMN) {
    index.signed(numbers?.minimum ?? 1).signed(numbers?.maximum ?? 0);
  } else if (type === DECIMAL_COLUMN) {
    const range = new DataView(new ArrayBuffer(16));
    const unit = 10 ** scale;
    range.setFloat64(0, numbers === undefined ? Number.POSITIVE_INFINITY : Number(numbers.minimum) / unit, true);
    range.setFloat64(8, numbers === undefined ? Number.NEGATIVE_INFINITY : Number(numbers.maximum) / unit, true);
    index.bytes(new Uint8Array(range.buffer));
  }
}

function metaOf(
  table: Table,
  kinds: readonly ColumnKind[],
  rows: number,
  perGroup: number,
  groups: number,
): Uint8Array {
  const lines = table.rows.length + (table.header === undefined ? 0 : 1);
  const writer = new NumberWriter()
    .uint(lines)
    .u8(table.finalNewline ? 1 : 0)
    .string(table.delimiter);
  writer.uint(kinds.length).uint(perGroup).uint(rows).uint(groups);
  return writer.bytes(Uint8Array.from(kinds, ({ type }) => type)).finish();
}

function rowModesOf(table: Table): Uint8Array {
  const modes = table.rows.map((row) => (typeof row === 'number' ? 1 : 0));
  return Uint8Array.from(table.header === undefined ? modes : [0, ...modes]);
}

function verbatimOf(table: Table): Uint8Array {
  const lines = table.rows.filter((row) => typeof row === 'string');
  const all = table.header === undefined ? lines : [table.header, ...lines];
  return new NumberWriter().latin1(all.join('\n')).finish();
}
