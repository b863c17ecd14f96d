/**
 * The only place that reads environment variables, home and XDG folders, the current folder and the clock.
 * Everything else gets an `Environment`, so that many runs fit in one process without touching each other.
 */
import { homedir, tmpdir } from 'node:os';
import { posix, resolve, sep, win32 } from 'node:path';
import type { Readable } from 'node:stream';
import { At1Error } from '../src/index.js';

export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
export type InputStream = Readable & { readonly isTTY?: boolean };

/** What a run is given from outside; `processIo` makes it from the process. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined where the current folder was deleted: then there is help, and nothing else. */
  readonly cwd: string | undefined;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: InputStream;
  readonly platform?: NodeJS.Platform;
  readonly now?: () => Date;
  /** Aborted on interrupt; owners of temporary files and locks listen and clean up synchronously. */
  readonly signal?: AbortSignal;
}

export interface Environment {
  readonly cwd: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** AT1_REGISTRY; the flag `--registry` comes first (see `At1Command.registryDir`). */
  readonly registryDir: string | undefined;
  readonly configDir: string;
  readonly stateDir: string;
  /** AT1_SIGNING_KEY: a path to a private key, as given. */
  readonly signingKey: string | undefined;
  readonly agentSocket: string | undefined;
  /** AT1_ROOT: the pinned root policy, `sha256:…`. */
  readonly root: string | undefined;
  /** AT1_LAZY_FETCH=1: reading may start git for what a partial clone left out. */
  readonly lazyFetch: boolean;
  /** AT1_PASSPHRASE: opens an encrypted private key where nobody is there to type it. */
  readonly passphrase: string | undefined;
  /** In a hook: GIT_OBJECT_DIRECTORY and GIT_ALTERNATE_OBJECT_DIRECTORIES, where what was received is kept apart. */
  readonly quarantine: {
    readonly objectDirectory: string | undefined;
    readonly alternateObjectDirectories: string | undefined;
  };
  /** In a hook: GIT_INDEX_FILE, the index of the commit that is being made. */
  readonly indexFile: string | undefined;
  /** AT1_PYTHON: the Python that has MLflow; default `python3` on PATH, on Windows `python`. */
  readonly python: string;
  /** TMPDIR, or what the system says. */
  readonly temporaryDir: string;
  readonly xdgConfigHome: string | undefined;
  readonly authorName: string | undefined;
  readonly authorEmail: string | undefined;
  /** For the git and ssh programs we start: without what would point them at another repository. */
  readonly variables: Readonly<Record<string, string>>;
  readonly debug: boolean;
  readonly colour: boolean;
  /** A person is there to answer: standard input and standard error are terminals. */
  readonly interactive: boolean;
  readonly columns: number;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: InputStream;
  readonly signal: AbortSignal;
  now(): Date;
  /** An absolute path from one a user gave. */
  resolve(path: string): string;
}

// git sets these inside hooks; a command that is pointed at another folder must not follow them.
const REDIRECTS = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]);

export function processIo(signal?: AbortSignal): CliIo {
  const { env, stdout, stderr, stdin } = process;
  return { env, cwd: currentFolder(), stdout, stderr, stdin, ...(signal === undefined ? {} : { signal }) };
}

function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** Throws `io/failed` where the current folder was deleted. */
export function refuseLostFolder(io: CliIo): asserts io is CliIo & { readonly cwd: string } {
  if (io.cwd !== undefined) return;
  throw new At1Error('io/failed', {
    message: 'the current folder is not there any more',
    hint: 'it was deleted or moved away: go to one that is there, then run it again',
  });
}

export function createEnvironment(io: CliIo): Environment {
  const { env, cwd = sep } = io;
  const platform = io.platform ?? process.platform;
  const path = platform === 'win32' ? win32 : posix;
  // An empty variable counts as unset, as the XDG specification says of its own.
  const read = (name: string): string | undefined => env[name] || undefined;
  const home = read(platform === 'win32' ? 'USERPROFILE' : 'HOME') ?? homedir();
  const folder = (own: string, xdg: string, fallback: readonly string[]): string => {
    const chosen = read(own);
    if (chosen !== undefined) return resolve(cwd, chosen);
    const base = read(xdg);
    // Relative XDG folders are to be ignored, says the specification.
    if (base !== undefined && path.isAbsolute(base)) return path.join(base, 'at1');
    if (platform === 'win32') return path.join(read('APPDATA') ?? path.join(home, 'AppData', 'Roaming'), 'at1');
    return path.join(home, ...fallback, 'at1');
  };
  const registry = read('AT1_REGISTRY');
  return {
    cwd,
    home,
    platform,
    registryDir: registry === undefined ? undefined : resolve(cwd, registry),
    configDir: folder('AT1_CONFIG_DIR', 'XDG_CONFIG_HOME', ['.config']),
    stateDir: folder('AT1_STATE_DIR', 'XDG_STATE_HOME', ['.local', 'state']),
    signingKey: read('AT1_SIGNING_KEY'),
    agentSocket: read('SSH_AUTH_SOCK'),
    // Read where a registry is opened: help needs no root. A pin that a script failed to fill in pins nothing, and
    // whoever set it relies on it.
    get root() {
      if (env.AT1_ROOT !== '') return env.AT1_ROOT;
      throw new At1Error('usage/invalid', {
        message: 'AT1_ROOT is empty',
        hint: 'set it to the root digest that `at1 policy show` prints, or unset it',
      });
    },
    lazyFetch: read('AT1_LAZY_FETCH') === '1',
    passphrase: read('AT1_PASSPHRASE'),
    quarantine: {
      objectDirectory: read('GIT_OBJECT_DIRECTORY'),
      alternateObjectDirectories: read('GIT_ALTERNATE_OBJECT_DIRECTORIES'),
    },
    indexFile: read('GIT_INDEX_FILE'),
    python: read('AT1_PYTHON') ?? (platform === 'win32' ? 'python' : 'python3'),
    temporaryDir: resolve(cwd, read('TMPDIR') ?? tmpdir()),
    xdgConfigHome: read('XDG_CONFIG_HOME'),
    authorName: read('GIT_AUTHOR_NAME'),
    authorEmail: read('GIT_AUTHOR_EMAIL'),
    variables: gitVariables(env),
    debug: read('AT1_DEBUG') === '1',
    colour: wantsColour(env, io.stdout),
    interactive: io.stdin.isTTY === true && io.stderr.isTTY === true,
    columns: io.stdout.columns ?? 80,
    stdout: io.stdout,
    stderr: io.stderr,
    stdin: io.stdin,
    signal: io.signal ?? new AbortController().signal,
    now: io.now ?? (() => new Date()),
    resolve: (given) => resolve(cwd, given),
  };
}

function gitVariables(env: CliIo['env']): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !REDIRECTS.has(name)) kept[name] = value;
  }
  // Messages are read by programs; translated ones would not be recognised.
  return { ...kept, LC_ALL: 'C' };
}

/** https://no-color.org, FORCE_COLOR, dumb terminals, and otherwise: only on a terminal. */
function wantsColour(env: CliIo['env'], stream: OutputStream): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
