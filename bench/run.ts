/**
 * The benchmarks, described in docs/benchmarks.md: JSON lines while they run, a table at the end.
 * Parts are named or, all but those of USUAL, left out: samples, large, history, threads, codecs, mlflow. Options: --quick, --only NAME (a part, or
 * with codecs a part of names of files and pairs), --peers, --save, --work DIR (what is made is kept there between runs).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CodecRow, codecCases, type DeltaRow, type SkippedRow } from './codec-cases.js';
import { kindMeans } from './codec-means.js';
import { codecTable } from './codec-table.js';
import { type CorpusFile, type CorpusOptions, makeCorpus } from './corpus.mjs';
import { type FileResults, fileCases } from './file-cases.js';
import { type HistoryResults, historyCases } from './history-cases.js';
import { mlflowCases } from './mlflow-cases.js';
import { threadCases } from './thread-cases.js';

/** With how many processes ran or waited on the machine during the last minute: what to think of the absolute times. */
type Timed = FileResults | HistoryResults;
type Untimed = CodecRow | DeltaRow | SkippedRow;
type Results = (Timed | Untimed) & { readonly load: number };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    peers: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    work: { type: 'string', default: join(tmpdir(), 'at1-bench') },
  },
});
const ROUNDS = 3;
const USUAL = ['samples', 'large', 'history'];
const PARTS = [...USUAL, 'threads', 'codecs', 'mlflow'];
/** Only the codecs have names within the part. */
const names = positionals.includes('codecs') ? options.only : undefined;
const parts = positionals.length > 0 ? positionals : [options.only ?? USUAL].flat();
for (const part of names === undefined && options.only !== undefined ? [...parts, options.only] : parts) {
  if (!PARTS.includes(part)) throw new Error(`'${part}' is none of ${PARTS.join(', ')}`);
}
mkdirSync(options.work, { recursive: true });
const rows: Results[] = [];
const about = machine();
print(about);
for await (const measured of all()) {
  const row = { ...measured, load: loadavg()[0] ?? Number.NaN };
  rows.push(row);
  print(row);
}
if (parts.includes('mlflow'))
  for (const row of mlflowCases(options.work, options.quick)) process.stdout.write(`${row}\n`);
process.stdout.write(`\n${table(rows)}`);
if (options.save) save();

async function* all(): AsyncGenerator<Timed | Untimed> {
  const { quick, work } = options;
  const wants = (part: string) => parts.includes(part);
  if (wants('samples') && !quick) for (const file of await corpus({ made: [] })) yield* fileCases(work, file, ROUNDS);
  if (wants('large')) {
    const files = await corpus({ samples: false, megabytes: quick ? 16 : 256, made: ['random'] });
    for (const file of files) yield* fileCases(work, file, quick ? 1 : ROUNDS);
  }
  if (wants('history')) {
    const size = quick
      ? { artifacts: 20, versions: 5, registrations: 3 }
      : { artifacts: 1000, versions: 10, registrations: 50 };
    yield* historyCases(work, size, quick ? 1 : ROUNDS, progress);
  }
  if (wants('threads')) {
    for (const megabytes of quick ? [64] : [256, 1024]) {
      const files = await corpus({ samples: false, megabytes, made: ['weights'] });
      for (const file of files) yield* threadCases(work, file, quick ? 1 : ROUNDS);
    }
  }
  if (wants('codecs')) {
    const wanted = (name: string) => names === undefined || name.includes(names);
    yield* codecCases({ work, quick, peers: options.peers, wants: wanted, onProgress: progress });
  }
}

async function corpus(wanted: CorpusOptions): Promise<CorpusFile[]> {
  mkdirSync(join(options.work, 'corpus'), { recursive: true });
  return makeCorpus(join(options.work, 'corpus'), { onProgress: progress, ...wanted });
}

function machine() {
  const first = (command: string, args: string[]) =>
    spawnSync(command, args, { encoding: 'utf8' }).stdout?.split('\n')[0];
  return {
    date: new Date().toISOString(),
    // Without --work: where the data lies is nobody's business and changes nothing.
    command: [
      'npm run bench --',
      ...positionals,
      ...(['quick', 'peers', 'save'] as const).filter((name) => options[name]).map((name) => `--${name}`),
      ...(options.only === undefined ? [] : ['--only', options.only]),
    ].join(' '),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 1024 ** 3),
      system: `${platform()} ${arch()} ${release()}`,
    },
    versions: {
      node: process.version,
      git: first('git', ['--version']),
      xz: first('xz', ['--version']),
      zstd: first('zstd', ['--version']),
      ...(parts.includes('codecs') ? { bzip2: bzip2Version() } : {}),
    },
  };
}

/** It tells on the other stream, and would then wait for input. */
function bzip2Version(): string | undefined {
  return spawnSync('bzip2', ['--version'], { encoding: 'utf8', input: '' }).stderr?.split('\n')[0];
}

function table(results: readonly Results[]): string {
  const untimed = results.filter(isUntimed);
  const timed = results.filter((row): row is Timed & { readonly load: number } => !isUntimed(row));
  return timedTable(timed) + (untimed.length === 0 ? '' : codecTable(untimed));
}

function isUntimed<T extends Timed | Untimed>(row: T): row is T & Untimed {
  return row.case === 'codecs' || row.case === 'deltas' || row.case === 'skipped';
}

function timedTable(results: readonly (Timed & { readonly load: number })[]): string {
  const lines: string[] = [];
  for (const row of results) {
    const what =
      'file' in row ? `${row.case} ${row.file}, ${megabytes(row.size)} MB` : `${row.case}, ${row.versions} versions`;
    lines.push(`\n${what} (load ${row.load.toFixed(1)})`);
    const [ours] = row.results;
    for (const result of row.results) {
      const speed = 'file' in row ? `${(row.size / 1000 / result.ms).toFixed(1).padStart(9)} MB/s` : '';
      const times = ours === undefined ? '' : `${(result.ms / ours.ms).toFixed(2).padStart(8)} x`;
      const inside = result.inside === undefined ? '' : `  inside ${result.inside.toFixed(0)} ms`;
      const size = result.size === undefined ? '' : `  ${result.size} bytes`;
      const rss = result.rss === undefined ? '' : `  peak ${(result.rss / 1024 ** 2).toFixed(0)} MiB`;
      lines.push(
        `  ${result.name.padEnd(28)}${result.ms.toFixed(0).padStart(8)} ms${times}${speed}${inside}${rss}${size}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function save(): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const part =
    positionals.length > 0 ? [...positionals, ...(names === undefined ? [] : [names])].join('-') : options.only;
  const name = `${about.date.slice(0, 10)}-${(part ?? 'all') + (options.quick ? '-quick' : '')}.json`;
  const means = kindMeans(rows.filter((row): row is CodecRow & { readonly load: number } => row.case === 'codecs'));
  const summary = means.length === 0 ? {} : { means };
  writeFileSync(join(folder, name), `${JSON.stringify({ ...about, ...summary, rows }, undefined, 2)}\n`);
  progress(`saved bench/results/${name}`);
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
