import assert from 'node:assert/strict';
import { sha256OfShared } from '../../src/native/hash-thread.js';
import { hashes } from '../../src/native/hashes.js';
import { randomBytes } from '../helpers/random-bytes.js';

const MIB = 1024 * 1024;

function shared(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(length + 10), 5, length);
  bytes.set(randomBytes(length, seed));
  return bytes;
}

describe('hashing on a thread of its own', () => {
  it('gives the digests of this thread, before and after the other one has started, many at once', async () => {
    const pieces = Array.from({ length: 12 }, (_, i) => shared(8 * MIB - i, i));
    const digests = await Promise.all(pieces.map(sha256OfShared));
    for (const [i, piece] of pieces.entries()) assert.deepEqual(digests[i], hashes.sha256(piece));
    assert.deepEqual(await sha256OfShared(pieces[3] as Uint8Array), digests[3]);
  });

  it('is what long data goes through, wherever it lies', async () => {
    for (const bytes of [shared(MIB, 1), randomBytes(MIB, 1), randomBytes(10, 1), shared(0, 1)]) {
      assert.deepEqual(await hashes.sha256Aside(bytes), hashes.sha256(bytes));
    }
  });
});
