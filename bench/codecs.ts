/** What packs a file in the benchmark of codecs: at1 at every level, packed and registered, and what one would else use. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PackRequest } from '../src/index.js';
import { measureChild, type Usage } from './child-usage.js';
import { ROOT } from './measure.js';

/** The only list of levels here: contenders, columns and ratios follow it. */
export const LEVELS = ['fast', 'balanced', 'max'] as const satisfies readonly NonNullable<PackRequest['level']>[];

export interface Input {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Of its numbers, where they begin at multiples of their width. */
  readonly dtype: string | undefined;
}

export interface Trial {
  /** Bytes of what is stored. */
  readonly size: number;
  readonly encode: Usage;
  /** What cannot be reversed, as a digest, has none. */
  readonly decode?: Usage;
}

export interface Codec {
  readonly name: string;
  /** One round, in a folder of its own that is removed; throws where the bytes do not come back. */
  readonly run: (input: Input, folder: string) => Trial;
}

const PROGRAMS = [
  ['xz -6', ['xz', '-T1', '-6'], '.xz'],
  ['xz -9', ['xz', '-T1', '-9'], '.xz'],
  ['xz -9e', ['xz', '-T1', '-9e'], '.xz'],
  ['zstd -3', ['zstd', '--single-thread', '-3'], '.zst'],
  ['zstd -19 --long', ['zstd', '--single-thread', '-19', '--long'], '.zst'],
  ['bzip2 -9', ['bzip2', '-9'], '.bz2'],
] as const;

export function codecs(pythons: Readonly<Record<string, string>>): Codec[] {
  const ours = LEVELS.flatMap((level) => [packed(level), registered(level)]);
  const programs = PROGRAMS.map(([name, argv, suffix]) => program(name, argv, suffix));
  return [...ours, ...programs, ...Object.entries(pythons).map(([name, python]) => peer(name, python)), sha256()];
}

/** The best of several rounds in each direction: what else the machine does only ever adds. */
export function bestOf(codec: Codec, input: Input, work: string, rounds: number): Trial {
  const trials = Array.from({ length: rounds }, () => {
    const folder = mkdtempSync(join(work, 'run-'));
    try {
      return codec.run(input, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  const best = (usages: readonly Usage[]) => usages.reduce((least, usage) => (usage.cpu < least.cpu ? usage : least));
  const decodes = trials.flatMap(({ decode }) => decode ?? []);
  return {
    size: Math.max(...trials.map(({ size }) => size)),
    encode: best(trials.map(({ encode }) => encode)),
    ...(decodes.length === 0 ? {} : { decode: best(decodes) }),
  };
}

function packed(level: string): Codec {
  return {
    name: `at1 pack ${level}`,
    run: (input, folder) => {
      const [container, out] = [join(folder, 'packed.at1'), join(folder, 'out')];
      const { result: _, ...encode } = operation('pack', folder, {
        path: input.path,
        out: container,
        level,
        threads: 1,
      });
      const { result: __, ...decode } = operation('unpack', folder, { path: container, out });
      sameBytes(out, input);
      return { size: statSync(container).size, encode, decode };
    },
  };
}

function registered(level: string): Codec {
  return {
    name: `at1 register ${level}`,
    run: (input, folder) => {
      const out = join(folder, 'out');
      makeRegistry(folder);
      const { stored, ...encode } = register(folder, 'data/sample@1.0.0', input.path, level);
      const { result: _, ...decode } = operation('get', folder, { ref: 'data/sample@1.0.0', out });
      sameBytes(out, input);
      return { size: stored, encode, decode };
    },
  };
}

export function makeRegistry(folder: string): void {
  mkdirSync(join(folder, 'registry'));
  operation('init', folder, {});
}

/** `stored`: bytes of the objects that came new. */
export function register(folder: string, ref: string, path: string, level: string): Usage & { stored: number } {
  const objects = join(folder, 'registry', 'objects');
  const before = bytesBelow(objects);
  const { result: _, ...usage } = operation('register', folder, { ref, paths: [path], level }, { threads: 1 });
  return { ...usage, stored: bytesBelow(objects) - before };
}

function operation(
  name: string,
  folder: string,
  request: object,
  options: object = {},
): Usage & { readonly result: unknown } {
  const place = { operation: name, dir: join(folder, 'registry'), home: folder, request, options };
  const script = join(import.meta.dirname, 'operation.mjs');
  const library = join(ROOT, 'dist', 'index.js');
  const { stdout, ...usage } = measureChild([process.execPath, script, library, JSON.stringify(place)], folder);
  const told = JSON.parse(stdout) as { cpu: number; rss: number; result: unknown };
  return { ...usage, inside: told.cpu, rss: told.rss, result: told.result };
}

function program(name: string, argv: readonly string[], suffix: string): Codec {
  return {
    name,
    run: (input, folder) => {
      const [first = '', ...flags] = argv;
      const path = join(folder, 'file');
      // By way of the shell, which gives these programs their output: they name it after their input.
      const piped = (command: string, from: string, to: string) => {
        const { stdout: _, ...usage } = measureChild(
          ['bash', '-c', `exec ${command} <"$1" >"$2"`, 'bash', from, to],
          folder,
        );
        return usage;
      };
      const encode = piped(`${first} ${flags.join(' ')} -c`, input.path, `${path}${suffix}`);
      const decode = piped(
        `${first} -d -c${first === 'zstd' ? ' --single-thread --long=31' : ''}`,
        `${path}${suffix}`,
        path,
      );
      sameBytes(path, input);
      return { size: statSync(`${path}${suffix}`).size, encode, decode };
    },
  };
}

/** It measures itself: starting python and its libraries takes longer than most of what is measured. */
function peer(name: string, python: string): Codec {
  return {
    name,
    run: (input, folder) => {
      const script = join(import.meta.dirname, 'codec-peers.py');
      const { stdout, rss: _, ...whole } = measureChild([python, script, name, input.dtype ?? '-', input.path], folder);
      const told = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { size: number; in: number; out: number };
      return { size: told.size, encode: { ...whole, inside: told.in }, decode: { ...whole, inside: told.out } };
    },
  };
}

function sha256(): Codec {
  return {
    name: 'sha256',
    run: (input, folder) => {
      const script = join(import.meta.dirname, 'sha256.mjs');
      const { stdout, ...usage } = measureChild([process.execPath, script, input.path], folder);
      return { size: 32, encode: { ...usage, inside: (JSON.parse(stdout) as { cpu: number }).cpu } };
    },
  };
}

function sameBytes(path: string, { name, sha256: expected }: Input): void {
  const found = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (found !== expected) throw new Error(`${name} does not come back as it was`);
}

function bytesBelow(folder: string): number {
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => statSync(join(folder, name))).filter((stat) => stat.isFile());
  return files.reduce((sum, stat) => sum + stat.size, 0);
}
