/** `at1 promote`: puts a version into a stage. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type EventResult, promote } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags, expiresFlag } from './flags.js';
import { openRegistry } from './open.js';
import { eventOptions, printEvents } from './print-events.js';

export class PromoteCommand extends At1Command {
  static override summary = 'Put a version into a stage.';
  static override description =
    'Records a signed event: which version, by its digests, from which stage to which, by whom, when and why. It takes ' +
    'effect once as many have signed it as the policy asks, and what else it asks is there. Where your signature alone is ' +
    'not enough, the event goes to a branch promote/..., ready to push for a pull request; others sign with at1 approve. A version that ' +
    'is in the stage already stays there, and nothing is written, unless its place there runs out.';
  static override examples = [
    'at1 promote model/fraud-detector@1.2.0 staging --reason "beats 1.1.0 on the March set"',
    'at1 promote model/fraud-detector@1.2.0 production --dry-run',
    'at1 promote model/fraud-detector@1.2.0 production --pr',
  ];
  static override args = {
    ref: Args.string({ description: 'The version: kind/name@1.2.0.', required: true }),
    stage: Args.string({ description: 'The stage, such as staging.', required: true }),
  };
  static override flags = {
    ...eventFlags,
    through: Flags.boolean({ summary: 'Over the stages in between as well, each with an event of its own.' }),
    expires: expiresFlag,
  };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(PromoteCommand);
    const { through, expires } = flags;
    const registry = await openRegistry(this, { key: flags.key });
    return printEvents(this, await promote(registry, { ...args, through, expires }, eventOptions(flags)));
  }
}
