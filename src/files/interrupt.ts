/**
 * Where an interrupt (Ctrl-C, SIGTERM) may end the program. At once, where nothing is half done; else further changes of the disk are
 * refused, as a failing disk would refuse them, what was begun is taken back, and then it ends. What others can see already (a
 * ref, an entry of a ledger) is done to its end instead.
 */
import type { Change } from './change.js';

/** What only takes away is never refused, nor what makes sure that something has reached the disk. */
const FORWARD: ReadonlySet<Change['kind']> = new Set(['create', 'open', 'write', 'rename', 'link', 'mkdir']);

let underWay = 0;
let takesBack = 0;
let isVisible = false;
let end: (() => void) | undefined;
const listeners = new Set<() => void>();

/**
 * For a program that was told to stop: `ends` is called when nothing is half done any more, which may be now; of several, the first.
 * It is to end the process, as `process.exit` does.
 */
export function interrupt(ends: () => void): void {
  // What others can see already is done to its end, and so is what a child does for it.
  if (!isVisible) for (const listener of listeners) listener();
  if (underWay > 0) end ??= ends;
  else ends();
}

/** Told of an interrupt of what can be taken back, until the function that is returned is called. */
export function onInterrupt(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Runs work that would leave something half done were the process to end in the middle. Within each other, the outermost counts. */
export async function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  underWay++;
  try {
    return await work();
  } finally {
    underWay--;
    if (underWay === 0) {
      isVisible = false;
      const ends = end;
      end = undefined;
      ends?.();
    }
  }
}

/** Runs what makes undone what was begun: it may write, whoever interrupts. */
export async function takingBack<T>(work: () => Promise<T>): Promise<T> {
  takesBack++;
  try {
    return await work();
  } finally {
    takesBack--;
  }
}

/** From here on the work under way has happened, for everybody to see: what is left of it is done, whoever interrupts. */
export function pointOfNoReturn(): void {
  isVisible = underWay > 0;
}

/** Called before each change. Again and again: a failure that somebody lives with, of a cache say, does not bring it to an end. */
export function refuseWhenInterrupted(kind: Change['kind']): void {
  if (end === undefined || isVisible || takesBack > 0 || !FORWARD.has(kind)) return;
  throw Object.assign(new Error('EINTR: interrupted'), { code: 'EINTR' });
}
