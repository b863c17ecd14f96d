/** `at1 model register` and its like: pacha's words for `at1 register`. */
import * as Args from '@oclif/core/args';
import type { Kind, RegisterResult } from '../../src/index.js';
import { At1Command, type CommandClass } from '../base.js';
import { aboutFlags, keyFlag, versionFlag } from '../flags.js';
import { registerVersions } from '../register-versions.js';
import { EXAMPLES, NOUNS, referenceOf } from './topic.js';

export function registerCommand(kind: Kind): CommandClass {
  const { name, file } = EXAMPLES[kind];
  class ArtifactRegister extends At1Command {
    static override summary = `Register files as a version of a ${NOUNS[kind]}.`;
    static override description =
      `The same as \`at1 register ${kind}/NAME@VERSION PATH...\`; without a version the next one is taken.`;
    static override examples = [
      `at1 ${kind} register ${name} ${file} -v 1.0.0`,
      `at1 ${kind} register ${name} ${file} -v 1.1.0 -d "second try" -p "nightly evaluation"`,
    ];
    static override args = {
      name: Args.string({ description: 'Name of the artifact.', required: true }),
      path: Args.string({ description: 'Files or folders.', required: true, multiple: true }),
    };
    static override flags = {
      version: { ...versionFlag, summary: 'Version, such as 1.0.0; default: the next.' },
      ...aboutFlags,
      key: keyFlag,
    };

    async run(): Promise<RegisterResult> {
      const { args, flags } = await this.parse(ArtifactRegister);
      const { description, purpose, license, key, version } = flags;
      const ref = referenceOf(kind, args.name, version);
      const request = { ref, paths: args.path, cwd: this.environment.cwd, description, purpose, license };
      const [result] = await registerVersions(this, [request], { key });
      if (result === undefined) throw new RangeError('one request gives one result');
      return result;
    }
  }
  return ArtifactRegister;
}
