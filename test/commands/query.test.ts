/** at1 query: tables as files, containers and versions, in text, JSON and files, and what is refused. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { QueryResult } from '../../src/index.js';
import { inProcess } from '../helpers/run-cli.js';
import { type Clone, initRegistry, makePerson } from '../helpers/sample-registry.js';
import { useTempDir } from '../helpers/temp-dir.js';
import { type Terminal, terminalOf } from '../helpers/terminal.js';

const SHOPS = ['Bern', 'Basel', '"Köln, alt"'];
const SALES = `id,shop,price\n${Array.from(
  { length: 40_000 },
  (_, i) => `${i},${SHOPS[i % 3]},${i % 50 === 0 ? '' : `${i % 97}.${10 + (i % 90)}`}\n`,
).join('')}`;
const SMALL = 'id,name\n1,x\n2,\n3,"a ""b"""\n';

describe('at1 query', function () {
  this.timeout(120_000);
  const dir = useTempDir('suite');
  let ana: Clone;
  let here: Terminal;

  before(async () => {
    ana = await initRegistry(dir.at('registry'), makePerson(dir.at('home'), 'ana'));
    mkdirSync(dir.at('work', 'tree'), { recursive: true });
    here = terminalOf(ana.person, dir.at('work'), { env: { AT1_REGISTRY: ana.dir } });
    writeFileSync(dir.at('work', 'sales.csv'), SALES);
    writeFileSync(dir.at('work', 'small.csv'), SMALL);
    writeFileSync(dir.at('work', 'tree', 'a.csv'), SMALL);
    writeFileSync(dir.at('work', 'tree', 'notes.txt'), 'notes\n');
    await here.text('register data/tree@1.0.0 tree');
    await here.text('register data/sales@1.0.0 sales.csv');
    await here.text('pack sales.csv --queryable');
    await here.text('pack small.csv -o plain.at1');
  });

  it('prints a table, and what it read when asked', async () => {
    assert.equal(await here.text('query small.csv'), 'id  name\n 1  x\n 2  null\n 3  a "b"\n3 rows\n');
    const run = await here.at1('query sales.csv.at1 --explain --select', 'count(*), sum(id)');
    assert.equal(run.stdout, 'count(*)    sum(id)\n   40000  799980000\n1 row\n');
    assert.match(
      run.stderr,
      /^read: [\d.]+ [KM]iB of [\d.]+ [KM]iB, in parts\ngroups of rows: 3, of which 0 skipped and 3 /,
    );
    assert.match(run.stderr, /\ncolumns of groups: 0 of 9 read\n$/);
    assert.match((await here.at1('query small.csv --explain')).stderr, /^read: 27 B of 27 B, decoded whole\n$/);
  });

  it('answers alike of a file, a container with parts, one without, and a version', async () => {
    const more = ['--select', 'shop, count(price) as n, avg(price)', '--where', 'id >= 39000 or price < 1'];
    const words = [...more, '--group-by', 'shop', '--order-by', 'n desc, shop'];
    const answers: QueryResult[] = [];
    for (const what of ['sales.csv', 'sales.csv.at1', 'data/sales@1.0.0']) {
      answers.push(await here.json<QueryResult>('query', `query ${what}`, ...words));
    }
    const [file, parts, version] = answers;
    assert.deepEqual(file?.rows.map(([shop]) => shop).sort(), ['Basel', 'Bern', 'Köln, alt']);
    assert.deepEqual([parts?.rows, version?.rows], [file?.rows, file?.rows]);
    assert.deepEqual(
      answers.map(({ ref, explanation }) => [ref, explanation.parts]),
      [
        [null, false],
        [null, true],
        ['data/sales@1.0.0', false],
      ],
    );
    assert.equal((await here.json<QueryResult>('query', 'query plain.at1')).count, 3);
    assert.equal((await here.json<QueryResult>('query', 'query data/tree --path a.csv --limit 2')).count, 2);
  });

  it('writes CSV that is the same table again, and JSON with every digit', async () => {
    const csv = await here.at1('query small.csv --format csv');
    assert.deepEqual([csv.code, csv.stdout], [0, SMALL]);
    const json = await here.at1('query small.csv --format json --where', 'id > 1');
    assert.deepEqual(JSON.parse(json.stdout), [
      { id: 2, name: null },
      { id: 3, name: 'a "b"' },
    ]);
    assert.equal((await here.at1('query small.csv --format json --limit 0')).stdout, '[]\n');
    const written = await here.json<QueryResult>('query', 'query sales.csv.at1 --format csv -o out.csv');
    assert.deepEqual([written.written, written.count, written.rows.length], [dir.at('work', 'out.csv'), 40_000, 0]);
    assert.equal(readFileSync(dir.at('work', 'out.csv'), 'utf8').split('\n').length, 40_002);
    const parquet = await here.at1('query small.csv --format parquet');
    assert.deepEqual(
      [parquet.bytes.length > 100, parquet.stdout.slice(0, 4), parquet.stdout.slice(-4)],
      [true, 'PAR1', 'PAR1'],
    );
    await here.refuses(13, 'output/exists', 'query small.csv --format csv -o out.csv');
    assert.match(await here.text('query small.csv --format csv -o out.csv -f'), /^wrote .*out\.csv\n$/);
  });

  it('says what it does not speak of', async () => {
    writeFileSync(dir.at('work', 'ragged.csv'), `a,b\n${'1,x\n'.repeat(20)}no row\n`);
    assert.match(
      (await here.at1('query ragged.csv --select a --limit 1')).stderr,
      /^warning: 1 of the lines are no rows/,
    );
    writeFileSync(dir.at('work', 'returns.csv'), 'a,b\r\n1,2\r\n');
    const { warnings } = await here.json<QueryResult>('query', 'query returns.csv');
    assert.match(warnings[0] ?? '', /CR LF/);
  });

  it('refuses mistakes, with the place and what is near', async () => {
    assert.match(await here.refuses(2, 'usage/query', 'query small.csv --where', 'id = = 3'), /character 6 /);
    assert.match(await here.refuses(2, 'usage/query', 'query small.csv --select nmae'), /did you mean name\?/);
    await here.refuses(2, 'usage/invalid', 'query small.csv -o x.csv');
    await here.refuses(2, 'usage/invalid', 'query small.csv --path a.csv');
    await here.refuses(2, 'usage/invalid', 'query data/tree');
    await here.refuses(2, 'usage/path', 'query data/tree --path b.csv');
    await here.refuses(23, 'file/malformed', 'query data/tree --path notes.txt');
    await here.refuses(12, 'artifact/not-found', 'query data/none');
    await here.refuses(2, 'artifact/unsupported-file', 'pack tree/notes.txt --queryable');
    const damaged = Uint8Array.from(readFileSync(dir.at('work', 'sales.csv.at1')));
    damaged[damaged.length - 40] = (damaged[damaged.length - 40] ?? 0) ^ 1;
    writeFileSync(dir.at('work', 'damaged.at1'), damaged);
    await here.refuses(20, 'container/digest-mismatch', 'query damaged.at1 --select price');
    assert.match(await here.text('query damaged.at1 --select id --limit 1'), /1 row\n$/);
  });

  it('keeps bytes of strangers from a terminal', async function () {
    // A terminal can be played only in this process; from source this test always runs.
    if (!inProcess) this.skip();
    const screen = terminalOf(ana.person, dir.at('work'), { terminal: true });
    const { code, stdout } = await screen.at1('query small.csv --format csv');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(await screen.text('query small.csv'), /3 rows/);
  });
});
