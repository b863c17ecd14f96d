/**
 * `npm run fuzz -- TARGET...`: looks for inputs that break a parser, and keeps them in test/regress.
 * `--list` names the targets; `--save` writes a row for each into bench/results; docs/fuzzing.md says the rest.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { keepFinding, keepSeeds } from './kept.js';
import { runSession, type SessionResult } from './run-session.js';
import { TARGETS } from './targets/index.js';

const USAGE =
  'usage: npm run fuzz -- TARGET... | --all | --list [--cases N] [--seconds N] [--seed N] [--keep] [--save]';
const { values, positionals } = parsed({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    list: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    cases: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(`${USAGE}\ndocs/fuzzing.md says the rest`);
else if (values.list) {
  for (const { name, about } of TARGETS) console.log(`${name.padEnd(24)} ${about}`);
} else {
  const unknown = positionals.filter((name) => !TARGETS.some((target) => target.name === name));
  const targets = values.all ? TARGETS.map(({ name }) => name) : positionals;
  if (unknown.length > 0 || targets.length === 0) {
    console.error(unknown.length > 0 ? `no such target: ${unknown.join(', ')} (see --list)` : USAGE);
    process.exitCode = 2;
  } else await run(targets);
}

/** A flag that does not exist is answered in a line, as everything else. */
function parsed<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${(error as Error).message.split('. ', 1)[0]}\n${USAGE}`);
    process.exit(2);
  }
}

async function run(targets: readonly string[]): Promise<void> {
  const seconds = values.seconds === undefined ? undefined : positive('--seconds', values.seconds);
  const cases =
    values.cases === undefined ? (seconds === undefined ? 100_000 : 1e12) : positive('--cases', values.cases);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : positive('--seed', values.seed);
  console.log(`seed ${seed}`);
  const request = { targets, cases, seed, keep: values.keep, ...(seconds === undefined ? {} : { seconds }) };
  await runSession(request, (result) => {
    console.log(lineOf(result));
    for (const { problem, input } of result.findings) {
      const where =
        input === undefined ? '' : `\n  kept as test/regress/${keepFinding(result.target, fromBase64(input))}`;
      console.log(`  ${problem}${where}`);
      process.exitCode = 1;
    }
    if (values.keep && result.corpus.length > 0) keepSeeds(result.target, result.corpus.map(fromBase64));
    if (values.save) save(result, request);
  });
}

function lineOf({ target, cases, accepted, seconds, branches, findings }: SessionResult): string {
  const rate = seconds === 0 ? 0 : Math.round(cases / seconds);
  const reached =
    branches === undefined ? '' : `, ${branches.reached} of ${branches.total} branches, ${accepted} accepted`;
  return `${target}: ${cases} cases in ${seconds.toFixed(1)} s (${rate}/s)${reached}, ${findings.length} findings`;
}

/** A row for each target in the file of the day: a later run of the same target replaces it. */
function save(result: SessionResult, request: { readonly cases: number; readonly seed: number }): void {
  const now = new Date().toISOString();
  const path = join(import.meta.dirname, '..', 'bench', 'results', `${now.slice(0, 10)}-fuzz.json`);
  const rows: unknown[] = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { rows: unknown[] }).rows : [];
  const { target, cases, seconds, branches, findings } = result;
  const row = { target, asked: request.cases, cases, seconds, branches, findings: findings.length, seed: request.seed };
  const kept = rows.filter((other) => (other as { target: string }).target !== target);
  const order = TARGETS.map(({ name }) => name);
  const sorted = [...kept, row].sort(
    (a, b) => order.indexOf((a as { target: string }).target) - order.indexOf((b as { target: string }).target),
  );
  const document = {
    date: now,
    command: 'npm run fuzz -- --all --cases 1000000 --save',
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${process.platform} ${process.arch} ${release()}`,
    },
    versions: {
      node: process.version,
      git: version('git', ['--version']),
      ssh: version('ssh', ['-V']),
    },
    rows: sorted,
  };
  writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`);
}

function version(program: string, args: readonly string[]): string {
  const text = execFileSync('sh', ['-c', `${program} ${args.join(' ')} 2>&1`], { encoding: 'utf8' });
  return text.split('\n')[0] ?? '';
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${flag} needs a number, not '${text}'`);
  return value;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}
