/** One target: inputs are made from those that reached something new, run, judged, and kept if they reach more. */

import { setImmediate } from 'node:timers/promises';
import { coverageOf } from './coverage.js';
import { minimise } from './minimise.js';
import { mutate } from './mutate.js';
import { checkProcess, type Outcome, runCase } from './oracles.js';
import { type Random, randomFrom } from './random.js';
import type { DifferentialTarget, ParserTarget, Target } from './target.js';

export interface Budget {
  readonly cases: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface Finding {
  readonly problem: string;
  readonly input: Uint8Array;
}

export interface TargetResult {
  readonly cases: number;
  readonly accepted: number;
  readonly seconds: number;
  readonly branches: { readonly reached: number; readonly total: number } | undefined;
  readonly findings: readonly Finding[];
  /** Inputs that reached something new, the given ones included. */
  readonly corpus: readonly Uint8Array[];
}

export interface Watch {
  begin(input: Uint8Array): void;
  end(): void;
}

/** More of them say nothing new. */
const MOST_FINDINGS = 5;
const LONGEST = 2048;
const CHECK_EVERY = 256;

export async function fuzz(
  target: Target,
  kept: readonly Uint8Array[],
  budget: Budget,
  watch: Watch,
): Promise<TargetResult> {
  const given = [...(await target.seeds()), ...kept];
  if (given.length === 0) throw new RangeError(`${target.name} has nothing to begin with`);
  try {
    return target.kind === 'parser'
      ? await fuzzParser(target, given, budget, watch)
      : await fuzzDifferential(target, given, budget, watch);
  } finally {
    target.close?.();
  }
}

async function fuzzParser(
  target: ParserTarget,
  given: readonly Uint8Array[],
  budget: Budget,
  watch: Watch,
): Promise<TargetResult> {
  const random = randomFrom(budget.seed);
  const coverage = coverageOf(filesOf(target), { loops: true });
  const corpus: Uint8Array[] = [];
  const findings = new Map<string, Finding>();
  const began = performance.now();
  const wanted = Math.ceil(budget.cases / (target.oneIn ?? 1));
  let accepted = 0;
  let cases = 0;

  const attempt = async (input: Uint8Array): Promise<Outcome> => {
    watch.begin(input);
    const outcome = await runCase(target, input);
    watch.end();
    return outcome;
  };
  const isOver = (): boolean =>
    cases >= wanted || findings.size >= MOST_FINDINGS || performance.now() - began > budget.seconds * 1000;

  coverage.skip();
  for (let next = 0; next < given.length || !isOver(); next++) {
    const input = given[next] ?? (await make(target, corpus, random, watch));
    const outcome = await attempt(input);
    cases++;
    if (outcome.accepted) accepted++;
    // What zlib holds of a stream that failed goes only when the event loop turns, and cases alone never let it.
    if (cases % CHECK_EVERY === 0) await setImmediate();
    const problem = outcome.problem ?? (cases % CHECK_EVERY === 0 ? checkProcess() : undefined);
    if (problem !== undefined && !findings.has(problem)) {
      const smallest = await minimise(input, async (candidate) => (await attempt(candidate)).problem === problem);
      findings.set(problem, { problem, input: smallest });
      coverage.skip();
    } else if (coverage.isNew() || corpus.length === 0) corpus.push(input);
  }
  return {
    cases,
    accepted,
    seconds: (performance.now() - began) / 1000,
    branches: { reached: coverage.reached, total: coverage.total },
    findings: [...findings.values()],
    corpus,
  };
}

async function fuzzDifferential(
  target: DifferentialTarget,
  given: readonly Uint8Array[],
  budget: Budget,
  watch: Watch,
): Promise<TargetResult> {
  const random = randomFrom(budget.seed);
  const findings = new Map<string, Finding>();
  const began = performance.now();
  const wanted = Math.ceil(budget.cases / target.oneIn);
  let cases = 0;
  for (let next = 0; cases < wanted && findings.size < MOST_FINDINGS; ) {
    if (performance.now() - began > budget.seconds * 1000) break;
    const inputs: Uint8Array[] = [];
    while (inputs.length < target.batch && cases + inputs.length < Math.max(wanted, given.length)) {
      inputs.push(given[next++] ?? (await make(target, given, random, watch)));
    }
    const problems = await target.compare(inputs);
    if (problems.length !== inputs.length) throw new RangeError(`${target.name} did not answer for every input`);
    cases += inputs.length;
    for (const [i, problem] of problems.entries()) {
      if (problem === undefined || findings.has(problem)) continue;
      const shows = async (candidate: Uint8Array): Promise<boolean> =>
        (await target.compare([candidate]))[0] === problem;
      findings.set(problem, { problem, input: await minimise(inputs[i] as Uint8Array, shows, 200) });
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return { cases, accepted: 0, seconds, branches: undefined, findings: [...findings.values()], corpus: [] };
}

async function make(target: Target, pool: readonly Uint8Array[], random: Random, watch: Watch): Promise<Uint8Array> {
  // What came last leads further more often than what came first.
  const from = random.chance(2) ? random.below(pool.length) : Math.max(0, pool.length - 1 - random.below(16));
  const tokens = (target.tokens ?? []).map((token) => (typeof token === 'string' ? encode(token) : token));
  const material = { pool, tokens, maxLength: target.maxLength ?? LONGEST };
  const mutated = mutate(pool[from] as Uint8Array, material, random);
  if (target.mend === undefined || random.chance(3)) return mutated;
  // Mending decodes too, and may be what never ends.
  watch.begin(mutated);
  const mended = await target.mend(mutated, random);
  watch.end();
  return mended;
}

const known = new Map<string, Uint8Array>();

function encode(token: string): Uint8Array {
  let bytes = known.get(token);
  if (bytes === undefined) {
    bytes = new TextEncoder().encode(token);
    known.set(token, bytes);
  }
  return bytes;
}

function filesOf(target: Target): string[] {
  return target.files.map((file) => `src/${file}.ts`);
}

/** A small part of a corpus that takes the same branches: shortest inputs first, each kept only if it adds one. */
export async function distil(target: ParserTarget, inputs: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const coverage = coverageOf(filesOf(target), { loops: false });
  const out: Uint8Array[] = [];
  coverage.skip();
  for (const input of [...inputs].sort((a, b) => a.length - b.length)) {
    await runCase(target, input);
    if (coverage.isNew()) out.push(input);
  }
  return out;
}
