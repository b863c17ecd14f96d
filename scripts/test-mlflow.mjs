// The MLflow plugin against the real MLflow: `npm run test:mlflow`. It makes two virtual environments outside of the tree,
// with all of MLflow and with mlflow-skinny alone, and runs integrations/mlflow/tests in each. `--install` only makes them, `--python` says where the first is.
// Exit 77: pip could not install them, so nothing was tested.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SKIPPED = 77;
const PYTEST = 'pytest==9.0.2';
const ENVIRONMENTS = [
  { name: 'mlflow', packages: ['mlflow==3.17.2', 'scikit-learn==1.7.2', PYTEST], tests: ['tests'] },
  {
    name: 'mlflow-skinny',
    packages: ['mlflow-skinny==3.17.2', PYTEST],
    tests: ['tests/test_repository.py', 'tests/test_integrity.py'],
  },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const plugin = join(root, 'integrations', 'mlflow');
const cache = join(root, 'node_modules', '.cache', 'at1');
const installOnly = process.argv.includes('--install');

const ready = ENVIRONMENTS.map((environment) => ({ ...environment, python: install(environment) }));
if (ready.some(({ python }) => python === undefined)) {
  process.stdout.write('SKIPPED: pip could not install MLflow\n');
  process.exit(SKIPPED);
}
if (process.argv.includes('--python')) process.stdout.write(`${ready[0].python}\n`);
if (!installOnly) {
  let [passed, failed] = [0, 0];
  for (const { name, python, tests } of ready) {
    process.stdout.write(`\nwith ${name}\n`);
    const result = test(python, tests);
    passed += result.passed;
    failed += result.failed;
  }
  // In the words of mocha, so that .ci/run counts them.
  process.stdout.write(`\n  ${passed} passing\n`);
  if (failed > 0) process.stdout.write(`  ${failed} failing\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** The Python of the environment; kept for the next run, and made anew when what it consists of has changed. */
function install({ name, packages }) {
  const wanted = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12);
  const folder = join(cache, `${name}-${wanted}`);
  const python = join(folder, 'bin', 'python');
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    const made =
      run('python3', ['-m', 'venv', folder]) &&
      run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
    if (!made) return undefined;
    writeFileSync(done, `${packages.join('\n')}\n`);
  }
  const own = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--force-reinstall',
    plugin,
  ];
  return run(python, own) ? python : undefined;
}

function run(program, args) {
  return spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function test(python, tests) {
  const report = join(cache, `mlflow-${process.pid}.xml`);
  const args = ['-m', 'pytest', '-q', '--no-header', '-p', 'no:cacheprovider', `--junit-xml=${report}`, ...tests];
  const env = { ...process.env, AT1_BIN: join(root, 'bin', 'run.js'), MLFLOW_DISABLE_TELEMETRY: 'true' };
  // Not from the folder of the plugin: what is installed is tested, and not what lies beside the tests.
  const paths = tests.map((path) => join(plugin, path));
  args.splice(-tests.length, tests.length, ...paths);
  const { status } = spawnSync(python, args, { cwd: cache, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const counts = existsSync(report) ? readFileSync(report, 'utf8') : '';
  rmSync(report, { force: true });
  const count = (what) => Number(new RegExp(`<testsuite [^>]*\\b${what}="(\\d+)"`).exec(counts)?.[1] ?? 0);
  const bad = count('failures') + count('errors');
  const failed = bad === 0 && (status !== 0 || counts === '') ? 1 : bad;
  return { passed: count('tests') - bad - count('skipped'), failed };
}
