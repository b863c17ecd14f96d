/**
 * What the library needs to know of its surroundings. It never looks around by itself: the command line reads the
 * environment once and hands it in; a program that embeds the library gets the defaults below.
 */
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { At1Error } from '../errors.js';
import { parseAlternatesVariable } from '../git/object-folders.js';

export interface Environment {
  readonly home: string;
  readonly xdgConfigHome?: string | undefined;
  /** Folder of at1's own keys. */
  readonly configDir: string;
  /** Folder of what was seen before, per registry: the memory that detects rewinds. */
  readonly stateDir: string;
  /** Path or text of a private key, or undefined to look for one. */
  readonly signingKey?: string | undefined;
  readonly agentSocket?: string | undefined;
  /** Hears why the key of git's configuration cannot sign, before another one does or none: perhaps more than once. */
  readonly onUnusableKey?: ((problem: At1Error) => void) | undefined;
  /** Passphrase of an encrypted private key. */
  readonly passphrase?: string | undefined;
  /** Digest of the root policy that must be the beginning, `sha256:…`. */
  readonly root?: string | undefined;
  readonly authorName?: string | undefined;
  readonly authorEmail?: string | undefined;
  /** The git program, for what only it can do: ssh, local remotes, credentials, missing objects. Default `git`. */
  readonly git: string;
  /** False: what was found out before is neither believed nor kept. Default true. */
  readonly cache?: boolean | undefined;
  /** Lets reading start git for what a partial clone left out: only where the clone's configuration is trusted. */
  readonly lazyFetch?: boolean | undefined;
  /** In a hook: where git keeps what it has received, until the hook has decided (its variables of these names). */
  readonly quarantine?:
    | { readonly objectDirectory: string | undefined; readonly alternateObjectDirectories: string | undefined }
    | undefined;
  /** Variables for the git program, when it is called. */
  readonly variables: Readonly<Record<string, string>>;
  readonly now: () => Date;
}

/** How repositories are opened: whose configuration counts, and which git program may be called. */
export function repositoryOptions(environment: Environment) {
  const { home, xdgConfigHome, git, lazyFetch, quarantine, variables } = environment;
  const lentObjects = [
    ...(quarantine?.objectDirectory === undefined ? [] : [quarantine.objectDirectory]),
    ...parseAlternatesVariable(quarantine?.alternateObjectDirectories ?? '', delimiter),
  ];
  return { home, xdgConfigHome, git, lazyFetch, lentObjects, environment: variables };
}

/** Defaults for a program without a command line: the user's home, the system clock, no variables. */
export function defaultEnvironment(given: Partial<Environment> = {}): Environment {
  const home = given.home ?? homedir();
  return {
    configDir: join(home, '.config', 'at1'),
    stateDir: join(home, '.local', 'state', 'at1'),
    git: 'git',
    variables: {},
    now: () => new Date(),
    ...given,
    home,
  };
}
