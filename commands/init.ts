/** `at1 init`: a folder becomes a registry. */
import { relative } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type InitGithubResult, type InitResult, init, initGithub } from '../src/index.js';
import { At1Command } from './base.js';
import { keyFlag, principalFlag } from './flags.js';
import { githubLines, startedLines, startedOf } from './init-text.js';
import { signingEnvironment } from './open.js';
import { readText } from './read-text.js';
import { shellWord } from './version-text.js';

export class InitCommand extends At1Command {
  static override summary = 'Make a folder a registry.';
  static override description =
    'Writes at1.toml, a first policy that names you as its owner, and git attributes, all in one signed commit. A git repository is made where there is none; in an existing one nothing of yours is touched. Signs with --key, AT1_SIGNING_KEY, the SSH key git signs with, or your agent; with none of them a key of its own is made, except with --policy, which has to name your key.';
  static override examples = [
    'at1 init',
    { description: 'inside a repository that holds other things', command: 'at1 init registry' },
    'at1 init --principal ana --branch main',
    {
      description: 'with workflows that judge every pull request, by the at1 of one commit',
      command: 'at1 init --github --action OWNER/REPOSITORY@COMMIT --owner @org/team',
    },
  ];
  static override args = {
    dir: Args.string({ description: 'Folder that becomes the registry; default: the current one.' }),
  };
  static override flags = {
    principal: principalFlag,
    policy: Flags.string({
      summary: 'Policy to begin with, - for standard input; default: one that names you alone. See at1 policy init.',
      helpValue: 'FILE',
      exclusive: ['principal'],
    }),
    branch: Flags.string({ summary: 'Branch that is the registry; default: the current one, or main.' }),
    key: keyFlag,
    github: Flags.boolean({ summary: 'Write workflows for GitHub that judge changes before and after they land.' }),
    action: Flags.string({
      summary: 'With --github: the repository and the full commit of the at1 that judges; no tag, because tags move.',
      helpValue: 'OWNER/REPOSITORY@COMMIT',
      dependsOn: ['github'],
    }),
    owner: Flags.string({
      summary: 'With --github: who owns the policy and the workflows, for CODEOWNERS.',
      helpValue: '@ORG/TEAM',
      dependsOn: ['github'],
    }),
    'dry-run': Flags.boolean({ summary: 'With --github: print the files; write nothing.', dependsOn: ['github'] }),
  };

  async run(): Promise<InitResult | InitGithubResult> {
    const { args, flags } = await this.parse(InitCommand);
    const { environment } = this;
    const { USER, LOGNAME, USERNAME } = environment.variables;
    const options = {
      dir: args.dir === undefined ? this.registryDir : environment.resolve(args.dir),
      principal: flags.principal,
      policy: flags.policy === undefined ? undefined : await readText(flags.policy, environment),
      branch: flags.branch,
      userName: USER ?? LOGNAME ?? USERNAME,
      environment: signingEnvironment(this, flags),
    };
    if (flags.github === true) {
      const { action = '', owner, 'dry-run': dryRun } = flags;
      const result = await initGithub({ ...options, action, owner, dryRun });
      const started = startedOf(result);
      if (started !== undefined) this.log(startedLines(started, this.paint));
      this.log(githubLines(result, this.paint));
      this.next(dryRun ? 'the same without --dry-run' : 'push it, then require the check "at1 gate" on the branch');
      return result;
    }
    const result = await init(options);
    this.log(startedLines(result, this.paint));
    const folder = relative(environment.cwd, result.dir);
    this.next(`${folder === '' ? '' : `cd ${shellWord(folder)} && `}at1 register FILE`);
    return result;
  }
}
