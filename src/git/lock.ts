/**
 * The registry's own lock, `at1.lock`: keeps several at1 processes from planning on the same head and retrying.
 * Advisory: what is right is decided by compare-and-swap on the refs, never by this file.
 */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { breakLock } from '../files/break-lock.js';
import { discard, removeIfThere, writeNew } from '../files/durable-file.js';
import { refuseWhenInterrupted, takingBack } from '../files/interrupt.js';
import { ioError } from '../files/io-error.js';
import { existsSync, link, rename, stat } from '../files/node-fs.js';
import { isDead, ownIdentity, type ProcessIdentity, processMark } from '../files/process-mark.js';
import { readFile } from '../files/read-whole.js';
import { hasNoLinks, systemCode } from '../files/system-error.js';

export interface RegistryLockOptions {
  /** Milliseconds one other process may take. Default: 10,000. While the lock goes from hand to hand, all wait on. */
  readonly wait?: number;
  /** Milliseconds a lock may stay without a whole holder in it, at most `wait`. Default: 5,000. */
  readonly tornWait?: number;
}

interface LockHolder extends ProcessIdentity {
  readonly nonce: string;
}

export interface RegistryLock {
  readonly path: string;
  /** The one before died with it, or failed: what it was doing may be half done. */
  readonly inherited: boolean;
  /** What `inherited` told of is mended: the next one need not know of it. */
  mended(): Promise<void>;
  /** `unfinished`: the next one is told that something may be half done. */
  release(unfinished?: boolean): Promise<void>;
}

/** Added to the lock's name: its last holder failed half-way. */
const UNFINISHED = '-unfinished';
const DEFAULT_WAIT = 10_000;
/** Without hard links a lock is made first and written then: nobody who lives and is not stopped takes this long in between. */
const TORN_WAIT = 5_000;
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 250;
/** Who has waited this long looks more often than those who came later, so that nobody waits for ever. */
const LONG_WAIT = 10_000;
const IMPATIENT_PAUSE = 50;

/** Throws `registry/locked` with the holder as facts. */
export async function lockRegistry(
  repository: { readonly commonDir: string },
  options: RegistryLockOptions = {},
): Promise<RegistryLock> {
  const path = join(repository.commonDir, 'at1.lock');
  const self = { ...ownIdentity(), nonce: processMark() };
  const start = performance.now();
  const { wait = DEFAULT_WAIT, tornWait = TORN_WAIT } = options;
  let until = start + wait;
  let inherited = false;
  let last: string | undefined;
  for (let pause = FIRST_PAUSE; ; pause *= 2) {
    refuseToWait(path);
    const text = await readText(path);
    if (text === undefined && (await create(path, self))) {
      return {
        path,
        inherited: inherited || existsSync(`${path}${UNFINISHED}`),
        mended: () => removeIfThere(`${path}${UNFINISHED}`),
        release: (unfinished = false) => releaseOwn(path, self, unfinished),
      };
    }
    const holder = holderIn(text);
    if (text !== undefined && holder !== undefined && isDead(holder)) {
      await breakDead(path, text);
      inherited = true;
      continue;
    }
    const now = performance.now();
    if (text !== last) until = now + (isTorn(text) ? Math.min(wait, tornWait) : wait);
    last = text;
    if (now >= until) throw isTorn(text) ? torn(path) : locked(path, holder);
    const longest = now - start > LONG_WAIT ? IMPATIENT_PAUSE : LONGEST_PAUSE;
    await sleep(Math.min(until - now, Math.min(pause, longest) * (0.5 + Math.random())));
  }
}

/** Whoever only waits changes nothing, and would not hear of an interrupt. */
function refuseToWait(path: string): void {
  try {
    refuseWhenInterrupted('create');
  } catch (error) {
    throw ioError('write', path, error);
  }
}

/** The path of the lock where its holder is dead; with `fix` it is removed. */
export async function breakDeadHolder(
  repository: { readonly commonDir: string },
  fix: boolean,
): Promise<string | undefined> {
  const path = join(repository.commonDir, 'at1.lock');
  const text = await readText(path);
  const holder = holderIn(text);
  if (text === undefined || holder === undefined || !isDead(holder)) return undefined;
  if (fix) await breakDead(path, text);
  return path;
}

/** A lock without a whole holder in it: of whom it is nobody can know. */
export interface TornLock {
  readonly path: string;
  /** Whoever makes it may be about to write it. */
  readonly young: boolean;
}

/**
 * With `fix` one that is not young is removed: only a person may say so, for its maker may be stopped and not dead. It then
 * notices (`create`). `now`: milliseconds since 1970.
 */
export async function findTornLock(
  repository: { readonly commonDir: string },
  now: number,
  fix: boolean,
): Promise<TornLock | undefined> {
  const path = join(repository.commonDir, 'at1.lock');
  const made = await madeAt(path);
  const text = await readText(path);
  if (made === undefined || text === undefined || !isTorn(text)) return undefined;
  const young = now - made < TORN_WAIT;
  if (fix && !young) await breakDead(path, text);
  return { path, young };
}

/** Linked into place whole, so that nobody reads half a holder. */
async function create(path: string, self: LockHolder): Promise<boolean> {
  const temporary = `${path}.${self.nonce}`;
  const text = utf8(`${JSON.stringify(self)}\n`);
  try {
    await writeExclusive(temporary, text);
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      if (!hasNoLinks(error)) throw error;
    } finally {
      await discard(temporary);
    }
    // A file system without hard links. Whoever was stopped before it could write may find its lock removed as a torn one.
    return (await writeExclusive(path, text)) && (await readHolder(path))?.nonce === self.nonce;
  } catch (error) {
    throw ioError('write', path, error);
  }
}

async function writeExclusive(path: string, text: Uint8Array): Promise<boolean> {
  try {
    // Synced: after a power cut an empty lock would say of nobody that it is gone.
    await writeNew(path, [text], 0o644);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function releaseOwn(path: string, self: LockHolder, unfinished: boolean): Promise<void> {
  const holder = await readHolder(path);
  if (holder?.nonce !== self.nonce) return;
  // A rename works on a full disk too.
  if (unfinished) await takingBack(() => rename(path, `${path}${UNFINISHED}`));
  else await removeIfThere(path);
}

async function breakDead(path: string, text: string): Promise<void> {
  try {
    await breakLock(path, text, `${path}.${processMark()}`);
  } catch (error) {
    throw ioError('write', path, error);
  }
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  return holderIn(await readText(path));
}

/** Undefined where there is none. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw ioError('read', path, error);
  }
}

/** When it was written last, in milliseconds since 1970; undefined where there is none. */
async function madeAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw ioError('read', path, error);
  }
}

/** Nothing, zeros as after a power cut, or the beginning of a holder. Other words are somebody else's, and theirs to remove. */
function isTorn(text: string | undefined): boolean {
  if (text === undefined) return false;
  const said = text.replaceAll('\0', '').trim();
  if (said === '') return true;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return said.startsWith('{');
  }
}

function holderIn(text: string | undefined): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isHolder(value) ? value : undefined;
  } catch {
    // Not ours, or cut off by a power failure: nobody can be said to be dead, so no writing command breaks it.
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  const row = value as Record<string, unknown>;
  const textOrNull = (field: unknown) => field === null || typeof field === 'string';
  return (
    Number.isSafeInteger(row.pid) &&
    (row.pid as number) > 0 &&
    typeof row.host === 'string' &&
    typeof row.nonce === 'string' &&
    textOrNull(row.started) &&
    textOrNull(row.bootId) &&
    textOrNull(row.pidSpace)
  );
}

function locked(path: string, holder: LockHolder | undefined): At1Error {
  return new At1Error('registry/locked', {
    message:
      holder === undefined
        ? `the registry is locked by ${path}`
        : `process ${holder.pid} on ${holder.host} is at work in this registry`,
    facts: { path, ...(holder === undefined ? {} : { pid: holder.pid, host: holder.host }) },
    hint: `wait for it; if no at1 is running there, remove ${path}`,
  });
}

function torn(path: string): At1Error {
  return new At1Error('registry/locked', {
    message: `the registry is locked by ${path}, which does not say by whom: it is empty or cut off`,
    facts: { path },
    hint: 'if no at1 is at work here, `at1 doctor --fix` removes it',
  });
}
