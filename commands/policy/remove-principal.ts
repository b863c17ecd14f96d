/** `at1 policy remove-principal`: takes a person or a machine out of the policy. */
import * as Args from '@oclif/core/args';
import { type PolicyChange, removePrincipal } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, policyDryRunFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { printChange } from '../print-policy-change.js';

export class PolicyRemovePrincipalCommand extends At1Command {
  static override summary = 'Take a person or a machine out of the policy.';
  static override description =
    'Also out of all roles. What they signed before stays as it is; new signatures of theirs count for nothing. Refuses ' +
    'what would leave a rule with fewer members than it asks for.';
  static override examples = ['at1 policy remove-principal bo', 'at1 policy remove-principal ci --json'];
  static override args = {
    name: Args.string({ description: 'Name in the policy, such as bo.', required: true }),
  };
  static override flags = { 'dry-run': policyDryRunFlag, key: keyFlag };

  async run(): Promise<PolicyChange> {
    const { args, flags } = await this.parse(PolicyRemovePrincipalCommand);
    const registry = await openRegistry(this, { key: flags.key });
    return printChange(this, await removePrincipal(registry, args.name, { dryRun: flags['dry-run'] }));
  }
}
