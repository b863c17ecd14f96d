/** Runs the real git, as an oracle, in an environment without the user's or the machine's configuration. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leanSpawnSync } from './lean-spawn.js';

export interface GitResult {
  readonly status: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

export interface GitOptions {
  readonly input?: Uint8Array | string;
  /** On top of the isolated environment. */
  readonly env?: Readonly<Record<string, string>>;
}

let emptyHome: string | undefined;

/** Nothing but this reaches git: no HOME of the user, no system configuration, a fixed person and time. */
export function gitEnvironment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home(),
    XDG_CONFIG_HOME: home(),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Test Person',
    GIT_AUTHOR_EMAIL: 'test@example.org',
    GIT_AUTHOR_DATE: '1750000000 +0000',
    GIT_COMMITTER_NAME: 'Test Person',
    GIT_COMMITTER_EMAIL: 'test@example.org',
    GIT_COMMITTER_DATE: '1750000000 +0000',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}

/** The result as it is, failure or not. */
export function runGit(cwd: string, args: readonly string[], options: GitOptions = {}): GitResult {
  return leanSpawnSync('git', ['-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always', ...args], {
    cwd,
    env: { ...gitEnvironment(), ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  });
}

/** Standard output as text, last line feed removed; throws where git fails. */
export function git(cwd: string, args: readonly string[], options: GitOptions = {}): string {
  return new TextDecoder().decode(gitBytes(cwd, args, options)).replace(/\n$/, '');
}

/** Standard output as bytes; throws where git fails. */
export function gitBytes(cwd: string, args: readonly string[], options: GitOptions = {}): Uint8Array {
  const result = runGit(cwd, args, options);
  if (result.status !== 0) throw new Error(`git ${args.join(' ')} ended with ${result.status}: ${result.stderr}`);
  return result.stdout;
}

function home(): string {
  if (emptyHome === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'at1-home-'));
    emptyHome = made;
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  }
  return emptyHome;
}
