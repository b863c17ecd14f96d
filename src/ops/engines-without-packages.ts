/**
 * Engines for one file that runs without any package, as the action does: hashes, signatures and inflate of node itself,
 * the rest without native code. `scripts/build-action.mjs` puts them in the place of `native/engines.ts`.
 */
import type { Engines } from '../engines.js';
import { keyIsStrong, strictVerify, strictVerifyAside } from '../native/ed25519.js';
import { hashes } from '../native/hashes.js';
import { inflate } from '../native/inflate.js';
import { createPortableEngines } from '../portable/engines.js';

export async function createEnginesWithoutPackages(): Promise<Engines> {
  return {
    ...(await createPortableEngines()),
    ...hashes,
    name: 'native',
    inflate,
    ed25519Verify: strictVerify,
    ed25519VerifyAside: strictVerifyAside,
    ed25519KeyIsStrong: keyIsStrong,
  };
}
