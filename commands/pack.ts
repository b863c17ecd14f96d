/** `at1 pack`: one file into one container. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type PackResult, pack } from '../src/index.js';
import { At1Command } from './base.js';
import { forceFlag, levelFlag, threadsFlag } from './flags.js';
import { formatBytes } from './print.js';
import { following } from './progress.js';

export class PackCommand extends At1Command {
  static override summary = 'Pack one file into one self-contained .at1 file.';
  static override description =
    'Needs no registry. Any AT-1 decoder opens the result; it holds the SHA-256 of the original, and what is written ' +
    'is decoded and compared first. Tensors are stored as planes, tables as columns, JSON and logs by what repeats; ' +
    '`--level max` also compares the result with that of `xz -9` up to 256 MiB, and is never larger by more than 42 bytes.';
  static override examples = [
    'at1 pack model.safetensors',
    'at1 pack train.csv -o train.at1 --level max',
    'at1 pack weights.bin --dtype F32',
  ];
  static override args = {
    file: Args.string({ description: 'The file to pack.', required: true }),
  };
  static override flags = {
    out: Flags.string({ char: 'o', summary: 'Where to write; default FILE.at1.', helpValue: 'FILE' }),
    level: levelFlag,
    dtype: Flags.string({
      summary: 'Type of the numbers that a file without a format consists of, such as F32 or BF16; default: a guess.',
      helpValue: 'TYPE',
      exclusive: ['queryable'],
    }),
    threads: threadsFlag,
    queryable: Flags.boolean({
      summary: 'Of a table: pack it so that at1 query reads only the parts it needs.',
      exclusive: ['threads'],
    }),
    force: forceFlag,
  };

  async run(): Promise<PackResult> {
    const { args, flags } = await this.parse(PackCommand);
    const { out, level, dtype, force, queryable, threads } = flags;
    const onProgress = following(this.progress(args.file));
    const { cwd } = this.environment;
    const result = await pack({ path: args.file, out, level, dtype, force, queryable, threads, cwd, onProgress });
    const { path, size, stored, sha256, floor } = result;
    const share = size === 0 ? '' : ` (${((stored / size) * 100).toFixed(1)}%)`;
    this.log([`wrote ${path}`, `${formatBytes(size)} as ${formatBytes(stored)}${share}`, sha256, `floor: ${floor}`]);
    this.next(`at1 unpack ${path}`);
    return result;
  }
}
