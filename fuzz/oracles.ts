/** What holds for every case of every target: how it may end, how long it may take, and what it must leave alone. */
import { EXIT_CODES } from '../commands/exit-codes.js';
import type { ParserTarget } from './target.js';

const SLOW_MS = 2000;
const RSS_LIMIT = 512 * 1024 * 1024;
const CODES: ReadonlySet<string> = new Set(Object.keys(EXIT_CODES));
const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Uint8Array.prototype];
const NAMES = PROTOTYPES.map(namesOf);

/** A problem or nothing; whether the input was accepted says `accepted`. */
export interface Outcome {
  readonly accepted: boolean;
  readonly problem: string | undefined;
}

const REFUSED: Outcome = { accepted: false, problem: undefined };
const ACCEPTED: Outcome = { accepted: true, problem: undefined };

export async function runCase(target: ParserTarget, input: Uint8Array, most = SLOW_MS): Promise<Outcome> {
  const began = performance.now();
  let outcome = ACCEPTED;
  try {
    const pending = target.run(input);
    if (pending !== undefined) await pending;
  } catch (error) {
    outcome = judge(error);
  }
  if (outcome.problem === undefined && performance.now() - began > most) return slow(target, input, outcome, most);
  for (const key in {}) return { accepted: false, problem: `Object.prototype has got a property '${key}'` };
  return outcome;
}

function judge(error: unknown): Outcome {
  if (!(error instanceof Error))
    return { accepted: false, problem: `something thrown that is no error: ${String(error)}` };
  if (error.name !== 'At1Error')
    return { accepted: false, problem: `${error.name}: ${error.message} ${placeOf(error)}` };
  const code = String((error as { code?: unknown }).code);
  if (!CODES.has(code)) return { accepted: false, problem: `an At1Error with the undocumented code ${code}` };
  if (code === 'internal/unexpected') return { accepted: false, problem: `internal/unexpected: ${error.message}` };
  return REFUSED;
}

/** The first lines of the stack that are ours. */
function placeOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at '));
  return lines
    .slice(0, 2)
    .map((line) => line.trim().replace(/\(?file:.*\//, '('))
    .join(' ');
}

/** The machine may have been busy: only processor time counts, and only the second time. */
async function slow(target: ParserTarget, input: Uint8Array, outcome: Outcome, most: number): Promise<Outcome> {
  const before = process.cpuUsage();
  try {
    await target.run(input);
  } catch {
    // How it ends is judged already.
  }
  const { user, system } = process.cpuUsage(before);
  const milliseconds = Math.round((user + system) / 1000);
  return milliseconds > most ? { accepted: false, problem: `slow: more than ${most} ms of processor time` } : outcome;
}

/** Costs more than a case, so it is asked now and then. */
export function checkProcess(): string | undefined {
  const rss = process.memoryUsage.rss();
  if (rss > RSS_LIMIT) return `memory: more than ${RSS_LIMIT / 1024 / 1024} MiB`;
  const changed = PROTOTYPES.findIndex((prototype, i) => namesOf(prototype) !== NAMES[i]);
  return changed < 0 ? undefined : `a prototype of the language was changed: ${namesOf(PROTOTYPES[changed] as object)}`;
}

function namesOf(prototype: object): string {
  return Reflect.ownKeys(prototype).map(String).join(' ');
}
