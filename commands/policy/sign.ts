/** `at1 policy sign`: adds your signature to a policy that waits. */
import * as Args from '@oclif/core/args';
import { type PolicyChange, signPolicy } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { printChange } from '../print-policy-change.js';

export class PolicySignCommand extends At1Command {
  static override summary = 'Sign a policy that waits for signatures.';
  static override description =
    'Adds your signature as a commit on the branch, without checking it out. Without a branch it signs the policy of the ' +
    'work tree, also one that you edited by hand: raise version, set previous to the digest that at1 policy show prints.';
  static override examples = ['at1 policy sign policy/4', 'at1 policy sign'];
  static override args = {
    branch: Args.string({ description: 'The branch it waits on, such as policy/4; default: the work tree.' }),
  };
  static override flags = { key: keyFlag };

  async run(): Promise<PolicyChange> {
    const { args, flags } = await this.parse(PolicySignCommand);
    const registry = await openRegistry(this, { key: flags.key });
    return printChange(this, await signPolicy(registry, args.branch));
  }
}
