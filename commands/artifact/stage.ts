/** `at1 model stage`: pacha's words for `at1 promote --through`. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type EventResult, promote } from '../../src/index.js';
import { At1Command } from '../base.js';
import { eventFlags, versionFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { eventOptions, printEvents } from '../print-events.js';
import { referenceOf } from './topic.js';

export class ModelStageCommand extends At1Command {
  static override summary = 'Put a version of a model into a stage.';
  static override description =
    'The same as `at1 promote model/NAME@VERSION STAGE --through`: where the stage is several allowed steps away, each is ' +
    'recorded, all in one commit.';
  static override examples = [
    'at1 model stage fraud-detector -v 1.0.0 -t production',
    'at1 model stage fraud-detector -v 1.0.0 -t archived --reason "superseded"',
  ];
  static override args = {
    name: Args.string({ description: 'Name of the model.', required: true }),
  };
  static override flags = {
    version: versionFlag,
    target: Flags.string({ char: 't', summary: 'The stage to go to.', helpValue: 'STAGE', required: true }),
    ...eventFlags,
  };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(ModelStageCommand);
    const registry = await openRegistry(this, { key: flags.key });
    const request = { ref: referenceOf('model', args.name, flags.version), stage: flags.target, through: true };
    return printEvents(this, await promote(registry, request, eventOptions(flags)));
  }
}
