import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concatBytes } from '../../src/bytes/writer.js';
import { joinCrumbs } from '../../src/container/join-crumbs.js';

async function joined(pieces: readonly Uint8Array[]): Promise<Uint8Array[]> {
  async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* pieces;
  }
  const found: Uint8Array[] = [];
  for await (const piece of joinCrumbs(source())) found.push(piece);
  return found;
}

describe('small pieces of output', () => {
  it('are joined without a byte lost, moved or used twice', async () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 4000, max: 4200 }), fc.constant(70_000));
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 60 }), async (sizes) => {
        const pieces = sizes.map((length, i) => new Uint8Array(length).fill(i + 1));
        const found = await joined(pieces);
        assert.deepEqual(concatBytes(found), concatBytes(pieces));
        assert.ok(found.every(({ length }) => length > 0));
      }),
      { numRuns: 300 },
    );
  });

  it('become few, and large ones are not copied', async () => {
    const large = new Uint8Array(4096);
    const crumbs = Array.from({ length: 200_000 }, () => Uint8Array.of(7));
    const found = await joined([...crumbs, large]);
    assert.equal(found.length, Math.ceil(200_000 / 65_536) + 1);
    assert.equal(found.at(-1), large);
  });
});
