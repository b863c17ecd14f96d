/** `at1 revoke`: refuse a version, for ever. */
import type { EventResult } from '../src/index.js';
import { At1Command } from './base.js';
import { eventFlags } from './flags.js';
import { versionArgs, withdrawVersion } from './withdraw.js';

export class RevokeCommand extends At1Command {
  static override summary = 'Refuse a version, for ever.';
  static override description =
    'It leaves its stages and aliases, and get refuses it unless --allow-revoked is given. It cannot be undone: register a better version.';
  static override examples = [
    'at1 revoke model/fraud-detector@1.1.0 --reason "trained on poisoned data"',
    'at1 revoke model/fraud-detector@1.1.0 --reason "leaked" --pr',
  ];
  static override args = versionArgs;
  static override flags = eventFlags;

  async run(): Promise<EventResult> {
    const { args, flags } = await this.parse(RevokeCommand);
    return withdrawVersion(this, { ref: args.ref, action: 'revoke' }, flags);
  }
}
