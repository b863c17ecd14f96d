/** `at1 policy test`: whether the policy allows and denies what people wrote down that it should. */
import * as Args from '@oclif/core/args';
import { type TestPolicyResult, testPolicy } from '../../src/index.js';
import { At1Command } from '../base.js';
import { EXIT, exitOf } from '../exit-codes.js';
import { openRegistry } from '../open.js';
import { plural } from '../print.js';

export class PolicyTestCommand extends At1Command {
  static override summary = 'Test what the policy allows and denies.';
  static override description =
    'Reads .at1/policy/tests.toml, a table of questions: [[tests]] with name, who (principals), action, artifact, authors and ' +
    'allowed. Asks each of the policy in the work tree, before anybody signs it. Nothing is signed or written.';
  static override examples = ['at1 policy test', 'at1 policy test more-tests.toml --json'];
  static override args = {
    file: Args.string({ description: 'The tests; default .at1/policy/tests.toml.' }),
  };

  async run(): Promise<TestPolicyResult> {
    const { args } = await this.parse(PolicyTestCommand);
    const file = args.file === undefined ? undefined : this.environment.resolve(args.file);
    const result = await testPolicy(await openRegistry(this), file);
    const { paint } = this;
    this.log(
      result.tests.map(({ name, ok, expected, because }) =>
        ok
          ? `${paint.green('ok')}      ${name}`
          : `${paint.red('FAILED')}  ${name}: should be ${expected ? 'allowed' : 'denied'}, but ${because} ${paint.dim('[policy/test-failed]')}`,
      ),
    );
    this.log(`${plural(result.tests.length, 'test')} of policy ${result.version}, ${result.failed} failed`);
    this.exitWith(result.ok ? EXIT.ok : exitOf('policy/test-failed'));
    return result;
  }
}
