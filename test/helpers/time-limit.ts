/** Limits of time by the processor, not by the clock: what else the machine is doing hardly counts. */
import assert from 'node:assert/strict';
import { slowness } from './slowness.js';

/**
 * What `work` gives; fails where that took more than these milliseconds. How slow the machine is, is asked only then.
 * The `what` is told with the failure.
 */
export async function within<T>(milliseconds: number, work: () => T | Promise<T>, what?: string): Promise<T> {
  const { result, ms } = await timed(work);
  if (ms > milliseconds) {
    const limit = milliseconds * slowness();
    const whose = what === undefined ? '' : ` for ${what}`;
    assert.ok(ms <= limit, `took ${Math.round(ms)} ms of CPU of ${Math.round(limit)}${whose}`);
  }
  return result;
}

/** CPU of this process with all its threads; that of other processes does not count. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}
