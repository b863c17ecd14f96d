/**
 * Every change that at1 makes to a disk passes through `change`, so that a test can watch it, refuse it, or let the
 * process die there. In the shipped program only an interrupt is ever in the way.
 */
import { refuseWhenInterrupted } from './interrupt.js';

/** Paths are as the caller gave them. What only reads is no change. */
export type Change =
  | { readonly kind: 'create'; readonly path: string; readonly mode: number }
  | { readonly kind: 'open'; readonly path: string; readonly append: boolean }
  | { readonly kind: 'write'; readonly path: string; readonly data: Uint8Array; readonly position: number | null }
  | { readonly kind: 'truncate'; readonly path: string; readonly length: number }
  /** Of a file or of a folder's names. */
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly path: string }
  | { readonly kind: 'link'; readonly from: string; readonly path: string }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'mkdir'; readonly path: string }
  | { readonly kind: 'rmdir'; readonly path: string }
  | { readonly kind: 'chmod'; readonly path: string; readonly mode: number };

/** Calls `act` for the change to happen; `act(n)` writes only the first n bytes. */
export type Interceptor = <T>(change: Change, act: (limit?: number) => T) => T;

let interceptor: Interceptor | undefined;

/** For tests; undefined takes it away again. */
export function interceptChanges(next: Interceptor | undefined): void {
  interceptor = next;
}

export function change<T>(what: Change, act: (limit?: number) => T): T {
  refuseWhenInterrupted(what.kind);
  return interceptor === undefined ? act() : interceptor(what, act);
}
