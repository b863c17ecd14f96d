/** Starts clients (client.ts), gives them operations, and waits for what they say or for their end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Person } from '../e2e/people.js';
import { bundled } from '../helpers/bundle.js';
import type { Answer, ClientTask, Operation, Request } from './client.js';

export interface Client {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  /** It has stopped or died at its trap. */
  readonly trapped: Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  /** Undefined where the client died before it answered. */
  ask(dir: string, operation: Operation): Promise<Answer | undefined>;
  /** Sends it a signal; with SIGKILL, waits for its end; with SIGCONT, first until it has stopped. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
}

export type ClientOptions = Pick<ClientTask, 'clock' | 'trap'>;

const PROGRAM = join(import.meta.dirname, 'client.ts');

export function startClient(person: Person, options: ClientOptions = {}): Client {
  const { clock, trap } = options;
  const task: ClientTask = {
    environment: person.environment,
    scratch: tmpdir(),
    ...(clock === undefined ? {} : { clock }),
    ...(trap === undefined ? {} : { trap }),
  };
  const child = spawn(process.execPath, [bundled(PROGRAM), JSON.stringify(task)], {
    env: { ...person.variables },
    stdio: 'pipe',
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  const waiting: ((answer: Answer | undefined) => void)[] = [];
  const [ready, trapped] = [signalled(), signalled()];
  createInterface(child.stdout).on('line', (line) => {
    const value = JSON.parse(line) as Answer | 'ready' | 'trapped';
    if (value === 'ready') ready.happen();
    else if (value === 'trapped') trapped.happen();
    else waiting.shift()?.(value);
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => {
      ready.happen();
      for (const answer of waiting.splice(0)) answer(undefined);
      resolve({ code, stderr });
    });
  });
  return {
    process: child,
    ready: ready.promise,
    trapped: trapped.promise,
    ended,
    ask: (dir, operation) => {
      const answer = new Promise<Answer | undefined>((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve(undefined);
        waiting.push(resolve);
      });
      child.stdin.write(`${JSON.stringify({ dir, operation } satisfies Request)}\n`);
      return answer;
    },
    signal: async (name) => {
      // It says that it will stop a moment before it does: what comes in between would be lost.
      if (name === 'SIGCONT') await untilStopped(child.pid as number);
      child.kill(name);
      if (name === 'SIGKILL') await ended;
    },
  };
}

export async function endAll(clients: Iterable<Client>): Promise<void> {
  for (const client of clients) await client.signal('SIGKILL');
}

async function untilStopped(pid: number): Promise<void> {
  for (;;) {
    try {
      if (/\) [Tt] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      // No such files on this system, or no such process any more.
      return pause(200);
    }
    await pause(2);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function signalled(): { readonly promise: Promise<void>; happen(): void } {
  let happen = () => {};
  const promise = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { promise, happen: () => happen() };
}
