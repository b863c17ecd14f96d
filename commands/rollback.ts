/** `at1 rollback`: gives a stage back to a version that had it. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type EventResult, rollback } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags } from './flags.js';
import { openRegistry } from './open.js';
import { eventOptions, printEvents } from './print-events.js';

export class RollbackCommand extends At1Command {
  static override summary = 'Give a stage back to the version that had it before.';
  static override description =
    'Going back to what was in a stage already is an action of its own in the policy (rollback:STAGE), so one person on ' +
    'call may be enough where promoting takes several.';
  static override examples = [
    'at1 rollback model/fraud-detector production --reason "latency doubled"',
    'at1 rollback model/fraud-detector production --to 1.1.0',
  ];
  static override args = {
    artifact: Args.string({ description: 'The artifact: kind/name.', required: true }),
    stage: Args.string({ description: 'The stage, such as production.', required: true }),
  };
  static override flags = {
    to: Flags.string({ summary: 'The version to go back to; default the one before.', helpValue: 'VERSION' }),
    ...eventFlags,
  };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(RollbackCommand);
    const registry = await openRegistry(this, { key: flags.key });
    return printEvents(this, await rollback(registry, { ...args, to: flags.to }, eventOptions(flags)));
  }
}
