/** `at1 tag`: makes the version tags that are missing. */
import { type TagResult, tag } from '../src/index.js';
import { At1Command } from './base.js';
import { keyFlag } from './flags.js';
import { openRegistry } from './open.js';
import { plural } from './print.js';

export class TagCommand extends At1Command {
  static override summary = 'Make the version tags that are missing.';
  static override description =
    'Tags say what has landed: each version gets a signed, annotated tag on the first commit of the registry branch ' +
    'that holds it, once that commit is on the remote (or at once where there is no remote). No tag is ever moved or ' +
    'deleted. `at1 push` does this too, and pushes the tags.';
  static override examples = ['at1 tag', 'at1 tag --json', 'at1 tag --key ~/.ssh/ci_ed25519'];
  static override flags = {
    key: keyFlag,
  };

  async run(): Promise<TagResult> {
    const { flags } = await this.parse(TagCommand);
    const result = await tag(await openRegistry(this, flags));
    const { landed, created, present, waiting, notGto } = result;
    for (const { name, target } of created) this.log(`${this.paint.green('new')} ${name} on ${target.slice(0, 12)}`);
    this.log(
      created.length === 0
        ? `no tag is missing on ${landed} (${present} there)`
        : `made ${plural(created.length, 'tag')} on ${landed}`,
    );
    if (waiting.length > 0) this.log(`waiting until pushed: ${waiting.join(', ')}`);
    if (notGto.length > 0) this.note('names with a dot are not read by gto; every other tool reads these tags');
    if (waiting.length > 0) this.next('at1 push');
    else if (created.length > 0 && landed.startsWith('refs/remotes/')) this.next('at1 push sends the new tags');
    return result;
  }
}
