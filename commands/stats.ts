/** `at1 stats`: how much is in the registry. */
import { type StatsResult, stats } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag } from './flags.js';
import { openRegistry } from './open.js';
import { formatBytes, table } from './print.js';

export class StatsCommand extends At1Command {
  static override summary = 'Count artifacts, versions, objects and bytes.';
  static override description =
    'Compares the bytes of all files of all versions with the bytes of the objects that hold them: what versions share is stored once.';
  static override examples = ['at1 stats', 'at1 stats --at 2026-01-31T12:00:00Z'];
  static override flags = { at: atFlag };

  async run(): Promise<StatsResult> {
    const { flags } = await this.parse(StatsCommand);
    const result = await stats(await openRegistry(this, flags));
    const { size, stored } = result;
    const part = size === 0 ? '' : ` (${((stored / size) * 100).toFixed(1)} % of the size)`;
    this.log(
      table([
        ['models', `${result.models}`],
        ['datasets', `${result.datasets}`],
        ['recipes', `${result.recipes}`],
        ['versions', `${result.versions}`],
        ['files', `${result.files}`],
        ['objects', `${result.objects}`],
        ['size', formatBytes(size)],
        ['stored', `${formatBytes(stored)}${part}`],
      ]),
    );
    this.next(result.versions === 0 ? 'at1 register FILE' : 'at1 list');
    return result;
  }
}
