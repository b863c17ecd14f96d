import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import { TailSource } from '../../src/container/tail-source.js';
import { cutInto } from '../helpers/byte-stream.js';

describe('tail source', () => {
  it('gives every byte once, in order, and keeps the last 36', async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 });
    const wanted = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), lengths, wanted, async (bytes, cuts, steps) => {
        const tail = new TailSource(cutInto(bytes, cuts));
        const taken: Uint8Array[] = [];
        for (const step of steps) {
          const available = await tail.available(step);
          assert.deepEqual(tail.peek(available), tail.peek(available));
          taken.push(tail.take(available).slice());
        }
        const count = concatBytes(taken).length;
        assert.ok(count <= Math.max(0, bytes.length - 36));
        assert.deepEqual(concatBytes([...taken, await tail.rest()]), bytes);
      }),
    );
  });

  it('takes long chunks as they are and puts short ones together', async () => {
    const bytes = new Uint8Array(5_000_000).map((_, i) => i % 251);
    for (const [step, count] of [
      [2_000_000, 3],
      [4_000_000, 2],
      [1000, 1],
      [400_000, 1],
    ] as const) {
      const cuts = Array.from({ length: Math.ceil(bytes.length / step) }, () => step);
      const tail = new TailSource(cutInto(bytes, cuts));
      assert.equal(await tail.available(10), 10);
      tail.take(10);
      assert.equal(await tail.available(4_500_000), 4_500_000);
      const parts = tail.takeParts(4_500_000);
      assert.equal(parts.length, count);
      assert.deepEqual(concatBytes([...parts, await tail.rest()]), bytes.subarray(10));
    }
    const none = new TailSource(cutInto(new Uint8Array(0), []));
    assert.deepEqual(none.takeParts(0), []);
  });
});
