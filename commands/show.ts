/** `at1 show`: everything about one version. */
import * as Flags from '@oclif/core/flags';
import type { ShowResult } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag } from './flags.js';
import { showVersion } from './show-version.js';
import { versionArg } from './version-arg.js';

export class ShowCommand extends At1Command {
  static override summary = 'Show everything about one version.';
  static override description =
    'Description, metrics, card, files with their digests, who signed it and when it landed: the time the commit says, made later than that of the version before it. A version that is wrong is shown all the same, with what is wrong.';
  static override examples = [
    'at1 show model/fraud-detector@1.2.0',
    'at1 show fraud-detector',
    'at1 show data/t@^1.2',
    'at1 show fraud-detector --mlflow',
  ];
  static override args = {
    ref: versionArg,
  };
  static override flags = {
    at: atFlag,
    mlflow: Flags.boolean({
      summary: 'Say which version it would be to MLflow, models:/name/3: the order in which they took effect.',
    }),
  };

  async run(): Promise<ShowResult> {
    const { args, flags } = await this.parse(ShowCommand);
    return showVersion(this, { ref: args.ref, at: flags.at, mlflow: flags.mlflow });
  }
}
