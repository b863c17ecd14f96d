/** `at1 policy check`: what is wrong with a policy file, before anybody signs it. */
import * as Args from '@oclif/core/args';
import { type CheckPolicyResult, checkPolicy } from '../../src/index.js';
import { At1Command } from '../base.js';
import { exitOfFindings } from '../exit-codes.js';
import { openRegistry } from '../open.js';
import { signatureLines } from '../print-policy-change.js';

const COLOURS = { error: 'red', warning: 'yellow', note: 'dim' } as const;

export class PolicyCheckCommand extends At1Command {
  static override summary = 'Check a policy file before it is signed.';
  static override description =
    'Tells what is wrong with it and where; whether it follows the policy in force; whose signatures are still needed; and ' +
    'what cannot be meant: rules that never match, roles no rule names, people in no role. Only errors change the exit number.';
  static override examples = ['at1 policy check', 'at1 policy check draft.toml --json'];
  static override args = {
    file: Args.string({ description: 'The policy file; default the one in the work tree.' }),
  };

  async run(): Promise<CheckPolicyResult> {
    const { args } = await this.parse(PolicyCheckCommand);
    const file = args.file === undefined ? undefined : this.environment.resolve(args.file);
    const checked = await checkPolicy(await openRegistry(this), file);
    const result = { ...checked, file: args.file ?? checked.file };
    this.log([...problemLines(this, result), standing(this, result), ...signatureLines(result.signatures)]);
    if (result.state === 'follows' && result.ok) this.next('at1 policy sign');
    this.exitWith(exitOfFindings(result.findings));
    return result;
  }
}

function problemLines({ paint }: At1Command, { file, findings }: CheckPolicyResult): string[] {
  return findings.flatMap(({ severity, code, message, hint, line, column }) => {
    const place = line === null ? file : `${file}:${line}:${column}`;
    const word = paint[COLOURS[severity]](severity);
    return [
      `${place}: ${word}: ${message} ${paint.dim(`[${code}]`)}`,
      ...(hint === null ? [] : [`  ${paint.cyan('hint:')} ${hint}`]),
    ];
  });
}

function standing({ paint }: At1Command, { state, version, inForce, ok }: CheckPolicyResult): string {
  switch (state) {
    case 'in-force':
      return paint[ok ? 'green' : 'red'](`policy ${version} is in force`);
    case 'follows':
      return paint[ok ? 'green' : 'red'](`policy ${version} follows policy ${inForce.version}, which is in force`);
    case 'astray':
      return paint.red(`policy ${version} does not follow policy ${inForce.version}, which is in force`);
    case 'invalid':
      return paint.red('this is no policy');
  }
}
