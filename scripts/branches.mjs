// Every branch of these folders is taken by the tests of the same folder, in every file; fails otherwise. The tests run as
// ES modules here: tsx wraps what it makes for require(), as mocha otherwise does, in branches that nobody wrote.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['container', 'signing', 'history', 'checks'];
/** Nothing but types: no branch of it could be taken. */
const TYPES = ['src/history/registry-state.ts'];
const TEMPORARY = 'coverage/branches';
const root = fileURLToPath(new URL('..', import.meta.url));

const coverage = ['--all', '--reporter', 'text', '--temp-directory', TEMPORARY];
const include = FOLDERS.flatMap((folder) => ['--include', `src/${folder}/**/*.ts`]);
const exclude = TYPES.flatMap((file) => ['--exclude', file]);
const minima = [
  '--check-coverage',
  '--per-file',
  '--branches',
  '100',
  '--lines',
  '0',
  '--statements',
  '0',
  '--functions',
  '0',
];
const mocha = [
  '--import',
  'tsx/esm',
  'node_modules/mocha/bin/mocha.js',
  '--no-package',
  '--no-config',
  '--require',
  './test/file-suites.cjs',
  '--timeout',
  '120000',
];
const tests = FOLDERS.map((folder) => `test/${folder}/**/*.test.ts`);

// What an earlier run has left behind would count.
rmSync(`${root}${TEMPORARY}`, { recursive: true, force: true });
const done = spawnSync(
  process.execPath,
  [
    'node_modules/c8/bin/c8.js',
    ...coverage,
    ...include,
    ...exclude,
    ...minima,
    process.execPath,
    ...mocha,
    '--reporter',
    'dot',
    ...tests,
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(done.status ?? 1);
