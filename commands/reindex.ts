/** `at1 reindex`: rebuilds the cache. */
import { type ReindexResult, reindex } from '../src/index.js';
import { At1Command } from './base.js';
import { openRegistry } from './open.js';
import { plural } from './print.js';

export class ReindexCommand extends At1Command {
  static override summary = 'Rebuild the catalog from history.';
  static override description =
    'The catalog under .at1/cache makes reads fast and is never needed: everything in it is read from git again here. ' +
    'Commands keep it up to date by themselves.';
  static override examples = ['at1 reindex', 'at1 reindex --json'];

  async run(): Promise<ReindexResult> {
    await this.parse(ReindexCommand);
    const result = await reindex(await openRegistry(this));
    const { commits, versions, segments, head } = result;
    this.log(
      `read ${plural(commits, 'commit')} up to ${head.slice(0, 12)}: ` +
        `${plural(versions, 'version')}, ${plural(segments, 'segment')}`,
    );
    return result;
  }
}
