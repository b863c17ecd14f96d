/** Artifacts through MLflow: its local repository and ours, by `mlflow-repositories.py` in the environment that `npm run test:mlflow` makes. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Rows as JSON lines; throws where pip cannot install MLflow. */
export function mlflowCases(work: string, quick: boolean): string[] {
  const made = spawnSync(process.execPath, [join(root, 'scripts', 'test-mlflow.mjs'), '--install', '--python'], {
    encoding: 'utf8',
  });
  const python = made.stdout.trim().split('\n').at(-1) ?? '';
  if (made.status !== 0) throw new Error('pip could not install MLflow, so there is nothing to compare with');
  const args = [
    join(root, 'bench', 'mlflow-repositories.py'),
    join(work, 'mlflow'),
    quick ? '16' : '256',
    quick ? '1' : '5',
  ];
  const env = { ...process.env, AT1_BIN: join(root, 'bin', 'run.js') };
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n');
}
