// What DuckDB answers to SQL on a CSV file, for tests that compare: an engine that is not ours. It is no dependency but
// fetched by npm into a cache folder when first asked for: node scripts/duckdb-oracle.mjs FILE.csv 'SELECT ... FROM data'.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installNpm } from './npm-cache.mjs';

const VERSION = '1.5.6-r.1';
const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'at1');

/**
 * @param {{ cache?: string }} [options] default AT1_ORACLE_CACHE, or a folder below node_modules
 * @returns an oracle, to be closed, or `{ missing }` with the reason where npm cannot fetch it or it does not load here
 */
export async function openOracle({ cache = process.env.AT1_ORACLE_CACHE || CACHE } = {}) {
  try {
    const folder = await installNpm(join(resolve(cache), `duckdb-${VERSION}`), [`@duckdb/node-api@${VERSION}`]);
    const entry = createRequire(join(folder, 'package.json')).resolve('@duckdb/node-api');
    const { DuckDBInstance } = (await import(pathToFileURL(entry).href)).default;
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    return {
      query: (path, sql, options) => query(connection, path, sql, options),
      close: () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch (error) {
    return { missing: error.message };
  }
}

/**
 * @param {string} sql on a table `data`
 * @param {{ reading?: string }} [options] arguments of DuckDB's read_csv; default: the whole file decides on the types
 */
async function query(connection, path, sql, { reading = 'header = true, sample_size = -1' } = {}) {
  const from = `read_csv('${resolve(path).replaceAll("'", "''")}', ${reading})`;
  await connection.run(`CREATE OR REPLACE TABLE data AS SELECT * FROM ${from}`);
  const reader = await connection.runAndReadAll(sql);
  const names = reader.columnNames();
  const types = reader.columnTypes().map(String);
  return {
    columns: names.map((name, i) => ({ name, type: types[i] })),
    rows: reader.getRows().map((row) => `[${row.map((value) => jsonOf(value)).join(',')}]`),
  };
}

/** Integers and decimals with all their digits, whatever a double can hold; dates and times as DuckDB writes them. */
function jsonOf(value) {
  switch (typeof value) {
    case 'bigint':
      return String(value);
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : JSON.stringify(String(value));
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    default:
      if (value === null) return 'null';
      return value.constructor.name === 'DuckDBDecimalValue' ? String(value) : JSON.stringify(String(value));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [path, sql] = process.argv.slice(2);
  if (path === undefined || sql === undefined) {
    process.stderr.write("usage: node scripts/duckdb-oracle.mjs FILE.csv 'SELECT ... FROM data'\n");
    process.exit(2);
  }
  const oracle = await openOracle();
  if (oracle.missing !== undefined) {
    process.stderr.write(`SKIPPED: ${oracle.missing}\n`);
    process.exit(1);
  }
  try {
    const { columns, rows } = await oracle.query(path, sql);
    process.stdout.write(`${JSON.stringify(columns)}\n${rows.map((row) => `${row}\n`).join('')}`);
  } finally {
    oracle.close();
  }
}
