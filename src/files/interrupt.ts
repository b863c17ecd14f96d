/**
 * Where an interrupt (Ctrl-C, SIGTERM) may end the program. At once, where nothing is half done; else the next change of the
 * disk is refused, as a failing disk would refuse it, what was begun is taken back, and then it ends. What has moved a ref
 * already is done to its end instead.
 */
import type { Change } from './change.js';

/** What only takes back is never refused, nor what makes sure that something has reached the disk. */
const FORWARD: ReadonlySet<Change['kind']> = new Set(['create', 'open', 'write', 'rename', 'link', 'mkdir']);

let underWay = 0;
let refuses = false;
let beyondReturn = false;
let end: (() => void) | undefined;

/**
 * For a program that was told to stop: `ends` is called, once, when nothing is half done any more, which may be now. It is to
 * end the process, as `process.exit` does.
 */
export function interrupt(ends: () => void): void {
  if (underWay > 0) {
    end = ends;
    refuses = !beyondReturn;
  } else ends();
}

/** Runs work that would leave something half done were the process to end in the middle. Within each other, the outermost counts. */
export async function unbroken<T>(work: () => Promise<T>): Promise<T> {
  underWay++;
  try {
    return await work();
  } finally {
    underWay--;
    if (underWay === 0) {
      refuses = false;
      beyondReturn = false;
      end?.();
      end = undefined;
    }
  }
}

/** From here on the work under way has happened, for everybody to see: what is left of it is done, whoever interrupts. */
export function passReturn(): void {
  beyondReturn = underWay > 0;
  refuses = false;
}

/** Called before each change. Once only: what takes back may have to write as well. */
export function refuseWhenInterrupted(kind: Change['kind']): void {
  if (!refuses || !FORWARD.has(kind)) return;
  refuses = false;
  throw Object.assign(new Error('EINTR: interrupted'), { code: 'EINTR' });
}
