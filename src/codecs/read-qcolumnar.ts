/** Reader of the codec qcolumnar (id 7), all of it: group after group, its columns side by side. Parts: open-table.ts. */
import { overLimit } from '../container/format.js';
import type { Engines } from '../engines.js';
import { Output } from './output.js';
import { checkRowModes, readBlockPlaces, readTableMeta, rowsOfGroup } from './qcolumnar-index.js';
import { Lines, linesOf, type Streams, streamOf } from './streams.js';
import { decodeBlock, readBlock } from './table-block.js';

const LF = 10;

export async function readQcolumnar(streams: Streams, limit: number, engines: Engines): Promise<Uint8Array> {
  const meta = readTableMeta(streamOf(streams, 'meta'));
  const modes = streamOf(streams, 'row_modes');
  checkRowModes(modes, meta);
  const blocks = streamOf(streams, 'blocks');
  const places = readBlockPlaces(streamOf(streams, 'index'), meta, blocks.length);
  const columns = meta.types.length;
  const verbatim = linesOf(streams, 'verbatim');
  const out = new Output(limit);
  let row = 0;
  let yielded = 0;
  let group: readonly Lines[] = [];

  const load = async (number: number): Promise<readonly Lines[]> => {
    const loaded: Lines[] = [];
    for (const { offset, length } of places.slice(number * columns, (number + 1) * columns)) {
      const payload = readBlock(blocks.subarray(offset, offset + length), limit);
      // Cells and what parts them all become output, but for the end of each block.
      yielded += payload.size;
      if (yielded > limit + places.length) throw overLimit('blocks of a table', yielded, limit + places.length);
      loaded.push(new Lines(await decodeBlock(payload, rowsOfGroup(meta, number), engines), 'blocks'));
    }
    return loaded;
  };

  for (let line = 0; line < meta.lines; line++) {
    if (line > 0) out.u8(LF);
    if (modes[line] === 0) {
      out.bytes(verbatim.next());
      continue;
    }
    if (row % meta.rowsPerGroup === 0) group = await load(row / meta.rowsPerGroup);
    row++;
    group.forEach((cells, i) => {
      if (i > 0) out.bytes(meta.delimiter);
      out.bytes(cells.next());
    });
  }
  if (meta.finalNewline) out.u8(LF);
  return out.finish();
}
