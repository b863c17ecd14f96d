/** `at1 deprecate`: advise against a version. */
import type { EventResult } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags } from './flags.js';
import { undoFlag, versionArgs, withdrawVersion } from './withdraw.js';

export class DeprecateCommand extends At1Command {
  static override summary = 'Advise against a version.';
  static override description = 'It is still chosen and given out, with a warning; the reason is shown.';
  static override examples = [
    'at1 deprecate model/fraud-detector@1.0.0 --reason "use 1.2.0"',
    'at1 deprecate --undo model/fraud-detector@1.0.0',
  ];
  static override args = versionArgs;
  static override flags = { undo: undoFlag, ...eventFlags };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(DeprecateCommand);
    return withdrawVersion(this, { ref: args.ref, action: flags.undo ? 'restore' : 'deprecate' }, flags);
  }
}
