/** `at1 hook pre-commit`: no private key among what is staged. */
import { type StagedKeysResult, stagedKeys } from '../../src/index.js';
import { At1Command } from '../base.js';
import { exitOfFindings } from '../exit-codes.js';
import { findingLines } from '../finding-lines.js';
import { libraryEnvironment } from '../open.js';

export class HookPreCommitCommand extends At1Command {
  static override summary = 'Refuse to commit a private key; git runs it.';
  static override description =
    'Looks into the staged files of up to 1 MiB for private keys of OpenSSH, PEM and age. Says nothing where there is none.';
  static override examples = ['at1 hook pre-commit', 'at1 hook pre-commit --json'];

  async run(): Promise<StagedKeysResult> {
    await this.parse(HookPreCommitCommand);
    const { environment } = this;
    const { indexFile } = environment;
    const result = await stagedKeys({
      dir: this.registryDir,
      indexFile: indexFile === undefined ? undefined : environment.resolve(indexFile),
      environment: libraryEnvironment(environment),
    });
    this.log(findingLines(result.findings, this.paint));
    this.exitWith(exitOfFindings(result.findings));
    return result;
  }
}
