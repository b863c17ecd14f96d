/** `at1 policy revoke`: says from when on a key speaks for nobody. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type PolicyChange, revokeKey } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, policyDryRunFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { printChange } from '../print-policy-change.js';
import { readKeyOrName } from '../read-public-key.js';

export class PolicyRevokeCommand extends At1Command {
  static override summary = 'Revoke a key that was lost or stolen.';
  static override description =
    'What the key signed counts only if it had landed by the cutoff, a commit of the mainline; dates prove nothing, because ' +
    'whoever has the key chooses them. Names of principals stand for all their keys. Give them a new one with at1 policy rotate.';
  static override examples = [
    'at1 policy revoke SHA256:9LQN3bDcTeFRXq2WJc1j6zVxNbtzLrVxTZ2nLsNcXbk --cutoff 3f786850e387 --reason "laptop stolen"',
    'at1 policy revoke bo --since-now --reason "left the company"',
  ];
  static override args = {
    who: Args.string({
      description: "A principal (all keys), a key id SHA256:..., 'ssh-ed25519 AAAA...', a .pub file, or -.",
      required: true,
    }),
  };
  static override flags = {
    cutoff: Flags.string({
      summary: 'Last commit by which what it signed still counts.',
      helpValue: 'COMMIT',
      exactlyOne: ['cutoff', 'since-now'],
    }),
    'since-now': Flags.boolean({ summary: 'All that has landed by now counts: the cutoff is HEAD.' }),
    reason: Flags.string({ summary: 'Why; it stands in the policy.', helpValue: 'TEXT', required: true }),
    'dry-run': policyDryRunFlag,
    key: keyFlag,
  };

  async run(): Promise<PolicyChange> {
    const { args, flags } = await this.parse(PolicyRevokeCommand);
    const { cutoff = 'HEAD', reason } = flags;
    const who = await readKeyOrName(args.who, this.environment);
    const registry = await openRegistry(this, { key: flags.key });
    return printChange(this, await revokeKey(registry, { who, cutoff, reason }, { dryRun: flags['dry-run'] }));
  }
}
