/** `at1 push`: publishes the registry branch, then the version tags that are due. */
import { type PushResult, push } from '../src/index.js';
import { At1Command } from './base.js';
import { keyFlag } from './flags.js';
import { openRegistry } from './open.js';
import { plural } from './print.js';
import { forReview } from './status-text.js';

export class PushCommand extends At1Command {
  static override summary = 'Publish the registry branch and its version tags.';
  static override description =
    'Sends the registry branch to its remote, whatever is checked out; then makes the tags of the versions that have landed by this, and sends ' +
    'them. Refuses versions whose objects are not committed. Nothing is ever forced: where the remote has commits ' +
    'that are not here, pull first.';
  static override examples = ['at1 push', 'at1 push --json'];
  static override flags = {
    key: keyFlag,
  };

  async run(): Promise<PushResult> {
    const { flags } = await this.parse(PushCommand);
    this.progress('pushing');
    const result = await push(await openRegistry(this, flags));
    const { remote, branch, checkedOut, refs, tags } = result;
    const elsewhere = checkedOut !== branch;
    const what = elsewhere ? `the registry branch ${branch}` : branch;
    const changed = refs.filter(({ status }) => status !== 'up-to-date');
    for (const { ref, status } of changed) this.log(`${this.paint.green(status)} ${ref}`);
    const made = tags.created.length === 0 ? '' : `, ${plural(tags.created.length, 'tag')} made`;
    this.log(changed.length === 0 ? `${what} is up to date on ${remote}` : `pushed ${what} to ${remote}${made}`);
    if (elsewhere) this.log(`not sent: ${checkedOut ?? 'a detached HEAD'}, which is checked out`);
    if (tags.forOthers.length > 0) {
      this.note(
        `${plural(tags.forOthers.length, 'tag')} due that your key may not make: others run at1 tag, or CI does`,
      );
    }
    if (tags.notGto.length > 0) this.note('names with a dot are not read by gto; every other tool reads these tags');
    this.next(elsewhere ? forReview(checkedOut, remote) : 'others get it with: at1 pull');
    return result;
  }
}
