// CPU time (user and system) of the bundled program above an empty node process; fails above the budget.
// The minimum of many rounds is taken: other work on the machine can only add to a round, never take away.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = 15;
const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'bin', 'run.js');
const probe = join(root, 'scripts', 'cpu-at-exit.cjs');
const cases = [
  { name: 'at1 --version', argv: ['--version'], limit: 120, goal: 60 },
  // The whole way through the parser; held to the same limit so that the short cut above hides nothing.
  { name: 'at1 help help --json', argv: ['help', 'help', '--json'], limit: 120, goal: 60 },
];

if (!existsSync(program)) throw new Error('no bundle: run `npm run build` first');

const least = new Map([['empty', Infinity], ...cases.map(({ name }) => [name, Infinity])]);
// Interleaved, so that a slow minute of the machine meets all of them alike.
for (let round = 0; round < ROUNDS; round++) {
  least.set('empty', Math.min(least.get('empty'), cpuOf(['-e', ''])));
  for (const { name, argv } of cases) least.set(name, Math.min(least.get(name), cpuOf([program, ...argv])));
}

let failed = 0;
for (const { name, limit, goal } of cases) {
  const above = least.get(name) - least.get('empty');
  const verdict = above > limit ? 'OVER BUDGET' : above > goal ? 'within budget, above goal' : 'ok';
  if (above > limit) failed++;
  process.stdout.write(
    `${name}: ${above.toFixed(0)} ms CPU above empty node (goal ${goal}, limit ${limit}): ${verdict}\n`,
  );
}
process.exit(failed === 0 ? 0 : 1);

/** Milliseconds; the process itself tells them as it ends. */
function cpuOf(argv) {
  const done = spawnSync(process.execPath, ['--require', probe, ...argv], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  if (done.status !== 0) throw new Error(`${argv.join(' ')} ended with ${done.status}`);
  return Number(done.output[3].toString()) / 1000;
}
