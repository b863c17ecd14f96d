/** `at1 policy gate`: what every gate must do at least, whatever it is told. */
import * as Flags from '@oclif/core/flags';
import { demandOfGates, OBJECT_CHECKS, type PolicyChange } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, policyDryRunFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { printChange } from '../print-policy-change.js';

export class PolicyGateCommand extends At1Command {
  static override summary = 'Say how closely every gate must look at objects.';
  static override description =
    'A gate that is told to do less (--objects, the setting at1.objects, the input of the action) fails with ' +
    'gate/objects-unchecked. The policy in force at the target counts, never the one of a change. See docs/gate.md.';
  static override examples = ['at1 policy gate --objects decode', 'at1 policy gate --objects skip --dry-run'];
  static override flags = {
    objects: Flags.option({ options: OBJECT_CHECKS })({
      summary: 'The least: decode objects of new versions, see that they are there, or (skip) nothing.',
      required: true,
    }),
    'dry-run': policyDryRunFlag,
    key: keyFlag,
  };

  async run(): Promise<PolicyChange> {
    const { flags } = await this.parse(PolicyGateCommand);
    const registry = await openRegistry(this, { key: flags.key });
    return printChange(this, await demandOfGates(registry, flags.objects, { dryRun: flags['dry-run'] }));
  }
}
