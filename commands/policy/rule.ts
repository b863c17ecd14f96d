/** `at1 policy rule`: adds a rule to the policy, or removes one. */
import * as Flags from '@oclif/core/flags';
import { At1Error, addRule, type PolicyChange, removeRule } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, policyDryRunFlag } from '../flags.js';
import { openRegistry } from '../open.js';
import { printChange } from '../print-policy-change.js';
import { ruleNumberArg } from '../rule-number.js';

const many = { multiple: true, multipleNonGreedy: true } as const;

export class PolicyRuleCommand extends At1Command {
  static override summary = 'Add a rule to the policy, or remove one.';
  static override description =
    'The first rule that matches decides, so a new one goes in front of the first rule that would leave nothing to it, or ' +
    'where --at says. Comments and layout of the file stay; the comment right above a rule goes with it.';
  static override examples = [
    "at1 policy rule --artifacts 'model/**' --actions promote:production --role owner --threshold 2 --separate-author",
    "at1 policy rule --artifacts 'model/**' --actions 'attest:*' --role validator --member bo --member carol",
    "at1 policy rule --artifacts 'model/**' --actions 'promote:*' --role owner --evidence eval:validator:90",
    'at1 policy rule --remove 2',
  ];
  static override args = { number: ruleNumberArg };
  static override flags = {
    artifacts: Flags.string({
      summary: 'What it is about: a pattern; may be repeated.',
      helpValue: 'PATTERN',
      ...many,
    }),
    actions: Flags.string({
      summary: 'Such as register or promote:production; may be repeated.',
      helpValue: 'ACTION',
      ...many,
    }),
    role: Flags.string({ summary: 'The role whose members may.', helpValue: 'ROLE' }),
    member: Flags.string({ summary: 'Who is in the role, if it is new; may be repeated.', helpValue: 'NAME', ...many }),
    threshold: Flags.integer({ summary: 'How many of them it takes; default 1.', min: 1, helpValue: 'N' }),
    'separate-author': Flags.boolean({ summary: 'Whoever signed the manifest does not count.' }),
    evidence: Flags.string({
      summary: 'Evidence that must be there, its role, its age in days at most; may be repeated.',
      helpValue: 'TYPE[:ROLE[:DAYS]]',
      ...many,
    }),
    metric: Flags.string({ summary: "A bound, such as 'auc >= 0.9'; may be repeated.", helpValue: 'BOUND', ...many }),
    license: Flags.string({
      summary: 'SPDX identifier, one of which is asked; may be repeated.',
      helpValue: 'ID',
      ...many,
    }),
    'refuse-pickle': Flags.boolean({ summary: 'No file that Python unpickles.' }),
    'complete-lineage': Flags.boolean({ summary: 'All that it comes from is in effect or has a digest, runs aside.' }),
    at: Flags.integer({ summary: 'The number it gets, from 1.', min: 1, helpValue: 'N' }),
    remove: Flags.boolean({ summary: 'Remove that rule.', exclusive: ['artifacts', 'actions', 'role', 'at'] }),
    'dry-run': policyDryRunFlag,
    key: keyFlag,
  };

  async run(): Promise<PolicyChange> {
    const { args, flags } = await this.parse(PolicyRuleCommand);
    const { artifacts = [], actions = [], role, member, threshold, evidence, metric, license, at } = flags;
    const { remove = false, 'dry-run': dryRun } = flags;
    if (remove !== (args.number !== undefined) || (!remove && role === undefined)) {
      throw new At1Error('usage/invalid', {
        message: remove
          ? 'which rule is to go?'
          : 'a rule needs --artifacts, --actions and --role; a number needs --remove',
        hint: 'at1 policy rule --remove 2, or see at1 help policy rule',
      });
    }
    const registry = await openRegistry(this, { key: flags.key });
    if (args.number !== undefined) return printChange(this, await removeRule(registry, args.number, { dryRun }));
    const form = { refusePickle: flags['refuse-pickle'], completeLineage: flags['complete-lineage'] };
    const asks = { evidence, metrics: metric, licenses: license, separateAuthor: flags['separate-author'], ...form };
    const rule = { artifacts, actions, role: role ?? '', members: member, threshold, at, ...asks };
    return printChange(this, await addRule(registry, rule, { dryRun }));
  }
}
