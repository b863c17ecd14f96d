import assert from 'node:assert/strict';
import { utf8 } from '../../src/bytes/text.js';
import { concatBytes } from '../../src/bytes/writer.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { choosePayload } from '../../src/packing/choose-backend.js';
import { randomBytes } from '../helpers/random-bytes.js';

describe('choice of a backend', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });
  const choose = async (data: Uint8Array, level: 'balanced' | 'max' = 'balanced'): Promise<string> =>
    (await choosePayload(data, level, engines)).backend;

  it('stores what is empty, tiny or noise', async () => {
    for (const data of [new Uint8Array(0), utf8('a'), randomBytes(1000, 1), randomBytes(2_000_000, 1)]) {
      assert.equal(await choose(data), 'stored');
      assert.equal(await choose(data, 'max'), 'stored');
    }
  });

  it('takes zstd for what shrinks and xz at level max only', async () => {
    const text = utf8(Array.from({ length: 20_000 }, (_, i) => `row ${i}, ${(i * i) % 977}\n`).join(''));
    assert.equal(await choose(text), 'zstd');
    assert.equal(await choose(text, 'max'), 'xz');
    const [small, smaller] = [
      await choosePayload(text, 'balanced', engines),
      await choosePayload(text, 'max', engines),
    ];
    assert.ok(smaller.bytes.length < small.bytes.length);
  });

  it('does not compress all of large data that a sample shows to be noise', async () => {
    const seen: number[] = [];
    const counting: Engines = {
      ...engines,
      zstdCompress: (data, level) => {
        seen.push(data.length);
        return engines.zstdCompress(data, level);
      },
    };
    await choosePayload(randomBytes(4_000_000, 4), 'balanced', counting);
    assert.deepEqual(seen, [128 * 1024]);
  });

  it('sees at level max a repeat that the sample cannot see', async () => {
    const half = randomBytes(500_000, 11);
    const data = concatBytes([half, half]);
    assert.equal(await choose(data), 'stored');
    const payload = await choosePayload(data, 'max', engines);
    assert.ok(payload.bytes.length < 510_000);
  });

  it('never makes data longer', async () => {
    for (let size = 0; size < 300; size += 7) {
      const data = concatBytes([randomBytes(size, size), new Uint8Array(size % 20)]);
      for (const level of ['balanced', 'max'] as const) {
        assert.ok((await choosePayload(data, level, engines)).bytes.length <= data.length);
      }
    }
  });
});
