/** Codec qjson (id 8): lines of one template, their values in blocks of a column and a group of rows each, as in qcolumnar. */
import { malformed, overLimit } from '../container/format.js';
import type { Engines } from '../engines.js';
import { type Numbers, numbersOf } from './numbers.js';
import { Output } from './output.js';
import { checkRowModes, MAX_BLOCKS, readBlockPlaces, rowsOfGroup, type TableMeta } from './qcolumnar-index.js';
import { Lines, linesOf, type Streams, streamOf } from './streams.js';
import { decodeBlock, readBlock } from './table-block.js';

const LF = 10;
const VERBATIM = 0;
/** Where no text stands between two cells, what parts cells in their blocks is in no output: not many of those. */
const MOST_UNSEEN = 2 ** 22;

export async function readQjson(streams: Streams, limit: number, engines: Engines): Promise<Uint8Array> {
  const meta = readMeta(numbersOf(streams, 'meta'));
  const modes = streamOf(streams, 'row_modes');
  checkRowModes(modes, meta);
  const segments = readTemplate(numbersOf(streams, 'template'), meta.types.length);
  const unseen = meta.rows * segments.slice(1, -1).filter(({ length }) => length === 0).length;
  if (unseen > MOST_UNSEEN) throw overLimit('cells without text between them', unseen, MOST_UNSEEN);
  const groups = new Groups(streams, meta, limit + unseen + 1, engines);
  const verbatim = linesOf(streams, 'verbatim');
  const output = new Output(limit);
  let row = 0;
  let cells: readonly Lines[] = [];
  for (let line = 0; line < meta.lines; line++) {
    if (line > 0) output.u8(LF);
    if (modes[line] === VERBATIM) {
      output.bytes(verbatim.next());
      continue;
    }
    if (row % meta.rowsPerGroup === 0) cells = await groups.load(row / meta.rowsPerGroup);
    row++;
    for (const [i, segment] of segments.entries()) {
      output.bytes(segment);
      const cell = cells[i];
      if (cell !== undefined) output.bytes(cell.next());
    }
  }
  if (meta.finalNewline) output.u8(LF);
  return output.finish();
}

class Groups {
  readonly #meta: TableMeta;
  readonly #blocks: Uint8Array;
  readonly #places: ReturnType<typeof readBlockPlaces>;
  readonly #limit: number;
  readonly #engines: Engines;
  #left: number;

  /** `limit`: most bytes of one block, and of all but for one byte each. */
  constructor(streams: Streams, meta: TableMeta, limit: number, engines: Engines) {
    this.#meta = meta;
    this.#blocks = streamOf(streams, 'blocks');
    this.#places = readBlockPlaces(streamOf(streams, 'index'), meta, this.#blocks.length);
    this.#limit = limit;
    this.#engines = engines;
    this.#left = limit + this.#places.length;
  }

  async load(group: number): Promise<readonly Lines[]> {
    const columns = this.#meta.types.length;
    const loaded: Lines[] = [];
    for (const { offset, length } of this.#places.slice(group * columns, (group + 1) * columns)) {
      const payload = readBlock(this.#blocks.subarray(offset, offset + length), this.#limit);
      this.#left -= payload.size;
      if (this.#left < 0) throw overLimit('blocks beside an output', payload.size, payload.size + this.#left);
      loaded.push(new Lines(await decodeBlock(payload, rowsOfGroup(this.#meta, group), this.#engines), 'blocks'));
    }
    return loaded;
  }
}

function readMeta(meta: Numbers): TableMeta {
  const lines = meta.uint();
  const finalNewline = meta.u8() !== 0;
  const columns = meta.uint();
  const rowsPerGroup = meta.uint();
  const rows = meta.uint();
  const groups = meta.uint();
  const types = meta.take(columns);
  if (rowsPerGroup === 0) throw malformed('groups of no rows');
  if (groups !== Math.ceil(rows / rowsPerGroup)) {
    throw malformed(`${groups} groups of ${rowsPerGroup} rows for ${rows} rows`);
  }
  if (groups * columns > MAX_BLOCKS) throw overLimit('blocks of rows', groups * columns, MAX_BLOCKS);
  return { lines, finalNewline, delimiter: new Uint8Array(0), types, rowsPerGroup, rows, groups };
}

/** One segment more than columns. */
function readTemplate(template: Numbers, columns: number): readonly Uint8Array[] {
  const count = template.count();
  if (count !== columns + 1) throw malformed(`a template of ${count} segments for ${columns} columns`);
  return Array.from({ length: count }, () => template.string());
}
