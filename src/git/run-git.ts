/** Runs the git binary: no shell, no prompt, never another repository than the one meant. */

import { spawn } from 'node:child_process';
import { At1Error } from '../errors.js';
import { onInterrupt } from '../files/interrupt.js';
import type { GitProgram, Repository } from './repository.js';

export interface GitResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a hook's environment says about the repository it runs in must not redirect our commands. */
const REDIRECTING = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
];
const OUTPUT_LIMIT = 64 * 1024 * 1024;

export interface RunOptions {
  readonly input?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Another index than the repository's: what git gives a hook while it commits a part. */
  readonly indexFile?: string | undefined;
}

/** In a repository. Throws `capability/missing` where git cannot be started; its exit code is in the result. */
export function runGitIn(
  program: GitProgram,
  repository: Pick<Repository, 'gitDir' | 'workTree'>,
  args: readonly string[],
  options: RunOptions = {},
): Promise<GitResult> {
  const place = [`--git-dir=${repository.gitDir}`];
  if (repository.workTree !== undefined) place.push(`--work-tree=${repository.workTree}`);
  return runGit(program, [...place, ...args], repository.workTree ?? repository.gitDir, options);
}

export function runGit(
  program: GitProgram,
  args: readonly string[],
  cwd: string | undefined,
  options: RunOptions = {},
): Promise<GitResult> {
  const env: Record<string, string | undefined> = { ...program.environment, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  for (const name of REDIRECTING) delete env[name];
  if (options.indexFile !== undefined) env.GIT_INDEX_FILE = options.indexFile;
  return new Promise((resolve, reject) => {
    const child = spawn(program.path, [...args], {
      ...(cwd === undefined ? {} : { cwd }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // In a terminal it hears of Ctrl-C itself; of a signal to us alone it does not, and would go on without us.
    const forget = onInterrupt(() => child.kill());
    const [out, err] = [collect(child.stdout), collect(child.stderr)];
    child.on('error', (cause) => {
      forget();
      if (cause.name === 'AbortError') reject(cause);
      else reject(new At1Error('capability/missing', { message: 'cannot start git', hint: 'install git', cause }));
    });
    child.on('close', (code) => {
      forget();
      resolve({ code: code ?? 128, stdout: out(), stderr: err() });
    });
    // A git that ends before it has read everything says why on stderr.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Uint8Array[] = [];
  let length = 0;
  stream.on('data', (chunk: Uint8Array) => {
    length += chunk.length;
    if (length <= OUTPUT_LIMIT) chunks.push(chunk);
  });
  return () => new TextDecoder().decode(Buffer.concat(chunks));
}
