/** `at1 log`: who registered, promoted or withdrew what, when and why. */
import * as Args from '@oclif/core/args';
import { type LogEntry, log } from '../src/index.js';
import { At1Command } from './base.js';
import { atFlag } from './flags.js';
import { openRegistry } from './open.js';
import { plural, table } from './print.js';
import { shortDigest, shortTime, signedBy } from './version-text.js';

export class LogCommand extends At1Command {
  static override summary = 'Show who registered, promoted or withdrew what, newest first.';
  static override description =
    'Times are what the commits say of themselves, one second later each where they would not increase within an artifact; the order is that of history.';
  static override examples = ['at1 log', 'at1 log model/fraud-detector', 'at1 log --at model/fraud-detector@v1.0.0'];
  static override args = {
    name: Args.string({ description: 'A kind (model, data, recipe) or the name of an artifact.' }),
  };
  static override flags = { at: atFlag };

  async run(): Promise<{ readonly entries: readonly LogEntry[] }> {
    const { args, flags } = await this.parse(LogCommand);
    const result = await log(await openRegistry(this, flags), args.name);
    const rows = result.entries.map((entry) => [
      shortTime(entry.time),
      eventText(entry),
      entry.ref,
      signedBy(entry.by),
      shortDigest(entry.commit),
      entry.description ?? '',
    ]);
    if (rows.length === 0) {
      this.log('nothing has been registered yet');
      this.next('at1 register FILE');
      return result;
    }
    const head = ['TIME (UTC)', 'EVENT', 'VERSION', 'SIGNED BY', 'COMMIT', 'DESCRIPTION'].map(this.paint.dim);
    this.log([...table([head, ...rows]), plural(rows.length, 'entry', 'entries')]);
    this.next(`at1 show ${rows[0]?.[2]}`);
    return result;
  }
}

function eventText({ event, lane, state }: LogEntry): string {
  const what = lane === null ? event : `${event} ${lane}`;
  return state === 'effective' ? what : `${what} (${state})`;
}
