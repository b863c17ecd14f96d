/** Starts processes that register (register-child.ts), holds them until all are ready, and collects what they say. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundled } from '../helpers/bundle.js';
import type { Person } from './people.js';
import type { ChildTask } from './register-child.js';

const PROGRAM = join(import.meta.dirname, 'register-child.ts');

export interface Acknowledged {
  readonly ref?: string;
  readonly state?: string;
  readonly commit?: string | null;
  readonly content?: string;
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
}

export interface Child {
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly said: Acknowledged[];
  readonly ready: Promise<void>;
  /** The first thing it says after `ready`, or its end. */
  readonly firstLine: Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  go(): void;
}

export interface ChildOptions extends Partial<Pick<ChildTask, 'count' | 'uid'>> {
  /** A program with arguments to start node with: `bash -c 'ulimit …; exec "$@"' -`. */
  readonly wrapper?: readonly string[];
  readonly onLine?: (line: Acknowledged) => void;
}

export function startChild(person: Person, dir: string, ref: string, path: string, options: ChildOptions = {}): Child {
  const { count = 1, uid, wrapper = [] } = options;
  const task: ChildTask = {
    dir,
    environment: person.environment,
    ref,
    path,
    count,
    ...(uid === undefined ? {} : { uid }),
  };
  const [program, ...args] = [...wrapper, process.execPath, bundled(PROGRAM), JSON.stringify(task)];
  const child = spawn(program ?? process.execPath, args, { env: { ...person.variables }, stdio: 'pipe' });
  const said: Acknowledged[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  let [isReady, hasSpoken] = [() => {}, () => {}];
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const firstLine = new Promise<void>((resolve) => {
    hasSpoken = resolve;
  });
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    const value = JSON.parse(line) as Acknowledged | 'ready';
    if (value === 'ready') return isReady();
    said.push(value);
    hasSpoken();
    options.onLine?.(value);
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => {
      isReady();
      hasSpoken();
      resolve({ code, stderr });
    });
  });
  return { process: child, said, ready, firstLine, ended, go: () => child.stdin.write('go\n') };
}

/** All of them at the same moment; resolves when every one has ended. */
export async function runAtOnce(children: readonly Child[]): Promise<void> {
  await Promise.all(children.map(({ ready }) => ready));
  for (const child of children) child.go();
  for (const { ended } of children) {
    const { code, stderr } = await ended;
    if (code !== 0) throw new Error(`a child ended with ${code}: ${stderr}`);
  }
}
