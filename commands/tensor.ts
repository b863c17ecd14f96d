/** `at1 tensor`: the tensors of a model, or the bytes of one of them. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type TensorResult, tensor } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag, bytesOutFlag, forceFlag } from './flags.js';
import { openRegistry } from './open.js';
import { formatBytes, plural, table } from './print.js';
import { following } from './progress.js';
import { rawOutput } from './raw-output.js';
import { noteStanding, shellWord } from './version-text.js';

export class TensorCommand extends At1Command {
  static override summary = 'List the tensors of a version or file, or get one of them.';
  static override description =
    'Reads safetensors, GGUF, npy, npz, ONNX and PyTorch files without loading or running anything in them. Of a ' +
    'version only the objects that hold the headers and the wanted tensor are read, each verified before it is used. ' +
    'The bytes are those in the file: no header, and the byte order of the file.';
  static override examples = [
    'at1 tensor model/fraud-detector@1.2.0',
    'at1 tensor fraud-detector layer.0.weight -o weight.f32',
    'at1 tensor model.gguf token_embd.weight | sha256sum',
  ];
  static override args = {
    what: Args.string({ description: 'A file, which may be an .at1 file, or a reference.', required: true }),
    name: Args.string({ description: 'The tensor whose bytes are wanted; default: all are listed.' }),
  };
  static override flags = {
    path: Flags.string({ summary: 'File of the version; default: all of them.', helpValue: 'PATH' }),
    out: bytesOutFlag,
    force: forceFlag,
    at: atFlag,
  };

  async run(): Promise<TensorResult> {
    const { args, flags } = await this.parse(TensorCommand);
    const { path, out, force, at } = flags;
    const sink = args.name === undefined ? undefined : rawOutput(this, out);
    const progress = this.progress(`tensor ${args.what}`);
    const result = await tensor({
      ...{ what: args.what, name: args.name, path, out, force, sink, onProgress: following(progress) },
      cwd: this.environment.cwd,
      registry: () => openRegistry(this, { at }),
    });
    progress.done();
    noteStanding(this, result);
    if (args.name === undefined) this.#list(args.what, result);
    else if (result.written !== null) {
      const [found] = result.tensors;
      this.log([`${this.paint.green('wrote')} ${result.written}`, formatBytes(found?.size ?? 0), found?.sha256 ?? '']);
    }
    return result;
  }

  #list(what: string, { files, tensors }: TensorResult): void {
    const several = files.length > 1;
    const rows = tensors.map(({ path, name, dtype, shape, offset, size }) => [
      ...(several ? [path] : []),
      name,
      dtype,
      shape.join('x'),
      String(offset),
      String(size),
    ]);
    const heads = [...(several ? ['FILE'] : []), 'NAME', 'TYPE', 'SHAPE', 'OFFSET', 'BYTES'];
    const formats = [...new Set(files.map(({ format }) => format))].join(', ');
    if (rows.length > 0) this.log(table([heads, ...rows], [heads.length - 2, heads.length - 1]));
    this.log(`${plural(rows.length, 'tensor')}, ${formats === 'unknown' ? 'no format that is known' : formats}`);
    const [first] = tensors;
    if (first !== undefined) this.next(`at1 tensor ${shellWord(what)} ${shellWord(first.name)} -o OUT`);
  }
}
