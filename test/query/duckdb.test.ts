import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { type Oracle, openOracle } from '../../scripts/duckdb-oracle.mjs';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { formatParquet } from '../../src/query/format-parquet.js';
import { formatWhere } from '../../src/query/parse-where.js';
import { planQuery } from '../../src/query/plan.js';
import { runPlan } from '../../src/query/run.js';
import { bytesSource } from '../../src/query/table-source.js';
import { collect } from '../helpers/collect.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { SCALE } from '../scale.js';
import { drawnTable, drawnWhere } from './drawn-queries.js';
import { type Answer, answer, partsOf, queryableOf } from './samples.js';

// The same cell rules: what stands in quotes is a text, and nothing at all is null.
const READING =
  "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, " +
  "columns = {'n': 'BIGINT', 'd': 'DECIMAL(18,2)', 't': 'VARCHAR', 'u': 'VARCHAR', 'k': 'BIGINT'}";
const ALL = 't, u, n, d, k';
/** Each as we write it, which is SQL but for the words around. */
const QUERIES = [
  { select: 'n, d, t, u, k' },
  { select: 'n, d, t, u, k', orderBy: ALL, limit: 9 },
  { select: 't, k', orderBy: 'd desc nulls first, t desc, k, n, u', limit: 5 },
  { select: 'count(*), count(t), sum(n), sum(d), min(d), max(n), min(t), max(u)' },
  { select: 'k, count(*), sum(d), min(u), max(d)', groupBy: 'k', orderBy: 'k' },
  { select: 't, k, count(n), sum(n)', groupBy: 't, k', orderBy: 'count(n) desc, t, k' },
] as const;

describe('queries beside those of DuckDB', function () {
  this.timeout(SCALE.properties * 60);
  const dir = useTempDir('suite');
  let engines: Engines;
  let oracle: Oracle;
  before(async function () {
    engines = await createNativeEngines();
    const opened = await openOracle();
    if (opened.missing !== undefined) {
      process.stdout.write(`SKIPPED: queries beside DuckDB: ${opened.missing}\n`);
      return this.skip();
    }
    oracle = opened;
  });
  after(() => oracle?.close());

  it('are read by it as parquet: the same types, digits, nulls and texts', async () => {
    const asked = [
      { select: '*' },
      // More than one group of rows.
      { select: 'k', rows: 66_000 },
      { select: 'k, t', where: 'k < 0' },
      { select: 'u, sum(n) as s, avg(d) as a, min(t) as t, count(*) as c', groupBy: 'u', orderBy: 'u' },
    ];
    for (const { rows: count = 2000, ...query } of asked) {
      const csv = `n,d,t,u,k\n${Array.from({ length: count }, (_, i) =>
        [
          i % 5 ? (i - 9) * 10 ** 12 : '',
          `-${i % 97}.5`,
          i % 3 ? `"Zürich ""${i % 11}"", "` : '',
          i % 7 ? 'x' : '""',
          i,
        ].join(),
      ).join('\n')}\n`;
      writeFileSync(dir.at('empty.csv'), 'n,d,t,u,k\n');
      const source = bytesSource(utf8(csv));
      const plan = planQuery(query, source.columns);
      const pieces = formatParquet(runPlan(plan, source, { skipped: 0, told: 0, blocks: 0 }), plan.columns, engines);
      writeFileSync(dir.at('answer.parquet'), concatBytes(await collect(pieces)));
      const sql = `SELECT * FROM read_parquet('${dir.at('answer.parquet')}')`;
      const { columns, rows } = await oracle.query(dir.at('empty.csv'), sql, { reading: READING });
      const types = plan.columns.map(({ name, type, scale }) => ({
        name,
        type: type === 'text' ? 'VARCHAR' : type === 'integer' ? 'BIGINT' : `DECIMAL(38,${scale})`,
      }));
      assert.deepEqual(columns, types);
      const texts = plan.columns.map(({ type }) => type === 'text');
      assert.deepEqual(rows, linesOf(await answer(source, query), texts));
    }
  });

  it('have the same rows, groups and numbers', async () => {
    await fc.assert(
      fc.asyncProperty(drawnTable, drawnWhere, async (csv, tree) => {
        writeFileSync(dir.at('data.csv'), csv);
        const { source } = await partsOf(await queryableOf(csv, engines), engines);
        const where = formatWhere(tree);
        for (const query of QUERIES) {
          const { rows } = await oracle.query(dir.at('data.csv'), sqlOf({ ...query, where }), { reading: READING });
          assert.deepEqual(linesOf(await answer(source, { ...query, where }), textsOf(query.select)), rows, where);
        }
        const select = 'avg(n), avg(d)';
        const { rows } = await oracle.query(dir.at('data.csv'), sqlOf({ select, where }), { reading: READING });
        const theirs = JSON.parse(rows[0] as string) as readonly (number | null)[];
        const [ours] = (await answer(source, { select, where })).rows;
        theirs.forEach((expected, i) => {
          const found = ours?.[i] ?? null;
          assert.equal(found === null, expected === null);
          // Theirs is a double, and sums of doubles lose digits.
          const error = Math.abs(Number(found) - Number(expected));
          assert.ok(error <= 1e-9 + Math.abs(Number(expected)) * 1e-9, `${found} is not ${expected}`);
        });
      }),
      { numRuns: Math.max(60, SCALE.properties / 50) },
    );
  });
});

function sqlOf(query: {
  readonly select: string;
  readonly where: string;
  readonly groupBy?: string;
  readonly orderBy?: string;
  readonly limit?: number;
}): string {
  const { select, where, groupBy, orderBy, limit } = query;
  return [
    `SELECT ${select} FROM data WHERE ${where}`,
    groupBy === undefined ? '' : `GROUP BY ${groupBy}`,
    orderBy === undefined ? '' : `ORDER BY ${orderBy}`,
    limit === undefined ? '' : `LIMIT ${limit}`,
  ].join(' ');
}

/** Which results are texts. */
function textsOf(select: string): readonly boolean[] {
  return select.split(', ').map((one) => /\b[tu]\)?$/.test(one) && !one.startsWith('count'));
}

/** As the oracle writes rows: texts in quotes, numbers with all their digits. */
function linesOf({ rows }: Answer, isText: readonly boolean[]): readonly string[] {
  return rows.map(
    (row) => `[${row.map((value, i) => (isText[i] === true ? JSON.stringify(value) : String(value))).join()}]`,
  );
}
