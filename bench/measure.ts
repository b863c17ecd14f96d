/** Times whole child processes, contenders in turn (A B A B), and takes medians: a slow minute meets all of them alike. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Sample {
  /** Wall time of the whole process. */
  readonly ms: number;
  /** Wall time inside it without its start-up, where the process tells. */
  readonly inside?: number;
  /** Peak memory in bytes, where the process tells. */
  readonly rss?: number;
  /** Bytes of what was made, where that is the question. */
  readonly size?: number;
}

export interface Contender {
  readonly name: string;
  /** Prepares untimed, measures, cleans up. */
  readonly run: () => Sample | Promise<Sample>;
}

export interface Result extends Sample {
  readonly name: string;
  readonly rounds: number;
}

export async function compete(contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const samples = new Map<Contender, Sample[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) samples.get(contender)?.push(await contender.run());
  }
  return [...samples].map(([{ name }, all]) => ({ name, rounds: all.length, ...medianOf(all) }));
}

/** Of every number by itself; of an even count the lower of the two in the middle. */
function medianOf(samples: readonly Sample[]): Sample {
  const middle = (pick: (sample: Sample) => number | undefined): number | undefined => {
    const numbers = samples.map(pick).filter((number) => number !== undefined);
    return numbers.sort((a, b) => a - b)[(numbers.length - 1) >> 1];
  };
  const [inside, rss, size] = [middle((s) => s.inside), middle((s) => s.rss), middle((s) => s.size)];
  return {
    ms: middle((sample) => sample.ms) ?? Number.NaN,
    ...(inside === undefined ? {} : { inside }),
    ...(rss === undefined ? {} : { rss }),
    ...(size === undefined ? {} : { size }),
  };
}

export const ROOT = join(import.meta.dirname, '..');

/** No configuration of the user's: only this reaches the programs. */
function environmentOf(home: string): NodeJS.ProcessEnv {
  const person = { NAME: 'Bench', EMAIL: 'bench@example.org' };
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: home, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' };
  for (const [key, value] of Object.entries(person)) {
    env[`GIT_AUTHOR_${key}`] = value;
    env[`GIT_COMMITTER_${key}`] = value;
  }
  return env;
}

/** Runs a program to its end; throws where it fails. */
export function run(argv: readonly [string, ...string[]], options: { readonly cwd: string; readonly home: string }) {
  const [command, ...args] = argv;
  const began = performance.now();
  const done = spawnSync(command, args, {
    cwd: options.cwd,
    env: environmentOf(options.home),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const ms = performance.now() - began;
  if (done.status !== 0) throw new Error(`${argv.join(' ')} ended with ${done.status}: ${done.error ?? done.stderr}`);
  return { ms, stdout: done.stdout };
}

/** A node script of this folder that tells time and memory about itself as its last line. */
export function runScript(script: string, args: readonly string[], cwd: string): Sample & { readonly result: unknown } {
  const { ms, stdout } = run([process.execPath, join(import.meta.dirname, script), ...args], { cwd, home: cwd });
  const told = JSON.parse(stdout) as { ms: number; rss: number; result: unknown };
  return { ms, inside: told.ms, rss: told.rss, result: told.result };
}

/** One operation of the built library in a process of its own. */
export function runOperation(
  operation: 'init' | 'pack' | 'register' | 'get' | 'verify' | 'reindex' | 'promote' | 'gate',
  place: { readonly dir: string; readonly home: string },
  request: object = {},
  options: object = {},
): Sample & { readonly result: unknown } {
  const library = join(ROOT, 'dist', 'index.js');
  return runScript('operation.mjs', [library, JSON.stringify({ operation, ...place, request, options })], place.home);
}
