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
});
