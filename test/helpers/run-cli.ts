/**
 * Runs the command line and returns what a user sees. In this process by default; AT1_TEST_BIN names a program
 * (the bundle) to be started instead, with the same isolated home, so that one set of tests serves both.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as bytes, for commands that print files. */
  readonly bytes: Uint8Array;
  /** Standard output read as JSON; undefined when it is not JSON. */
  readonly json: unknown;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Added to the isolated environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string | Uint8Array;
  /** A fixed clock; only for runs in this process. */
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
  /** Pretend that the outputs are terminals; only for runs in this process. */
  readonly terminal?: boolean;
}

/** False where AT1_TEST_BIN names a program; tests of a fixed clock or a terminal are skipped then. */
export const inProcess = process.env.AT1_TEST_BIN === undefined;

export interface Home {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** A home of its own: no configuration, keys or agent of the person who runs the tests. */
export function isolatedHome(): Home {
  const dir = mkdtempSync(join(tmpdir(), 'at1-home-'));
  return {
    dir,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: dir,
      USERPROFILE: dir,
      AT1_CONFIG_DIR: join(dir, 'config'),
      AT1_STATE_DIR: join(dir, 'state'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: join(dir, 'gitconfig'),
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

let shared: Home | undefined;

/** One home for all tests of a file that do not care; removed when the process ends. */
function sharedHome(): Home {
  if (shared === undefined) {
    const home = isolatedHome();
    shared = home;
    process.once('exit', () => home.remove());
  }
  return shared;
}

export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const env = { ...sharedHome().env, ...options.env };
  const cwd = options.cwd ?? sharedHome().dir;
  const { code, stdout, stderr } = await (process.env.AT1_TEST_BIN === undefined
    ? runHere(argv, env, cwd, options)
    : runProgram(process.env.AT1_TEST_BIN, argv, env, cwd, options));
  const text = stdout.toString('utf8');
  return { code, stdout: text, stderr: stderr.toString('utf8'), bytes: new Uint8Array(stdout), json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface RawResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

type Env = Readonly<Record<string, string | undefined>>;

async function runHere(argv: readonly string[], env: Env, cwd: string, options: CliOptions): Promise<RawResult> {
  const { runCli: run } = await import('../../commands/run.js');
  const stdout = new Sink(options.terminal === true);
  const stderr = new Sink(options.terminal === true);
  const stdin = Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]);
  const { now, signal } = options;
  const extra = { ...(now === undefined ? {} : { now }), ...(signal === undefined ? {} : { signal }) };
  const code = await run(argv, { env, cwd, stdout, stderr, stdin, ...extra });
  return { code, stdout: stdout.bytes(), stderr: stderr.bytes() };
}

/** Keeps what is written, after the writer's own buffer may be reused. */
class Sink extends Writable {
  readonly isTTY: boolean;
  readonly columns = 100;
  readonly #chunks: Buffer[] = [];

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(Buffer.from(chunk));
    done();
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

export function runProgram(
  program: string,
  argv: readonly string[],
  env: Env,
  cwd: string,
  options: Pick<CliOptions, 'stdin'> = {},
): Promise<RawResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...argv], { cwd, env: { ...env } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const number = code ?? (signal === null ? -1 : -2);
      resolve({ code: number, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
    });
    // A program that does not read its input closes the pipe early; that is its right.
    child.stdin.on('error', () => {});
    child.stdin.end(options.stdin);
  });
}
