/** Appends to git's reflogs, where git itself would (`core.logAllRefUpdates`), in git's own line format. */

import { dirname, join } from 'node:path';
import { utf8 } from '../bytes/text.js';
import { removeIfThere, writeAll } from '../files/durable-file.js';
import { ioError, notAFile } from '../files/io-error.js';
import { constants, lstat, mkdir, open, readdir, rmdir } from '../files/node-fs.js';
import { systemCode } from '../files/system-error.js';
import type { Oid } from '../git-format/oid.js';
import { formatPerson, type Person } from '../git-format/person.js';
import type { GitConfig } from './config.js';

export const ZERO_OID = '0'.repeat(40);

export interface ReflogLine {
  readonly before: Oid | undefined;
  readonly after: Oid | undefined;
  readonly who: Person;
  readonly reason: string;
}

interface Logging {
  readonly bare: boolean;
  readonly config: GitConfig;
}

/** A named pipe is not waited for. A link is not followed: the log it leads to may lie anywhere. */
const TO_APPEND = constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Throws `io/unsafe-path` where `appendReflog` would, as long as nothing is written of any ref. */
export async function checkReflog(repository: Logging, folder: string, ref: string): Promise<void> {
  if (!logsByDefault(repository, ref)) return;
  const path = logPath(folder, ref);
  const info = await lstat(path).catch(() => undefined);
  if (info !== undefined && !info.isFile() && !info.isSymbolicLink() && !info.isDirectory()) throw notAFile(path);
}

/** `folder`: the git directory that owns the ref (that of the working tree for HEAD). */
export async function appendReflog(repository: Logging, folder: string, ref: string, line: ReflogLine): Promise<void> {
  const path = logPath(folder, ref);
  const create = logsByDefault(repository, ref);
  try {
    if (create) await mkdir(dirname(path), { recursive: true });
    const file = await openLog(path, create);
    if (file === undefined) return;
    try {
      // Not synced: as with git, the log is a help for people, the ref is the record.
      if ((await file.stat()).isFile()) await writeAll(file, [formatLine(line)]);
      else if (create) throw notAFile(path);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw ioError('write', path, error);
  }
}

function logPath(folder: string, ref: string): string {
  return join(folder, 'logs', ...ref.split('/'));
}

/** Undefined where nothing is to be logged. */
async function openLog(path: string, create: boolean) {
  const flags = TO_APPEND | (create ? constants.O_CREAT : 0);
  try {
    return await open(path, flags, 0o666);
  } catch (error) {
    const code = systemCode(error);
    // A link: git would follow it, so that the ref moves all the same, without a line.
    if (code === 'ELOOP') return undefined;
    // No log that somebody began.
    if (!create && (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENXIO')) return undefined;
    // A named pipe that nobody reads.
    if (code === 'ENXIO') throw notAFile(path);
    if (code !== 'EISDIR' || !create) throw error;
    // Empty folders are what deleted branches leave; anything else in them makes this fail, as it should.
    await removeEmptyFolders(path);
    return await open(path, flags, 0o666);
  }
}

/** Removes a folder that holds nothing but empty folders; otherwise throws ENOTEMPTY. */
export async function removeEmptyFolders(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeEmptyFolders(join(path, entry.name));
  }
  await rmdir(path);
}

export async function deleteReflog(folder: string, ref: string): Promise<void> {
  await removeIfThere(logPath(folder, ref));
}

function logsByDefault(repository: Logging, ref: string): boolean {
  const setting = repository.config.get('core.logAllRefUpdates')?.toLowerCase();
  if (setting === 'always') return true;
  const on = setting === undefined ? !repository.bare : repository.config.boolean('core.logAllRefUpdates') === true;
  return on && (ref === 'HEAD' || /^refs\/(?:heads|remotes|notes)\//.test(ref));
}

function formatLine(line: ReflogLine): Uint8Array {
  // One line a record, whatever the reason holds.
  const reason = line.reason.replace(/\s+/g, ' ').trim();
  const tail = reason === '' ? '' : `\t${reason}`;
  return utf8(`${line.before ?? ZERO_OID} ${line.after ?? ZERO_OID} ${formatPerson(line.who)}${tail}\n`);
}
