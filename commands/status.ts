/** `at1 status`: where this clone stands, and what is worth doing next. */
import { type StatusResult, status } from '../src/index.js';
import { At1Command } from './base.js';
import { findingLines } from './finding-lines.js';
import { stillNeeded } from './gate/words.js';
import { openRegistry } from './open.js';
import { plural } from './print.js';

export class StatusCommand extends At1Command {
  static override summary = 'Show where this clone stands against its remote and its files.';
  static override description =
    'Reads what is here and fetches nothing: `git fetch` first to hear of news. Always exits with 0 when it could look; ' +
    '`at1 verify` and `at1 doctor` are the checks.';
  static override examples = ['at1 status', 'at1 status --json'];

  async run(): Promise<StatusResult> {
    await this.parse(StatusCommand);
    const result = await status(await openRegistry(this));
    this.log(`registry ${result.registry}, ${plural(result.versions, 'version')}`);
    this.log(`branch ${result.branch} at ${result.head.slice(0, 12)}, ${remoteText(result.remote)}`);
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

function remoteText({ ref, state }: StatusResult['remote']): string {
  const short = (ref ?? '').replace(/^refs\/remotes\//, '');
  switch (state) {
    case 'none':
      return 'no remote';
    case 'never-pushed':
      return `never pushed to ${short}`;
    case 'equal':
      return `up to date with ${short}`;
    case 'ahead':
      return `ahead of ${short}`;
    case 'behind':
      return `behind ${short}`;
    case 'diverged':
      return `${short} and this branch both have commits of their own`;
  }
}

function nextStep({
  remote,
  branch,
  wrong,
  findings,
  missingTags,
  versions,
  pendingVersions,
  pendingEvents,
}: StatusResult) {
  if (wrong.length > 0) return 'at1 verify tells what is wrong';
  const damaged = findings.find(({ severity, hint }) => severity !== 'note' && hint !== null);
  if (damaged !== undefined) return damaged.hint ?? undefined;
  if (remote.state === 'behind') return 'at1 pull';
  if (remote.state === 'diverged') {
    return `git pull --rebase ${(remote.ref ?? '').split('/')[2] ?? 'origin'} ${branch}`;
  }
  if (remote.state === 'ahead' || remote.state === 'never-pushed') return 'at1 push';
  if (missingTags > 0) return remote.state === 'none' ? 'at1 tag' : 'at1 push makes and sends the tags';
  if (versions === 0) return 'at1 register PATH';
  if (pendingEvents.length > 0) return 'at1 approve signs what waits; at1 show tells what it lacks';
  const [first] = pendingVersions;
  return first === undefined ? undefined : `whoever is missing signs it: at1 approve ${first.path}`;
}
