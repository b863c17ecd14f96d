/**
 * Moves refs as git does: all `<ref>.lock` first, then every old value compared, then reflog, then the renames, branches last.
 * The rename of the branch is the one point at which a change of the registry becomes real.
 */

import { dirname, join } from 'node:path';
import { compareText, utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { removeIfThere, syncDirectory } from '../files/durable-file.js';
import { pointOfNoReturn, uninterrupted } from '../files/interrupt.js';
import { ioError } from '../files/io-error.js';
import { mkdir, rmdir, stat } from '../files/node-fs.js';
import { readFile } from '../files/read-whole.js';
import { systemCode } from '../files/system-error.js';
import { isOid, type Oid } from '../git-format/oid.js';
import type { Person } from '../git-format/person.js';
import { isValidRefName } from '../git-format/ref-name.js';
import { LockFile, type LockOptions } from './lock-file.js';
import type { PackedRef } from './packed-refs.js';
import { readPackedRefs, rewritePackedRefs } from './packed-refs-writer.js';
import { appendReflog, checkReflog, deleteReflog, removeEmptyFolders } from './reflog.js';
import type { Repository } from './repository.js';

export interface RefUpdate {
  /** Full name: `refs/heads/main`. */
  readonly name: string;
  /** What the ref must be now; undefined: it must not exist. */
  readonly expected: Oid | undefined;
  /** Undefined: delete it. */
  readonly next: Oid | undefined;
  /** For the reflog. */
  readonly reason: string;
  /** Where `next` is an annotated tag: what it points to. */
  readonly peeled?: Oid | undefined;
}

export interface RefWriteOptions extends LockOptions {
  readonly who: Person;
  /** Done when all locks are held, all old values are right, and only the renames are left. */
  readonly beforeMoves?: (() => Promise<void>) | undefined;
}

/** More new refs than this are written into packed-refs: one sync instead of one each. */
const LOOSE_AT_MOST = 64;
const MKDIR_ATTEMPTS = 4;

interface Locked {
  readonly update: RefUpdate;
  readonly lock: LockFile;
}

/** All or, where an old value differs, none. Throws `git/ref-conflict`, `git/busy`, `git/ref-invalid`. */
export function updateRefs(
  repository: Repository,
  updates: readonly RefUpdate[],
  options: RefWriteOptions,
): Promise<void> {
  return uninterrupted(() => moveRefs(repository, updates, options));
}

async function moveRefs(repository: Repository, updates: readonly RefUpdate[], given: RefWriteOptions): Promise<void> {
  refuseBadNames(updates);
  const locked: Locked[] = [];
  const made: string[] = [];
  // As git does: whoever moves the branch that is checked out holds HEAD too.
  const head = await headTarget(repository);
  const options = { ...given, commonDir: repository.commonDir };
  const headLock = updates.some(({ name }) => name === head)
    ? await LockFile.acquire(join(repository.gitDir, 'HEAD'), options)
    : undefined;
  try {
    if (headLock !== undefined) await checkHead(repository, head);
    // One order for everybody, so that two processes with several refs never wait for each other.
    for (const update of [...updates].sort((a, b) => compareText(a.name, b.name))) {
      locked.push({ update, lock: await lockRef(repository, update.name, made, options) });
    }
    const { refs: packed } = await readPackedRefs(repository.commonDir);
    for (const { update } of locked) await checkOldValue(repository, update, packed);
    const creations = locked.filter(({ update }) => update.expected === undefined && update.next !== undefined);
    await checkFolders(repository, creations, packed);
    await apply(repository, locked, creations, options);
    await Promise.all([...new Set(made)].map((folder) => syncDirectory(folder)));
  } finally {
    await Promise.all([...locked.map(({ lock }) => lock.release()), headLock?.release()]);
    for (const { update } of locked) await removeEmptyParents(repository.commonDir, update.name);
  }
}

/** Under its lock: `git switch` may have come between. */
async function checkHead(repository: Repository, expected: string | undefined): Promise<void> {
  if ((await headTarget(repository)) === expected) return;
  throw new At1Error('git/ref-conflict', {
    message: 'HEAD was moved meanwhile',
    facts: { ref: 'HEAD' },
    hint: 'look at the new state and try again',
  });
}

function refuseBadNames(updates: readonly RefUpdate[]): void {
  for (const { name } of updates) {
    if (!name.startsWith('refs/') || !isValidRefName(name)) {
      throw new At1Error('git/ref-invalid', { message: `not a ref name: '${name}'`, facts: { ref: name } });
    }
  }
  if (new Set(updates.map(({ name }) => name)).size !== updates.length) throw new TypeError('a ref is named twice');
}

function pathOf(repository: Repository, name: string): string {
  return join(repository.commonDir, ...name.split('/'));
}

async function lockRef(repository: Repository, name: string, made: string[], options: LockOptions): Promise<LockFile> {
  const path = pathOf(repository, name);
  for (let attempt = 1; ; attempt++) {
    try {
      const first = await mkdir(dirname(path), { recursive: true });
      if (first !== undefined) made.push(dirname(first));
    } catch (error) {
      if (systemCode(error) === 'ENOTDIR' || systemCode(error) === 'EEXIST') throw folderConflict(name);
      throw ioError('write', path, error);
    }
    try {
      return await LockFile.acquire(path, options);
    } catch (error) {
      // Git removes empty folders; between our two steps it may have removed this one.
      const vanished = error instanceof At1Error && error.facts.system === 'ENOENT';
      if (!vanished || attempt === MKDIR_ATTEMPTS) throw error;
    }
  }
}

/** Under the ref's lock: loose before packed, as git reads. */
async function currentValue(
  repository: Repository,
  name: string,
  packed: ReadonlyMap<string, PackedRef>,
): Promise<Oid | undefined> {
  const text = await readLoose(pathOf(repository, name));
  if (text === undefined) return packed.get(name)?.oid;
  const value = text.trim();
  if (isOid(value)) return value;
  if (value.startsWith('ref:')) {
    throw new At1Error('git/unsupported', { message: `${name} is a symbolic ref`, facts: { ref: name } });
  }
  throw new At1Error('git/ref-invalid', { message: `${name} holds no object id`, facts: { ref: name } });
}

async function readLoose(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw ioError('read', path, error);
  }
}

async function checkOldValue(
  repository: Repository,
  update: RefUpdate,
  packed: ReadonlyMap<string, PackedRef>,
): Promise<void> {
  const found = await currentValue(repository, update.name, packed);
  if (found === update.expected) return;
  throw new At1Error('git/ref-conflict', {
    message: update.expected === undefined ? `${update.name} exists already` : `${update.name} was moved meanwhile`,
    facts: { ref: update.name, expected: update.expected ?? null, found: found ?? null },
    hint: 'look at the new state and try again',
  });
}

/** A ref cannot be a file where another ref needs a folder, packed or not. */
async function checkFolders(
  repository: Repository,
  creations: readonly Locked[],
  packed: ReadonlyMap<string, PackedRef>,
): Promise<void> {
  if (creations.length === 0) return;
  const names = new Set([...packed.keys(), ...creations.map(({ update }) => update.name)]);
  const folders = new Set<string>();
  for (const name of names) for (const folder of foldersOf(name)) folders.add(folder);
  for (const { update } of creations) {
    if (folders.has(update.name) || foldersOf(update.name).some((folder) => names.has(folder))) {
      throw folderConflict(update.name);
    }
    const path = pathOf(repository, update.name);
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory() !== true) continue;
    try {
      await removeEmptyFolders(path);
    } catch {
      throw folderConflict(update.name);
    }
  }
}

function foldersOf(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

function folderConflict(name: string): At1Error {
  return new At1Error('git/ref-conflict', {
    message: `${name} and another ref need the same name as file and as folder`,
    facts: { ref: name },
    hint: 'delete or rename the other ref (`git for-each-ref`)',
  });
}

async function apply(
  repository: Repository,
  locked: readonly Locked[],
  creations: readonly Locked[],
  options: RefWriteOptions,
): Promise<void> {
  const bulk = creations.length > LOOSE_AT_MOST ? new Set(creations) : new Set<Locked>();
  const moves = locked.filter((one) => !bulk.has(one) && one.update.next !== undefined);
  const deletions = locked.filter(({ update }) => update.next === undefined && update.expected !== undefined);
  await Promise.all(moves.map(({ update, lock }) => lock.write([utf8(`${update.next}\n`)])));
  const head = await headTarget(repository);
  for (const { update } of [...bulk, ...moves]) {
    await checkReflog(repository, repository.commonDir, update.name);
    if (head === update.name) await checkReflog(repository, repository.gitDir, 'HEAD');
  }
  // Next the reflog says that they moved, and somebody may see some of them do so: then all of them do.
  pointOfNoReturn();
  for (const { update } of [...bulk, ...moves]) await log(repository, update, head, options);
  if (bulk.size > 0) {
    const add = [...bulk].map(({ update }) => ({ name: update.name, oid: update.next as Oid, peeled: update.peeled }));
    await rewritePackedRefs(repository.commonDir, { add }, options);
  }
  if (deletions.length > 0) await applyDeletions(repository, deletions, options);
  await options.beforeMoves?.();
  for (const { lock } of branchesLast(moves)) await lock.commit();
}

function branchesLast(moves: readonly Locked[]): Locked[] {
  const isBranch = ({ update }: Locked) => update.name.startsWith('refs/heads/');
  return [...moves.filter((move) => !isBranch(move)), ...moves.filter(isBranch)];
}

/** Packed first: the other way round an old packed value would show for a moment. */
async function applyDeletions(
  repository: Repository,
  deletions: readonly Locked[],
  options: RefWriteOptions,
): Promise<void> {
  await rewritePackedRefs(repository.commonDir, { remove: deletions.map(({ update }) => update.name) }, options);
  for (const { update } of deletions) {
    const path = pathOf(repository, update.name);
    await removeIfThere(path);
    await deleteReflog(repository.commonDir, update.name);
    await syncDirectory(dirname(path));
  }
}

async function log(
  repository: Repository,
  update: RefUpdate,
  head: string | undefined,
  options: RefWriteOptions,
): Promise<void> {
  const line = { before: update.expected, after: update.next, who: options.who, reason: update.reason };
  await appendReflog(repository, repository.commonDir, update.name, line);
  if (head === update.name) await appendReflog(repository, repository.gitDir, 'HEAD', line);
}

/** The branch HEAD names; undefined where it is detached. */
export async function headTarget(repository: { readonly gitDir: string }): Promise<string | undefined> {
  const text = (await readLoose(join(repository.gitDir, 'HEAD')))?.trim() ?? '';
  return text.startsWith('ref:') ? text.slice(4).trim() : undefined;
}

/** Folders we made for a lock and did not use, or that a deletion emptied; `refs/heads` and its like stay. */
async function removeEmptyParents(commonDir: string, name: string): Promise<void> {
  const parts = name.split('/');
  for (let end = parts.length - 1; end > 2; end--) {
    try {
      await rmdir(join(commonDir, ...parts.slice(0, end)));
    } catch {
      // Not empty, or gone already: either way there is nothing more to tidy above it.
      return;
    }
  }
}
