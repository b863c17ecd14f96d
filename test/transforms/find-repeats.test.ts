/** Whether matches may save something: in weights no, in what is copied near or far yes. */
import assert from 'node:assert/strict';
import { concatBytes } from '../../src/bytes/writer.js';
import type { Kernel } from '../../src/engines.js';
import { mayRepeat, mayRepeatAsIs, repeatsNear } from '../../src/transforms/find-repeats.js';
import { loadKernel } from '../../src/transforms/load-kernel.js';
import { normalFloats } from '../helpers/normal-floats.js';
import { randomBytes } from '../helpers/random-bytes.js';

describe('what may repeat', () => {
  let kernel: Kernel;
  before(async () => {
    kernel = await loadKernel();
  });

  it('is not weights, in planes or as they are', () => {
    const weights = normalFloats(400_000, 3);
    assert.equal(mayRepeat(kernel.split(weights, 4, 'split'), kernel), false);
    assert.equal(mayRepeatAsIs(weights, kernel), false);
    assert.equal(mayRepeat([], kernel), false);
    assert.equal(mayRepeat([new Uint8Array(0), Uint8Array.of(1)], kernel), false);
  });

  it('is text, near', () => {
    const text = Buffer.from('a line of a table, and another;\n'.repeat(10_000));
    assert.equal(repeatsNear(text, kernel), true);
    assert.equal(mayRepeat([randomBytes(100_000, 1), text], kernel), true);
  });

  it('is noise that comes again, far', () => {
    const noise = randomBytes(300_000, 1);
    assert.equal(repeatsNear(concatBytes([noise, noise]), kernel), false);
    assert.equal(mayRepeat([concatBytes([noise, noise])], kernel), true);
    assert.equal(mayRepeat([concatBytes([noise, randomBytes(300_000, 2)])], kernel), false);
  });

  it('is floats of a few values', () => {
    const values = normalFloats(256, 1);
    const weights = concatBytes([...randomBytes(100_000, 2)].map((byte) => values.subarray(4 * byte, 4 * byte + 4)));
    assert.equal(mayRepeatAsIs(weights, kernel), true);
  });
});
