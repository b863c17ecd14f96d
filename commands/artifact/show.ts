/** `at1 model inspect` and `at1 model get`, which in pacha both show a version: `at1 show` of one kind. */
import * as Args from '@oclif/core/args';
import type { Kind, ShowResult } from '../../src/index.js';
import { At1Command, type CommandClass } from '../base.js';
import { atFlag, versionFlag } from '../flags.js';
import { showVersion } from '../show-version.js';
import { EXAMPLES, NOUNS, referenceOf } from './topic.js';

export function showCommand(kind: Kind, verb: 'inspect' | 'get'): CommandClass {
  const { name } = EXAMPLES[kind];
  class ArtifactShow extends At1Command {
    static override summary = `Show everything about a version of a ${NOUNS[kind]}.`;
    static override description =
      `The same as \`at1 show ${kind}/NAME@VERSION\`; \`at1 ${kind} download\` writes the files.`;
    static override examples = [`at1 ${kind} ${verb} ${name} -v 1.0.0`, `at1 ${kind} ${verb} ${name}`];
    static override args = {
      name: Args.string({ description: 'Name of the artifact.', required: true }),
    };
    static override flags = { version: versionFlag, at: atFlag };

    async run(): Promise<ShowResult> {
      const { args, flags } = await this.parse(ArtifactShow);
      return showVersion(this, { ref: referenceOf(kind, args.name, flags.version), at: flags.at });
    }
  }
  return ArtifactShow;
}
