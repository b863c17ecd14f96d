/** `at1 cat`: bytes of a registered file on standard output. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type CatResult, cat } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag, bytesOutFlag, forceFlag } from './flags.js';
import { openRegistry } from './open.js';
import { formatBytes } from './print.js';
import { following } from './progress.js';
import { rawOutput } from './raw-output.js';
import { versionArg } from './version-arg.js';
import { noteStanding } from './version-text.js';

export class CatCommand extends At1Command {
  static override summary = 'Write a file of a version, or a part of it, to standard output.';
  static override description =
    'Only the objects that hold the wanted bytes are read, and each is verified before a byte of it is written. ' +
    'A range is from byte A to before byte B. With --json the bytes go to -o or nowhere, and their digest is printed.';
  static override examples = [
    'at1 cat data/training-set@1.0.0 --range :4096 | head',
    'at1 cat data/pages@^2 train/part-0007.parquet -o part-0007.parquet',
  ];
  static override args = {
    ref: versionArg,
    path: Args.string({ description: 'File of the version; needed where it has several.' }),
  };
  static override flags = {
    range: Flags.string({ summary: 'From byte A to before byte B; either may be left out.', helpValue: 'A:B' }),
    out: bytesOutFlag,
    force: forceFlag,
    at: atFlag,
  };

  async run(): Promise<CatResult> {
    const { args, flags } = await this.parse(CatCommand);
    const { range, out, force, at } = flags;
    const sink = rawOutput(this, out);
    const registry = await openRegistry(this, { at });
    const progress = this.progress(`cat ${args.ref}`);
    const { cwd } = this.environment;
    const onProgress = following(progress);
    const result = await cat(registry, { ref: args.ref, path: args.path, range, out, force, cwd, sink, onProgress });
    progress.done();
    noteStanding(this, result);
    if (result.written !== null) {
      this.log([
        `${this.paint.green('wrote')} ${result.written}`,
        `${formatBytes(result.to - result.from)}`,
        result.sha256,
      ]);
    }
    return result;
  }
}
