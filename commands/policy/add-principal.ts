/** `at1 policy add-principal`: adds a person or a machine to the policy. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type AddPrincipalResult, addPrincipal } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, policyDryRunFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { printPolicyChange } from '../print-policy-change.js';
import { readPublicKey } from '../read-public-key.js';

export class PolicyAddPrincipalCommand extends At1Command {
  static override summary = 'Add a person or a machine to the policy.';
  static override description =
    'Writes the next version of the policy, signed by you, in one commit; comments and layout of the file stay. Where ' +
    'your signature alone is not enough, it goes to a branch policy/VERSION, and others sign with at1 policy sign. ' +
    'Takes an Ed25519 key: the text of the public key in quotes, a .pub file, or - for standard input.';
  static override examples = [
    "at1 policy add-principal bo 'ssh-ed25519 AAAA... bo@laptop'",
    'at1 policy add-principal ci ci.pub --role owner',
    'cat bo.pub | at1 policy add-principal bo - --printed "Bo Chen"',
  ];
  static override args = {
    name: Args.string({ description: 'Name in the policy, such as bo.', required: true }),
    key: Args.string({ description: "'ssh-ed25519 AAAA...', a .pub file, or -.", required: true }),
  };
  static override flags = {
    role: Flags.string({ summary: 'Role they get; default owner.', helpValue: 'ROLE' }),
    printed: Flags.string({ summary: 'Name for people to read.', helpValue: 'NAME' }),
    'dry-run': policyDryRunFlag,
    key: keyFlag,
  };

  async run(): Promise<AddPrincipalResult> {
    const { args, flags } = await this.parse(PolicyAddPrincipalCommand);
    const { role, printed: printedName } = flags;
    const key = await readPublicKey(args.key, this.environment);
    const registry = await openRegistry(this, { key: flags.key });
    const result = await addPrincipal(
      registry,
      { name: args.name, key, role, printedName },
      { dryRun: flags['dry-run'] },
    );
    const done = result.state === 'in-force' && !result.dryRun;
    const first = `${result.principal} ${done ? 'is' : 'becomes'} ${result.role}${done ? ' now' : ''}, with key ${result.key}`;
    printPolicyChange(this, result, first);
    if (result.rules === 0) {
      this.note(`note: no rule of the policy names the role ${result.role} yet, so it lets nobody do anything`);
    }
    return result;
  }
}
