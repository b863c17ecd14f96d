/** `at1 status`: where this clone stands, and what is worth doing next. */
import { type StatusResult, status } from '../src/index.js';
import { At1Command } from './base.js';
import { findingLines } from './finding-lines.js';
import { stillNeeded } from './gate/words.js';
import { openRegistry } from './open.js';
import { plural } from './print.js';
import { nextStep, placeText } from './status-text.js';

export class StatusCommand extends At1Command {
  static override summary = 'Show where this clone stands against its remote and its files.';
  static override description =
    'Tells of the branch that is checked out, and names the registry branch where that is another. Reads what is here and fetches nothing: `git fetch` first to hear of news. Always exits with 0 when it could look; ' +
    '`at1 verify` and `at1 doctor` are the checks.';
  static override examples = ['at1 status', 'at1 status --json'];

  async run(): Promise<StatusResult> {
    await this.parse(StatusCommand);
    const result = await status(await openRegistry(this));
    this.log(`registry ${result.registry}, ${plural(result.versions, 'version')}`);
    this.log(placeText(result));
    for (const { ref, have, needs, missing } of result.pendingVersions) {
      const lacks = have < needs ? `: still needed: ${stillNeeded({ have, needs, missing })}` : '';
      this.log(`pending: ${ref}, ${have} of ${needs} signatures${lacks}`);
    }
    if (result.pendingEvents.length > 0) this.log(`events that wait: ${result.pendingEvents.join(', ')}`);
    if (result.wrong.length > 0) this.log(`${this.paint.red('wrong')}: ${result.wrong.join(', ')}`);
    if (result.missingTags > 0) this.log(`${plural(result.missingTags, 'tag')} missing`);
    this.log(findingLines(result.findings, this.paint));
    const next = nextStep(result);
    if (next === undefined) this.log('nothing to do');
    else this.next(next);
    return result;
  }
}
