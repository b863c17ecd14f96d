/** `at1 hook pre-push`: judges a push, between git's asking and its doing. */
import { type JudgePushResult, judgePush, parseSent } from '../../src/index.js';
import { At1Command } from '../base.js';
import { exitOfFindings } from '../exit-codes.js';
import { libraryEnvironment } from '../open.js';
import { readText } from '../read-text.js';
import { pushLines } from './lines.js';

export class HookPrePushCommand extends At1Command {
  static override summary = 'Judge what is about to be pushed; git runs it.';
  static override description =
    'Reads the lines git gives a pre-push hook. What would go to the branch of the registry is judged by the gate against ' +
    'the branch as the remote has it; of objects only that they are there, or more where the policy asks for it. The ' +
    'setting at1.objects asks for another level; less than the policy asks refuses the push. ' +
    'Other branches and tags are left alone.';
  static override examples = ['at1 hook pre-push < lines', 'at1 hook pre-push --json < lines'];

  async run(): Promise<JudgePushResult> {
    await this.parse(HookPrePushCommand);
    const { environment } = this;
    const refs = parseSent(await readText('-', environment));
    const result = await judgePush({
      dir: this.registryDir,
      refs,
      objects: 'present',
      environment: libraryEnvironment(environment),
    });
    this.log(pushLines(this, result));
    this.exitWith(
      exitOfFindings(result.refs.filter(({ state }) => state === 'refused').flatMap(({ findings }) => findings)),
    );
    return result;
  }
}
