/**
 * The registry's own lock, `at1.lock`: keeps several at1 processes from planning on the same head and retrying.
 * Advisory: what is right is decided by compare-and-swap on the refs, never by this file.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { toHex, utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { discard, removeIfThere } from '../files/durable-file.js';
import { ioError } from '../files/io-error.js';
import { link, open, rename } from '../files/node-fs.js';
import { systemCode } from '../files/system-error.js';
import { describeSelf, isDead, type LockHolder, readText } from './lock-holder.js';

export interface RegistryLockOptions {
  /** Milliseconds one other process may take. Default: 10,000. While the lock goes from hand to hand, all wait on. */
  readonly wait?: number;
}

export interface RegistryLock {
  readonly path: string;
  /** The one before died with it: what it was doing may be half done. */
  readonly inherited: boolean;
  release(): Promise<void>;
}

const DEFAULT_WAIT = 10_000;
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
  const self = await describeSelf();
  const start = performance.now();
  let until = start + (options.wait ?? DEFAULT_WAIT);
  let inherited = false;
  let last: string | undefined;
  for (let pause = FIRST_PAUSE; ; pause *= 2) {
    const text = await readText(path);
    if (text === undefined && (await create(path, self))) {
      return { path, inherited, release: () => releaseOwn(path, self) };
    }
    const holder = holderIn(text);
    if (holder !== undefined && (await isDead(holder, self))) {
      await breakLock(path, holder);
      inherited = true;
      continue;
    }
    const now = performance.now();
    if (text !== last) until = now + (options.wait ?? DEFAULT_WAIT);
    last = text;
    if (now >= until) throw locked(path, holder);
    const longest = now - start > LONG_WAIT ? IMPATIENT_PAUSE : LONGEST_PAUSE;
    await sleep(Math.min(until - now, Math.min(pause, longest) * (0.5 + Math.random())));
  }
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
      if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(systemCode(error) ?? '')) throw error;
    } finally {
      await discard(temporary);
    }
    // A file system without hard links.
    return await writeExclusive(path, text);
  } catch (error) {
    throw ioError('write', path, error);
  }
}

async function writeExclusive(path: string, text: Uint8Array): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o644);
    try {
      await file.writeAll(text);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function releaseOwn(path: string, self: LockHolder): Promise<void> {
  const holder = await readHolder(path);
  if (holder?.nonce === self.nonce) await removeIfThere(path);
}

/** Two processes may find the same dead holder: the file is taken away by name first and looked at again. */
async function breakLock(path: string, holder: LockHolder): Promise<void> {
  const aside = `${path}.${toHex(randomBytes(8))}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw ioError('write', path, error);
  }
  const taken = await readHolder(aside);
  if (taken?.nonce !== holder.nonce) {
    // A new holder came between; give the lock back unless yet another has it.
    await link(aside, path).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw ioError('write', path, error);
    });
  }
  await discard(aside);
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  return holderIn(await readText(path));
}

function holderIn(text: string | undefined): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isHolder(value) ? value : undefined;
  } catch {
    // Not ours, or cut off by a power failure: nobody can be said to be dead, so it is never broken.
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
