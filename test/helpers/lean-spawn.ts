/**
 * `spawnSync` through a small process of our own (`spawner.mjs`). The system copies the page tables of whoever starts a
 * program: with a gigabyte of tests in memory that takes longer than what git does.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LeanOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: Uint8Array | string;
}

export interface LeanResult {
  readonly status: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

interface Pipes {
  readonly questions: number;
  readonly answers: number;
}

/** A process takes a tenth of a second to start, and many times that on a machine with much to do. */
const START_MS = 60_000;
const PAUSE_MS = 5;

let pipes: Pipes | undefined;

/** Throws where the program cannot be started; -1 is the status of one that a signal ended. */
export function leanSpawnSync(command: string, args: readonly string[], options: LeanOptions): LeanResult {
  const { cwd, env } = options;
  const input = Buffer.from(options.input ?? '');
  pipes ??= connect();
  give(pipes.questions, Buffer.from(JSON.stringify({ command, args, cwd, env })), input);
  const head = take(pipes.answers, 8);
  const said = JSON.parse(take(pipes.answers, head.readUInt32LE(0)).toString('utf8')) as Said;
  const stdout = new Uint8Array(take(pipes.answers, head.readUInt32LE(4)));
  if (said.error !== undefined) throw Object.assign(new Error(`${command}: ${said.error}`), { code: said.error });
  return { status: said.status ?? -1, stdout, stderr: said.stderr };
}

interface Said {
  readonly status: number | null;
  readonly stderr: string;
  readonly error?: string;
}

/** Two named pipes, whose names are gone again when both sides have opened them. */
function connect(): Pipes {
  const dir = mkdtempSync(join(tmpdir(), 'at1-pipes-'));
  const [asking, answering] = [join(dir, 'questions'), join(dir, 'answers')];
  const made = spawnSync('mkfifo', [asking, answering]);
  if (made.status !== 0) throw new Error(`mkfifo: ${made.error?.message ?? made.stderr.toString()}`);
  const { NODE_V8_COVERAGE: _, NODE_OPTIONS: __, ...env } = process.env;
  const program = join(import.meta.dirname, 'spawner.mjs');
  // It ends with us: then its pipe of questions is closed.
  spawn(process.execPath, [program, asking, answering], { stdio: 'ignore', env }).unref();
  try {
    const questions = openForReader(asking);
    // The other side opens this one next: whoever got there does not fail on the way.
    return { questions, answers: openSync(answering, 'r') };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The writing end of a pipe, once somebody reads from it; to wait for that in the call itself could last for ever. */
function openForReader(path: string): number {
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
      return openSync(path, 'w');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENXIO')) throw error;
      if (waited >= START_MS) throw new Error('the process that starts programs did not start', { cause: error });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

function give(pipe: number, text: Uint8Array, bytes: Uint8Array): void {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(text.length, 0);
  head.writeUInt32LE(bytes.length, 4);
  for (const part of [head, text, bytes]) {
    for (let at = 0; at < part.length; ) at += writeSync(pipe, part, at);
  }
}

function take(pipe: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const read = readSync(pipe, bytes, at, length - at, null);
    if (read === 0) throw new Error('the process that starts programs has ended');
    at += read;
  }
  return bytes;
}
