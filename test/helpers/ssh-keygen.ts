/** Runs the real OpenSSH tools, as oracles: keys are made, signed with and checked by `ssh-keygen`, held by `ssh-agent`. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface ToolResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The result as it is, failure or not. */
export function runTool(
  tool: 'ssh' | 'ssh-keygen' | 'ssh-add' | 'openssl',
  args: readonly string[],
  options: { input?: Uint8Array | string; env?: Record<string, string> } = {},
): ToolResult {
  const done = spawnSync(tool, args, {
    input: options.input ?? '',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', ...options.env },
    encoding: 'utf8',
  });
  if (done.error !== undefined) throw done.error;
  return { status: done.status ?? -1, stdout: done.stdout, stderr: done.stderr };
}

/** Standard output; throws where ssh-keygen fails. */
export function sshKeygen(args: readonly string[], input?: Uint8Array | string): string {
  const result = runTool('ssh-keygen', args, input === undefined ? {} : { input });
  if (result.status !== 0)
    throw new Error(`ssh-keygen ${args.join(' ')} ended with ${result.status}: ${result.stderr}`);
  return result.stdout;
}

export interface TestAgent {
  readonly socket: string;
  add(keyFile: string): void;
  stop(): Promise<void>;
}

/** An ssh-agent of our own on the given socket; the caller stops it. */
export async function startAgent(socket: string): Promise<TestAgent> {
  const child: ChildProcess = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ssh-agent ended with ${code}`)));
    // it announces the socket once it listens
    child.stdout?.once('data', () => resolve());
  });
  if (!existsSync(socket)) throw new Error('ssh-agent made no socket');
  return {
    socket,
    add(keyFile) {
      const result = runTool('ssh-add', ['-q', keyFile], { env: { SSH_AUTH_SOCK: socket } });
      if (result.status !== 0) throw new Error(`ssh-add: ${result.stderr}`);
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}
