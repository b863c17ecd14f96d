/**
 * What an attack is: a registry somebody tampered with, and what must refuse it. `build` makes it for real, on the disk;
 * the commands, codes and exit numbers are data, so that they can be printed, counted and tried by any program.
 */
import type { ErrorCode } from '../src/errors.js';
import { Forge } from './forge.js';
import { copyHealthy, type PlacedRegistry } from './healthy.js';

/**
 * Who can do it: a fault of hardware or software; somebody with a pull request, whose change was merged; somebody with
 * the key of a maintainer, or a maintainer who was deceived; the host of the repository; another user of the machine.
 */
export type Attacker = 'random' | 'contributor' | 'maintainer' | 'forge' | 'local';

export interface Refusal {
  /** Words after `at1`; run it in `dir`, with `environment`. `../out` must not be there before. */
  readonly command: readonly string[];
  /** The code of the error, or of a finding of severity error. */
  readonly code: ErrorCode;
  readonly exit: number;
}

export interface AttackPlace {
  /** An empty folder that exists; the attack fills it: registry, home, whatever else it needs. You remove it. */
  readonly dir: string;
}

/** `dir`, the registry itself, is a folder in the place that was given. `refused`, `harmless`: as in the attack. */
export interface AttackedRegistry extends PlacedRegistry {
  readonly refused: readonly Refusal[];
  readonly harmless: readonly (readonly string[])[];
}

/** A returning client has read the healthy registry before; a fresh one sees it for the first time. */
export type Client = 'returning' | 'fresh';

export interface Attack {
  /** Stable: `family/what-is-done`. */
  readonly id: string;
  /** Number of the threat, in the list that docs/attacks.md tells of; several attacks may share one. */
  readonly row?: number | undefined;
  /** What was tampered with, in a few words. */
  readonly title: string;
  readonly attacker: Attacker;
  /** `build` has put the memory of such a client into the home already. */
  readonly client: Client;
  /** May be empty: then only `harmless` says something. */
  readonly refused: readonly Refusal[];
  /** Commands that answer as they do in the healthy registry: what was tampered with has no say. */
  readonly harmless: readonly (readonly string[])[];
  /** Needs `git` on the PATH. The first call in a process makes the healthy registry, and takes longer. */
  build(place: AttackPlace): Promise<AttackedRegistry>;
}

/** An attack as its author writes it. */
export interface AttackPlan extends Omit<Attack, 'build' | 'client' | 'refused' | 'harmless'> {
  /** Default a fresh one. */
  readonly client?: Client | undefined;
  readonly refused?: readonly Refusal[] | undefined;
  readonly harmless?: readonly (readonly string[])[] | undefined;
  /** What is done to a healthy registry. */
  forge(forge: Forge): Promise<void> | void;
}

/** One refusal: `refuses(['verify'], 'object/digest-mismatch', 20)`. */
export function refuses(command: readonly string[], code: ErrorCode, exit: number): Refusal {
  return { command, code, exit };
}

export function defineAttack(plan: AttackPlan): Attack {
  const { forge: act, client = 'fresh', refused = [], harmless = [], ...facts } = plan;
  return {
    ...facts,
    client,
    refused,
    harmless,
    build: async ({ dir }) => {
      const placed = await copyHealthy(dir, client);
      await act(await Forge.open(placed));
      return { dir: placed.dir, home: placed.home, environment: placed.environment, refused, harmless };
    },
  };
}
