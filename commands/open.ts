/** From the surroundings of a run to those of the library, and from `--registry` to an open registry. */
import { existsSync } from 'node:fs';
import { type Environment as Library, openRegistry as open, type Registry } from '../src/index.js';
import type { At1Command } from './base.js';
import type { Environment } from './environment.js';

export interface OpenFlags {
  /** `--at`: a commit, tag or date. */
  readonly at?: string | undefined;
  /** `--root`: the pinned root policy; comes before AT1_ROOT. */
  readonly root?: string | undefined;
  /** `--key`; comes before AT1_SIGNING_KEY. */
  readonly key?: string | undefined;
}

/** The registry of `--registry`, AT1_REGISTRY or the current folder. */
export function openRegistry(command: At1Command, flags: OpenFlags = {}): Promise<Registry> {
  return open({ dir: command.registryDir, at: flags.at, environment: signingEnvironment(command, flags) });
}

/** For what may sign: says once on standard error why the key of git's configuration does not. */
export function signingEnvironment(command: At1Command, flags: OpenFlags = {}): Library {
  const told = new Set<string>();
  return {
    ...libraryEnvironment(command.environment, flags),
    onUnusableKey: ({ message, hint }) => {
      if (told.has(message)) return;
      told.add(message);
      command.note(`${command.paint.yellow('warning:')} ${message}`);
      if (hint !== undefined) command.note(`${command.paint.cyan('hint:')} ${hint}`);
    },
  };
}

export function libraryEnvironment(environment: Environment, flags: OpenFlags = {}): Library {
  const { home, xdgConfigHome, configDir, stateDir, agentSocket, passphrase, lazyFetch } = environment;
  const { authorName, authorEmail, variables } = environment;
  const key = flags.key ?? environment.signingKey;
  return {
    home,
    xdgConfigHome,
    configDir,
    stateDir,
    signingKey: key === undefined ? undefined : keyPath(environment, key),
    agentSocket,
    passphrase,
    lazyFetch,
    root: flags.root ?? environment.root,
    authorName,
    authorEmail,
    git: 'git',
    variables,
    now: () => environment.now(),
  };
}

/** A path is meant from the folder of this run; names, ids and key texts stay as they are. */
function keyPath(environment: Environment, key: string): string {
  const path = key.includes('\n') ? undefined : environment.resolve(key);
  return path !== undefined && (existsSync(path) || existsSync(`${path}.pub`)) ? path : key;
}
