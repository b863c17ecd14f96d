/** `at1 list`: what is in the registry. */
import * as Args from '@oclif/core/args';
import type { ListResult } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag } from './flags.js';
import { listArtifacts } from './list-artifacts.js';

export class ListCommand extends At1Command {
  static override summary = 'List versions, newest first.';
  static override description =
    'One line for every version: when it was created, its size, the size of the objects that hold it, who signed it. A version that is pending or wrong says so.';
  static override examples = [
    'at1 list',
    'at1 list model',
    'at1 list model/fraud-detector',
    { description: 'as it was', command: 'at1 list --at 2026-01-31T12:00:00Z' },
  ];
  static override args = {
    what: Args.string({ description: 'A kind (model, data, recipe) or the name of an artifact.' }),
  };
  static override flags = { at: atFlag };

  async run(): Promise<ListResult> {
    const { args, flags } = await this.parse(ListCommand);
    return listArtifacts(this, { what: args.what, at: flags.at });
  }
}
