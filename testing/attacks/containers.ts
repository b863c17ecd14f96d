/** Attacks on objects in place: the bytes of a container are not those its name and the manifest promise. */
import { type Attack, defineAttack, refuses } from '../attack.js';
import type { Forge } from '../forge.js';

const M = 'model/m@1.0.0';
const GET = ['get', M, '-o', '../out'];

function edited(forge: Forge, edit: (bytes: Uint8Array) => Uint8Array) {
  const path = forge.objectPath(M);
  return forge.commit({ [path]: edit(forge.read(path)) });
}

export const containers: readonly Attack[] = [
  defineAttack({
    id: 'container/bit-flip',
    row: 1,
    title: 'one bit of a stored object is another',
    attacker: 'random',
    refused: [refuses(['verify'], 'object/digest-mismatch', 20), refuses(GET, 'object/digest-mismatch', 20)],
    forge: async (forge) => {
      await edited(forge, (bytes) => bytes.with(20, (bytes[20] ?? 0) ^ 1));
    },
  }),
];
