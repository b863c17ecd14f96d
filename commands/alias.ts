/** `at1 alias`: a name of your own for one version. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { alias, type EventResult } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags, expiresFlag } from './flags.js';
import { openRegistry } from './open.js';
import { eventOptions, printEvents } from './print-events.js';

export class AliasCommand extends At1Command {
  static override summary = 'Give a version an alias, or take it away.';
  static override description =
    'An alias such as champion points at one version at a time; name:champion finds it. Like a stage it is a signed event, ' +
    'but it has no order of steps and displaces nothing.';
  static override examples = [
    'at1 alias model/fraud-detector@1.2.0 champion',
    'at1 alias --remove model/fraud-detector champion',
  ];
  static override args = {
    ref: Args.string({ description: 'The version; with --remove the artifact.', required: true }),
    alias: Args.string({ description: 'The alias, such as champion.', required: true }),
  };
  static override flags = {
    remove: Flags.boolean({ summary: 'Take the alias away from the version that has it.', exclusive: ['expires'] }),
    expires: expiresFlag,
    ...eventFlags,
  };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(AliasCommand);
    const { remove, expires } = flags;
    const registry = await openRegistry(this, { key: flags.key });
    return printEvents(this, await alias(registry, { ...args, remove, expires }, eventOptions(flags)));
  }
}
