/** `at1 policy init`: the first policy as at1 init would write it, to be read and edited before there is a registry. */
import { type DraftPolicy, draftPolicy } from '../../src/index.js';
import { At1Command } from '../base.js';
import { keyFlag, principalFlag } from '../flags.js';
import { signingEnvironment } from '../open.js';

export class PolicyInitCommand extends At1Command {
  static override summary = 'Print the policy that a new registry would begin with.';
  static override description =
    'Prints the policy that at1 init would write here, and writes nothing: edit it, add people and rules, and begin with it ' +
    'by at1 init --policy FILE. Needs a key (at1 key generate). Refused inside a registry, which has a policy from its ' +
    'first commit on.';
  static override examples = [
    'at1 policy init',
    'at1 policy init --principal ana > first.toml && at1 init --policy first.toml',
  ];
  static override flags = {
    principal: principalFlag,
    key: keyFlag,
  };

  async run(): Promise<DraftPolicy> {
    const { flags } = await this.parse(PolicyInitCommand);
    const { environment } = this;
    const { USER, LOGNAME, USERNAME } = environment.variables;
    const result = await draftPolicy({
      dir: this.registryDir,
      principal: flags.principal,
      userName: USER ?? LOGNAME ?? USERNAME,
      environment: signingEnvironment(this, flags),
    });
    // Nothing but the policy, so that it can be sent to a file.
    this.log(result.policy.trimEnd().split('\n'));
    this.note('next: edit it, then at1 init --policy FILE');
    return result;
  }
}
