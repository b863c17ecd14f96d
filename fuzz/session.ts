/** Runs targets one after the other and prints a line of JSON for each: the program that `bundle.ts` makes. */
import { writeSync } from 'node:fs';
import { keptInputs } from './kept.js';
import { type Budget, distil, fuzz } from './loop.js';
import type { SessionLine, SessionRequest } from './run-session.js';
import { TARGETS } from './targets/index.js';
import { startWatchdog } from './watchdog.js';

const request = JSON.parse(process.argv[2] ?? '') as SessionRequest;
const watchdog = startWatchdog();
// Most cases end in an error, and what an error costs is its stack: two lines say where a finding is.
Error.stackTraceLimit = 2;

for (const [number, target] of TARGETS.entries()) {
  if (!request.targets.includes(target.name)) continue;
  const budget: Budget = { cases: request.cases, seconds: request.seconds ?? 1e9, seed: request.seed };
  const kept = keptInputs(target.name).map(({ input }) => input);
  const watch = { begin: (input: Uint8Array) => watchdog.begin(number, input), end: watchdog.end };
  const result = await fuzz(target, kept, budget, watch);
  const corpus = request.keep && target.kind === 'parser' ? await distil(target, result.corpus) : [];
  print({
    kind: 'result',
    target: target.name,
    ...result,
    corpus: corpus.map(base64),
    findings: result.findings.map(({ problem, input }) => ({ problem, input: base64(input) })),
  });
}
await watchdog.stop();

function print(line: SessionLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
