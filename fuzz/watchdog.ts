/**
 * A thread that ends the process when one case never does, and says which. It lives as text, because a thread of a
 * bundle has no file of its own.
 */
import { Worker } from 'node:worker_threads';

/** Processor time, so that a busy machine is no hang. */
const LIMIT_SECONDS = 10;
const CONTROL = 12;
const MAX_INPUT = 1 << 20;

const PROGRAM = `
const { workerData: { memory, limit } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const control = new Int32Array(memory, 0, 3);
let seen = -1;
let since = process.cpuUsage();
setInterval(() => {
  const now = Atomics.load(control, 0);
  if (now !== seen || now % 2 === 0) {
    seen = now;
    since = process.cpuUsage();
    return;
  }
  const { user, system } = process.cpuUsage(since);
  if ((user + system) / 1e6 < limit) return;
  const input = Buffer.from(new Uint8Array(memory, ${CONTROL}, Atomics.load(control, 1)).slice()).toString('base64');
  writeSync(1, JSON.stringify({ kind: 'hang', target: Atomics.load(control, 2), input }) + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, 500);
`;

export interface Watchdog {
  begin(target: number, input: Uint8Array): void;
  end(): void;
  stop(): Promise<void>;
}

export function startWatchdog(): Watchdog {
  const memory = new SharedArrayBuffer(CONTROL + MAX_INPUT);
  const control = new Int32Array(memory, 0, 3);
  const bytes = new Uint8Array(memory, CONTROL);
  const worker = new Worker(PROGRAM, { eval: true, workerData: { memory, limit: LIMIT_SECONDS } });
  worker.unref();
  return {
    begin: (target, input) => {
      const kept = input.subarray(0, MAX_INPUT);
      bytes.set(kept);
      control[1] = kept.length;
      control[2] = target;
      // Odd while a case runs.
      Atomics.add(control, 0, 1);
    },
    end: () => void Atomics.add(control, 0, 1),
    stop: async () => void (await worker.terminate()),
  };
}
