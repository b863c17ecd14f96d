/** `at1 policy rotate`: gives a principal another key. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type PolicyChange, rotateKey } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, policyDryRunFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { printChange } from '../print-policy-change.js';
import { readPublicKey } from '../read-public-key.js';

export class PolicyRotateCommand extends At1Command {
  static override summary = 'Give a principal another key.';
  static override description =
    'The new key is the only one of the principal then; with --add it comes beside those that are there. What was signed ' +
    'with the old key still counts; at1 policy revoke is for keys that were stolen. To change the key that you sign with ' +
    'yourself, first add the new one, then run this again without --add and with --key of the new one.';
  static override examples = [
    "at1 policy rotate bo 'ssh-ed25519 AAAA... bo@new-laptop'",
    'at1 policy rotate ana ana-desk.pub --add',
    'at1 policy rotate ana ana-desk.pub --key ~/.ssh/ana-desk',
  ];
  static override args = {
    principal: Args.string({ description: 'Name in the policy, such as bo.', required: true }),
    key: Args.string({ description: "'ssh-ed25519 AAAA...', a .pub file, or -.", required: true }),
  };
  static override flags = {
    add: Flags.boolean({ summary: 'Keep the keys there are.' }),
    'dry-run': policyDryRunFlag,
    key: keyFlag,
  };

  async run(): Promise<PolicyChange> {
    const { args, flags } = await this.parse(PolicyRotateCommand);
    const key = await readPublicKey(args.key, this.environment);
    const registry = await openRegistry(this, { key: flags.key });
    const request = { principal: args.principal, key, add: flags.add };
    return printChange(this, await rotateKey(registry, request, { dryRun: flags['dry-run'] }));
  }
}
