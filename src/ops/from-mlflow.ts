/** A logged model of MLflow as something to register: asked for by a Python of the user's, or from a document made before. */
import { join } from 'node:path';
import { At1Error, type ErrorCode } from '../errors.js';
import type { LineageRequest } from '../manifest/lineage.js';
import {
  type MlflowAnswer,
  type MlflowDocument,
  type MlflowProblem,
  PROTOCOL,
  parseAnswer,
} from '../mlflow/document.js';
import { type VersionOfModel, versionOfModel } from '../mlflow/version-of-model.js';
import { withoutPasswords } from '../mlflow/without-passwords.js';
import { withPrivateFolder } from '../store/private-folder.js';
import type { RegisterRequest } from './prepare-version.js';
import { type ExportQuery, type Python, runExporter } from './run-exporter.js';

export type MlflowSource =
  | {
      readonly kind: 'tracking';
      readonly query: ExportQuery;
      readonly python: Python;
      /** Where a private folder for the files is made. */
      readonly temporaryDir: string;
      readonly signal?: AbortSignal | undefined;
    }
  /** What at1_mlflow.export printed, and the files it fetched: a folder, or the one file. */
  | { readonly kind: 'document'; readonly text: string; readonly files: string };

/** What was taken over, and what not. */
export interface MlflowImport extends Pick<VersionOfModel, 'cardOnly' | 'leftOut'> {
  readonly run: { readonly id: string; readonly experiment: string | null; readonly server: string | null } | null;
  /** `NAME/VERSION` in the model registry of MLflow. */
  readonly modelVersion: string | null;
  readonly modelId: string | null;
}

export interface SaidOfModel {
  readonly ref?: string | undefined;
  readonly description?: string | undefined;
  readonly lineage: readonly LineageRequest[];
}

type ModelRequest = Pick<RegisterRequest, 'ref' | 'paths' | 'description' | 'card' | 'metrics' | 'lineage'>;

/**
 * Calls `use` with the request while the files are there. Errors by code: `capability/missing`, `usage/*`,
 * `artifact/not-found`, `remote/failed`, `io/*`, `document/*`, and what `use` throws.
 */
export async function fromMlflow<T>(
  source: MlflowSource,
  said: SaidOfModel,
  use: (request: ModelRequest, taken: MlflowImport) => Promise<T>,
): Promise<T> {
  if (source.kind === 'document') {
    const document = documentIn(parseAnswer(source.text), 'python3');
    return use(...takenOver(document, said, source.files));
  }
  const { python, query, temporaryDir, signal } = source;
  return withPrivateFolder(temporaryDir, signal, async (folder) => {
    const document = documentIn(await runExporter(python, query, folder), python.path);
    return use(...takenOver(document, said, join(folder, 'model', document.model.file ?? '')));
  });
}

function takenOver(document: MlflowDocument, said: SaidOfModel, files: string): [ModelRequest, MlflowImport] {
  const { run, server, registered, model } = document;
  const { name, description, card, metrics, lineage, cardOnly, leftOut } = versionOfModel(document, said.lineage);
  return [
    {
      ref: chosenRef(said.ref, name),
      paths: [files],
      description: said.description ?? description,
      card,
      metrics,
      lineage,
    },
    {
      run: run === null ? null : { id: run.id, experiment: run.experiment, server },
      modelVersion: registered === null ? null : `${registered.name}/${registered.version}`,
      modelId: model.id,
      cardOnly,
      leftOut,
    },
  ];
}

/** A name without a kind is that of a model: nothing has to be guessed from the files. */
function chosenRef(ref: string | undefined, name: string | undefined): string {
  if (ref === undefined) {
    if (name !== undefined) return `model/${name}`;
    throw new At1Error('usage/reference', {
      message: 'no name can be made of what MLflow calls this model',
      hint: 'say which artifact this is: at1 import mlflow model/NAME …',
    });
  }
  const plain = ref.replace(/^pacha:\/\//, '');
  return /^(model|data|recipe)\//.test(plain) ? plain : `model/${plain}`;
}

/** Of what the exporter tells as a problem: our code, and what to do about it. */
const PROBLEMS: Readonly<Record<string, ErrorCode>> = {
  request: 'usage/invalid',
  several: 'usage/invalid',
  'not-found': 'artifact/not-found',
  unsafe: 'io/unsafe-path',
  failed: 'remote/failed',
};

function documentIn(answer: MlflowAnswer, python: string): MlflowDocument {
  if ('document' in answer) return answer.document;
  throw lacking(answer.problem, python) ?? refusal(answer.problem);
}

function lacking({ kind, message }: MlflowProblem, python: string): At1Error | undefined {
  const missing = (what: string, hint: string) => new At1Error('capability/missing', { message: what, hint });
  const plugin = `${python} -m pip install ./integrations/mlflow`;
  switch (kind) {
    case 'no-mlflow':
      return missing(`${python} has no MLflow`, `run: ${python} -m pip install mlflow`);
    case 'no-plugin':
      return missing(`${python} has no at1-mlflow`, `in the folder of at1, run: ${plugin}`);
    case 'old-plugin':
      return missing(
        `at1-mlflow of ${python} is too old to import from`,
        `in the folder of at1, run: ${plugin} --upgrade`,
      );
    case 'protocol':
      return missing(`${message}, and this at1 ${PROTOCOL}`, `in the folder of at1, run: ${plugin} --upgrade`);
    default:
      return undefined;
  }
}

function refusal({ kind, ...said }: MlflowProblem): At1Error {
  const message = withoutPasswords(said.message);
  const choices = said.choices.map(withoutPasswords);
  const code = (Object.hasOwn(PROBLEMS, kind) ? PROBLEMS[kind] : undefined) ?? 'remote/failed';
  const hint = choices.length > 0 ? `name one with --artifact: ${choices.slice(0, 20).join(', ')}` : HINTS[code];
  return new At1Error(code, {
    message: message === '' ? 'MLflow failed' : `MLflow: ${message}`,
    hint,
    facts: { choices },
  });
}

const HINTS: Partial<Record<ErrorCode, string>> = {
  'artifact/not-found': 'check the name, and --tracking-uri',
  'remote/failed': 'check --tracking-uri, and what lets you in (MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD)',
  'io/unsafe-path': 'do not use what this tracking server answers before you know why',
};
