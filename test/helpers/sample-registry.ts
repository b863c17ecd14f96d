/** Real registries for tests: a person with a home of their own, a clone, and what they register in it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Environment,
  generateKey,
  init,
  type KeyResult,
  openRegistry,
  type RegisterResult,
  type Registry,
  register,
} from '../../src/index.js';
import { git, gitEnvironment } from './git.js';
import { type CliOptions, type CliResult, runCli } from './run-cli.js';

/** A fixed moment: versions of one test land within one second unless it says otherwise. */
export const NOW = new Date('2026-03-04T05:06:07Z');

export interface Person {
  readonly name: string;
  readonly environment: Partial<Environment>;
  /** The same home for runs of the command line. */
  readonly env: Readonly<Record<string, string>>;
  makeKey(): Promise<KeyResult>;
}

/** Home, configuration and state below `home`; no key yet. */
export function makePerson(home: string, name: string): Person {
  const [configDir, stateDir] = [join(home, 'config'), join(home, 'state')];
  mkdirSync(home, { recursive: true });
  const variables = { ...gitEnvironment(), HOME: home };
  const environment = { home, configDir, stateDir, variables, now: () => NOW };
  return {
    name,
    environment,
    env: { ...variables, USERPROFILE: home, AT1_CONFIG_DIR: configDir, AT1_STATE_DIR: stateDir },
    makeKey: () => generateKey({ comment: name, environment }),
  };
}

export interface Clone {
  /** The registry's folder. */
  readonly dir: string;
  readonly person: Person;
  open(at?: string): Promise<Registry>;
  register(ref: string, content?: string | Uint8Array): Promise<RegisterResult>;
  git(...args: string[]): string;
  at1(argv: readonly string[], options?: CliOptions): Promise<CliResult>;
}

export function cloneAt(dir: string, person: Person): Clone {
  const open = (at?: string) => openRegistry({ dir, at, environment: person.environment });
  return {
    dir,
    person,
    open,
    register: async (ref, content = `content of ${ref}`) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return register(await open(), { ref, content: { name: 'model.bin', bytes } });
    },
    git: (...args) => git(dir, args),
    at1: (argv, options = {}) => runCli(argv, { cwd: dir, ...options, env: { ...person.env, ...options.env } }),
  };
}

/** A new registry of `person` in `dir`, at the top of its repository or in a folder of it. */
export async function initRegistry(dir: string, person: Person): Promise<Clone> {
  await init({ dir, principal: person.name, branch: 'main', environment: person.environment });
  return cloneAt(dir, person);
}

/** A bare repository that becomes `origin` of the clone; nothing is pushed. */
export function addRemote(clone: Clone, bare: string): void {
  mkdirSync(bare, { recursive: true });
  git(bare, ['init', '--quiet', '--bare', '--initial-branch=main']);
  clone.git('remote', 'add', 'origin', bare);
}

/** Somebody else's clone of the bare repository. */
export function cloneFrom(bare: string, dir: string, person: Person): Clone {
  git(join(dir, '..'), ['clone', '--quiet', bare, dir]);
  return cloneAt(dir, person);
}
