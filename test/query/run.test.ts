import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utf8 } from '../../src/bytes/text.js';
import type { TableIndex } from '../../src/codecs/table-index.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { formatWhere } from '../../src/query/parse-where.js';
import type { Query } from '../../src/query/plan.js';
import { bytesSource, partsSource } from '../../src/query/table-source.js';
import { throwsCode } from '../helpers/throws-code.js';
import { SCALE } from '../scale.js';
import { drawnTable, drawnWhere } from './drawn-queries.js';
import { answer, partsOf, queryableOf } from './samples.js';

const WIDE = `id,${Array.from({ length: 19 }, (_, i) => `x${i}`).join()}\n${Array.from(
  { length: 4000 },
  (_, row) => `${row},${Array.from({ length: 19 }, (_, i) => (row * 7919 + i * 104729) % 99991).join()}\n`,
).join('')}`;
const SMALL = 'n,d,t\n1,0.5,b\n,2.25,""\n3,,\n-4,1,a\n3,0.05,Zürich\n';

describe('queries', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });
  const rowsOf = async (query: Query, csv = SMALL) => (await answer(bytesSource(utf8(csv)), query)).rows;

  it('have the same answers by parts, with their zones, as of the whole table', async () => {
    const queries: readonly Query[] = [
      {},
      { select: 'count(*), count(n), sum(n), min(d), max(d), avg(d), min(t), max(u)' },
      { select: 'n, k, t', orderBy: 't desc nulls first, k, n', limit: 7 },
      { select: 't, count(*), avg(n)', groupBy: 't', orderBy: 'count(*) desc, t' },
    ];
    await fc.assert(
      fc.asyncProperty(drawnTable, drawnWhere, fc.constantFrom(1, 3, 8), async (csv, tree, rowsPerGroup) => {
        const { source } = await partsOf(await queryableOf(csv, engines, rowsPerGroup), engines);
        const whole = bytesSource(utf8(csv));
        for (const query of queries) {
          const asked = { ...query, where: formatWhere(tree) };
          const [inParts, all] = [await answer(source, asked), await answer(whole, asked)];
          assert.deepEqual([inParts.columns, inParts.rows], [all.columns, all.rows]);
        }
      }),
      { numRuns: Math.min(3000, SCALE.properties / 10) },
    );
  });

  it('know three answers: what is compared with null is neither so nor not so', async () => {
    const ids = async (where: string) => (await rowsOf({ select: 'd', where })).map(([d]) => d);
    assert.deepEqual(await ids('n = 3'), [null, '0.05']);
    assert.deepEqual(await ids('not n = 3'), ['0.50', '1.00']);
    assert.deepEqual(await ids('not (n = 3 or d > 1)'), ['0.50', '1.00']);
    assert.deepEqual(await ids('n = 3 or d > 2'), ['2.25', null, '0.05']);
    assert.deepEqual(await ids('n not in (3, 99)'), ['0.50', '1.00']);
    assert.deepEqual(await ids("t like '%' and not t like '_'"), ['2.25', '0.05']);
    assert.deepEqual(await ids('t is null or n is null'), ['2.25', null]);
    assert.deepEqual(await ids('not (t is not null)'), [null]);
    assert.deepEqual(await ids('n <> n'), []);
  });

  it('compare numbers exactly, with more digits than the column has too', async () => {
    const big = `a,b\n${['123456789012345678', '123456789012345677', '-123456789012345678'].map((n) => `${n},0.00000000000000001\n`).join('')}`;
    assert.deepEqual(await rowsOf({ select: 'count(*)', where: 'a > 123456789012345677' }, big), [['1']]);
    assert.deepEqual(await rowsOf({ select: 'sum(a), sum(b), avg(a)' }, big), [
      ['123456789012345677', '0.00000000000000003', '41152263004115225.666666667'],
    ]);
    const count = async (where: string) => (await rowsOf({ select: 'count(*)', where }))[0]?.[0];
    assert.deepEqual(
      await Promise.all(
        ['d < 0.505', 'd >= 0.495', 'd = 0.505', 'd <> 0.505', 'd <= -0.001', '0.505 > d', 'n > -4.5'].map(count),
      ),
      ['2', '3', '0', '4', '0', '2', '4'],
    );
    assert.deepEqual(await rowsOf({ select: 'd', where: 'd in (0.5, 2.250, 0.0500001)' }), [['0.50'], ['2.25']]);
  });

  it('match texts by characters, whatever bytes those have', async () => {
    const texts = async (pattern: string) =>
      (await rowsOf({ select: 't', where: `t like '${pattern}'` })).map(([t]) => t);
    assert.deepEqual(await texts('Z_rich'), ['Zürich']);
    assert.deepEqual(await texts('Z__rich'), []);
    assert.deepEqual(await texts('%ü%h'), ['Zürich']);
    assert.deepEqual(await texts('_'), ['b', 'a']);
    assert.deepEqual(await texts(''), ['']);
    const long = `t,u\n${'a'.repeat(20_000)}b,x\ny,z\n`;
    assert.deepEqual(await rowsOf({ select: 'u', where: `t like '${'%a'.repeat(300)}%c'` }, long), []);
  });

  it('put nulls last or first, and cut what is in order', async () => {
    const order = async (orderBy: string, limit?: number) =>
      (await rowsOf({ select: 'n', orderBy, limit })).map(([n]) => n);
    assert.deepEqual(await order('n'), ['-4', '1', '3', '3', null]);
    assert.deepEqual(await order('n desc'), ['3', '3', '1', '-4', null]);
    assert.deepEqual(await order('n nulls first', 2), [null, '-4']);
    assert.deepEqual(await order('t desc', 2), ['1', '-4']);
    assert.deepEqual(await order('n', 0), []);
    assert.deepEqual(await rowsOf({ limit: 1 }), [['1', '0.50', 'b']]);
    const many = `a,b\n${Array.from({ length: 20_000 }, (_, i) => `${(i * 7919) % 20_011},x\n`).join('')}`;
    const all = await rowsOf({ select: 'a', orderBy: 'a' }, many);
    assert.deepEqual(await rowsOf({ select: 'a', orderBy: 'a', limit: 100 }, many), all.slice(0, 100));
  });

  it('group by what columns hold, nulls and empty texts apart', async () => {
    const csv = 'g,h,v\na,"",1\na,,2\n,"",3\na,"",4\n"",a,5\n';
    assert.deepEqual(await rowsOf({ select: 'g, h, sum(v) as s', groupBy: 'g,h', orderBy: 's' }, csv), [
      ['a', null, '2'],
      [null, '', '3'],
      ['a', '', '5'],
      ['', 'a', '5'],
    ]);
    assert.deepEqual(await rowsOf({ groupBy: 'h' }, csv), [
      ['', '3'],
      [null, '1'],
      ['a', '1'],
    ]);
    assert.deepEqual(await rowsOf({ select: 'max(v), count(*), avg(v)', where: "g = 'no'" }, csv), [[null, '0', null]]);
    assert.deepEqual(await rowsOf({ select: 'h, max(v)', groupBy: 'h', where: "g = 'no'" }, csv), []);
  });

  it('count without reading a block, and read only the columns they need', async () => {
    const container = await queryableOf(WIDE, engines, 1000);
    const counted = await partsOf(container, engines);
    const count = await answer(counted.source, { select: 'count(*), count(id), sum(id), min(x3), max(x3), avg(id)' });
    assert.deepEqual([count.counts.blocks, count.counts.told], [0, 4]);
    assert.deepEqual(count.rows[0]?.slice(0, 3), ['4000', '4000', '7998000']);
    const one = await partsOf(container, engines);
    const groups = await answer(one.source, { select: 'max(id)', where: 'id <> 5' });
    assert.deepEqual([groups.rows, groups.counts], [[['3999']], { skipped: 0, told: 3, blocks: 1 }]);
    const column = await partsOf(container, engines);
    const rows = await answer(column.source, { select: 'id' });
    assert.deepEqual([rows.rows.length, rows.counts.blocks], [4000, 4]);
    assert.ok(column.table.bytesRead() < container.length / 10, `${column.table.bytesRead()} of ${container.length}`);
    const pruned = await answer(one.source, { select: 'id, x1', where: 'id >= 1500 and id < 1503' });
    assert.deepEqual([pruned.rows.length, pruned.counts], [3, { skipped: 3, told: 0, blocks: 2 }]);
  });

  it('refuse a damaged block when it is used, and damage to what they begin with at once', async () => {
    const container = await queryableOf(WIDE, engines, 1000);
    const intact = await partsOf(container, engines);
    const start = container.length - 36;
    const damaged = (at: number) => container.map((byte, i) => (i === at ? byte ^ 1 : byte));
    // The last block is the last column of the last group.
    const { source } = await partsOf(damaged(start - 5), engines);
    assert.equal((await answer(source, { select: 'x17, id' })).rows.length, 4000);
    assert.deepEqual((await answer(source, { select: 'count(x18)' })).rows, [['4000']]);
    await throwsCode(() => answer(source, { select: 'x18' }), 'container/digest-mismatch');
    await throwsCode(() => answer(source, { select: 'id', where: 'x18 > 5000' }), 'container/digest-mismatch');
    const named = (name: string) => Buffer.from(container).indexOf(name) + name.length + 4;
    for (const stream of ['meta', 'index']) {
      const refused = await partsOf(damaged(named(stream)), engines).then(
        () => false,
        () => true,
      );
      assert.ok(refused, stream);
    }
    assert.equal(intact.source.groups, 4);
  });

  it('refuse what the columns do not have', async () => {
    const wrong: readonly Query[] = [
      { select: 'nn' },
      { where: 'T2 = 1' },
      { where: "n = '3'" },
      { where: 't = 3' },
      { where: 't in (3)' },
      { where: "n like '3'" },
      { where: `t like '${'a'.repeat(4097)}'` },
      { where: 'n = t' },
      { where: '1 = 1' },
      { select: 'sum(t)' },
      { select: 'avg(t)' },
      { select: 'n, count(*)' },
      { select: 'n, n' },
      { select: '*', groupBy: 'n' },
      { orderBy: 'count(*)' },
      { groupBy: 'n', orderBy: 't' },
      { limit: -1 },
      { limit: 1.5 },
    ];
    for (const query of wrong) await throwsCode(() => rowsOf(query), 'usage/query');
    const many = `a,b\n${Array.from({ length: 100_001 }, (_, i) => `${i},x\n`).join('')}`;
    await throwsCode(() => rowsOf({ groupBy: 'a' }, many), 'usage/query');
    assert.throws(() => bytesSource(utf8('just a text\n')), { code: 'file/malformed' });
  });

  it('name columns as the header does: in any case, twice, without one, and with CR LF', async () => {
    assert.deepEqual(await rowsOf({ select: 'N', limit: 1 }), [['1']]);
    const { columns } = await answer(bytesSource(utf8('a,a,a_1\n1,2,3\n')), {});
    assert.deepEqual(columns, ['a', 'a_2', 'a_1']);
    assert.deepEqual((await answer(bytesSource(utf8('1,x\n2,y\n')), { select: 'column1' })).rows, [['x'], ['y']]);
    const returns = bytesSource(utf8('﻿a,"b"\r\n1,5\r\n2,\r\n'));
    assert.deepEqual((await answer(returns, { select: 'a, b', where: 'b is null' })).rows, [['2', null]]);
    assert.equal(returns.returns, 1);
    const parts = await partsOf(await queryableOf('a,b\r\n1,5\r\n2,\r\n', engines), engines);
    assert.deepEqual((await answer(parts.source, { select: 'count(b)' })).rows, [['1']]);
  });

  it('refuse groups of more rows than are values at once', async () => {
    const { table } = await partsOf(await queryableOf(SMALL, engines), engines);
    const meta = { ...table.meta, rows: 2 ** 21, rowsPerGroup: 2 ** 21 };
    assert.throws(() => partsSource({ ...table, meta }, table.index as TableIndex), { code: 'container/limit' });
  });

  it('tell of lines that are no rows, and of quotes that stay open', async () => {
    const source = bytesSource(utf8(`a,b\n${'1,x\n'.repeat(9)}# a remark\n2,"open\n3,y\n`));
    await answer(source, { select: 'b' });
    assert.deepEqual([source.outside, source.openTexts()], [1, 1]);
  });
});
