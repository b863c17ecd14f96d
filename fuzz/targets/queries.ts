/** Queries: conditions and what is selected, written again, and asked of a small table by parts and as a whole. */
import { openTable } from '../../src/codecs/open-table.js';
import type { TableIndex } from '../../src/codecs/table-index.js';
import { writeQcolumnar } from '../../src/codecs/write-qcolumnar.js';
import { writeWholeCodec } from '../../src/container/write.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { formatSelect, parseSelect } from '../../src/query/parse-select.js';
import { formatWhere, parseWhere } from '../../src/query/parse-where.js';
import { planQuery, type Query } from '../../src/query/plan.js';
import { runPlan } from '../../src/query/run.js';
import { bytesSource, partsSource, type TableSource } from '../../src/query/table-source.js';
import { mustHold, type ParserTarget } from '../target.js';
import { bytesOf, same, textOf } from './inputs.js';

const native = await createNativeEngines();
const TABLE = bytesOf('n,d,t\n1,0.5,a\n2,,"b ""c"""\n,1.25,\n-7,0.05,\n3,2.00,""\n4,,zz\n');

export const QUERY_TARGETS: readonly ParserTarget[] = [
  {
    kind: 'parser',
    name: 'query',
    about: 'queries: what is written back is read as the same; by parts and of the whole table the answer is one',
    files: [
      'query/tokens',
      'query/parse-where',
      'query/parse-select',
      'query/predicate',
      'query/comparisons',
      'query/plan',
    ],
    oneIn: 2,
    seeds: () =>
      [
        "n = 1 or not (d < 0.75 and t like 'b%')\nn, sum(d) as s\nn",
        "t in ('a', '') and n is not null\ncount(*), avg(n), max(\"t\")",
        'n not in (1, -2.50) or n <= d\n*\n\nd desc nulls first',
        'd <> 0.125\nt, min(n)\nt\ncount(*) desc, t',
      ].map(bytesOf),
    tokens: [
      '(',
      ')',
      ',',
      '"',
      "'",
      "''",
      '%',
      '_',
      '<>',
      '!=',
      '<=',
      ' and ',
      ' or ',
      'not ',
      ' is null',
      ' in (',
      '-0',
      '.',
      '\n',
    ],
    run: queryCase,
  },
];

/** A line each: where, select, group by, order by. */
async function queryCase(input: Uint8Array): Promise<void> {
  const [where, select, groupBy, orderBy] = textOf(input)
    .split('\n')
    .map((line) => (line === '' ? undefined : line));
  if (where !== undefined) {
    const tree = parseWhere(where);
    same(
      mustHold('a condition that is written again', () => parseWhere(formatWhere(tree))),
      tree,
      'another condition',
    );
  }
  if (select !== undefined) {
    const items = parseSelect(select);
    same(
      mustHold('a selection that is written again', () => parseSelect(formatSelect(items))),
      items,
      'another selection',
    );
  }
  const query = { where, select, groupBy, orderBy, limit: 4 };
  const { parts, whole } = await sources();
  same(await answerOf(query, parts), await answerOf(query, whole), 'another answer by parts');
}

let opened: Promise<{ readonly parts: TableSource; readonly whole: TableSource }> | undefined;

function sources() {
  opened ??= open();
  return opened;
}

async function open() {
  const streams = (await writeQcolumnar(TABLE, { level: 'fast', engines: native, rowsPerGroup: 2 })) ?? [];
  const named = streams.map(({ name, data, payload }) => ({
    name,
    payload: payload ?? { backend: 'stored' as const, bytes: data, size: data.length },
  }));
  const container = writeWholeCodec('qcolumnar', named, native.sha256(TABLE));
  const read = async (at: number, length: number): Promise<Uint8Array> => container.slice(at, at + length);
  const table = await openTable({ size: container.length, read }, native);
  return { parts: partsSource(table, table.index as TableIndex), whole: bytesSource(TABLE) };
}

async function answerOf(query: Query, source: TableSource): Promise<unknown[]> {
  const rows: unknown[] = [];
  const plan = planQuery(query, source.columns);
  for await (const row of runPlan(plan, source, { skipped: 0, told: 0, blocks: 0 })) rows.push(row);
  return rows;
}
