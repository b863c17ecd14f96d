/** `at1 get`: a version's files. */
import * as Flags from '@oclif/core/flags';
import type { GetResult } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag, forceFlag, outFlag } from './flags.js';
import { getVersion } from './get-version.js';
import { versionArg } from './version-arg.js';

export class GetCommand extends At1Command {
  static override summary = 'Write the files of a version, checked byte by byte.';
  static override description =
    'Checks history, signatures and every digest first; where anything is wrong nothing is left at OUT. A file goes into OUT if that is a folder; a tree becomes the folder OUT. With --as at1 it is one container that any AT-1 decoder opens.';
  static override examples = [
    'at1 get model/fraud-detector@1.2.0 -o model.apr',
    'at1 get fraud-detector',
    'at1 get data/training-set@^1 --as at1 -o training-set.at1',
  ];
  static override args = {
    ref: versionArg,
  };
  static override flags = {
    out: outFlag,
    as: Flags.option({ options: ['at1'] as const })({ summary: 'Write one container instead of the file.' }),
    'allow-revoked': Flags.boolean({ summary: 'Give out a version that was revoked.' }),
    force: forceFlag,
    at: atFlag,
  };

  async run(): Promise<GetResult> {
    const { args, flags } = await this.parse(GetCommand);
    const { out, as, force, at, 'allow-revoked': allowRevoked } = flags;
    return getVersion(this, { ref: args.ref, out, as, force, at, allowRevoked });
  }
}
