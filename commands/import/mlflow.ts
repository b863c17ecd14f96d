/** `at1 import mlflow`: a logged model of MLflow becomes a version, with what MLflow knows of it. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { fromMlflow, type MlflowImport, parseLineage, parseReference, type RegisterResult } from '../../src/index.js';
import { At1Command } from '../base.js';
import { registerFlags } from '../flags.js';
import { openRegistry } from '../open.js';
import { plural } from '../print.js';
import { registerVersions } from '../register-versions.js';
import { type Planned, showPlanned } from './planned.js';
import { mlflowSource } from './source.js';

interface ImportResult extends MlflowImport {
  readonly registered: RegisterResult | null;
  readonly planned: Planned | null;
}

export class ImportMlflowCommand extends At1Command {
  static override summary = 'Register a logged model of MLflow, with what MLflow knows of it.';
  static override description =
    'The card gets params, metrics, tags, signature, requirements and input example; the run and its datasets become lineage. MLflow itself reads them, in the Python of AT1_PYTHON or python3 on PATH, which needs mlflow and at1-mlflow; nothing is installed. Without REF the name is that of the registered model, else of the run. Lineage of data that you give takes the place of what the run says in the same relation.';
  static override examples = [
    'at1 import mlflow --run RUN_ID --tracking-uri http://localhost:5000',
    'at1 import mlflow model/fraud-detector --model fraud/3 --bump minor',
    { description: 'one of several', command: 'at1 import mlflow --run RUN_ID --artifact model' },
    'at1 import mlflow --model fraud@champion --lineage trained-on=data/transactions@1.2.0',
  ];
  static override args = {
    ref: Args.string({ description: 'kind/name@1.0.0, or kind/name for the next version.' }),
  };
  static override flags = {
    run: Flags.string({ summary: 'Run that logged the model.', helpValue: 'RUN_ID', exclusive: ['model', 'document'] }),
    model: Flags.string({
      summary: 'Version in the model registry of MLflow, or the id of a logged model.',
      helpValue: 'NAME/VERSION|NAME@ALIAS|m-ID',
      exclusive: ['document'],
    }),
    artifact: Flags.string({
      summary: 'Which model of the run: its path, name or id; the path of any other artifact too.',
      helpValue: 'PATH',
      dependsOn: ['run'],
    }),
    'tracking-uri': Flags.string({
      summary: 'Where MLflow keeps its runs (or MLFLOW_TRACKING_URI). Passwords belong in MLFLOW_TRACKING_PASSWORD.',
      helpValue: 'URI',
      exclusive: ['document'],
    }),
    document: Flags.string({
      summary: 'What at1_mlflow.export printed, instead of a run or model; - is standard input.',
      helpValue: 'FILE|-',
      dependsOn: ['files'],
    }),
    files: Flags.string({ summary: 'The files it fetched.', helpValue: 'PATH', dependsOn: ['document'] }),
    'dry-run': Flags.boolean({ summary: 'Fetch it and show card, numbers and lineage; register nothing.' }),
    ...registerFlags,
  };

  async run(): Promise<ImportResult> {
    const { args, flags } = await this.parse(ImportMlflowCommand);
    const { message, key, description, purpose, license, bump, level, threads, from } = flags;
    const source = await mlflowSource(flags, this.environment);
    const lineage = (flags.lineage ?? []).map(parseLineage);
    // Before anything is fetched, which may take long.
    await openRegistry(this, { key });
    if (args.ref !== undefined) parseReference(args.ref);
    const options = { message, key, threads, commit: !flags['no-commit'], forceSize: flags['force-size'] };
    return fromMlflow(source, { ref: args.ref, description, lineage }, async (request, taken) => {
      if (flags['dry-run']) return { ...taken, registered: null, planned: showPlanned(this, request) };
      const [registered] = await registerVersions(this, [{ ...request, purpose, license, bump, level, from }], options);
      if (registered === undefined) throw new RangeError('one request gives one result');
      if (taken.cardOnly.length > 0) this.note(`in the card only: ${plural(taken.cardOnly.length, 'metric')}`);
      if (taken.leftOut.length > 0)
        this.note(`not in the card, which names them: ${taken.leftOut.slice(0, 5).join(', ')}`);
      return { ...taken, registered, planned: null };
    });
  }
}
