/** `at1 policy bar`: what a version has to reach before a stage, said before anybody measured. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { changeBar, type PolicyChange } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, policyDryRunFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { printChange } from '../print-policy-change.js';

export class PolicyBarCommand extends At1Command {
  static override summary = 'Set a bar before a stage, or take it away.';
  static override description =
    'A bound of a metric that versions have to reach before they enter a stage. Only evidence counts that came after the ' +
    'bar was set, so that nobody sets the bar where the result is already.';
  static override examples = [
    "at1 policy bar model/fraud-detector --metric 'auc >= 0.9'",
    "at1 policy bar 'model/**' --metric 'latency p99 < 200' --stage staging",
    'at1 policy bar model/fraud-detector --remove',
  ];
  static override args = {
    name: Args.string({ description: 'The artifact, or a pattern such as model/fraud-*.', required: true }),
  };
  static override flags = {
    metric: Flags.string({
      summary: "The bound, such as 'auc >= 0.9'; with --remove all of the stage without it.",
      helpValue: 'BOUND',
    }),
    stage: Flags.string({ summary: 'The stage it stands before; default production.', helpValue: 'STAGE' }),
    remove: Flags.boolean({ summary: 'Take it away.' }),
    'dry-run': policyDryRunFlag,
    key: keyFlag,
  };

  async run(): Promise<PolicyChange> {
    const { args, flags } = await this.parse(PolicyBarCommand);
    const { metric, stage, remove } = flags;
    const registry = await openRegistry(this, { key: flags.key });
    const request = { artifact: args.name, metric, stage, remove };
    return printChange(this, await changeBar(registry, request, { dryRun: flags['dry-run'] }));
  }
}
