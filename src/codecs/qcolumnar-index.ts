/** `meta` and `index` of the codec qcolumnar (id 7): how the table is cut into groups, and where each block lies. */
import { malformed, overLimit } from '../container/format.js';
import { Numbers } from './numbers.js';

export const TEXT_COLUMN = 0;
export const INTEGER_COLUMN = 1;
export const DECIMAL_COLUMN = 2;

/** Each block is a run of a codec library, however few bytes it has. */
export const MAX_BLOCKS = 16_384;
/** What writers choose; a reader takes any. */
export const ROWS_PER_GROUP = 16_384;
const ZONE_OF_DECIMALS = 16;

export interface TableMeta {
  /** Lines, verbatim ones included. */
  readonly lines: number;
  readonly finalNewline: boolean;
  readonly delimiter: Uint8Array;
  /** The type of each column. */
  readonly types: Uint8Array;
  readonly rowsPerGroup: number;
  /** Structured rows: lines that are not verbatim. */
  readonly rows: number;
  readonly groups: number;
}

export interface BlockPlace {
  /** Offset in the stream `blocks`. */
  readonly offset: number;
  /** With its tag. */
  readonly length: number;
}

/** Throws `container/malformed` unless rows and groups agree, `container/limit` for too many blocks. */
export function readTableMeta(bytes: Uint8Array): TableMeta {
  const meta = new Numbers(bytes, 'meta');
  const lines = meta.uint();
  const finalNewline = meta.u8() !== 0;
  const delimiter = meta.string();
  const columns = meta.uint();
  const rowsPerGroup = meta.uint();
  const rows = meta.uint();
  const groups = meta.uint();
  const types = meta.take(columns);
  if (rowsPerGroup === 0) throw malformed('groups of no rows');
  if (rows > lines) throw malformed(`${rows} structured rows in ${lines} lines`);
  if (groups !== Math.ceil(rows / rowsPerGroup)) {
    throw malformed(`${groups} groups of ${rowsPerGroup} rows for ${rows} rows`);
  }
  const blocks = groups * columns;
  if (blocks > MAX_BLOCKS) throw overLimit('blocks of a table', blocks, MAX_BLOCKS);
  return { lines, finalNewline, delimiter, types, rowsPerGroup, rows, groups };
}

/** The blocks, group by group and in each column by column; `blocksLength` is what they fill. */
export function readBlockPlaces(index: Uint8Array, meta: TableMeta, blocksLength: number): readonly BlockPlace[] {
  const numbers = new Numbers(index, 'index');
  const places: BlockPlace[] = [];
  let offset = 0;
  for (let group = 0; group < meta.groups; group++) {
    for (const type of meta.types) {
      const length = numbers.uint();
      if (length === 0 || length > blocksLength - offset) {
        throw malformed(`a block of ${length} bytes, ${blocksLength - offset} are there`);
      }
      places.push({ offset, length });
      offset += length;
      if (type === INTEGER_COLUMN) {
        numbers.signed();
        numbers.signed();
      } else if (type === DECIMAL_COLUMN) {
        numbers.take(ZONE_OF_DECIMALS);
      }
    }
  }
  return places;
}

/** Rows of a group: all but the last are full. */
export function rowsOfGroup(meta: TableMeta, group: number): number {
  return Math.min(meta.rowsPerGroup, meta.rows - group * meta.rowsPerGroup);
}

/** Checks that `row_modes` tells of every line and has as many structured ones as `meta` says. */
export function checkRowModes(modes: Uint8Array, meta: TableMeta): void {
  if (meta.lines > modes.length) throw malformed(`${meta.lines} lines, but row_modes tells of ${modes.length}`);
  let rows = 0;
  for (let i = 0; i < meta.lines; i++) if (modes[i] !== 0) rows++;
  if (rows !== meta.rows) throw malformed(`${meta.rows} structured rows, but row_modes has ${rows}`);
}
