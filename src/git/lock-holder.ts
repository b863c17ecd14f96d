/** Which process this is, and whether another one is known to be dead: what locks are broken by, and by nothing else. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { kill, pid as ownPid } from 'node:process';
import { toHex } from '../bytes/text.js';
import { ioError } from '../files/io-error.js';
import { readlink } from '../files/node-fs.js';
import { readFile } from '../files/read-whole.js';
import { systemCode } from '../files/system-error.js';

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the system's own ticks; null where the system does not tell. */
  readonly started: string | null;
  /** Of the running system; null where the system does not tell. */
  readonly bootId: string | null;
  /** In which process numbers mean the same: containers on one machine count anew. Null as above. */
  readonly pidSpace: string | null;
  readonly nonce: string;
}

/** Zombies and the dead, as /proc calls them. */
const ENDED = new Set(['Z', 'X', 'x']);

export async function describeSelf(): Promise<LockHolder> {
  return {
    pid: ownPid,
    host: hostname(),
    started: (await processOf(ownPid))?.started ?? null,
    bootId: (await readText('/proc/sys/kernel/random/boot_id'))?.trim() ?? null,
    pidSpace: await readlink('/proc/self/ns/pid').catch(() => null),
    nonce: toHex(randomBytes(16)),
  };
}

/**
 * Only what this machine can know: it has been started anew since, or the process is gone, is another one by now, or
 * has ended and waits for a parent that never asks. Of another container nothing can be known.
 * (Two machines of one name on a shared disk could break each other's lock so; the refs' compare-and-swap decides.)
 */
export async function isDead(holder: LockHolder, self: LockHolder): Promise<boolean> {
  if (holder.host !== self.host) return false;
  if (holder.bootId !== self.bootId) return holder.bootId !== null && self.bootId !== null;
  if (holder.pidSpace !== self.pidSpace) return false;
  if (!isRunning(holder.pid)) return true;
  const found = await processOf(holder.pid);
  if (found === undefined) return false;
  return ENDED.has(found.state) || (holder.started !== null && found.started !== holder.started);
}

function isRunning(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

async function processOf(pid: number): Promise<{ readonly state: string; readonly started: string } | undefined> {
  const line = await readText(`/proc/${pid}/stat`);
  // The name, in brackets, may hold anything; the state is the first field after it, the start time the 20th.
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? undefined : { state, started };
}

export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) return undefined;
    throw ioError('read', path, error);
  }
}
