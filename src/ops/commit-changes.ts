/** Carries a plan out: working files, git objects, the branch, the index; then the version tags that are due. */

import { dirname, join } from 'node:path';
import { equalBytes } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { takingBack, uninterrupted } from '../files/interrupt.js';
import { branchForCommit } from '../git/busy.js';
import { GitReader } from '../git/reader.js';
import { Refs } from '../git/refs.js';
import { GitWriter } from '../git/writer.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import type { Person } from '../git-format/person.js';
import { readBlob } from '../git-format/read-object.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { removeFile, writeAtomicBatch } from '../store/atomic.js';
import { readFileBounded } from '../store/read-file.js';
import { makeFolders, pathInside } from '../store/root.js';
import type { StoredObject } from './encode-file.js';
import type { Registry } from './open-registry.js';
import type { OpenSigner } from './open-signer.js';
import { refuseReadOnly } from './refuse-read-only.js';

/** Manifests and layouts are bounded by 16 MiB; nothing else that is committed as a working file comes near. */
const FILE_LIMIT = 16 * 1024 * 1024;

export interface CommitPlan {
  /** Registry files by their path in the registry; null deletes. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
  /** Objects that are in the store already and become part of the commit. */
  readonly objects: readonly StoredObject[];
  readonly message: string;
  readonly author: Person;
  readonly signer: OpenSigner;
}

export interface Committed {
  readonly commit: Oid;
  /** False where git did not write an index that only it can: `git status` shows the files until `at1 doctor --fix`. */
  readonly indexUpdated: boolean;
}

/** A registry, or what is about to become one: its repository may have no commit yet. */
export type Committable = Omit<Registry, 'head'> & { readonly head: Oid | undefined };

/** Throws `git/ref-conflict` where HEAD is not `registry.head` any more: plan again on the new one. */
export function commitChanges(registry: Committable, plan: CommitPlan): Promise<Committed> {
  return uninterrupted(() => commitOrPutBack(registry, plan));
}

async function commitOrPutBack(registry: Committable, plan: CommitPlan): Promise<Committed> {
  const { repository, prefix, root, head } = registry;
  refuseReadOnly(registry);
  const inRepository = (path: string) => (prefix === '' ? path : `${prefix}/${path}`);
  const changes = new Map<string, { bytes: Uint8Array } | { file: string; size: number } | null>();
  for (const [path, bytes] of plan.files) changes.set(inRepository(path), bytes === null ? null : { bytes });
  for (const object of plan.objects) {
    const path = objectPath(object.digest);
    changes.set(inRepository(path), { file: join(root, ...path.split('/')), size: object.size });
  }
  await branchForCommit(repository);
  const before = await readWorkingFiles(root, plan.files.keys());
  const writer = new GitWriter(repository, { reader: registry.reader, who: () => plan.author });
  try {
    await writeWorkingFiles(root, plan.files);
    const done = await writer.commit({
      changes,
      message: plan.message,
      author: plan.author,
      sign: (payload) => plan.signer.sign('git', payload),
      expectedHead: head,
      indexLock: registry.indexLock,
    });
    return { commit: done.commit, indexUpdated: done.index !== 'stale' };
  } catch (error) {
    const found = new Refs(repository).head().oid;
    const wanted = found === head ? before : await afterConflict(registry, found, plan.files, before);
    await takingBack(() => putBack(root, wanted));
    throw asVanished(error, root, plan.objects) ?? error;
  }
}

/** Git takes working files away and brings others where somebody rebases or switches branches beside us. */
function asVanished(error: unknown, root: string, objects: readonly StoredObject[]): At1Error | undefined {
  if (!(error instanceof At1Error)) return undefined;
  if (error.facts.system !== 'ENOENT' && error.code !== 'artifact/changed-while-read') return undefined;
  const gone = objects.find(({ digest }) => join(root, ...objectPath(digest).split('/')) === error.facts.path);
  if (gone === undefined) return undefined;
  return new At1Error('object/missing', {
    message: `${objectPath(gone.digest)} was taken away while it was being committed`,
    hint: 'git, or somebody else, is at work in the same tree: run it again when that is done',
    facts: { object: gone.digest },
    cause: error,
  });
}

async function readWorkingFiles(root: string, paths: Iterable<string>): Promise<Map<string, Uint8Array | null>> {
  const found = new Map<string, Uint8Array | null>();
  for (const path of paths) {
    found.set(path, (await readFileBounded(join(root, ...path.split('/')), FILE_LIMIT)) ?? null);
  }
  return found;
}

/**
 * What the work tree should hold where somebody else moved the branch meanwhile: what is committed there by now. Files
 * that are not the ones written here are none of our business any more.
 */
async function afterConflict(
  { repository, prefix, root }: Committable,
  head: Oid | undefined,
  written: CommitPlan['files'],
  before: ReadonlyMap<string, Uint8Array | null>,
): Promise<Map<string, Uint8Array | null>> {
  const reader = new GitReader(repository);
  const wanted = new Map<string, Uint8Array | null>();
  try {
    const tree = head === undefined ? undefined : await registryTreeAt({ reader, prefix }, head);
    const found = await readWorkingFiles(root, written.keys());
    for (const [path, ours] of written) {
      if (!isSame(found.get(path) ?? null, ours)) continue;
      const entry = tree === undefined ? undefined : await findEntry(reader, tree, path);
      wanted.set(path, entry === undefined ? (before.get(path) ?? null) : await readBlob(reader, entry.oid));
    }
  } finally {
    reader.close();
  }
  return wanted;
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : equalBytes(one, other);
}

/** What was not committed is not left in the work tree either. */
async function putBack(root: string, before: ReadonlyMap<string, Uint8Array | null>): Promise<void> {
  try {
    await writeWorkingFiles(root, before);
  } catch (error) {
    // The disk that refused the files refuses this too; what the user needs to hear is the first refusal.
    if (!(error instanceof At1Error)) throw error;
  }
}

/** For `--no-commit`: the working files alone. */
export async function writeFilesOnly(registry: Registry, files: CommitPlan['files']): Promise<void> {
  refuseReadOnly(registry);
  await writeWorkingFiles(registry.root, files);
}

async function writeWorkingFiles(root: string, files: CommitPlan['files']): Promise<void> {
  const written: { path: string; source: Uint8Array }[] = [];
  for (const [path, bytes] of files) {
    // A commit of somebody else may hold a link where a folder should be: nothing is written through it.
    const absolute = await pathInside(root, path);
    if (bytes === null) {
      await removeFile(absolute);
    } else {
      await makeFolders(dirname(absolute));
      written.push({ path: absolute, source: bytes });
    }
  }
  await writeAtomicBatch(written);
}

/** The same registry as it is now: after a commit, or after somebody else's. */
export function reopened(registry: Registry): Registry {
  const refs = new Refs(registry.repository);
  const head = refs.head().oid;
  if (head === undefined)
    throw new At1Error('registry/empty-history', { message: 'the branch has no commit any more' });
  registry.reader.close();
  return { ...registry, refs, reader: new GitReader(registry.repository), head };
}
