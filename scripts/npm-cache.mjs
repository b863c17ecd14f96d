// Packages for tests and benchmarks that are no dependencies: fetched by npm into a cache folder, none of their scripts run.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * @param {string} target folder that gets the node_modules; where it is there already nothing is fetched
 * @param {readonly string[]} packages each as name@version
 * @returns {Promise<string>} the same folder; throws where npm cannot
 */
export async function installNpm(target, packages) {
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  return settled(target, async (work) => {
    npm(['install', ...flags, '--fetch-retries=1', '--prefix', work, ...packages], work);
    return work;
  });
}

/** `make` gets a folder beside the target and says what becomes the target: an interrupted run leaves no half of it. */
export async function settled(target, make) {
  if (await stat(target).catch(() => undefined)) return target;
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(`${target}.new-`);
  try {
    await rename(await make(work), target).catch(async (error) => {
      // Another process was quicker, and has the same.
      if (!(await stat(target).catch(() => undefined))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}

/** The npm that runs this script, where one does. */
export function npm(args, cwd) {
  const path = process.env.npm_execpath;
  if (path) run(process.execPath, [path, ...args], cwd);
  else run('npm', args, cwd);
}

export function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.error) throw new Error(`cannot run ${command}: ${done.error.message}`);
  if (done.status !== 0) {
    // Without addresses: which server it was is a setting of this machine, and the reason is kept with results.
    const said = done.stderr
      .trim()
      .replaceAll(/https?:\S+/g, '...')
      .split('\n')
      .slice(0, 3)
      .join(' / ');
    throw new Error(`${command} ${args.slice(0, 2).join(' ')} ended with ${done.status}: ${said}`);
  }
}
