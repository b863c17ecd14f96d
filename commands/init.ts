/** `at1 init`: a folder becomes a registry. */
import { relative } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type InitResult, init } from '../src/index.js';
import { At1Command } from './base.js';
import { keyFlag } from './flags.js';
import { libraryEnvironment } from './open.js';
import { shellWord } from './version-text.js';

export class InitCommand extends At1Command {
  static override summary = 'Make a folder a registry.';
  static override description =
    'Writes at1.toml, a first policy that names you as its owner, and git attributes, all in one signed commit. A git repository is made where there is none; in an existing one nothing of yours is touched. Signs with --key, AT1_SIGNING_KEY, the SSH key git signs with, or your agent; with none of them a key of its own is made.';
  static override examples = [
    'at1 init',
    { description: 'inside a repository that holds other things', command: 'at1 init registry' },
    'at1 init --principal ana --branch main',
  ];
  static override args = {
    dir: Args.string({ description: 'Folder that becomes the registry; default: the current one.' }),
  };
  static override flags = {
    principal: Flags.string({
      summary: 'Your name in the policy; default: made of your git identity.',
      helpValue: 'NAME',
    }),
    branch: Flags.string({ summary: 'Branch that is the registry; default: the current one, or main.' }),
    key: keyFlag,
  };

  async run(): Promise<InitResult> {
    const { args, flags } = await this.parse(InitCommand);
    const { environment } = this;
    const { USER, LOGNAME, USERNAME } = environment.variables;
    const result = await init({
      dir: args.dir === undefined ? this.registryDir : environment.resolve(args.dir),
      principal: flags.principal,
      branch: flags.branch,
      userName: USER ?? LOGNAME ?? USERNAME,
      environment: libraryEnvironment(environment, flags),
    });
    const { key } = result;
    this.log([
      `${this.paint.green('registry')} ${result.registry} in ${result.dir}, on branch ${result.branch}`,
      `owner    ${result.principal}, ${key.created ? 'new key' : 'key'} ${key.id} (${key.source})`,
      `root     ${result.root}`,
      'Others pin the root to be sure that they have this registry: --root, or AT1_ROOT.',
    ]);
    const folder = relative(environment.cwd, result.dir);
    this.next(`${folder === '' ? '' : `cd ${shellWord(folder)} && `}at1 register FILE`);
    return result;
  }
}
