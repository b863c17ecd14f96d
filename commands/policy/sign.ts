/** `at1 policy sign`: adds your signature to a policy that waits. */
import * as Args from '@oclif/core/args';
import { type PolicyChange, type PolicyDifference, signPolicy } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, policyDryRunFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { policyDifferenceLines } from '../policy-difference-lines.js';
import { printChange } from '../print-policy-change.js';

export class PolicySignCommand extends At1Command {
  static override summary = 'Sign a policy that waits for signatures.';
  static override description =
    'Prints how the policy differs from the one in force, then adds your signature as a commit on the branch, without ' +
    'checking it out. Without a branch it signs the policy of the work tree, also one that you edited by hand: raise version, set previous to the digest that at1 policy show prints.';
  static override examples = ['at1 policy sign policy/4', 'at1 policy sign policy/4 --dry-run', 'at1 policy sign'];
  static override args = {
    branch: Args.string({ description: 'The branch it waits on, such as policy/4; default: the work tree.' }),
  };
  static override flags = { 'dry-run': policyDryRunFlag, key: keyFlag };

  async run(): Promise<PolicyChange> {
    const { args, flags } = await this.parse(PolicySignCommand);
    const registry = await openRegistry(this, { key: flags.key });
    const onReview = (difference: PolicyDifference) => this.log(policyDifferenceLines(difference, this.paint));
    const done = await signPolicy(registry, args.branch, { dryRun: flags['dry-run'], onReview });
    return printChange(this, done, true);
  }
}
