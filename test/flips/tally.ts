/** Counts what became of damaged bytes; at full scale the counts of all parts end in one file of `bench/results`. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { At1Error } from '../../src/errors.js';
import { type Damage, summarise } from './damage.js';

/** `refused`: nothing of it is used. `same`: it is used, and means what the bytes before meant. */
export type Outcome = 'refused' | 'same';

export interface Row {
  readonly part: string;
  readonly subject: string;
  readonly bytes: number;
  readonly flips: number;
  readonly cuts: number;
  readonly added: number;
  /** Of all of these together. */
  readonly refused: number;
  /** Names of the damages that change nothing. */
  readonly same: readonly string[];
}

const rows: Row[] = [];

/** Applies every damage; `judge` fails the test itself where an outcome is neither of the two. */
export async function tally(
  part: string,
  subject: string,
  bytes: number,
  damages: Iterable<Damage>,
  judge: (damage: Damage) => Promise<Outcome> | Outcome,
): Promise<Row> {
  const counts = { flip: 0, cut: 0, added: 0 };
  const same: string[] = [];
  let refused = 0;
  const { stackTraceLimit } = Error;
  // A hundred thousand refusals are errors that nobody looks into.
  Error.stackTraceLimit = 0;
  try {
    for (const damage of damages) {
      counts[damage.kind]++;
      if ((await judge(damage)) === 'refused') refused++;
      else same.push(damage.what);
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  assert.ok(refused > 0, `${part}: nothing was refused of ${subject}`);
  const row = { part, subject, bytes, flips: counts.flip, cuts: counts.cut, added: counts.added, refused, same };
  rows.push(row);
  return row;
}

/** The result, or `refused` for one of our own errors; anything else thrown is a fault and passes through. */
export async function orRefused<Result>(run: () => Promise<Result> | Result): Promise<Result | 'refused'> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof At1Error) return 'refused';
    throw error;
  }
}

/** The bits among the names of damages, as they are written in lists. */
export function bitsOf(same: readonly string[]): string {
  return summarise(same.filter((what) => /^[0-9a-f]+\.\d$/.test(what)));
}

/** What changes nothing besides single bits. */
export function restOf(same: readonly string[]): string[] {
  return same.filter((what) => !/^[0-9a-f]+\.\d$/.test(what));
}

/** To be called once in each file of tests: keeps the counts when everything is run at full scale. */
export function keepCounts(): void {
  after(() => {
    if (process.env.AT1_SCALE === 'full') save();
  });
}

function save(): void {
  const folder = new URL('../../bench/results/', import.meta.url).pathname;
  const date = new Date().toISOString().slice(0, 10);
  const path = join(folder, `${date}-flips.json`);
  const lock = `${path}.lock`;
  // Files of tests run in processes of their own, and all of them end here.
  while (!tryLock(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    const parts = new Set(rows.map(({ part }) => part));
    const all = [...kept(path).filter(({ part }) => !parts.has(part)), ...rows];
    all.sort((a, b) => (a.part === b.part ? 0 : a.part < b.part ? -1 : 1));
    const about = {
      date,
      command: 'AT1_SCALE=full npx mocha test/flips',
      machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() },
      versions: { node: process.version },
    };
    writeFileSync(path, `${JSON.stringify({ ...about, total: totalOf(all), rows: all }, undefined, 1)}\n`);
  } finally {
    rmSync(lock, { recursive: true });
  }
  process.stdout.write(`${rows.map(lineOf).join('\n')}\n`);
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function kept(path: string): Row[] {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { rows: Row[] }).rows;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function totalOf(all: readonly Row[]): Record<string, number> {
  const sum = (pick: (row: Row) => number) => all.reduce((total, row) => total + pick(row), 0);
  return {
    flips: sum(({ flips }) => flips),
    cuts: sum(({ cuts }) => cuts),
    added: sum(({ added }) => added),
    refused: sum(({ refused }) => refused),
    same: sum(({ same }) => same.length),
  };
}

function lineOf({ part, subject, flips, cuts, added, refused, same }: Row): string {
  const counts = [flips, cuts, added, refused, same.length].map((count) => String(count).padStart(8)).join('');
  return `${part.padEnd(24)}${subject.padEnd(40)}${counts}`;
}
