import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import { rechunk } from '../../src/packing/rechunk.js';
import { cutInto } from '../helpers/byte-stream.js';
import { collect } from '../helpers/collect.js';

describe('rechunk', () => {
  it('makes blocks of one size, only the last one shorter, none empty', async () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 500 }),
        cuts,
        fc.integer({ min: 1, max: 60 }),
        async (data, at, size) => {
          const blocks = await collect(rechunk(cutInto(data, at), size));
          assert.deepEqual(concatBytes(blocks), data);
          for (const block of blocks.slice(0, -1)) assert.equal(block.length, size);
          for (const block of blocks) assert.ok(block.length > 0 && block.length <= size);
        },
      ),
    );
  });

  it('lets a source use its buffer again', async () => {
    async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
      const buffer = new Uint8Array(3);
      for (let i = 0; i < 5; i++) yield buffer.fill(i);
    }
    assert.deepEqual(
      concatBytes(await collect(rechunk(source(), 15))),
      Uint8Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]),
    );
  });
});
