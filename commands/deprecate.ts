/** `at1 deprecate`: advise against a version. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type EventResult, withdraw } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags } from './flags.js';
import { openRegistry } from './open.js';
import { eventOptions, printEvents } from './print-events.js';

export class DeprecateCommand extends At1Command {
  static override summary = 'Advise against a version.';
  static override description = 'It is still chosen and given out, with a warning; the reason is shown.';
  static override examples = [
    'at1 deprecate model/fraud-detector@1.0.0 --reason "use 1.2.0"',
    'at1 deprecate --undo model/fraud-detector@1.0.0',
  ];
  static override args = {
    ref: Args.string({ description: 'The version: kind/name@1.2.0.', required: true }),
  };
  static override flags = {
    undo: Flags.boolean({ summary: 'Take it back: the version is in use again.' }),
    ...eventFlags,
  };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(DeprecateCommand);
    const registry = await openRegistry(this, { key: flags.key });
    const action = flags.undo ? 'restore' : 'deprecate';
    return printEvents(this, await withdraw(registry, { ref: args.ref, action }, eventOptions(flags)));
  }
}
