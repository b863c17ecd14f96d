/** `at1 model download` and its like: `at1 get` of one kind. */
import * as Args from '@oclif/core/args';
import type { GetResult, Kind } from '../../src/index.js';
import { At1Command, type CommandClass } from '../base.js';
import { atFlag, forceFlag, outFlag, versionFlag } from '../flags.js';
import { getVersion } from '../get-version.js';
import { EXAMPLES, NOUNS, referenceOf } from './topic.js';

export function downloadCommand(kind: Kind): CommandClass {
  const { name, file } = EXAMPLES[kind];
  class ArtifactDownload extends At1Command {
    static override summary = `Write the files of a version of a ${NOUNS[kind]}, checked byte by byte.`;
    static override description = `The same as \`at1 get ${kind}/NAME@VERSION -o OUT\`.`;
    static override examples = [
      `at1 ${kind} download ${name} -v 1.0.0 -o ${file}`,
      `at1 ${kind} download ${name} -o ${file} --force`,
    ];
    static override args = {
      name: Args.string({ description: 'Name of the artifact.', required: true }),
    };
    static override flags = { version: versionFlag, out: outFlag, force: forceFlag, at: atFlag };

    async run(): Promise<GetResult> {
      const { args, flags } = await this.parse(ArtifactDownload);
      const { version, out, force, at } = flags;
      return getVersion(this, { ref: referenceOf(kind, args.name, version), out, force, at });
    }
  }
  return ArtifactDownload;
}
