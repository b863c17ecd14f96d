import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { workAhead } from '../../src/packing/work-ahead.js';

async function* upTo(count: number, onNext: (i: number) => void = () => {}): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    onNext(i);
    yield i;
  }
}

describe('workAhead', () => {
  it('keeps the order, and as many at work as it may', async () => {
    let [alive, most] = [0, 0];
    const results: number[] = [];
    const work = async (i: number) => {
      for (let k = 0; k < 1 + ((i * 7) % 4); k++) await turn();
      return i;
    };
    const fetched = () => {
      alive++;
      most = Math.max(most, alive);
    };
    for await (const i of workAhead(upTo(30, fetched), 2, work)) {
      results.push(i);
      alive--;
    }
    assert.deepEqual(
      results,
      Array.from({ length: 30 }, (_, i) => i),
    );
    // Two at work, one of them handed out when the next is fetched.
    assert.equal(most, 2);
  });

  it('reports a failure in its turn, and waits for what is under way', async () => {
    let ended = 0;
    const work = async (i: number) => {
      await turn();
      if (i === 1) throw new RangeError('one');
      ended++;
      return i;
    };
    const seen: number[] = [];
    await assert.rejects(async () => {
      for await (const i of workAhead(upTo(10), 3, work)) seen.push(i);
    }, RangeError);
    assert.deepEqual([seen, ended], [[0], 3]);
  });

  it('closes its source when its reader stops', async () => {
    let closed = false;
    async function* source() {
      try {
        yield* upTo(10);
      } finally {
        closed = true;
      }
    }
    for await (const _ of workAhead(source(), 2, async (i) => i)) break;
    assert.ok(closed);
  });
});
