/** `at1 hook pre-receive`: judges a push, between git's asking and its doing. */
import { type JudgePushResult, judgePush, parseReceived } from '../../src/index.js';
import { At1Command } from '../base.js';
import { exitOfFindings } from '../exit-codes.js';
import { libraryEnvironment } from '../open.js';
import { readText } from '../read-text.js';
import { pushLines } from './lines.js';

export class HookPreReceiveCommand extends At1Command {
  static override summary = 'Judge a push on the server; git runs it.';
  static override description =
    'Reads the lines git gives a pre-receive hook: old new ref. A push to the branch of the registry is judged by the gate; ' +
    'deleting that branch, or moving it anywhere but forward, is refused. Settings of the repository: at1.root (or AT1_ROOT), ' +
    'at1.branch, at1.registry, at1.objects, at1.allowPending. See docs/gate.md.';
  static override examples = ['at1 hook pre-receive < lines', 'at1 hook pre-receive --registry registry.git < lines'];

  async run(): Promise<JudgePushResult> {
    await this.parse(HookPreReceiveCommand);
    const { environment } = this;
    const refs = parseReceived(await readText('-', environment));
    const result = await judgePush({
      dir: this.registryDir,
      refs,
      received: true,
      environment: { ...libraryEnvironment(environment), quarantine: environment.quarantine },
    });
    this.log(pushLines(this, result));
    this.exitWith(
      exitOfFindings(result.refs.filter(({ state }) => state === 'refused').flatMap(({ findings }) => findings)),
    );
    return result;
  }
}
