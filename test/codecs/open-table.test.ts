import assert from 'node:assert/strict';
import { fromLatin1, utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { openTable, type TableFile } from '../../src/codecs/open-table.js';
import type { EncodedStreams } from '../../src/codecs/streams.js';
import { writeQcolumnar } from '../../src/codecs/write-qcolumnar.js';
import { encodePayload } from '../../src/container/payload.js';
import { formatStreamSet, type NamedPayload } from '../../src/container/stream-set.js';
import { formatTrailer } from '../../src/container/trailer.js';
import type { Engines } from '../../src/engines.js';
import { At1Error } from '../../src/errors.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { throwsCode } from '../helpers/throws-code.js';

const HEAD = Uint8Array.of(0x41, 0x54, 0x31, 2, 7);
const LINES = Array.from(
  { length: 5000 },
  (_, i) => `${i},${(i % 90) / 4},item ${(i * i) % 1009},${'pad '.repeat(i % 9)}`,
);
const DATA = utf8(`id,price,"the ""name""",note\n# a line of its own\n${LINES.join('\n')}\n`);

describe('a table opened in parts', () => {
  let engines: Engines;
  let streams: EncodedStreams;
  let container: Uint8Array;
  before(async () => {
    engines = await createNativeEngines();
    streams = (await writeQcolumnar(DATA, { level: 'fast', engines, rowsPerGroup: 500 })) as EncodedStreams;
    container = await containerOf(streams);
  });

  async function containerOf(encoded: EncodedStreams, output = DATA): Promise<Uint8Array> {
    const named: NamedPayload[] = [];
    for (const { name, data, payload } of encoded) {
      named.push({ name, payload: payload ?? (await encodePayload('zstd', data, 3, engines)) });
    }
    return concatBytes([HEAD, formatStreamSet(named), formatTrailer(engines.sha256(output))]);
  }

  function fileOf(bytes: Uint8Array): TableFile {
    return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
  }

  it('answers from its index without a block, exactly', async () => {
    const { index } = await openTable(fileOf(container), engines);
    assert.equal(index?.rows, 5000);
    assert.equal(index.header, true);
    assert.equal(index.outside, 1);
    assert.deepEqual(
      index.columns.map(({ name }) => fromLatin1(name)),
      ['id', 'price', 'the "name"', 'note'],
    );
    assert.deepEqual(
      index.columns.map(({ type, scale }) => [type, scale]),
      [
        [1, 0],
        [2, 2],
        [0, 0],
        [0, 0],
      ],
    );
    const sum = index.columns[0]?.groups.reduce((total, { numbers }) => total + (numbers?.sum ?? 0n), 0n);
    assert.equal(sum, (4999n * 5000n) / 2n);
    assert.equal(index.columns[1]?.groups[3]?.numbers?.maximum, 2225n);
    assert.equal(index.columns[3]?.groups[0]?.nulls, LINES.slice(0, 500).filter((line) => line.endsWith(',')).length);
  });

  it('hands out every block as the cells that were written, and reads little for one', async () => {
    const table = await openTable(fileOf(container), engines);
    const before = table.bytesRead();
    assert.deepEqual(await table.block(4, 0), utf8(Array.from({ length: 500 }, (_, i) => String(2000 + i)).join('\n')));
    assert.ok(table.bytesRead() - before < 1000 && before < 18_000 && table.bytesRead() < container.length);
    for (let group = 0; group < table.meta.groups; group++) {
      const rows = LINES.slice(group * 500, (group + 1) * 500).map((line) => line.split(','));
      for (let column = 0; column < 4; column++) {
        assert.deepEqual(await table.block(group, column), utf8(rows.map((row) => row[column]).join('\n')));
      }
    }
    assert.equal((await table.rowModes()).length, 5002);
    assert.deepEqual(await table.verbatim(), utf8('id,price,"the ""name""",note\n# a line of its own'));
    await assert.rejects(table.block(10, 0), RangeError);
    await assert.rejects(table.block(0, 4), RangeError);
  });

  it('reads a file without an index whole, proves it by its trailer, and knows no zones', async () => {
    const plain = await containerOf(streams.filter(({ name }) => name !== 'x-at1'));
    const table = await openTable(fileOf(plain), engines);
    assert.equal(table.index, undefined);
    assert.ok(table.bytesRead() >= plain.length - 36);
    assert.deepEqual(await table.block(9, 0), utf8(Array.from({ length: 500 }, (_, i) => String(4500 + i)).join('\n')));
    const lying = await containerOf(
      streams.filter(({ name }) => name !== 'x-at1'),
      utf8('something else'),
    );
    await throwsCode(() => openTable(fileOf(lying), engines), 'container/digest-mismatch');
  });

  it('demands the index that a document names', async () => {
    const own = streams.find(({ name }) => name === 'x-at1')?.data as Uint8Array;
    const table = await openTable(fileOf(container), engines, { tableIndex: engines.sha256(own) });
    assert.equal(table.index?.rows, 5000);
    const other = { tableIndex: engines.sha256(utf8('another')) };
    await throwsCode(() => openTable(fileOf(container), engines, other), 'container/digest-mismatch');
    const plain = await containerOf(streams.filter(({ name }) => name !== 'x-at1'));
    await throwsCode(() => openTable(fileOf(plain), engines, other), 'container/digest-mismatch');
  });

  it('gives no wrong cell, whatever byte is changed', async () => {
    const small = utf8(`n,s\n${Array.from({ length: 12 }, (_, i) => `${i * 7},v${i % 3}`).join('\n')}\n`);
    const encoded = (await writeQcolumnar(small, { level: 'fast', engines, rowsPerGroup: 5 })) as EncodedStreams;
    const sound = await containerOf(encoded, small);
    const { index } = await openTable(fileOf(sound), engines);
    const everything = async (bytes: Uint8Array): Promise<string[]> => {
      const table = await openTable(fileOf(bytes), engines);
      if (table.index !== undefined) assert.deepEqual(table.index, index);
      const parts = [await table.rowModes(), await table.verbatim()];
      for (let i = 0; i < table.meta.groups * table.meta.types.length; i++) {
        parts.push(await table.block(Math.floor(i / table.meta.types.length), i % table.meta.types.length));
      }
      return parts.map(fromLatin1);
    };
    const expected = await everything(sound);
    let refused = 0;
    for (let at = 0; at < sound.length; at++) {
      const changed = sound.slice();
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      try {
        assert.deepEqual(await everything(changed), expected, `byte ${at}`);
      } catch (error) {
        if (!(error instanceof At1Error)) throw error;
        refused++;
      }
    }
    assert.ok(refused > sound.length / 2, `${refused} of ${sound.length}`);
  });

  it('refuses other containers, streams of frames and files that end', async () => {
    const raw = container.slice();
    raw[4] = 255;
    const stream = container.slice();
    stream[3] = 3;
    for (const bytes of [raw, stream])
      await throwsCode(() => openTable(fileOf(bytes), engines), 'container/unsupported');
    await throwsCode(() => openTable(fileOf(container.subarray(0, -1)), engines), 'container/trailer-missing');
    await throwsCode(() => openTable(fileOf(container.subarray(0, 30)), engines), 'container/malformed');
    const shorter = concatBytes([container.subarray(0, 4000), container.subarray(-36)]);
    await throwsCode(() => openTable(fileOf(shorter), engines), 'container/malformed');
    const lying: TableFile = { size: container.length + 100, read: fileOf(container).read };
    await throwsCode(() => openTable(lying, engines), 'container/malformed');
  });
});
