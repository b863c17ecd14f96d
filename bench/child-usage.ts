/** What a child process used, from outside it: CPU time of it and its children, and peak memory where `time` is there. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Usage {
  /** Wall time, and user and system time together, of the whole process in milliseconds. */
  readonly ms: number;
  readonly cpu: number;
  /** CPU time without what starting up took, where the process tells. */
  readonly inside?: number;
  /** Peak memory in bytes. */
  readonly rss?: number;
}

const TIME = '/usr/bin/time';
/** The shell knows the time of its children to the millisecond, `time` only to the hundredth of a second. */
const SCRIPT = 'TIMEFORMAT="%3U %3S"; exec 3>"$1"; shift; { time "$@" 2>&4; } 4>&2 2>&3';

/** Runs a program to its end with no configuration of the user's; throws where it fails. */
export function measureChild(argv: readonly string[], cwd: string): Usage & { readonly stdout: string } {
  const scratch = mkdtempSync(join(tmpdir(), 'at1-usage-'));
  try {
    const [times, memory] = [join(scratch, 'times'), join(scratch, 'memory')];
    const timed = existsSync(TIME) ? [TIME, '-o', memory, '-f', '%M', ...argv] : argv;
    const began = performance.now();
    const done = spawnSync('bash', ['-c', SCRIPT, 'bash', times, ...timed], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, LC_ALL: 'C' },
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    const ms = performance.now() - began;
    if (done.status !== 0) throw new Error(`${argv.join(' ')} ended with ${done.status}: ${done.error ?? done.stderr}`);
    const cpu = lastLine(times)
      .split(' ')
      .reduce((sum, seconds) => sum + Number(seconds) * 1000, 0);
    const rss = existsSync(memory) ? { rss: Number(lastLine(memory)) * 1024 } : {};
    return { ms, cpu, ...rss, stdout: done.stdout };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function lastLine(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '';
}
