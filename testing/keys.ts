/** Keys of the people in the attacked registries: made anew in every process, worth nothing anywhere else. */
import { generatePrivateKey, signerOf } from '../src/keys/seed.js';
import type { Ed25519PrivateKey } from '../src/signing/private-key.js';
import { formatPublicKey } from '../src/signing/public-key.js';
import type { Signer } from '../src/signing/sshsig.js';

export interface TestKey {
  /** The principal's name. */
  readonly name: string;
  readonly privateKey: Ed25519PrivateKey;
  readonly signer: Signer;
  /** As a policy lists it. */
  readonly line: string;
}

export interface Cast {
  /** Owner: may do everything, has the key in the home of the attacked registry. */
  readonly ana: TestKey;
  /** Publisher: may register models, no data; with ana or carol those below `model/guarded`. */
  readonly bo: TestKey;
  /** Publisher like bo. */
  readonly carol: TestKey;
  /** Has a key and stands in no policy. */
  readonly eve: TestKey;
}

export function makeTestKey(name: string): TestKey {
  const privateKey = generatePrivateKey(name);
  return { name, privateKey, signer: signerOf(privateKey), line: formatPublicKey(privateKey.publicKey) };
}

export function makeCast(): Cast {
  return { ana: makeTestKey('ana'), bo: makeTestKey('bo'), carol: makeTestKey('carol'), eve: makeTestKey('eve') };
}
