/** Tables: stream sets of both table codecs, tables opened in parts against the same read whole, and texts written as tables. */

import { Cursor } from '../../src/bytes/cursor.js';
import { fromLatin1 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { openTable, type TableFile } from '../../src/codecs/open-table.js';
import type { TableMeta } from '../../src/codecs/qcolumnar-index.js';
import { readColumnar } from '../../src/codecs/read-columnar.js';
import { decodeContainer } from '../../src/codecs/read-container.js';
import { readQcolumnar } from '../../src/codecs/read-qcolumnar.js';
import { decodeStreams, type EncodedStreams } from '../../src/codecs/streams.js';
import { TABLE_INDEX_STREAM } from '../../src/codecs/table-index.js';
import { writeColumnar } from '../../src/codecs/write-columnar.js';
import { writeQcolumnar } from '../../src/codecs/write-qcolumnar.js';
import { formatStreamSet, readStreamSet } from '../../src/container/stream-set.js';
import { formatTrailer } from '../../src/container/trailer.js';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { type ParserTarget, violated } from '../target.js';
import { bytesOf, sameBytes, sha256 } from './inputs.js';

const native = await createNativeEngines();

const LIMIT = 1 << 18;
const HEAD = Uint8Array.of(0x41, 0x54, 0x31, 2, 7);
const TEXTS = [
  'a,b,c\n1,"x",0.50\n-2,"",1.25\n',
  'id;at;name\n1;2010-01-01;x\n2;2010-01-02;x\n3;2010-01-03;y\n4;2010-01-04;x\n',
  Array.from({ length: 40 }, (_, i) => `${i * 1000}\t${i % 3}\t${['Rome', 'Oslo'][i % 2]}\t${i % 2}\r\n`).join(''),
  '1.5,n/a\n2.5,3\n\n"q ""r""",4\nragged\n3.5,5',
];

export const TABLE_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'columnar',
    about: 'stream sets of columnar: within the limit, and what comes out is written as a table and read again',
    files: ['codecs/read-columnar', 'codecs/column-values', 'codecs/numbers', 'codecs/strings', 'codecs/output'],
    seeds: async () => (await seedStreams('columnar')).map(storedSet),
    oneIn: 5,
    run: columnarCase,
  },
  {
    kind: 'parser',
    name: 'qcolumnar',
    about: 'containers of qcolumnar opened in parts: the blocks are those of the same container read whole',
    files: [
      'codecs/open-table',
      'codecs/read-qcolumnar',
      'codecs/qcolumnar-index',
      'codecs/table-index',
      'codecs/table-block',
    ],
    seeds: async () => (await seedStreams('qcolumnar')).map(containerOf),
    mend,
    oneIn: 5,
    run: qcolumnarCase,
  },
  {
    kind: 'parser',
    name: 'table-text',
    about: 'any text as a table: written by both writers of tables and read again it is the same bytes',
    files: [
      'codecs/parse-table',
      'codecs/cut-cells',
      'codecs/find-delimiter',
      'codecs/table-number',
      'codecs/column-candidates',
    ],
    oneIn: 20,
    seeds: () => TEXTS.map(bytesOf),
    tokens: [',', ';', '\t', '|', '\n', '\r\n', '"', '""', '",', '\n"', '-0', '0.0', '007', '999999999999999999'],
    run: textCase,
  },
];

async function seedStreams(codec: 'columnar' | 'qcolumnar'): Promise<EncodedStreams[]> {
  const write = codec === 'columnar' ? writeColumnar : writeQcolumnar;
  const encoded = TEXTS.map((text) => write(bytesOf(text), { level: 'fast', engines: native, rowsPerGroup: 3 }));
  return (await Promise.all(encoded)).filter((each) => each !== undefined);
}

function storedSet(streams: EncodedStreams): Uint8Array {
  return formatStreamSet(
    streams.map(({ name, data }) => ({ name, payload: { backend: 'stored', bytes: data, size: data.length } })),
  );
}

function containerOf(streams: EncodedStreams): Uint8Array {
  return concatBytes([HEAD, storedSet(streams), formatTrailer(new Uint8Array(32))]);
}

async function columnarCase(input: Uint8Array): Promise<void> {
  const streams = await decodeStreams(readStreamSet(new Cursor(input), LIMIT), native);
  const output = readColumnar(streams, LIMIT);
  if (output.length > LIMIT) violated('more output than allowed');
  await textCase(output);
}

/** The digest of what the streams yield, and of the index of the table. */
async function mend(input: Uint8Array): Promise<Uint8Array> {
  if (input.length < 41) return input;
  const out = input.slice();
  out.set(HEAD);
  try {
    const body = new Cursor(out, 'container/malformed', HEAD.length, out.length - 36);
    const streams = readStreamSet(body, LIMIT);
    for (const { name, payload } of streams) {
      // A view into what is mended.
      const { bytes } = payload;
      if (name === TABLE_INDEX_STREAM && bytes.length > 32)
        bytes.set(sha256(bytes.subarray(0, -32)), bytes.length - 32);
    }
    const output = await readQcolumnar(await decodeStreams(streams, native), LIMIT, native);
    out.set(formatTrailer(sha256(output)), out.length - 36);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
  }
  return out;
}

async function qcolumnarCase(input: Uint8Array): Promise<void> {
  const file: TableFile = { size: input.length, read: async (at, length) => input.slice(at, at + length) };
  const table = await openTable(file, native, { limit: LIMIT });
  const columns = table.meta.types.length;
  const blocks: Uint8Array[] = [];
  for (let i = 0; i < table.meta.groups * columns; i++) {
    blocks.push(await table.block(Math.floor(i / columns), i % columns));
  }
  const modes = await table.rowModes();
  const verbatim = await table.verbatim();
  if (modes.length < table.meta.lines) violated('lines without modes');
  let whole: Uint8Array;
  try {
    whole = await decodeContainer(input, native, { maxOutput: LIMIT });
  } catch (error) {
    // Whoever reads parts does not see a trailer of another output, nor streams that no part needs.
    if (error instanceof At1Error) return;
    throw error;
  }
  sameBytes(rebuilt(table.meta, blocks, modes, verbatim), whole, 'parts are not those of the whole');
}

/** The table from its parts, by split and join: slow, and nothing like the reader. */
function rebuilt(meta: TableMeta, blocks: readonly Uint8Array[], modes: Uint8Array, verbatim: Uint8Array): Uint8Array {
  const cells = blocks.map((block) => fromLatin1(block).split('\n'));
  const others = fromLatin1(verbatim).split('\n');
  const delimiter = fromLatin1(meta.delimiter);
  const columns = [...meta.types.keys()];
  let row = 0;
  const lines = [...modes.subarray(0, meta.lines)].map((mode) => {
    if (mode === 0) return others.shift();
    const group = Math.floor(row / meta.rowsPerGroup) * columns.length;
    const at = row++ % meta.rowsPerGroup;
    return columns.map((column) => cells[group + column]?.[at]).join(delimiter);
  });
  return Uint8Array.from(Buffer.from(lines.join('\n') + (meta.finalNewline ? '\n' : ''), 'latin1'));
}

async function textCase(text: Uint8Array): Promise<void> {
  const columnar = await writeColumnar(text, { level: 'fast', engines: native });
  if (columnar !== undefined) sameBytes(readColumnar(mapOf(columnar), text.length), text, 'columnar gives other bytes');
  const queryable = await writeQcolumnar(text, { level: 'fast', engines: native, rowsPerGroup: 3 });
  if (queryable === undefined) return;
  sameBytes(await readQcolumnar(mapOf(queryable), text.length, native), text, 'qcolumnar gives other bytes');
}

function mapOf(streams: EncodedStreams): ReadonlyMap<string, Uint8Array> {
  return new Map(streams.map(({ name, data }) => [name, data]));
}
