/** `at1 hook install`: git asks at1 before it commits, pushes or receives. */
import { type HookResult, installHooks } from '../../src/index.js';
import { At1Command } from '../base.js';
import { exitOf } from '../exit-codes.js';
import { libraryEnvironment } from '../open.js';
import { hookLines } from './lines.js';

export class HookInstallCommand extends At1Command {
  static override summary = 'Let git ask at1 before it commits and pushes.';
  static override description =
    'Writes the hooks pre-commit (no private key is committed) and pre-push (the gate, for what is pushed to the ' +
    'branch of the registry); in a bare repository pre-receive. A hook that is there is never replaced: the line to ' +
    'add to it is printed, and the exit number is 13. Hooks call the at1 on the PATH, and refuse where there is none.';
  static override examples = ['at1 hook install', 'at1 hook install --registry registry.git'];

  async run(): Promise<HookResult> {
    await this.parse(HookInstallCommand);
    const result = await installHooks({ dir: this.registryDir, environment: libraryEnvironment(this.environment) });
    this.log(hookLines(result, this.paint));
    if (result.hooks.some(({ state }) => state === 'kept')) this.exitWith(exitOf('output/exists'));
    this.next('at1 hook uninstall takes them away again');
    return result;
  }
}
