/** `at1 yank`: stop new uses of a version. */
import type { EventResult } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags } from './flags.js';
import { undoFlag, versionArgs, withdrawVersion } from './withdraw.js';

export class YankCommand extends At1Command {
  static override summary = 'Stop new uses of a version.';
  static override description =
    'Only who names it exactly gets it, with a warning; it can be promoted no more. --undo takes it back.';
  static override examples = [
    'at1 yank model/fraud-detector@1.1.0 --reason "wrong tokenizer"',
    'at1 yank --undo model/fraud-detector@1.1.0',
  ];
  static override args = versionArgs;
  static override flags = { undo: undoFlag, ...eventFlags };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(YankCommand);
    return withdrawVersion(this, { ref: args.ref, action: flags.undo ? 'restore' : 'yank' }, flags);
  }
}
