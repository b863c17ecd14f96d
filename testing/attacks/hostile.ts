/** A version whose object is a hostile container under its true name: nothing but the container itself can betray it. */
import { type Attack, defineAttack, type Refusal, refuses } from '../attack.js';
import type { Forge } from '../forge.js';
import { CONTAINER_FILE } from '../healthy.js';
import { newVersion } from '../new-version.js';
import { noise } from '../samples.js';

export const EVIL = 'model/evil@1.0.0';
export const GET_EVIL = ['get', EVIL, '-o', '../out'];
/** What the manifest says the object holds. */
export const PROMISED = noise('promised', 100);

export interface Hostile {
  readonly id: string;
  readonly title: string;
  readonly row: number;
  readonly code: Refusal['code'];
  readonly exit?: number;
  /** What the manifest promises instead; its digest is what an honest trailer would say. */
  readonly promised?: Uint8Array;
  container(forge: Forge, sha256: Uint8Array, honest: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

export function hostile(family: string, { id, title, row, code, exit, promised, container }: Hostile): Attack {
  return defineAttack({
    id: `${family}/${id}`,
    row,
    title,
    attacker: 'maintainer',
    refused: [refuses(['verify'], code, exit ?? 20), refuses(GET_EVIL, code, exit ?? 20)],
    forge: async (forge) => {
      const content = promised ?? PROMISED;
      const sha256 = forge.engines.sha256(content);
      await forge.commit(
        await newVersion(forge, EVIL, { content, container: (honest) => container(forge, sha256, honest) }),
      );
    },
  });
}

/** A container as a file of its own, which somebody was sent. */
export function hostileFile(family: string, { id, title, row, code, exit, container }: Hostile): Attack {
  return defineAttack({
    id: `${family}/${id}`,
    row,
    title,
    attacker: 'contributor',
    refused: [refuses(['unpack', CONTAINER_FILE, '-o', '../out'], code, exit ?? 20)],
    forge: async (forge) => {
      const sha256 = forge.engines.sha256(PROMISED);
      forge.write(CONTAINER_FILE, await container(forge, sha256, forge.read(CONTAINER_FILE)));
    },
  });
}
