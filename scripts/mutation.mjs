// Mutation testing, folder by folder, each with the tests of its own folder (decision 0007); fails when a folder is below
// the threshold in stryker.config.json.
// Usage: npm run mutation -- [--save] [--force] [--quick] [--jobs N] [--only FILE] [FOLDER...]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join, relative, sep } from 'node:path';
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
  'are refused more often than is told one by one, and the history is the same wherever it is cut',
  'is told a thousand times, and then summed up; cleared away, nothing is left to complain of',
  'is the same with portable engines',
  'is folded alike wherever it is cut, and puts no version where it cannot be',
  'the result of a fold is the same wherever the walk is cut',
  'of a fixed draw are judged as the model says',
];
/** Tests that notice most: run first, they spare the others. */
const FIRST = { history: ['findings.test.ts'] };
const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    // Keeps the scores in bench/results, a row for each file, beside those of other files of the same day.
    save: { type: 'boolean', default: false },
    // Forgets what earlier runs found: without it, only mutants near changed code or tests run again.
    force: { type: 'boolean', default: false },
    // Processes that run tests at once.
    jobs: { type: 'string', default: '1' },
    // Leaves out what only matters while a module loads: each such mutant needs a process of its own.
    quick: { type: 'boolean', default: false },
    // One file of one folder (or several, with commas): while its tests are being written, or a long folder part by part.
    only: { type: 'string' },
  },
});
const unknown = positionals.filter((folder) => !FOLDERS.includes(folder));
if (unknown.length > 0) throw new Error(`no such folder: ${unknown.join(', ')}; there are ${FOLDERS.join(', ')}`);
const [only] = positionals;
const isInside = (file) => positionals.length === 1 && file.startsWith(`src/${only}/`);
if (values.save && values.only?.split(',').every(isInside) === false)
  throw new Error('--save --only takes files of the one folder that is named');
if (values.save && values.quick) throw new Error('--save keeps all mutants of what it was asked for');

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
      require: [join(root, 'test', 'file-suites.cjs')],
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
  const counts = countsOf(results);
  // Nothing to mutate is a mistake in the list above, never a success.
  if (counts.score === null) throw new Error(`no mutants in src/${folder}`);
  const untested = results.find((result) => result.status === 'Survived' && result.testsCompleted === 0);
  if (untested) throw new Error(`no test ran for mutant ${untested.id} of ${untested.fileName}`);
  const files = [...new Set(results.map(({ fileName }) => fileName))].sort();
  return {
    folder,
    ...counts,
    files: files.map((file) => ({
      file: relative(root, file).replaceAll(sep, '/'),
      ...countsOf(results.filter(({ fileName }) => fileName === file)),
    })),
    seconds: Math.round((Date.now() - began) / 1000),
  };
}

function countsOf(results) {
  const count = (status) => results.filter((result) => result.status === status).length;
  const [killed, timedOut, survived, uncovered] = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map(count);
  const valid = killed + timedOut + survived + uncovered;
  return {
    // A file of types and nothing else has no mutant that counts, and no score.
    score: valid === 0 ? null : Math.round((10000 * (killed + timedOut)) / valid) / 100,
    killed,
    timedOut,
    survived,
    uncovered,
    // Mutants that do not load, and those a comment in the source explains away.
    broken: count('RuntimeError') + count('CompileError'),
    ignored: count('Ignored'),
  };
}

/** One file a day; what ran again replaces its own rows only. */
function save() {
  const date = new Date().toISOString();
  const file = join('bench', 'results', `${date.slice(0, 10)}-mutation.json`);
  const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).rows : [];
  const said = {
    date,
    command: `npm run mutation -- ${process.argv.slice(2).join(' ')}`,
    commit: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim(),
  };
  const fresh = scores.flatMap(({ folder, files }) => files.map((counts) => ({ folder, ...counts, ...said })));
  const rows = [...earlier.filter((row) => !fresh.some(({ file }) => file === row.file)), ...fresh];
  const record = {
    machine: {
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${process.platform} ${process.arch} ${release()}`,
    },
    versions: { node: process.versions.node, stryker: version('@stryker-mutator/core'), mocha: version('mocha') },
    threshold,
    rows: rows.sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
  mkdirSync(join('bench', 'results'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  process.stdout.write(`scores kept in ${file}\n`);
}

function version(name) {
  return JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version;
}
