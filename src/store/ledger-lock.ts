/**
 * Who moves containers to their places. Entries need no lock; without it only containers would take the places of newer ones.
 * So a lock that cannot be had is no failure: what it guards is left to the next one. A dead owner of this machine loses it.
 */
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromUtf8, utf8 } from '../bytes/text.js';
import { breakLock } from '../files/break-lock.js';
import { createWhole, removeIfThere } from '../files/durable-file.js';
import { uninterrupted } from '../files/interrupt.js';
import { attempt } from '../files/io-error.js';
import { identityIn, isDead, processMark, TEMP_PREFIX } from '../files/process-mark.js';
import { isSystemError } from '../files/system-error.js';
import { readFileBounded } from './read-file.js';

const NAME = 'places.lock';
const WAIT_MS = 10_000;
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 50;
const MARK_LIMIT = 1024;

/** The last in line of this process, by lock: to wait for each other by looking at a file would take them far longer. */
const lines = new Map<string, Promise<unknown>>();

/** Runs with the lock, or after ten seconds without it, and says which. */
export async function withPlacesLock<T>(folder: string, run: (held: boolean) => Promise<T>): Promise<T> {
  const path = join(folder, NAME);
  const turn = (lines.get(path) ?? Promise.resolve()).then(() => locked(path, run));
  const ended = turn.then(ignore, ignore);
  lines.set(path, ended);
  try {
    return await turn;
  } finally {
    if (lines.get(path) === ended) lines.delete(path);
  }
}

function ignore(): void {}

function locked<T>(path: string, run: (held: boolean) => Promise<T>): Promise<T> {
  return uninterrupted(() => withLock(path, run));
}

async function withLock<T>(path: string, run: (held: boolean) => Promise<T>): Promise<T> {
  const mark = await acquire(path);
  try {
    return await run(mark !== undefined);
  } finally {
    if (mark !== undefined) await release(path, mark);
  }
}

async function acquire(path: string): Promise<string | undefined> {
  const until = performance.now() + WAIT_MS;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const mark = processMark();
    if (await attempt('write', path, () => take(path, mark))) return mark;
    if (await breakDead(path)) continue;
    if (performance.now() >= until) return undefined;
    // Jitter, so that waiting processes do not meet again and again.
    await sleep(pause * (0.5 + Math.random()));
  }
}

/** Whole, and synced: after a power cut an empty lock would say of nobody that it is gone, and never be broken. None is no harm. */
async function take(path: string, mark: string): Promise<boolean> {
  try {
    await createWhole(path, utf8(mark), 0o666, { keepName: false });
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Whether it may be had at once now. */
async function breakDead(path: string): Promise<boolean> {
  const mark = await ownerOf(path);
  if (mark === undefined) return true;
  const owner = identityIn(mark);
  if (owner === undefined || !isDead(owner)) return false;
  await attempt('write', path, () => breakLock(path, mark, join(dirname(path), TEMP_PREFIX + processMark())));
  return true;
}

async function release(path: string, mark: string): Promise<void> {
  if ((await ownerOf(path)) === mark) await attempt('write', path, () => removeIfThere(path));
}

async function ownerOf(path: string): Promise<string | undefined> {
  const bytes = await readFileBounded(path, MARK_LIMIT);
  return bytes === undefined ? undefined : fromUtf8(bytes);
}
