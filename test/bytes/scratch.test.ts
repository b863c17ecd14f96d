/** Memory that is used again, and never by two at once. */
import assert from 'node:assert/strict';
import { giveScratch, SCRATCH_FROM, takeScratch } from '../../src/bytes/scratch.js';

describe('scratch memory', () => {
  it('is used again once it was given back, and not before', () => {
    const first = takeScratch(SCRATCH_FROM);
    const second = takeScratch(SCRATCH_FROM);
    assert.notEqual(first.buffer, second.buffer);
    giveScratch(first);
    const third = takeScratch(SCRATCH_FROM + 5);
    assert.equal(third.buffer, first.buffer);
    assert.equal(third.length, SCRATCH_FROM + 5);
    giveScratch(second);
    giveScratch(third);
  });

  it('that is given back twice serves one, and a view of it gives nothing back', () => {
    const first = takeScratch(SCRATCH_FROM);
    giveScratch(first);
    const again = takeScratch(SCRATCH_FROM);
    // By now it is somebody else's, in an array of the same length.
    giveScratch(first);
    giveScratch(again.subarray(0));
    const other = takeScratch(SCRATCH_FROM);
    assert.notEqual(other.buffer, again.buffer);
    giveScratch(again);
    giveScratch(other);
  });

  it('is ordinary memory where it is short or very long', () => {
    for (const length of [0, SCRATCH_FROM - 1, 64 * 1024 * 1024]) {
      const bytes = takeScratch(length);
      assert.equal(bytes.length, length);
      giveScratch(bytes);
      assert.notEqual(takeScratch(length).buffer, bytes.buffer);
    }
  });

  it('keeps eight at most', () => {
    const all = Array.from({ length: 20 }, () => takeScratch(SCRATCH_FROM));
    for (const bytes of all) giveScratch(bytes);
    const buffers = new Set(all.map(({ buffer }) => buffer));
    const again = Array.from({ length: 20 }, () => takeScratch(SCRATCH_FROM));
    assert.equal(again.filter(({ buffer }) => buffers.has(buffer)).length, 8);
    for (const bytes of again) giveScratch(bytes);
  });
});
