/** `at1 revoke`: refuse a version, for ever. */
import * as Args from '@oclif/core/args';
import { type EventResult, withdraw } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags } from './flags.js';
import { openRegistry } from './open.js';
import { eventOptions, printEvents } from './print-events.js';

export class RevokeCommand extends At1Command {
  static override summary = 'Refuse a version, for ever.';
  static override description =
    'It leaves its stages and aliases, and get refuses it unless --allow-revoked is given. It cannot be undone: register a better version.';
  static override examples = [
    'at1 revoke model/fraud-detector@1.1.0 --reason "trained on poisoned data"',
    'at1 revoke model/fraud-detector@1.1.0 --reason "leaked" --pr',
  ];
  static override args = {
    ref: Args.string({ description: 'The version: kind/name@1.2.0.', required: true }),
  };
  static override flags = {
    ...eventFlags,
  };

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(RevokeCommand);
    const registry = await openRegistry(this, { key: flags.key });
    const action = 'revoke';
    return printEvents(this, await withdraw(registry, { ref: args.ref, action }, eventOptions(flags)));
  }
}
