/** Changes that landed and should not count: on main, with `target` before them, so that the gate is asked as well. */
import { type Attack, type AttackPlan, defineAttack, type Refusal, refuses } from '../attack.js';
import type { CommitOptions, Forge, NewFile } from '../forge.js';

export const GATE = ['gate', '--base', 'target', '--head', 'change'];
export const VERIFY = ['verify'];
/** `model/m` has a version in production, `model/words` has none: attacks bring their own there. */
export const GET_M = ['get', 'model/m:production', '-o', '../out'];
export const GET_WORDS = ['get', 'model/words:production', '-o', '../out'];
export const NO_HOLDER = refuses(GET_WORDS, 'artifact/not-found', 12);

export type Files = Record<string, NewFile>;

/** One commit on main; what the gate would have been asked about it. */
export async function lands(forge: Forge, changes: Files, options: CommitOptions = {}): Promise<void> {
  forge.setRef('refs/heads/target', forge.head());
  forge.setRef('refs/heads/change', await forge.commit(changes, options));
}

/** One commit on the branch of the change, upon main. */
export async function proposes(forge: Forge, changes: Files, options: CommitOptions = {}): Promise<void> {
  forge.setRef('refs/heads/target', forge.head());
  await forge.commit(changes, { ref: 'refs/heads/change', ...options });
}

/** An attack that verify and the gate call the same. */
export function landed(
  code: Refusal['code'],
  exit: number,
  { refused = [], ...plan }: Omit<AttackPlan, 'forge'> & { readonly changes: (forge: Forge) => Promise<Files> | Files },
): Attack {
  const { changes, ...facts } = plan;
  return defineAttack({
    ...facts,
    refused: [refuses(VERIFY, code, exit), refuses(GATE, code, exit), ...refused],
    forge: async (forge) => lands(forge, await changes(forge)),
  });
}

/** A commit, after which the attack goes on. */
export async function then(forge: Forge, changes: Promise<Files> | Files): Promise<void> {
  await forge.commit(await changes);
}
