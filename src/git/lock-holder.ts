/** Which process this is, and whether another one is known to be dead: what locks are broken by, and by nothing else. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { kill, pid as ownPid } from 'node:process';
import { toHex } from '../bytes/text.js';
import { ioError } from '../files/io-error.js';
import { readFile } from '../files/node-fs.js';
import { systemCode } from '../files/system-error.js';

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the system's own ticks; null where the system does not tell. */
  readonly started: string | null;
  /** Of the running system; null where the system does not tell. */
  readonly bootId: string | null;
  readonly nonce: string;
}

export async function describeSelf(): Promise<LockHolder> {
  return {
    pid: ownPid,
    host: hostname(),
    started: await startOf(ownPid),
    bootId: (await readText('/proc/sys/kernel/random/boot_id'))?.trim() ?? null,
    nonce: toHex(randomBytes(16)),
  };
}

/**
 * Only what this machine can know: it has been started anew since, or the process is gone or is another one by now.
 * (Two machines of one name on a shared disk could break each other's lock so; the refs' compare-and-swap decides.)
 */
export async function isDead(holder: LockHolder, self: LockHolder): Promise<boolean> {
  if (holder.host !== self.host) return false;
  if (holder.bootId !== self.bootId) return holder.bootId !== null && self.bootId !== null;
  if (!isRunning(holder.pid)) return true;
  const started = await startOf(holder.pid);
  return holder.started !== null && started !== null && started !== holder.started;
}

function isRunning(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

async function startOf(pid: number): Promise<string | null> {
  const line = await readText(`/proc/${pid}/stat`);
  // The name, in brackets, may hold anything; the start time is the 20th field after it.
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) return undefined;
    throw ioError('read', path, error);
  }
}
