/**
 * Which process made a temporary file or a lock, told by the mark in its name. So what a dead process left behind is
 * known and not guessed, on this machine; of other machines nothing is said.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { kill, pid as ownPid } from 'node:process';
import { toHex } from '../bytes/text.js';
import { readlinkSync } from './node-fs.js';
import { readFileSync } from './read-whole.js';
import { systemCode } from './system-error.js';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the system's own ticks; null where the system does not tell. */
  readonly started: string | null;
  /** Of the running system; null where the system does not tell. */
  readonly bootId: string | null;
  /** In which process numbers mean the same: containers on one machine count anew. Null as above. */
  readonly pidSpace: string | null;
}

/** Zombies and the dead, as /proc calls them. */
const ENDED = new Set(['Z', 'X', 'x']);

/** Outside of git's directory the names of temporary files begin so; inside of it as git's own do. */
export const TEMP_PREFIX = '.at1-tmp-';

const MARK_BYTES = 8;
const MARKS_DRAWN = 64;
let drawn: Uint8Array = new Uint8Array(0);
let self: ProcessIdentity | undefined;
/** What all marks of this process begin with: asked for once for every file that is written. */
let ownPrefix: string | undefined;
/** `machineOf` this process. */
let ownMachine: string | undefined;

export function ownIdentity(): ProcessIdentity {
  self ??= {
    pid: ownPid,
    host: hostname(),
    started: processOf(ownPid)?.started ?? null,
    bootId: asked(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidSpace: asked(() => readlinkSync('/proc/self/ns/pid')),
  };
  return self;
}

/**
 * Only what this machine can know: it has been started anew since, or the process is gone, is another one by now, or
 * has ended and waits for a parent that never asks. Of another container nothing can be known.
 * (Two machines of one name on a shared disk could break each other's lock so; the refs' compare-and-swap decides.)
 */
export function isDead(other: ProcessIdentity): boolean {
  const own = ownIdentity();
  if (other.host !== own.host) return false;
  if (other.bootId !== own.bootId) return other.bootId !== null && own.bootId !== null;
  if (other.pidSpace !== own.pidSpace) return false;
  if (!isRunning(other.pid)) return true;
  const found = processOf(other.pid);
  if (found === undefined) return false;
  return ENDED.has(found.state) || (other.started !== null && found.started !== other.started);
}

/** For the name of a file that no other writer may share: 64 of its bits are random. Letters, digits and `-`. */
export function processMark(): string {
  if (ownPrefix === undefined) {
    const { pid, started } = ownIdentity();
    ownPrefix = `${pid}-${started ?? 'x'}-${thisMachine()}-`;
  }
  return ownPrefix + toHex(nextRandom());
}

/** Drawn for many marks at once: each call of the system for itself takes longer than the rest of a mark. */
function nextRandom(): Uint8Array {
  if (drawn.length < MARK_BYTES) drawn = randomBytes(MARKS_DRAWN * MARK_BYTES);
  const own = drawn.subarray(0, MARK_BYTES);
  drawn = drawn.subarray(MARK_BYTES);
  return own;
}

/** Whose mark it is; undefined for anything else and for other machines. */
export function identityIn(mark: string): ProcessIdentity | undefined {
  const [pid, started, host, boot, space, nonce, ...more] = mark.split('-');
  if (pid === undefined || !/^[1-9][0-9]{0,9}$/.test(pid) || nonce === undefined || more.length > 0) return undefined;
  const own = ownIdentity();
  const [ownHost, ownBoot, ownSpace] = thisMachine().split('-');
  if (host !== ownHost) return undefined;
  return {
    pid: Number(pid),
    host: own.host,
    started: known(started),
    bootId: boot === ownBoot ? own.bootId : known(boot),
    pidSpace: space === ownSpace ? own.pidSpace : known(space),
  };
}

/** `x` in a mark: the system did not tell. */
function known(field: string | undefined): string | null {
  return field === undefined || field === 'x' ? null : field;
}

function thisMachine(): string {
  ownMachine ??= machineOf(ownIdentity());
  return ownMachine;
}

/** Host, start of the system and space of process numbers, shortened. */
function machineOf({ host, bootId, pidSpace }: ProcessIdentity): string {
  const short = (text: string | null) =>
    text === null ? 'x' : createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${short(host)}-${short(bootId)}-${short(pidSpace)}`;
}

function isRunning(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

function processOf(pid: number): { readonly state: string; readonly started: string } | undefined {
  const line = asked(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name, in brackets, may hold anything; the state is the first field after it, the start time the 20th.
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? undefined : { state, started };
}

/** Null where the system has no such file. */
function asked(read: () => string): string | null {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
}
