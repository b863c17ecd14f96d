import assert from 'node:assert/strict';
import { readAhead } from '../../src/ops/read-ahead.js';

describe('reading ahead', () => {
  it('keeps the order, whatever ends first, with no more under way than agreed', async () => {
    let running = 0;
    let most = 0;
    const work = async (item: number) => {
      running++;
      most = Math.max(most, running);
      for (let turns = (item * 7) % 5; turns > 0; turns--) await new Promise(setImmediate);
      running--;
      return item * 10;
    };
    const found: number[] = [];
    for await (const result of readAhead([1, 2, 3, 4, 5, 6, 7], work, 2)) found.push(result);
    assert.deepEqual(found, [10, 20, 30, 40, 50, 60, 70]);
    assert.ok(most <= 3 && most > 1, `${most} at once`);
  });

  it('fails at the item that failed, and ends only when nothing is running', async () => {
    let running = 0;
    const work = async (item: number) => {
      running++;
      try {
        await new Promise(setImmediate);
        if (item >= 3) throw new RangeError(`item ${item}`);
        return item;
      } finally {
        running--;
      }
    };
    const found: number[] = [];
    await assert.rejects(async () => {
      for await (const result of readAhead([1, 2, 3, 4, 5], work)) found.push(result);
    }, /item 3/);
    assert.deepEqual(found, [1, 2]);
    assert.equal(running, 0);
    for await (const result of readAhead([1, 2, 2, 2], work)) if (result === 1) break;
    assert.equal(running, 0);
  });
});
