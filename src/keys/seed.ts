/** Ed25519 private keys in node:crypto: from a seed, fresh ones, and signers made of them. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { concatBytes } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import type { Ed25519PrivateKey } from '../signing/private-key.js';
import { makePublicKey } from '../signing/public-key.js';
import type { Signer } from '../signing/sshsig.js';

/** DER of a PKCS#8 Ed25519 private key (RFC 8410) up to the 32 seed bytes. */
const PKCS8_PREFIX = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]);

/** The key pair that a seed of 32 bytes stands for. */
export function privateKeyFromSeed(seed: Uint8Array, comment = ''): Ed25519PrivateKey {
  return { publicKey: makePublicKey(rawPublicKey(keyObject(seed)), comment), seed: seed.slice() };
}

export function generatePrivateKey(comment: string): Ed25519PrivateKey {
  const der = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
  const key = privateKeyFromSeed(seedOfPkcs8(der), comment);
  der.fill(0);
  return key;
}

/** The seed inside PKCS#8 DER; throws `key/unsupported` for keys that are not Ed25519. */
export function seedOfPkcs8(der: Uint8Array): Uint8Array {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new At1Error('key/invalid', { message: 'not a PKCS#8 private key', cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new At1Error('key/unsupported', { message: `keys of type ${key.asymmetricKeyType} are not supported` });
  }
  return Uint8Array.from(key.export({ format: 'der', type: 'pkcs8' }).subarray(-32));
}

export function signerOf(key: Ed25519PrivateKey): Signer {
  const object = keyObject(key.seed);
  return {
    publicKey: key.publicKey,
    sign: async (signedData) => Uint8Array.from(sign(null, signedData, object)),
  };
}

export function signerFromSeed(seed: Uint8Array, comment = ''): Signer {
  return signerOf(privateKeyFromSeed(seed, comment));
}

function keyObject(seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw new At1Error('key/invalid', { message: `a seed has 32 bytes, not ${seed.length}` });
  const der = Buffer.from(concatBytes([PKCS8_PREFIX, seed]).buffer);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return key;
}

function rawPublicKey(key: KeyObject): Uint8Array {
  return Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));
}
