// Mutation testing, folder by folder, each with the tests of its own folder (decision 0007); fails when a folder is below
// the threshold in stryker.config.json.
// Usage: npm run mutation -- [--save] [--force] [--quick] [--jobs N] [--only FILE] [FOLDER...]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

const FOLDERS = ['container', 'manifest', 'signing', 'registry', 'history', 'checks'];
/**
 * Tests of a second or so, which every mutant they reach would pay for. Without them a score can only be lower: what they
 * alone would notice counts as survived.
 */
const SLOW = [
  'never gives other bytes for a container with one bit flipped',
  'reads what the xz program writes, with every check',
  'reads several blocks, sizes in block headers, and other filters',
  'lists a hundred thousand frames and counts the others',
  'generated files are what the schemas say',
  'reads back every manifest it writes, and writes it again alike',
  'branch names are those git accepts',
  'answers any change of bytes with a refusal or with the same canonical text',
  'survives every flip of a byte in the example',
  'reads a million comment lines and a hundred thousand tables in seconds',
  'is never good after any single bit of the armor has flipped',
  'gives the same state wherever it is cut, and from the catalog of any cut',
  'never lets a version of a stranger take effect, and never throws',
  'for a reason nobody foresaw ends the fold with that reason, wherever it is',
  'because an object is missing or damaged brings nothing into effect untold',
  'are judged as the model judges them',
  'are refused as a whole within moments; what was there stays good, and what comes after counts',
  'is told a thousand times, and then summed up; cleared away, nothing is left to complain of',
  'is the same with portable engines',
];
/** Tests that notice most: run first, they spare the others. */
const FIRST = { history: ['findings.test.ts'] };
const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    // Keeps the scores in bench/results, beside those of other folders of the same day.
    save: { type: 'boolean', default: false },
    // Forgets what earlier runs found: without it, only mutants near changed code or tests run again.
    force: { type: 'boolean', default: false },
    // Processes that run tests at once.
    jobs: { type: 'string', default: '1' },
    // Leaves out what only matters while a module loads: each such mutant needs a process of its own.
    quick: { type: 'boolean', default: false },
    // One file of one folder (or several, with commas), while its tests are being written.
    only: { type: 'string' },
  },
});
const unknown = positionals.filter((folder) => !FOLDERS.includes(folder));
if (unknown.length > 0) throw new Error(`no such folder: ${unknown.join(', ')}; there are ${FOLDERS.join(', ')}`);
if (values.save && (values.only || values.quick)) throw new Error('--save keeps whole folders with all their mutants');

const threshold = JSON.parse(readFileSync('stryker.config.json', 'utf8')).thresholds.break;
const scores = [];
for (const folder of positionals.length > 0 ? positionals : FOLDERS) scores.push(await mutate(folder));

process.stdout.write('\n');
for (const { folder, score, killed, timedOut, survived, uncovered, seconds } of scores) {
  const counts = `${killed} killed, ${timedOut} timed out, ${survived} survived, ${uncovered} not covered`;
  const verdict = score >= threshold ? 'ok' : `BELOW ${threshold} %`;
  process.stdout.write(`${folder}: ${score.toFixed(2)} % (${counts}), ${seconds} s: ${verdict}\n`);
}
if (values.save) save();
process.exit(scores.every(({ score }) => score >= threshold) ? 0 : 1);

async function mutate(folder) {
  const began = Date.now();
  process.stdout.write(`\n== ${folder}\n`);
  const results = await new Stryker({
    mutate: [...(values.only?.split(',') ?? [`src/${folder}/**/*.ts`]), '!src/manifest/generated/**'],
    // Not `testFiles`: Stryker forgets them in the fresh process of a static mutant, runs no test and calls it survived.
    mochaOptions: {
      'no-package': true,
      'no-config': true,
      spec: [...(FIRST[folder] ?? []), '**/*.test.ts'].map((name) => `test/${folder}/${name}`),
      grep: `^(?!.*(${SLOW.join('|')}))`,
    },
    incrementalFile: `reports/mutation/${folder}.incremental.json`,
    jsonReporter: { fileName: `reports/mutation/${folder}.json` },
    force: values.force,
    ignoreStatic: values.quick,
    concurrency: Number(values.jobs),
  }).runMutationTest();
  const count = (status) => results.filter((result) => result.status === status).length;
  const [killed, timedOut, survived, uncovered] = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map(count);
  const valid = killed + timedOut + survived + uncovered;
  // Nothing to mutate is a mistake in the list above, never a success.
  if (valid === 0) throw new Error(`no mutants in src/${folder}`);
  const untested = results.find((result) => result.status === 'Survived' && result.testsCompleted === 0);
  if (untested) throw new Error(`no test ran for mutant ${untested.id} of ${untested.fileName}`);
  return {
    folder,
    score: Math.round((10000 * (killed + timedOut)) / valid) / 100,
    killed,
    timedOut,
    survived,
    uncovered,
    // Mutants that do not load, and those a comment in the source explains away.
    broken: count('RuntimeError') + count('CompileError'),
    ignored: count('Ignored'),
    seconds: Math.round((Date.now() - began) / 1000),
  };
}

/** One file a day; a folder that ran again replaces its own row only. */
function save() {
  const date = new Date().toISOString();
  const file = join('bench', 'results', `${date.slice(0, 10)}-mutation.json`);
  const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).rows : [];
  const said = {
    date,
    command: `npm run mutation -- ${process.argv.slice(2).join(' ')}`,
    commit: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim(),
  };
  // What an earlier run has found takes no time now: only --force tells how long a folder takes.
  const fresh = scores.map(({ seconds, ...score }) => ({ ...score, ...said, ...(values.force ? { seconds } : {}) }));
  const rows = [...earlier.filter((row) => !scores.some(({ folder }) => folder === row.folder)), ...fresh];
  const record = {
    machine: {
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${process.platform} ${process.arch} ${release()}`,
    },
    versions: { node: process.versions.node, stryker: version('@stryker-mutator/core'), mocha: version('mocha') },
    threshold,
    rows: rows.sort((a, b) => FOLDERS.indexOf(a.folder) - FOLDERS.indexOf(b.folder)),
  };
  mkdirSync(join('bench', 'results'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  process.stdout.write(`scores kept in ${file}\n`);
}

function version(name) {
  return JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version;
}
