/** Counts what became of damaged bytes; at full scale the counts of all parts end in one file of `bench/results`. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** A row as it is kept: names of bits in short. */
interface Kept extends Omit<Row, 'same'> {
  readonly same: number;
  readonly sameBits: string;
  readonly sameOthers: string;
}

let told = 0;

function save(): void {
  const folder = fileURLToPath(new URL('../../bench/results/', import.meta.url));
  const date = new Date().toISOString().slice(0, 10);
  const path = join(folder, `${date}-flips.json`);
  const lock = `${path}.lock`;
  const mine = rows.map(({ same, ...row }): Kept => {
    return { ...row, same: same.length, sameBits: bitsOf(same), sameOthers: restOf(same).join(', ') };
  });
  // Files of tests may run in processes of their own, and all of them end here.
  while (!tryLock(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    const parts = new Set(mine.map(({ part }) => part));
    const all = [...kept(path).filter(({ part }) => !parts.has(part)), ...mine];
    const about = {
      date,
      command: 'AT1_SCALE=full mocha --no-package --timeout 0 test/flips/flips.slow.test.ts',
      machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() },
      versions: { node: process.version },
    };
    writeFileSync(path, `${JSON.stringify({ ...about, total: totalOf(all), rows: all }, undefined, 2)}\n`);
    process.stdout.write(`${[HEAD, ...mine.slice(told), totalOf(all)].map(lineOf).join('\n')}\n`);
    told = mine.length;
  } finally {
    rmSync(lock, { recursive: true });
  }
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

function kept(path: string): Kept[] {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { rows: Kept[] }).rows;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const COUNTS = ['flips', 'cuts', 'added', 'refused', 'same'] as const;
type Line = Readonly<Record<'part' | 'subject' | (typeof COUNTS)[number], string | number>>;
const HEAD: Line = {
  part: 'part',
  subject: 'of',
  flips: 'flips',
  cuts: 'cuts',
  added: 'added',
  refused: 'refused',
  same: 'same',
};

function totalOf(all: readonly Kept[]): Line {
  const sum = (count: (typeof COUNTS)[number]) => all.reduce((total, row) => total + row[count], 0);
  const [flips, cuts, added, refused, same] = COUNTS.map(sum) as [number, number, number, number, number];
  return { part: 'total', subject: `${all.length} rows`, flips, cuts, added, refused, same };
}

function lineOf(line: Line): string {
  const counts = COUNTS.map((count) => String(line[count]).padStart(9));
  return `${String(line.part).padEnd(24)}${String(line.subject).padEnd(46)}${counts.join('')}`;
}
