/** Reader of the codec columnar (id 4): columns of typed cells, quotes and ragged rows put back as they were. */
import { malformed, overLimit } from '../container/format.js';
import { type ColumnValues, DERIVED, Numbered, readColumn, sourceOfDerived, type Value } from './column-values.js';
import { Numbers, numbersOf } from './numbers.js';
import { Output } from './output.js';
import { linesOf, type Streams, streamOf } from './streams.js';

/** A table with more is none; each column costs memory before its first value. */
const MAX_COLUMNS = 65_536;

const LF = 10;
const QUOTE = 34;
const NEVER_QUOTED = 0;
const ALWAYS_QUOTED = 1;

interface Meta {
  readonly rows: number;
  readonly finalNewline: boolean;
  readonly hasHeader: boolean;
  readonly delimiter: Uint8Array;
  readonly columns: number;
}

/** One column while its cells are read in order. */
interface Column {
  readonly values: ColumnValues;
  /** The next cell's: is it quoted? */
  quoted(): boolean;
}

export function readColumnar(streams: Streams, limit: number): Uint8Array {
  const meta = readMeta(streams);
  const modes = streamOf(streams, 'row_modes');
  if (meta.rows > modes.length) throw malformed(`${meta.rows} rows, but row_modes tells of ${modes.length}`);
  const counts = countCells(streams, meta, modes);
  const columns = readColumns(streams, meta, counts);
  const out = new Output(limit);
  if (meta.hasHeader) out.bytes(streamOf(streams, 'header'));
  const verbatim = linesOf(streams, 'verbatim');
  const fieldCounts = numbersOf(streams, 'fieldcounts');
  let cells = 0;
  for (let row = 0; row < meta.rows; row++) {
    if (row > 0 || meta.hasHeader) out.u8(LF);
    if (modes[row] === 0) {
      out.bytes(verbatim.next());
      continue;
    }
    const fields = fieldCounts.uint();
    // With a delimiter of no bytes, empty cells cost time and yield nothing.
    cells += Math.max(0, fields - 1);
    if (cells > limit) throw overLimit('cells of a table', cells, limit);
    for (let i = 0; i < fields; i++) {
      if (i > 0) out.bytes(meta.delimiter);
      const column = columns[i] as Column;
      const value = column.values.next();
      if (column.quoted()) writeQuoted(out, value);
      else write(out, value);
    }
  }
  if (meta.finalNewline) out.u8(LF);
  return out.finish();
}

function readMeta(streams: Streams): Meta {
  const meta = numbersOf(streams, 'meta');
  const rows = meta.uint();
  const finalNewline = meta.u8() !== 0;
  const hasHeader = meta.u8() !== 0;
  const delimiter = meta.string();
  const columns = meta.uint();
  if (columns > MAX_COLUMNS) throw overLimit('columns of a table', columns, MAX_COLUMNS);
  for (const name of ['coltypes', 'col_index', 'quotemodes']) {
    const { length } = streamOf(streams, name);
    if (columns > length) throw malformed(`${columns} columns, but ${name} has ${length} bytes`);
  }
  return { rows, finalNewline, hasHeader, delimiter, columns };
}

/** How many cells each column has: quotebits is cut by it. */
function countCells(streams: Streams, meta: Meta, modes: Uint8Array): Uint32Array {
  const counts = new Uint32Array(meta.columns + 1);
  const fieldCounts = numbersOf(streams, 'fieldcounts');
  for (let row = 0; row < meta.rows; row++) {
    if (modes[row] === 0) continue;
    const fields = fieldCounts.uint();
    if (fields > meta.columns) throw malformed(`a row of ${fields} cells in a table of ${meta.columns} columns`);
    (counts[fields] as number)++;
  }
  // A row of n cells has one in each of the first n columns.
  for (let i = meta.columns - 1; i >= 0; i--) (counts[i] as number) += counts[i + 1] as number;
  return counts.subarray(1);
}

function readColumns(streams: Streams, meta: Meta, counts: Uint32Array): readonly Column[] {
  const types = streamOf(streams, 'coltypes');
  const quoteModes = streamOf(streams, 'quotemodes');
  const index = numbersOf(streams, 'col_index');
  const values = new Numbers(streamOf(streams, 'values'), 'values');
  const quoteBits = new Numbers(streamOf(streams, 'quotebits'), 'quotebits');
  const parts = Array.from({ length: meta.columns }, () => values.take(index.uint()));
  const watched = new Set<number>();
  parts.forEach((part, i) => {
    if (types[i] === DERIVED && counts[i] !== 0) watched.add(sourceOfDerived(part));
  });
  const read: (ColumnValues | Numbered)[] = [];
  const columns: Column[] = [];
  parts.forEach((part, i) => {
    const mode = quoteModes[i] as number;
    const bits = mode > ALWAYS_QUOTED ? quoteBits.take(Math.ceil((counts[i] as number) / 8)) : undefined;
    // What no row uses may be anything.
    if (counts[i] === 0) return;
    const column = readColumn(types[i] as number, part, i, (source) => read[source] as Numbered);
    const watchedColumn = watched.has(i) ? new Numbered(column) : column;
    read.push(watchedColumn);
    columns.push({ values: watchedColumn, quoted: quotedBy(mode, bits) });
  });
  return columns;
}

function quotedBy(mode: number, bits: Uint8Array | undefined): () => boolean {
  if (bits === undefined) return () => mode !== NEVER_QUOTED;
  let at = 0;
  return () => {
    const bit = ((bits[at >> 3] as number) >> (at & 7)) & 1;
    at++;
    return bit === 1;
  };
}

function write(out: Output, value: Value): void {
  if (typeof value === 'string') out.ascii(value);
  else out.bytes(value);
}

function writeQuoted(out: Output, value: Value): void {
  out.u8(QUOTE);
  if (typeof value === 'string') {
    out.ascii(value);
  } else {
    let start = 0;
    for (let at = value.indexOf(QUOTE); at >= 0; at = value.indexOf(QUOTE, at + 1)) {
      out.bytes(value.subarray(start, at + 1));
      out.u8(QUOTE);
      start = at + 1;
    }
    out.bytes(value.subarray(start));
  }
  out.u8(QUOTE);
}
