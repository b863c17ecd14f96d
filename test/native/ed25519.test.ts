/** Both engines against the vectors, against each other on random damage, and against node:crypto on honest keys. */
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromHex, toHex } from '../../src/bytes/text.js';
import * as native from '../../src/native/ed25519.js';
import * as portable from '../../src/portable/ed25519.js';
import { makeVectors, type Vector } from '../fixtures/ed25519/make-vectors.js';

const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../fixtures/ed25519/vectors.json', import.meta.url), 'utf8'),
);

function bytes(hex: string): Uint8Array {
  const out = fromHex(hex);
  assert.ok(out !== undefined);
  return out;
}

function rawPublicKey(seed: Uint8Array): Uint8Array {
  return Uint8Array.from(createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' }).subarray(-32));
}

function privateKey(seed: Uint8Array) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
}

for (const [name, engine] of Object.entries({ native, portable })) {
  describe(`Ed25519, ${name} engine`, () => {
    for (const vector of vectors) {
      const words = vector.valid ? 'accepts' : vector.strong ? 'refuses the signature of' : 'refuses the key of';
      it(`${words} "${vector.name}"`, () => {
        const publicKey = bytes(vector.publicKey);
        assert.equal(engine.keyIsStrong(publicKey), vector.strong);
        assert.equal(engine.strictVerify(bytes(vector.signature), bytes(vector.message), publicKey), vector.valid);
      });
    }

    it('answers false for keys and signatures of a wrong length', () => {
      const [vector] = vectors;
      assert.ok(vector);
      const [key, message, signature] = [vector.publicKey, vector.message, vector.signature].map(bytes);
      assert.ok(key && message && signature);
      for (const length of [0, 31, 33]) {
        const wrong = new Uint8Array(length).fill(9);
        assert.equal(engine.keyIsStrong(wrong), false);
        assert.equal(engine.strictVerify(signature, message, wrong), false);
      }
      for (const length of [0, 63, 65]) {
        const wrong = new Uint8Array(length);
        wrong.set(signature.subarray(0, length));
        assert.equal(engine.strictVerify(wrong, message, key), false);
      }
    });

    it('does not change what it is given', () => {
      const [vector] = vectors;
      assert.ok(vector);
      const inputs = [vector.signature, vector.message, vector.publicKey].map(bytes) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ];
      engine.strictVerify(...inputs);
      assert.deepEqual(inputs.map(toHex), [vector.signature, vector.message, vector.publicKey]);
    });
  });
}

describe('Ed25519 vectors', () => {
  it('are what the script makes', () => {
    assert.deepEqual(makeVectors(), vectors);
  });

  it('hold all fourteen small-order encodings of A, and cases that OpenSSL alone would accept', () => {
    const small = vectors.filter((v) => v.name.startsWith('A ') && v.name.includes('k divisible by 8'));
    assert.equal(new Set(small.filter((v) => !v.name.startsWith('A +')).map((v) => v.publicKey)).size, 14);
    const lenient = vectors.filter((v) => !v.valid && openSslAccepts(v));
    assert.ok(
      lenient.some((v) => v.name.startsWith('A + ')),
      'mixed-order keys',
    );
    assert.ok(
      lenient.some((v) => v.name.startsWith('A identity')),
      'the identity key',
    );
  });
});

describe('Ed25519 in the thread pool', () => {
  it('comes to the verdict of every vector, and refuses what has a wrong length', async () => {
    const verdicts = await Promise.all(
      vectors.map(({ signature, message, publicKey }) =>
        native.strictVerifyAside(bytes(signature), bytes(message), bytes(publicKey)),
      ),
    );
    assert.deepEqual(
      verdicts,
      vectors.map(({ valid }) => valid),
    );
    for (const wrong of [new Uint8Array(63), new Uint8Array(65), new Uint8Array(0)]) {
      assert.equal(await native.strictVerifyAside(wrong, wrong, new Uint8Array(32)), false);
      assert.equal(await native.strictVerifyAside(new Uint8Array(64), wrong, wrong), false);
    }
  });
});

describe('Ed25519, both engines', () => {
  it('agree on every mutation of an honest signature, message or key', () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const message = fc.uint8Array({ maxLength: 80 });
    const flip = fc.record({ part: fc.constantFrom(0, 1, 2), bit: fc.nat(1023) });
    fc.assert(
      fc.property(seed, message, fc.option(flip, { nil: undefined }), (secret, text, change) => {
        const parts = [sign(null, text, privateKey(secret)), text, rawPublicKey(secret)].map((part) =>
          Uint8Array.from(part),
        );
        const target = change === undefined ? undefined : parts[change.part];
        const changed = change !== undefined && target !== undefined && target.length > 0;
        if (changed) {
          const at = change.bit % (8 * target.length);
          target[at >> 3] = (target[at >> 3] as number) ^ (1 << (at & 7));
        }
        const [signature, data, key] = parts as [Uint8Array, Uint8Array, Uint8Array];
        const verdict = native.strictVerify(signature, data, key);
        assert.equal(portable.strictVerify(signature, data, key), verdict);
        assert.equal(verdict, !changed);
      }),
      { numRuns: 150 },
    );
  });

  it('agree on which random 32 bytes are a strong key', () => {
    let strong = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const verdict = native.keyIsStrong(key);
        if (verdict) strong++;
        assert.equal(portable.keyIsStrong(key), verdict);
      }),
      { numRuns: 200 },
    );
    assert.ok(strong > 0, 'about one in sixteen random strings is a strong key');
  });
});

function openSslAccepts(vector: Vector): boolean {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes(vector.publicKey)]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, bytes(vector.message), key, bytes(vector.signature));
}
