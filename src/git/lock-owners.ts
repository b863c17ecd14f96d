/**
 * Whose a git lock is. Git's locks name nobody, so one that a killed process left would stop everybody until a person
 * removes it. Ours are hard links of a file in `at1-locks/` that is named after its process: if that process is dead and
 * both are the same file, the lock is its, and goes. A lock of git itself is never touched.
 */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { toHex } from '../bytes/text.js';
import { removeIfThere } from '../files/durable-file.js';
import { type FileHandle, link, mkdir, open, readdir, rename, stat } from '../files/node-fs.js';
import { systemCode } from '../files/system-error.js';
import { describeSelf, isDead, type LockHolder } from './lock-holder.js';

const FOLDER = 'at1-locks';
/** What file systems answer that have no hard links, or not from here to there. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EINVAL', 'EACCES']);

/** A file that is to become a lock, under the name of this process. */
export interface OwnedFile {
  readonly path: string;
  readonly file: FileHandle;
}

/** Undefined where no such file can be made: then the lock has to do without an owner. */
export async function makeOwned(commonDir: string): Promise<OwnedFile | undefined> {
  const folder = join(commonDir, FOLDER);
  const path = join(folder, await ownName());
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return { path, file: await open(path, 'wx', 0o666) };
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || attempt > 0) return undefined;
      await mkdir(folder).catch(() => undefined);
    }
  }
  return undefined;
}

/** `unsupported` where the file system has no hard links. Other failures are thrown as they are. */
export async function linkOwned(owned: OwnedFile, lock: string): Promise<'linked' | 'taken' | 'unsupported'> {
  try {
    await link(owned.path, lock);
    return 'linked';
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return 'taken';
    if (NO_LINKS.has(systemCode(error) ?? '')) return 'unsupported';
    throw error;
  }
}

/** Removes the lock if a dead process of ours made it; true where it did. Clears away what dead processes left. */
export async function breakDead(commonDir: string, lock: string): Promise<boolean> {
  const folder = join(commonDir, FOLDER);
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return false;
  const self = await describeSelf();
  let broken = false;
  for (const name of names) {
    const holder = holderOf(name, self);
    if (holder === undefined || !(await isDead(holder, self))) continue;
    // Whoever renames it is the only one to judge it, and its owner from now on.
    const claimed = join(folder, await ownName());
    try {
      await rename(join(folder, name), claimed);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') continue;
      throw error;
    }
    if (await isSameFile(claimed, lock)) {
      await removeIfThere(lock);
      broken = true;
    } else if (await hasOtherNames(claimed)) {
      // Another lock of the dead one: left for whoever needs it, under a name that stays dead.
      await rename(claimed, join(folder, name));
      continue;
    }
    await removeIfThere(claimed);
  }
  return broken;
}

/** While the claimed file exists its number cannot be given to another file, so equal numbers mean the same file. */
async function isSameFile(claimed: string, lock: string): Promise<boolean> {
  const [a, b] = await Promise.all([claimed, lock].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

async function hasOtherNames(path: string): Promise<boolean> {
  return ((await stat(path).catch(() => undefined))?.nlink ?? 1) > 1;
}

let ownPrefix: string | undefined;

async function ownName(): Promise<string> {
  if (ownPrefix === undefined) {
    const self = await describeSelf();
    ownPrefix = `${self.pid}-${self.started ?? 'x'}-${machineOf(self)}`;
  }
  return `${ownPrefix}-${toHex(randomBytes(8))}`;
}

/** Host, start of the system and space of process numbers, shortened. */
function machineOf({ host, bootId, pidSpace }: LockHolder): string {
  const short = (text: string | null) =>
    text === null ? 'x' : createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${short(host)}-${short(bootId)}-${short(pidSpace)}`;
}

/** What `isDead` needs, of a name of ours; undefined for anything else and for other machines. */
function holderOf(name: string, self: LockHolder): LockHolder | undefined {
  const [pid, started, host, boot, space, nonce, ...more] = name.split('-');
  if (pid === undefined || !/^[1-9][0-9]{0,9}$/.test(pid) || nonce === undefined || more.length > 0) return undefined;
  const [ownHost, ownBoot, ownSpace] = machineOf(self).split('-');
  if (host !== ownHost) return undefined;
  const bootId = boot === ownBoot ? self.bootId : known(boot);
  const pidSpace = space === ownSpace ? self.pidSpace : known(space);
  return { pid: Number(pid), host: self.host, started: known(started), bootId, pidSpace, nonce };
}

/** `x` in a name: the system did not tell. */
function known(field: string | undefined): string | null {
  return field === undefined || field === 'x' ? null : field;
}
