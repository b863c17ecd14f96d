/** Tables as bytes, as containers and as sources, and the whole answer to a query on them. */
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import { openTable, type TableFile } from '../../src/codecs/open-table.js';
import type { TableIndex } from '../../src/codecs/table-index.js';
import { writeQcolumnar } from '../../src/codecs/write-qcolumnar.js';
import { writeWholeCodec } from '../../src/container/write.js';
import type { Engines } from '../../src/engines.js';
import { formatValue } from '../../src/query/format-answer.js';
import { planQuery, type Query } from '../../src/query/plan.js';
import { type RunCounts, runPlan } from '../../src/query/run.js';
import { partsSource, type TableSource } from '../../src/query/table-source.js';

export async function queryableOf(csv: string, engines: Engines, rowsPerGroup = 8): Promise<Uint8Array> {
  const data = utf8(csv);
  const streams = await writeQcolumnar(data, { level: 'fast', engines, rowsPerGroup });
  if (streams === undefined) throw new TypeError('a table was meant');
  const named = streams.map(({ name, data: bytes, payload }) => ({
    name,
    payload: payload ?? { backend: 'stored' as const, bytes, size: bytes.length },
  }));
  return concatBytes([writeWholeCodec('qcolumnar', named, engines.sha256(data))]);
}

export function fileOf(bytes: Uint8Array): TableFile {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

export async function partsOf(container: Uint8Array, engines: Engines) {
  const table = await openTable(fileOf(container), engines);
  return { table, source: partsSource(table, table.index as TableIndex) };
}

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly counts: RunCounts;
}

export async function answer(source: TableSource, query: Query): Promise<Answer> {
  const plan = planQuery(query, source.columns);
  const counts: RunCounts = { skipped: 0, told: 0, blocks: 0 };
  const rows: (string | null)[][] = [];
  for await (const row of runPlan(plan, source, counts)) {
    rows.push(row.map((value, i) => formatValue(value, plan.columns[i] as (typeof plan.columns)[number])));
  }
  return { columns: plan.columns.map(({ name }) => name), rows, counts };
}
