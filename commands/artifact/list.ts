/** `at1 model list` and its like: `at1 list` of one kind. */
import * as Args from '@oclif/core/args';
import type { Kind, ListResult } from '../../src/index.js';
import { At1Command, type CommandClass } from '../base.js';
import { atFlag } from '../flags.js';
import { listArtifacts } from '../list-artifacts.js';
import { EXAMPLES, NOUNS, referenceOf } from './topic.js';

export function listCommand(kind: Kind): CommandClass {
  const { name } = EXAMPLES[kind];
  class ArtifactList extends At1Command {
    static override summary = `List versions of ${NOUNS[kind]}s, newest first.`;
    static override description = `The same as \`at1 list ${kind}\`, or \`at1 list ${kind}/NAME\`.`;
    static override examples = [`at1 ${kind} list`, `at1 ${kind} list ${name}`];
    static override args = {
      name: Args.string({ description: 'Name of an artifact.' }),
    };
    static override flags = { at: atFlag };

    async run(): Promise<ListResult> {
      const { args, flags } = await this.parse(ArtifactList);
      const what = args.name === undefined ? kind : referenceOf(kind, args.name, undefined);
      return listArtifacts(this, { what, at: flags.at });
    }
  }
  return ArtifactList;
}
