/** Where a logged model of MLflow is taken from, as the flags of `at1 import mlflow` say it. */
import type { MlflowSource } from '../../src/index.js';
import type { Environment } from '../environment.js';
import { readInput, readText, usage } from '../register-input.js';

export interface SourceFlags {
  readonly run?: string | undefined;
  readonly model?: string | undefined;
  readonly artifact?: string | undefined;
  readonly 'tracking-uri'?: string | undefined;
  readonly document?: string | undefined;
  readonly files?: string | undefined;
}

const EXAMPLE = 'at1 import mlflow --run RUN_ID --tracking-uri http://localhost:5000';

export async function mlflowSource(flags: SourceFlags, environment: Environment): Promise<MlflowSource> {
  const { run, model, artifact, document, files } = flags;
  if (document !== undefined) {
    if (files === undefined) throw usage('--document describes files that are not named', 'add --files FOLDER');
    const text = document === '-' ? await readInput(environment) : await readText(document, environment);
    return { kind: 'document', text, files: environment.resolve(files) };
  }
  if (run === undefined && model === undefined) throw usage('no run and no model is named', EXAMPLE);
  const trackingUri = flags['tracking-uri'] ?? environment.variables.MLFLOW_TRACKING_URI ?? '';
  if (trackingUri === '')
    throw usage('no tracking store is named', 'add --tracking-uri URI, or set MLFLOW_TRACKING_URI');
  const { cwd, variables, temporaryDir, signal } = environment;
  const python = { path: environment.python, cwd, variables };
  return { kind: 'tracking', query: { run, model, artifact, trackingUri }, python, temporaryDir, signal };
}
