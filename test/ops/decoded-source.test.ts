/** Reading anywhere what can only be decoded from the front: the right bytes, whatever the chunks, and not decoded for ever. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DecodedSource } from '../../src/ops/decoded-source.js';
import { randomBytes } from '../helpers/random-bytes.js';
import { within } from '../helpers/time-limit.js';
import { SCALE } from '../scale.js';

const bytes = randomBytes(3_000_000, 1);

function sourceOf(lengths: readonly number[], from: Uint8Array = bytes) {
  let decoded = 0;
  const decode = async function* () {
    for (let at = 0, i = 0; at < from.length; i++) {
      const length = Math.max(1, lengths[i % lengths.length] ?? 1);
      decoded += length;
      yield from.subarray(at, at + length);
      at += length;
    }
  };
  return { source: new DecodedSource(decode), decoded: () => decoded };
}

describe('the decoded source', () => {
  it('gives the bytes that are asked for, forwards and a little back, over chunks of any length', async () => {
    const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 200_000 })), {
      minLength: 1,
      maxLength: 5,
    });
    const reads = fc.array(fc.tuple(fc.nat({ max: 90_000 }), fc.nat({ max: 30_000 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lengths, reads, async (chunkLengths, wanted) => {
        const short = bytes.subarray(0, 100_000);
        const { source } = sourceOf(chunkLengths, short);
        for (const [offset, length] of wanted) {
          const found = await source.read(offset, length);
          assert.equal(Buffer.compare(found, short.subarray(offset, offset + length)), 0);
        }
      }),
      { numRuns: Math.ceil(SCALE.properties / 8) },
    );
  });

  it('keeps a mebibyte, and decodes anew for what lies further back, sixteen times at most', async () => {
    const { source, decoded } = sourceOf([100_000]);
    await source.read(2_500_000, 10);
    const once = decoded();
    await source.read(1_600_000, 10);
    assert.equal(decoded(), once);
    for (let i = 0; i < 15; i++) {
      assert.deepEqual(await source.read(7, 3), bytes.slice(7, 10));
      await source.read(2_500_000, 10);
    }
    await assert.rejects(source.read(7, 3), { code: 'container/limit' });
    await source.close();
  });

  it('does not slow down over frames of one byte', async () => {
    const { source } = sourceOf([1], bytes.subarray(0, 300_000));
    await within(2_000, async () => {
      for (let at = 0; at < 300_000; at += 300) {
        assert.equal(Buffer.compare(await source.read(at, 300), bytes.subarray(at, at + 300)), 0);
      }
    });
  });

  it('ends with the data', async () => {
    const { source } = sourceOf([10], bytes.subarray(0, 100));
    assert.equal((await source.read(90, 50)).length, 10);
    assert.equal((await source.read(200, 50)).length, 0);
    assert.equal((await source.read(0, 0)).length, 0);
  });
});
