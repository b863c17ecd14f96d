/** Watches the changes that the code under test makes to the disk, or makes one of them fail; one user at a time. */
import { type Change, type Interceptor, interceptChanges } from '../../src/files/change.js';

export async function withInterceptor<T>(interceptor: Interceptor, work: () => Promise<T>): Promise<T> {
  // Commands are loaded when they are called, and then may bring a second copy of the library with them.
  const loaded = await import('../../src/files/change.js');
  const copies = new Set([interceptChanges, loaded.interceptChanges]);
  for (const intercept of copies) intercept(interceptor);
  try {
    return await work();
  } finally {
    for (const intercept of copies) intercept(undefined);
  }
}

/** The changes in the order in which they were begun. */
export async function changesOf(work: () => Promise<unknown>): Promise<Change[]> {
  const changes: Change[] = [];
  await withInterceptor((change, act) => {
    changes.push(change);
    return act();
  }, work);
  return changes;
}

/** The changes that succeeded, in the order in which they were done, with copies of what was written. */
export async function traceOf(work: () => Promise<unknown>): Promise<Change[]> {
  const trace: Change[] = [];
  await withInterceptor((change, act) => {
    const copy = change.kind === 'write' ? { ...change, data: Uint8Array.from(change.data) } : change;
    const done = act();
    if (!(done instanceof Promise)) {
      trace.push(copy);
      return done;
    }
    return done.then((result) => {
      const written = copy.kind === 'write' && typeof result === 'number' ? copy.data.subarray(0, result) : undefined;
      trace.push(copy.kind === 'write' && written !== undefined ? { ...copy, data: written } : copy);
      return result;
    }) as typeof done;
  }, work);
  return trace;
}

/** The system refuses change number `step`, counted from 0, once. */
export async function refusingAt<T>(step: number, code: string, work: () => Promise<T>): Promise<T> {
  let next = 0;
  return withInterceptor((change, act) => {
    if (next++ === step) throw systemError(code, change.kind);
    return act();
  }, work);
}

export function systemError(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: ${call}`), { code });
}
