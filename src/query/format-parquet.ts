/**
 * The rows of an answer as a parquet file of flat columns: plain values in pages of zstd, one page for each column of a row
 * group. Integers are INT64, decimals DECIMAL(38) of 16 bytes, which no answer exceeds, and texts are UTF-8.
 */
import { utf8 } from '../bytes/text.js';
import { concatBytes } from '../bytes/writer.js';
import { NumberWriter } from '../codecs/number-writer.js';
import type { Engines } from '../engines.js';
import type { ColumnType, QueryColumn, Value } from './columns.js';
import type { Row } from './order-rows.js';
import { decodeText } from './table-source.js';
import { ThriftStruct } from './thrift-writer.js';

// Numbers of the format.
const MAGIC = utf8('PAR1');
const TYPES: Readonly<Record<ColumnType, number>> = { integer: 2, text: 6, decimal: 7 };
const OPTIONAL = 1;
const CONVERTED_UTF8 = 0;
const CONVERTED_DECIMAL = 5;
const PLAIN = 0;
const RLE = 3;
const ZSTD = 6;
const DATA_PAGE = 0;

const DECIMAL_BYTES = 16;
const DECIMAL_DIGITS = 38;
const ZSTD_LEVEL = 3;
const ROWS_PER_GROUP = 65_536;
/** Texts of a group, roughly; so that a page stays far below 2 GiB. */
const TEXT_PER_GROUP = 16 * 1024 * 1024;

export async function* formatParquet(
  rows: AsyncIterable<Row>,
  columns: readonly QueryColumn[],
  engines: Pick<Engines, 'zstdCompress'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield MAGIC;
  let offset = MAGIC.length;
  let total = 0;
  const groups: ThriftStruct[] = [];
  for await (const group of grouped(rows)) {
    const chunks: ThriftStruct[] = [];
    const start = offset;
    for (const [i, column] of columns.entries()) {
      const values = group.map((row) => row[i] ?? null);
      const { bytes, uncompressed } = await pageOf(values, column, engines);
      chunks.push(chunkOf(column, values.length, { offset, uncompressed, compressed: bytes.length }));
      offset += bytes.length;
      yield bytes;
    }
    total += group.length;
    groups.push(
      new ThriftStruct()
        .structs(1, chunks)
        .i64(2, offset - start)
        .i64(3, group.length),
    );
  }
  const footer = new ThriftStruct()
    .i32(1, 1)
    .structs(2, schemaOf(columns))
    .i64(3, total)
    .structs(4, groups)
    .text(6, 'at1')
    .finish();
  yield concatBytes([footer, u32(footer.length), MAGIC]);
}

async function* grouped(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[], void, undefined> {
  let group: Row[] = [];
  let text = 0;
  for await (const row of rows) {
    group.push(row);
    for (const value of row) if (typeof value === 'string') text += value.length;
    if (group.length < ROWS_PER_GROUP && text < TEXT_PER_GROUP) continue;
    yield group;
    group = [];
    text = 0;
  }
  if (group.length > 0) yield group;
}

function schemaOf(columns: readonly QueryColumn[]): readonly ThriftStruct[] {
  const root = new ThriftStruct().text(4, 'schema').i32(5, columns.length);
  const elements = columns.map(({ name, type, scale }) => {
    const element = new ThriftStruct().i32(1, TYPES[type]);
    if (type === 'decimal') element.i32(2, DECIMAL_BYTES);
    element.i32(3, OPTIONAL).text(4, name);
    if (type === 'text') element.i32(6, CONVERTED_UTF8);
    if (type === 'decimal') element.i32(6, CONVERTED_DECIMAL).i32(7, scale).i32(8, DECIMAL_DIGITS);
    return element;
  });
  return [root, ...elements];
}

interface ChunkPlace {
  readonly offset: number;
  /** Both with the head of the page. */
  readonly uncompressed: number;
  readonly compressed: number;
}

function chunkOf({ name, type }: QueryColumn, count: number, place: ChunkPlace): ThriftStruct {
  const meta = new ThriftStruct()
    .i32(1, TYPES[type])
    .i32s(2, [PLAIN, RLE])
    .texts(3, [name])
    .i32(4, ZSTD)
    .i64(5, count)
    .i64(6, place.uncompressed)
    .i64(7, place.compressed)
    .i64(9, place.offset);
  return new ThriftStruct().i64(2, place.offset).struct(3, meta);
}

async function pageOf(
  values: readonly Value[],
  { type }: QueryColumn,
  engines: Pick<Engines, 'zstdCompress'>,
): Promise<{ readonly bytes: Uint8Array; readonly uncompressed: number }> {
  const writer = new NumberWriter();
  const present = presenceOf(values);
  writer.bytes(u32(present.length)).bytes(present);
  for (const value of values) writeValue(writer, value, type);
  const page = writer.finish();
  const packed = await engines.zstdCompress(page, ZSTD_LEVEL);
  const data = new ThriftStruct().i32(1, values.length).i32(2, PLAIN).i32(3, RLE).i32(4, RLE);
  const head = new ThriftStruct().i32(1, DATA_PAGE).i32(2, page.length).i32(3, packed.length).struct(5, data).finish();
  return { bytes: concatBytes([head, packed]), uncompressed: head.length + page.length };
}

/** A bit for each value, as one run of bits: the format counts them in groups of eight. */
function presenceOf(values: readonly Value[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, i) => {
    if (value !== null) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
  });
  return new NumberWriter()
    .uint(bits.length * 2 + 1)
    .bytes(bits)
    .finish();
}

function writeValue(writer: NumberWriter, value: Value, type: ColumnType): void {
  if (value === null) return;
  if (typeof value === 'string') {
    const bytes = utf8(decodeText(value));
    writer.bytes(u32(bytes.length)).bytes(bytes);
    return;
  }
  const bytes = new DataView(new ArrayBuffer(DECIMAL_BYTES));
  if (type === 'integer') {
    bytes.setBigInt64(0, value, true);
    writer.bytes(new Uint8Array(bytes.buffer, 0, 8));
    return;
  }
  bytes.setBigInt64(0, value >> 64n);
  bytes.setBigUint64(8, BigInt.asUintN(64, value));
  writer.bytes(new Uint8Array(bytes.buffer));
}

function u32(value: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setUint32(0, value, true);
  return new Uint8Array(bytes.buffer);
}
