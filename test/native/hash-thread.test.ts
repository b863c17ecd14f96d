import assert from 'node:assert/strict';
import { concatBytes } from '../../src/bytes/writer.js';
import { hasherOnThread, sha256OfShared } from '../../src/native/hash-thread.js';
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

  it('goes on piece by piece, several at once, for data of any length in any memory', async () => {
    const run = async (expected: number, pieces: readonly Uint8Array[]) => {
      const hasher = hasherOnThread(expected);
      for (const piece of pieces) await hasher.update(piece);
      return hasher.digest();
    };
    const cases = [
      [shared(10, 1)],
      [],
      [shared(5 * MIB, 1), shared(7, 2), shared(5 * MIB, 3)],
      [randomBytes(3 * MIB, 4).subarray(5), shared(MIB, 5), new Uint8Array(0)],
    ];
    const digests = await Promise.all([0, 2 * MIB, 64 * MIB].flatMap((size) => cases.map((one) => run(size, one))));
    for (const [i, digest] of digests.entries()) {
      assert.deepEqual(digest, hashes.sha256(concatBytes(cases[i % cases.length] as Uint8Array[])));
    }
  });

  it('begins anew for the next one, also where nobody asked for the digest', async () => {
    const first = hasherOnThread(64 * MIB);
    await first.update(shared(MIB, 1));
    first.close();
    const second = hasherOnThread(64 * MIB);
    await second.update(shared(MIB, 2));
    assert.deepEqual(await second.digest(), hashes.sha256(randomBytes(MIB, 2)));
    hasherOnThread(64 * MIB).close();
  });

  it('is what long data goes through, wherever it lies', async () => {
    for (const bytes of [shared(MIB, 1), randomBytes(MIB, 1), randomBytes(10, 1), shared(0, 1)]) {
      assert.deepEqual(await hashes.sha256Aside(bytes), hashes.sha256(bytes));
    }
  });
});
