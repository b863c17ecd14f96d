/** `at1 yank`: stop new uses of a version. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type EventResult, withdraw } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags } from './flags.js';
import { openRegistry } from './open.js';
import { eventOptions, printEvents } from './print-events.js';

export class YankCommand extends At1Command {
  static override summary = 'Stop new uses of a version.';
  static override description =
    'Only who names it exactly gets it, with a warning; it can be promoted no more. --undo takes it back.';
  static override examples = [
    'at1 yank model/fraud-detector@1.1.0 --reason "wrong tokenizer"',
    'at1 yank --undo model/fraud-detector@1.1.0',
  ];
  static override args = {
    ref: Args.string({ description: 'The version: kind/name@1.2.0.', required: true }),
  };
  static override flags = {
    undo: Flags.boolean({ summary: 'Take it back: the version is in use again.' }),
    ...eventFlags,
  };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(YankCommand);
    const registry = await openRegistry(this, { key: flags.key });
    const action = flags.undo ? 'restore' : 'yank';
    return printEvents(this, await withdraw(registry, { ref: args.ref, action }, eventOptions(flags)));
  }
}
