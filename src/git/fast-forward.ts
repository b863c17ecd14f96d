/**
 * Moves branch, index and work tree forward without the git binary. It touches files of the registry only, and none
 * that anybody changed: everything is looked at before the first file is written.
 */

import { dirname, join } from 'node:path';
import { At1Error } from '../errors.js';
import { discard, removeIfThere, temporaryName, writeNew } from '../files/durable-file.js';
import { pointOfNoReturn } from '../files/interrupt.js';
import { ioError } from '../files/io-error.js';
import { lstat, mkdir, rename } from '../files/node-fs.js';
import { readFile } from '../files/read-whole.js';
import { diffTrees, type TreeChange } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { isAncestor, readBlob, readCommit } from '../git-format/read-object.js';
import { indexOids } from './index-entries.js';
import type { GitReader } from './reader.js';
import { Refs } from './refs.js';
import type { PullResult } from './transport.js';
import { compareWorkFile } from './work-file.js';
import type { GitWriter } from './writer.js';

export async function fastForward(
  writer: GitWriter,
  next: Oid,
  isRegistryPath: (path: string) => boolean,
): Promise<PullResult> {
  const { repository, reader } = writer;
  const { shallow } = repository;
  const head = new Refs(repository).head();
  if (head.oid === next) return { kind: 'up-to-date', head: next };
  if (head.oid !== undefined) {
    if (await isAncestor(reader, next, head.oid, shallow)) return { kind: 'up-to-date', head: head.oid };
    if (!(await isAncestor(reader, head.oid, next, shallow))) return { kind: 'diverged', command: 'git pull --rebase' };
  }
  const before = head.oid === undefined ? undefined : (await readCommit(reader, head.oid)).tree;
  const changes: TreeChange[] = [];
  for await (const change of diffTrees(reader, before, (await readCommit(reader, next)).tree)) changes.push(change);
  refuseForeign(changes, isRegistryPath);
  if (repository.workTree !== undefined) {
    await refuseUnsaved(writer, repository.workTree, changes);
    pointOfNoReturn();
    for (const change of changes) await applyToWorkTree(reader, repository.workTree, change);
  }
  await writer.moveBranch(head.oid, next, 'pull: Fast-forward');
  return { kind: 'fast-forward', from: head.oid, to: next };
}

function refuseForeign(changes: readonly TreeChange[], isRegistryPath: (path: string) => boolean): void {
  const foreign = changes.filter(({ path, before, after }) => {
    const plain = [before, after].every((entry) => entry === undefined || entry.mode.startsWith('100'));
    return !plain || !isRegistryPath(path);
  });
  if (foreign.length === 0) return;
  throw new At1Error('capability/missing', {
    message: 'the remote has changes outside of the registry, which need the git binary',
    facts: { paths: foreign.slice(0, 20).map(({ path }) => path), count: foreign.length },
    hint: 'install git, then `git pull --ff-only`',
  });
}

/** A file must be as the commit before has it, or as the next one does, in the work tree and in the index. */
async function refuseUnsaved(writer: GitWriter, workTree: string, changes: readonly TreeChange[]): Promise<void> {
  const staged = await indexOids(writer.repository, new Set(changes.map(({ path }) => path)));
  const unsaved: string[] = [];
  for (const { path, before, after } of changes) {
    const stagedOid = staged?.get(path);
    const stagedByUser = staged !== undefined && stagedOid !== before?.oid && stagedOid !== after?.oid;
    if (stagedByUser || !(await isEither(writer.reader, workTree, path, [before?.oid, after?.oid]))) unsaved.push(path);
  }
  if (unsaved.length === 0) return;
  throw new At1Error('worktree/differs', {
    message: 'pulling would write over files that were changed here',
    facts: { paths: unsaved.slice(0, 20), count: unsaved.length },
    hint: 'commit or stash them first',
  });
}

async function isEither(
  reader: GitReader,
  workTree: string,
  path: string,
  oids: readonly (Oid | undefined)[],
): Promise<boolean> {
  for (const oid of oids) {
    if (oid === undefined) {
      if ((await lstat(join(workTree, path)).catch(() => undefined)) === undefined) return true;
      continue;
    }
    const found = await compareWorkFile(workTree, path, oid, reader.blobSize(oid) ?? -1);
    if (found.kind === 'same') return true;
  }
  return false;
}

async function applyToWorkTree(reader: GitReader, workTree: string, { path, after }: TreeChange): Promise<void> {
  const full = join(workTree, ...path.split('/'));
  if (after === undefined) {
    await removeIfThere(full);
    return;
  }
  await makePlainFolders(workTree, path);
  const bytes = await readBlob(reader, after.oid);
  const same = await readFile(full).catch(() => undefined);
  if (same !== undefined && Buffer.compare(same, bytes) === 0) return;
  const temporary = join(dirname(full), `.${temporaryName('tmp_obj_')}`);
  try {
    await writeNew(temporary, [bytes], after.mode === '100755' ? 0o777 : 0o666);
    await rename(temporary, full);
  } catch (error) {
    await discard(temporary);
    throw ioError('write', full, error);
  }
}

/** A symbolic link in place of a folder would lead our files somewhere else. */
async function makePlainFolders(workTree: string, path: string): Promise<void> {
  const parts = path.split('/').slice(0, -1);
  for (let end = 1; end <= parts.length; end++) {
    const folder = join(workTree, ...parts.slice(0, end));
    const info = await lstat(folder).catch(() => undefined);
    if (info === undefined) await mkdir(folder);
    else if (!info.isDirectory()) {
      throw new At1Error('worktree/differs', { message: `${folder} is not a folder`, facts: { path: folder } });
    }
  }
}
