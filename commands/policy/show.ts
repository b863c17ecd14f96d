/** `at1 policy show`: who may do what. */
import { type PolicyResult, showPolicy } from '../../src/index.js';
import { At1Command } from '../base.js';
import { openRegistry } from '../open.js';
import { ruleLines } from '../policy-rule-lines.js';
import { table } from '../print.js';

export class PolicyShowCommand extends At1Command {
  static override summary = 'Show who may do what in this registry.';
  static override description =
    'The policy in force: principals with their keys and roles, and the rules. What no rule allows is denied. The root ' +
    'digest names the first policy; others pin it with --root or AT1_ROOT.';
  static override examples = ['at1 policy show', 'at1 policy show --json'];

  async run(): Promise<PolicyResult> {
    await this.parse(PolicyShowCommand);
    const result = await showPolicy(await openRegistry(this));
    const { paint } = this;
    this.log([
      `policy ${result.version} of registry ${result.registry}`,
      `digest ${result.digest}`,
      `root   ${result.root}`,
      '',
      paint.bold('principals'),
      ...table(
        result.principals.flatMap(({ name, printed, roles, keys }) =>
          keys.map(({ id }, index) =>
            index === 0 ? [`  ${name}`, printed === name ? '' : printed, roles.join(', '), id] : ['', '', '', id],
          ),
        ),
      ),
      '',
      paint.bold('rules'),
      ...ruleLines(result.rules),
      ...section(
        paint.bold('bars'),
        table(result.bars.map((bar) => [`  ${bar.artifacts.join(', ')}`, bar.stage, bar.metric])),
      ),
      ...section(
        paint.bold('revoked keys'),
        table(
          result.revoked.map(({ id, key, cutoff, reason }) => [
            `  ${id ?? key}`,
            `after ${cutoff.slice(0, 12)}`,
            reason ?? '',
          ]),
        ),
      ),
      ...(result.gate.objects === 'skip' ? [] : ['', `every gate looks at objects: ${result.gate.objects} at least`]),
    ]);
    this.next('at1 policy add-principal NAME KEY');
    return result;
  }
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
