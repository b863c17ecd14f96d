/** The stock git program, without anybody's configuration. */
import { spawnSync } from 'node:child_process';
import { env } from 'node:process';

export const GIT_VARIABLES: Readonly<Record<string, string>> = {
  PATH: env.PATH ?? '/usr/bin:/bin',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** Standard output as text, last line feed removed; throws where git fails. */
export function runGit(
  dir: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
  input?: Uint8Array | string,
): string {
  return new TextDecoder().decode(runGitBytes(dir, environment, args, input)).replace(/\n$/, '');
}

export function runGitBytes(
  dir: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
  input?: Uint8Array | string,
): Uint8Array {
  const done = spawnSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: dir,
    env: environment,
    ...(input === undefined ? {} : { input }),
    maxBuffer: 1 << 28,
  });
  if (done.error !== undefined) throw done.error;
  if (done.status !== 0) throw new Error(`git ${args.join(' ')} ended with ${done.status}: ${done.stderr.toString()}`);
  return new Uint8Array(done.stdout);
}
