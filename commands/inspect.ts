/** `at1 inspect`: what a container is made of; proves nothing. */
import * as Args from '@oclif/core/args';
import { type ContainerInfo, inspect } from '../src/index.js';
import { At1Command } from './base.js';
import { frameTable, SHOWN, streamTable } from './frame-tables.js';
import { formatBytes, plural } from './print.js';

export class InspectCommand extends At1Command {
  static override summary = 'Show what an .at1 file is made of.';
  static override description =
    'Mode, codec, frames, streams and trailer, without decoding: it verifies nothing, and shows containers that `at1 unpack` ' +
    'refuses too. `at1 unpack` is what checks.';
  static override examples = ['at1 inspect model.safetensors.at1', 'at1 inspect model.at1 --json'];
  static override args = {
    file: Args.string({ description: 'The container.', required: true }),
  };

  async run(): Promise<object> {
    const { args } = await this.parse(InspectCommand);
    const info = await inspect(args.file, this.environment.cwd);
    const { mode, codec, size, frames, frameCount, outputSize, trailer, hint } = info;
    this.log([
      `${args.file}: ${formatBytes(size)}, ${mode}, codec ${codec}, ${plural(frameCount, 'frame')}`,
      `original: ${outputSize === undefined ? 'size not stated' : formatBytes(outputSize)}`,
      `trailer: ${trailer === undefined ? 'none' : `sha256:${trailer}`}`,
      ...(hint === undefined ? [] : [`block hint: ${hint}`]),
      ...frameTable(frames),
    ]);
    if (frameCount > SHOWN) this.log(`and ${plural(frameCount - SHOWN, 'more frame', 'more frames')}`);
    this.log(streamTable(frames));
    this.log(this.paint.dim('nothing was decoded or verified'));
    this.next(`at1 unpack ${args.file} checks and decodes it`);
    return withNulls(info);
  }
}

/** JSON has no undefined: what is not known is null, not absent. */
function withNulls({ hint, frames, outputSize, trailer, ...info }: ContainerInfo): object {
  return {
    ...info,
    hint: hint ?? null,
    outputSize: outputSize ?? null,
    trailer: trailer === undefined ? null : `sha256:${trailer}`,
    frames: frames.map(({ streams, ...frame }) => ({
      ...frame,
      backend: frame.backend ?? null,
      outputSize: frame.outputSize ?? null,
      ...(streams === undefined
        ? {}
        : { streams: streams.map((stream) => ({ ...stream, outputSize: stream.outputSize ?? null })) }),
    })),
  };
}
