/** `at1 unregister`: takes a version back that nobody else has seen. */
import * as Args from '@oclif/core/args';
import { type UnregisterResult, unregister } from '../src/index.js';
import { At1Command } from './base.js';
import { keyFlag } from './flags.js';
import { openRegistry } from './open.js';
import { plural } from './print.js';
import { shortDigest } from './version-text.js';

export class UnregisterCommand extends At1Command {
  static override summary = 'Take back a version that was not pushed yet.';
  static override description =
    'The local commits from its registration on are made again without it, and without the objects that came with it and that nothing else needs. Once a remote has a version it stays: register a better one.';
  static override examples = ['at1 unregister model/fraud-detector@1.2.0', 'at1 unregister data/t@0.1.0 --json'];
  static override args = {
    ref: Args.string({ description: 'The version: kind/name@1.2.0.', required: true }),
  };
  static override flags = { key: keyFlag };

  async run(): Promise<UnregisterResult> {
    const { args, flags } = await this.parse(UnregisterCommand);
    const result = await unregister(await openRegistry(this, flags), { ref: args.ref });
    this.log([
      `${this.paint.green('unregistered')} ${result.ref}`,
      `  ${plural(result.removed.length, 'file')} removed, the branch is at ${shortDigest(result.commit)}`,
    ]);
    this.next('at1 list');
    return result;
  }
}
