/** The engines of the action give the answers of the others. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { utf8 } from '../../src/bytes/text.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { createEnginesWithoutPackages } from '../../src/ops/engines-without-packages.js';
import { randomBytes } from '../helpers/random-bytes.js';

describe('engines without packages', () => {
  const data = randomBytes(400_000, 5);
  let native: Engines;
  let engines: Engines;

  before(async () => {
    [native, engines] = [await createNativeEngines(), await createEnginesWithoutPackages()];
  });

  it('hash and inflate the same bytes to the same', async () => {
    for (const name of ['sha1', 'sha256', 'sha512', 'blake3'] as const) {
      assert.deepEqual(engines[name](data), native[name](data), name);
    }
    assert.deepEqual(await engines.sha256Aside(data), native.sha256(data));
    assert.deepEqual(engines.inflate(Uint8Array.from(deflateSync(data)), data.length), data);
  });

  it('decode what the others encode', async () => {
    const text = utf8('the same line again and again\n'.repeat(2000));
    assert.deepEqual(await engines.zstdDecompress(await native.zstdCompress(text, 19), text.length), text);
    assert.deepEqual(await engines.xzDecompress(await native.xzCompress(text, 6), text.length), text);
  });

  it('judge signatures alike', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
    const good = Uint8Array.from(sign(null, data, privateKey));
    const bad = Uint8Array.from(good, (byte, at) => (at === 3 ? byte ^ 1 : byte));
    for (const [signature, expected] of [
      [good, true],
      [bad, false],
    ] as const) {
      assert.equal(engines.ed25519Verify(signature, data, key), expected);
      assert.equal(await engines.ed25519VerifyAside(signature, data, key), expected);
      assert.equal(native.ed25519Verify(signature, data, key), expected);
    }
    assert.equal(engines.ed25519KeyIsStrong(key), true);
    assert.equal(engines.ed25519KeyIsStrong(new Uint8Array(32)), false);
  });
});
