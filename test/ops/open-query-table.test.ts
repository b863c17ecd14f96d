/** Registered tables that a query reads whole, in segments whose memory is used again. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { openRegistry, register } from '../../src/index.js';
import { openQueryTable, type QueryTable } from '../../src/ops/open-query-table.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { ana, environmentOf, HistoryBuilder } from '../helpers/registry-fixture.js';
import { useTempDir } from '../helpers/temp-dir.js';

const CELL = 255;
const COMMA = 0x2c;
const LF = 10;
/** What would be a delimiter, a quote or the end of a line. */
const SYNTAX = [9, LF, 13, 0x22, COMMA, 0x3b, 0x7c];

describe('the table of a query', function () {
  this.timeout(120_000);
  const dir = useTempDir();

  it('is whole and in order where segments are stored as they are', async () => {
    const b = await HistoryBuilder.make();
    b.writeTo(dir.at('registry'), await b.commit([], await b.genesis(ana)));
    const environment = await environmentOf(dir.at('home'), ana);
    const registry = () => openRegistry({ dir: dir.at('registry'), environment });
    writeFileSync(dir.at('noise.csv'), noise(16 * 1024 * 1024));
    await register(await registry(), { ref: 'data/noise@1.0.0', paths: [dir.at('noise.csv')], level: 'fast' });
    const cellsOf = async (what: string) => lastCells(await openQueryTable({ what, registry }));
    // Not deepEqual: it would print 16 MiB of differences.
    assert.ok(isDeepStrictEqual(await cellsOf('data/noise@1.0.0'), await cellsOf(dir.at('noise.csv'))));
  });
});

async function lastCells({ source, close }: QueryTable): Promise<unknown[]> {
  const cells: unknown[] = [];
  for (let group = 0; group < source.groups; group++) cells.push(...(await source.values(group, 1)));
  await close();
  return cells;
}

/** Two cells in each row, that no codec makes smaller. */
function noise(size: number): Uint8Array {
  const bytes = randomBytes(size, 1);
  for (let i = 0; i < size; i++) {
    const at = i % (2 * CELL + 2);
    bytes[i] = at === CELL ? COMMA : at === 2 * CELL + 1 ? LF : plain(bytes[i] as number);
  }
  return bytes;
}

function plain(byte: number): number {
  return SYNTAX.includes(byte) ? byte + 0x80 : byte;
}
