/** `at1 unpack`: the original back out of a container. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type UnpackResult, unpack } from '../src/index.js';
import { At1Command } from './base.js';
import { forceFlag } from './flags.js';
import { formatBytes } from './print.js';
import { following } from './progress.js';

export class UnpackCommand extends At1Command {
  static override summary = 'Get the original file back out of an .at1 file.';
  static override description =
    'Nothing appears under the name of the output before all of it is decoded and matches the SHA-256 in the ' +
    'container. Prints the digest of what was written, as sha256sum does. A bundle becomes a new folder.';
  static override examples = ['at1 unpack model.safetensors.at1', 'at1 unpack train.at1 -o train.csv --force'];
  static override args = {
    file: Args.string({ description: 'The container.', required: true }),
  };
  static override flags = {
    out: Flags.string({ char: 'o', summary: 'Where to write; default the name without .at1.', helpValue: 'FILE' }),
    force: forceFlag,
  };

  async run(): Promise<UnpackResult> {
    const { args, flags } = await this.parse(UnpackCommand);
    const { out, force } = flags;
    const onProgress = following(this.progress(args.file));
    const result = await unpack({ path: args.file, out, force, cwd: this.environment.cwd, onProgress });
    const { path, size, sha256, files = [] } = result;
    const digests = sha256 === null ? files.map((file) => `${file.sha256}  ${file.path}`) : [sha256];
    this.log([`wrote ${path}`, formatBytes(size), ...digests]);
    return result;
  }
}
