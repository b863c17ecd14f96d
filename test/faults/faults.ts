/** Makes one change of the disk go wrong: refused by the system, cut short, or the last thing its process does. */
import type { Change, Interceptor } from '../../src/files/change.js';
import { systemError, withInterceptor } from '../helpers/changes.js';

/** `short`: half of a write is done, and said so; `kill`: half of a write is done, then nothing ever again. */
export const FAULTS = ['kill', 'ENOSPC', 'EIO', 'short'] as const;
export type Fault = (typeof FAULTS)[number];

export class Killed extends Error {}

export interface Struck {
  /** The change it struck; undefined where the command has fewer. */
  readonly change: Change | undefined;
}

/** Change number `step`, counted from 0; for `short`, writes alone are counted. */
export async function strike(step: number, fault: Fault, work: () => Promise<unknown>): Promise<Struck> {
  let next = 0;
  let struck: Change | undefined;
  const interceptor: Interceptor = (change, act) => {
    if (struck !== undefined && fault === 'kill') throw new Killed('the process is dead');
    if (fault === 'short' && (change.kind !== 'write' || change.data.length < 2)) return act();
    if (next++ !== step) return act();
    struck = change;
    if (fault === 'short') return act(halfOf(change));
    if (fault !== 'kill') throw systemError(fault, change.kind);
    if (change.kind === 'write') return thenDie(act(halfOf(change)));
    throw new Killed(`killed at ${change.kind} ${change.path}`);
  };
  await withInterceptor(interceptor, work);
  return { change: struck };
}

function halfOf(change: Change): number {
  return change.kind === 'write' ? change.data.length >> 1 : 0;
}

/** The write reaches the disk; its caller never hears of it. */
function thenDie<T>(result: T): T {
  const dead = () => {
    throw new Killed('killed at write');
  };
  if (result instanceof Promise) return result.then(dead, dead) as T;
  return dead();
}
