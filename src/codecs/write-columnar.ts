/** Writer of the codec columnar (id 4). Every type and layout that the format has is in the race (docs/format/query.md). */

import { concatBytes } from '../bytes/writer.js';
import type { Engines } from '../engines.js';
import type { Level } from '../transforms/level.js';
import { type ChosenColumns, chooseColumns } from './choose-columns.js';
import { type FormedColumn, formColumns } from './join-columns.js';
import { NumberWriter } from './number-writer.js';
import { parseTable, type Table, type TableColumn } from './parse-table.js';
import type { EncodedStreams } from './streams.js';

export interface WriteTableOptions {
  readonly level: Level;
  readonly engines: Engines;
}

/** More is cut into segments before it comes here; cells are objects. */
export const MOST_TABLE_BYTES = 32 * 1024 * 1024;
/** Trials of so many columns would each be of little, and all together of minutes. */
const MOST_TRIED_COLUMNS = 256;

/** Undefined where the data is no table. The caller decodes and compares before it relies on the streams. */
export async function writeColumnar(data: Uint8Array, options: WriteTableOptions): Promise<EncodedStreams | undefined> {
  if (data.length === 0 || data.length > MOST_TABLE_BYTES) return undefined;
  const table = parseTable(data, false);
  if (table === undefined) return undefined;
  const { engines } = options;
  const level = options.level === 'max' && table.columns.length > MOST_TRIED_COLUMNS ? 'balanced' : options.level;
  const complete = table.rows.every((row) => typeof row === 'string' || row === table.columns.length);
  const ways = await formColumns(table.columns, complete ? table.delimiter : undefined, level, engines);
  const { columns, forms, payload } = await smallestWay(ways, level, engines);
  const shape = withColumns(table, columns);
  const index = new NumberWriter();
  for (const { bytes } of forms) index.uint(bytes.length);
  const values = concatBytes(forms.map(({ bytes }) => bytes));
  return [
    { name: 'meta', data: metaOf(shape) },
    { name: 'coltypes', data: Uint8Array.from(forms, ({ type }) => type) },
    { name: 'col_index', data: index.finish() },
    payload === undefined ? { name: 'values', data: values } : { name: 'values', data: values, payload },
    ...quoteStreams(shape),
    ...rowStreams(shape),
    { name: 'header', data: new NumberWriter().latin1(table.header ?? '').finish() },
  ];
}

async function smallestWay(
  ways: readonly (readonly FormedColumn[])[],
  level: Level,
  engines: Engines,
): Promise<ChosenColumns & { readonly columns: readonly TableColumn[] }> {
  let best: (ChosenColumns & { readonly columns: readonly TableColumn[] }) | undefined;
  for (const way of ways) {
    const chosen = await chooseColumns(way, level, engines);
    const size = chosen.payload?.bytes.length ?? 0;
    if (best === undefined || size < (best.payload?.bytes.length ?? 0)) {
      best = { ...chosen, columns: way.map(({ column }) => column) };
    }
  }
  return best ?? { columns: [], forms: [], payload: undefined };
}

/** Fewer columns mean fewer cells in each row. */
function withColumns(table: Table, columns: readonly TableColumn[]): Table {
  if (columns.length === table.columns.length) return table;
  return { ...table, columns, rows: table.rows.map((row) => (typeof row === 'string' ? row : columns.length)) };
}

function metaOf(table: Table): Uint8Array {
  return new NumberWriter()
    .uint(table.rows.length)
    .u8(table.finalNewline ? 1 : 0)
    .u8(table.header === undefined ? 0 : 1)
    .string(table.delimiter)
    .uint(table.columns.length)
    .finish();
}

const NEVER_QUOTED = 0;
const ALWAYS_QUOTED = 1;
const QUOTED_BY_BIT = 2;

function quoteStreams(table: Table): EncodedStreams {
  const modes = new NumberWriter();
  const bits = new NumberWriter();
  for (const { quoted } of table.columns) {
    const count = quoted.filter((each) => each).length;
    modes.u8(count === 0 ? NEVER_QUOTED : count === quoted.length ? ALWAYS_QUOTED : QUOTED_BY_BIT);
    if (count === 0 || count === quoted.length) continue;
    const own = new Uint8Array(Math.ceil(quoted.length / 8));
    quoted.forEach((each, i) => {
      if (each) (own[i >> 3] as number) |= 1 << (i & 7);
    });
    bits.bytes(own);
  }
  return [
    { name: 'quotemodes', data: modes.finish() },
    { name: 'quotebits', data: bits.finish() },
  ];
}

function rowStreams(table: Table): EncodedStreams {
  const modes = new Uint8Array(table.rows.length);
  const counts = new NumberWriter();
  const verbatim: string[] = [];
  table.rows.forEach((row, i) => {
    if (typeof row === 'string') {
      verbatim.push(row);
    } else {
      modes[i] = 1;
      counts.uint(row);
    }
  });
  return [
    { name: 'row_modes', data: modes },
    { name: 'fieldcounts', data: counts.finish() },
    { name: 'verbatim', data: new NumberWriter().latin1(verbatim.join('\n')).finish() },
  ];
}
