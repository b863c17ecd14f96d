/** `at1 hook uninstall`: takes away the hooks that at1 wrote. */
import { type HookResult, uninstallHooks } from '../../src/index.js';
import { At1Command } from '../base.js';
import { libraryEnvironment } from '../open.js';
import { hookLines } from './lines.js';

export class HookUninstallCommand extends At1Command {
  static override summary = 'Take the hooks away that at1 hook install wrote.';
  static override description = 'Only hooks that are still as at1 wrote them are removed; any other is left as it is.';
  static override examples = ['at1 hook uninstall', 'at1 hook uninstall --json'];

  async run(): Promise<HookResult> {
    await this.parse(HookUninstallCommand);
    const result = await uninstallHooks({ dir: this.registryDir, environment: libraryEnvironment(this.environment) });
    this.log(hookLines(result, this.paint));
    return result;
  }
}
