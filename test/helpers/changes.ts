/** Watches the changes that the code under test makes to the disk, or makes one of them fail; one user at a time. */
import { type Change, type Interceptor, interceptChanges } from '../../src/files/change.js';

export async function withInterceptor<T>(interceptor: Interceptor, work: () => Promise<T>): Promise<T> {
  interceptChanges(interceptor);
  try {
    return await work();
  } finally {
    interceptChanges(undefined);
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
