/** Parquet, for cutting only: the footer says where each row group begins and ends. Its values are not read here. */
import { Cursor } from '../bytes/cursor.js';
import { fromLatin1 } from '../bytes/text.js';
import { type FileShape, HEADER_LIMIT, malformed } from './file-shape.js';
import type { HeaderSource } from './header-source.js';
import { ThriftWalk } from './thrift-compact.js';

export const PARQUET_MAGIC = 'PAR1';

const MAGIC_LENGTH = 4;
const END_LENGTH = 8;
/** Fields of FileMetaData, RowGroup, ColumnChunk and ColumnMetaData. */
const ROW_GROUPS = 4;
const COLUMNS = 1;
const META_DATA = 3;
const TOTAL_COMPRESSED = 7;
const DATA_PAGE = 9;
const DICTIONARY_PAGE = 11;
const STRUCT = 12;

interface Span {
  readonly start: number;
  readonly end: number;
}

export async function readParquetSeams(source: HeaderSource): Promise<FileShape> {
  const end = await source.read(source.size - END_LENGTH, END_LENGTH, 'end of the parquet file');
  if (fromLatin1(end.subarray(4)) !== PARQUET_MAGIC) throw malformed('parquet file without its end');
  const length = new DataView(end.buffer, end.byteOffset, 4).getUint32(0, true);
  const footerAt = source.size - END_LENGTH - length;
  if (length > HEADER_LIMIT || footerAt < MAGIC_LENGTH) throw malformed(`a parquet footer of ${length} bytes`);
  const footer = new Cursor(await source.read(footerAt, length, 'footer'), 'file/malformed');
  const groups = rowGroups(footer).sort((a, b) => a.start - b.start);
  const seams: number[] = [];
  let last = MAGIC_LENGTH;
  for (const { start, end: groupEnd } of groups) {
    if (start < last || groupEnd > footerAt) throw malformed('row groups that share bytes or lie outside the data');
    seams.push(start, groupEnd);
    last = groupEnd;
  }
  seams.push(footerAt);
  return { format: 'parquet', tensors: [], seams: [...new Set(seams)], warnings: [] };
}

function rowGroups(footer: Cursor): Span[] {
  const groups: Span[] = [];
  const walk = new ThriftWalk(footer);
  walk.struct((field, type) => {
    if (field !== ROW_GROUPS) return false;
    walk.structs(type, () => {
      let [start, end] = [Number.POSITIVE_INFINITY, 0];
      walk.struct((inGroup, columnsType) => {
        if (inGroup !== COLUMNS) return false;
        walk.structs(columnsType, () => {
          const chunk = columnChunk(walk);
          if (chunk === undefined) return;
          start = Math.min(start, chunk.start);
          end = Math.max(end, chunk.end);
        });
        return true;
      });
      if (end > 0) groups.push({ start, end });
    });
    return true;
  });
  footer.expectEnd('the footer');
  return groups;
}

function columnChunk(walk: ThriftWalk): Span | undefined {
  let [length, data, dictionary] = [0, 0, 0];
  walk.struct((field, type) => {
    if (field !== META_DATA) return false;
    if (type !== STRUCT) throw malformed('a column without its description');
    walk.struct((inside, insideType) => {
      if (inside === TOTAL_COMPRESSED) length = walk.integer(insideType);
      else if (inside === DATA_PAGE) data = walk.integer(insideType);
      else if (inside === DICTIONARY_PAGE) dictionary = walk.integer(insideType);
      else return false;
      return true;
    });
    return true;
  });
  if (data === 0) return undefined;
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  return { start, end: start + length };
}
