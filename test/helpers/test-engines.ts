/** The hashes and the signature check of `Engines`, from node:crypto, for tests that need no codecs. */
import { createHash } from 'node:crypto';
import type { Engines } from '../../src/engines.js';
import { keyIsStrong, strictVerify, strictVerifyAside } from '../../src/native/ed25519.js';

type SigningEngines = Pick<
  Engines,
  'sha256' | 'sha512' | 'sha1' | 'ed25519Verify' | 'ed25519VerifyAside' | 'ed25519KeyIsStrong'
>;

function hash(algorithm: string): (data: Uint8Array) => Uint8Array {
  return (data) => Uint8Array.from(createHash(algorithm).update(data).digest());
}

export const signingEngines: SigningEngines = {
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  sha512: hash('sha512'),
  ed25519Verify: strictVerify,
  ed25519VerifyAside: strictVerifyAside,
  ed25519KeyIsStrong: keyIsStrong,
};
