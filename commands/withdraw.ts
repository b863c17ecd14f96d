/** What `yank`, `deprecate` and `revoke` share: a version, and an event that says less of it, or takes that back. */
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { type EventResult, withdraw } from '../src/index.js';
import type { At1Command } from './base.js';
import { openRegistry } from './open.js';
import { eventOptions, printEvents } from './print-events.js';

export const versionArgs = {
  ref: Args.string({ description: 'The version: kind/name@1.2.0.', required: true }),
};

export const undoFlag = Flags.boolean({ summary: 'Take it back: the version is in use again.' });

export async function withdrawVersion(
  command: At1Command,
  { ref, action }: Parameters<typeof withdraw>[1],
  flags: Parameters<typeof eventOptions>[0] & { readonly key?: string | undefined },
): Promise<EventResult> {
  const registry = await openRegistry(command, { key: flags.key });
  return printEvents(command, await withdraw(registry, { ref, action }, eventOptions(flags)));
}
