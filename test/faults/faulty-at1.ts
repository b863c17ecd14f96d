/**
 * The command line, built for tests: `AT1_FAULT=step:17:kill` (or enospc, eio, short, delay, interrupt) makes change number 17 of
 * the disk go wrong in a process of its own; `AT1_TRACE=FILE` lists every change that was made. The program that is
 * shipped knows neither.
 */
import { appendFileSync } from 'node:fs';
import { stderr, stdin, stdout } from 'node:process';
import { runCli } from '../../commands/run.js';
import { type Interceptor, interceptChanges } from '../../src/files/change.js';
import { interrupt } from '../../src/files/interrupt.js';

const DELAY_MS = 50;
const FAULT = /^step:(\d+):(kill|enospc|eio|short|delay|interrupt)$/;
const stopped = new AbortController();

interceptChanges(
  process.env.AT1_TRACE === undefined ? faulty(process.env.AT1_FAULT ?? '') : traced(process.env.AT1_TRACE),
);
const now = () => new Date('2026-03-04T05:06:07Z');
process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdout,
  stderr,
  stdin,
  now,
  signal: stopped.signal,
});

function faulty(asked: string): Interceptor {
  const [, step, fault] = FAULT.exec(asked) ?? [];
  if (step === undefined) throw new Error(`AT1_FAULT is not step:NUMBER:FAULT: ${asked}`);
  let next = 0;
  return (change, act) => {
    if (next++ !== Number(step)) return act();
    const half = change.kind === 'write' ? change.data.length >> 1 : 0;
    if (fault === 'kill') {
      const die = () => process.kill(process.pid, 'SIGKILL');
      if (change.kind !== 'write') die();
      const written = act(half);
      if (!(written instanceof Promise)) die();
      else void written.finally(die);
      return written;
    }
    if (fault === 'short' && half > 0) return act(half);
    if (fault === 'delay') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, DELAY_MS);
    if (fault === 'interrupt') {
      // What bin/main.ts does on SIGINT.
      stopped.abort();
      interrupt(() => process.exit(130));
    }
    if (fault !== 'enospc' && fault !== 'eio') return act();
    throw Object.assign(new Error(`${fault}: ${change.kind}`), { code: fault.toUpperCase() });
  };
}

/** Only what succeeded; the list itself is no change of the registry's disk. */
function traced(list: string): Interceptor {
  return (change, act) => {
    const note = () => appendFileSync(list, `${change.kind}\t${change.path}\n`);
    const done = act();
    if (!(done instanceof Promise)) {
      note();
      return done;
    }
    return done.then((result) => {
      note();
      return result;
    }) as typeof done;
  };
}
