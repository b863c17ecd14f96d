/**
 * The one writer of a registry's repository: signed commits and tags, refs by compare-and-swap, the index of our paths.
 * Objects first, then all locks, then the index, then the branch: a stop anywhere leaves a state git can use.
 */
import { At1Error } from '../errors.js';
import { takingBack, uninterrupted } from '../files/interrupt.js';
import { type CommitFields, formatCommit, signCommit } from '../git-format/commit.js';
import { diffTrees, findEntry, type TreeChange } from '../git-format/diff-trees.js';
import type { ObjectType, Oid } from '../git-format/oid.js';
import type { Person } from '../git-format/person.js';
import { readCommit } from '../git-format/read-object.js';
import { formatTag, signTag } from '../git-format/tag.js';
import type { TreeEntry } from '../git-format/tree.js';
import { branchForCommit, refuseIfBusy } from './busy.js';
import { type IndexOutcome, prepareIndex } from './index-file.js';
import type { IndexChanges } from './index-format.js';
import type { IndexLock } from './index-lock.js';
import type { LockOptions } from './lock-file.js';
import { type ObjectBatch, ObjectWriter } from './object-writer.js';
import type { GitReader } from './reader.js';
import { headTarget, type RefUpdate, updateRefs } from './ref-writer.js';
import { type Head, Refs } from './refs.js';
import type { Repository } from './repository.js';
import { type Leaf, spliceTree } from './splice-tree.js';
import { indexChangesOf, type NewContent, type StoredChange, sourceOf } from './work-changes.js';

export type SignPayload = (payload: Uint8Array) => Promise<string>;

export interface CommitRequest {
  /** By path from the root of the work tree; null deletes. */
  readonly changes: ReadonlyMap<string, NewContent | null>;
  /** Written as it is; a missing last line break is added. */
  readonly message: string;
  readonly author: Person;
  /** Default: the author. */
  readonly committer?: Person | undefined;
  /** The armor of a signature over the payload. */
  readonly sign: SignPayload;
  /** The head the change was planned on; undefined: the branch has no commit yet. */
  readonly expectedHead: Oid | undefined;
  /** Default: the expected head. */
  readonly parents?: readonly Oid[] | undefined;
  /** The lock of the index where the caller means to hold it for longer. */
  readonly indexLock?: IndexLock | undefined;
}

interface MadeCommit {
  readonly commit: Oid;
  readonly leaves: ReadonlyMap<string, Leaf | null>;
  readonly stored: readonly StoredChange[];
  /** First line of the message. */
  readonly subject: string;
}

/** The branch that is checked out, and what changes in the index with it. */
interface Move {
  readonly update: RefUpdate;
  readonly entries: IndexChanges;
  readonly who: Person;
  readonly others?: readonly RefUpdate[];
  readonly lock?: IndexLock | undefined;
}

export interface CommitResult {
  readonly commit: Oid;
  readonly index: IndexOutcome;
}

export interface TagRequest {
  /** Without `refs/tags/`. */
  readonly name: string;
  readonly object: Oid;
  readonly tagger: Person;
  readonly message: string;
  readonly sign: SignPayload;
}

export interface GitWriterOptions {
  /** Of the same repository. */
  readonly reader: GitReader;
  /** Who stands in the reflog where a request names nobody. */
  readonly who: () => Person;
  /** Milliseconds to wait for git's locks. Default: 2000. */
  readonly lockWait?: number | undefined;
}

export class GitWriter {
  readonly repository: Repository;
  readonly reader: GitReader;
  readonly #objects: ObjectWriter;
  readonly #options: GitWriterOptions;
  readonly #locks: LockOptions;

  constructor(repository: Repository, options: GitWriterOptions) {
    this.repository = repository;
    this.reader = options.reader;
    this.#options = options;
    this.#locks = { wait: options.lockWait };
    this.#objects = new ObjectWriter(repository, { contains: (oid) => this.#holdsIntact(oid) });
  }

  /** Throws `git/ref-conflict` (plan again), `git/busy`, `git/unsupported`, `git/index-unsupported`, `io/…`. */
  async commit(request: CommitRequest): Promise<CommitResult> {
    const branch = await this.#branchAt(request.expectedHead);
    return await this.#stored(request, request.expectedHead, async ({ commit, leaves, stored, subject }) => {
      const deleted = [...leaves].filter(([, leaf]) => leaf === null).map(([path]) => path);
      const entries = await indexChangesOf(this.repository, stored, deleted);
      const kind = request.expectedHead === undefined ? 'commit (initial)' : 'commit';
      const update = {
        name: branch,
        expected: request.expectedHead,
        next: commit,
        reason: `${kind}: ${subject}`,
      };
      const who = request.committer ?? request.author;
      return { commit, index: await this.#moveWithIndex({ update, entries, who, lock: request.indexLock }) };
    });
  }

  /**
   * A commit upon `onto`, on a branch that is not checked out: index and work tree stay as they are. `expectedHead` is where
   * the branch is now; undefined where it is new. Throws as `commit` does.
   */
  async commitOn(branch: string, onto: Oid, request: CommitRequest): Promise<Oid> {
    const name = `refs/heads/${branch}`;
    if ((await headTarget(this.repository)) === name) {
      throw new At1Error('git/busy', {
        message: `the branch ${branch} is checked out`,
        hint: 'switch to another branch',
      });
    }
    return await this.#stored(request, onto, async ({ commit, subject }) => {
      const update = { name, expected: request.expectedHead, next: commit, reason: `commit: ${subject}` };
      await updateRefs(this.repository, [update], { ...this.#locks, who: request.committer ?? request.author });
      return commit;
    });
  }

  /** Puts a branch that is not checked out back to where it was; undefined: away again. */
  async takeBackOn(branch: string, made: Oid, before: Oid | undefined): Promise<void> {
    const update = { name: `refs/heads/${branch}`, expected: made, next: before, reason: 'take back' };
    await updateRefs(this.repository, [update], { ...this.#locks, who: this.#options.who() });
  }

  /** Stores what a commit is made of, and hands it on; nothing names it yet. */
  #stored<T>(request: CommitRequest, onto: Oid | undefined, use: (made: MadeCommit) => Promise<T>): Promise<T> {
    return uninterrupted(() => this.#storedOrAborted(request, onto, use));
  }

  async #storedOrAborted<T>(
    request: CommitRequest,
    onto: Oid | undefined,
    use: (made: MadeCommit) => Promise<T>,
  ): Promise<T> {
    const batch = this.#objects.batch();
    try {
      const { leaves, stored } = await storeContents(batch, request.changes);
      const base = onto === undefined ? undefined : await this.#treeOf(onto);
      const { root, trees } = await spliceTree(this.reader, base, leaves);
      for (const tree of trees) await batch.add(tree);
      const { author, committer = author } = request;
      const parents = request.parents ?? (onto === undefined ? [] : [onto]);
      const message = endLine(request.message);
      const bytes = await signedCommit({ tree: root, parents, author, committer, message }, request.sign);
      const commit = await batch.add({ type: 'commit', bytes });
      await batch.finish();
      return await use({ commit, leaves, stored, subject: message.split('\n', 1)[0] as string });
    } catch (error) {
      await batch.abort();
      throw error;
    }
  }

  /** Signed annotated tags, all or none; throws `git/ref-conflict` where one exists. Many go into packed-refs at once. */
  createTags(requests: readonly TagRequest[]): Promise<Oid[]> {
    return uninterrupted(() => this.#createTags(requests));
  }

  async #createTags(requests: readonly TagRequest[]): Promise<Oid[]> {
    const batch = this.#objects.batch();
    try {
      const oids: Oid[] = [];
      const updates: RefUpdate[] = [];
      for (const request of requests) {
        const oid = await batch.add({ type: 'tag', bytes: await this.#signedTag(request) });
        oids.push(oid);
        const name = `refs/tags/${request.name}`;
        updates.push({ name, expected: undefined, next: oid, reason: 'tag', peeled: request.object });
      }
      await batch.finish();
      if (updates.length > 0) await updateRefs(this.repository, updates, { ...this.#locks, who: this.#options.who() });
      return oids;
    } catch (error) {
      await batch.abort();
      throw error;
    }
  }

  /**
   * Moves the current branch and, for the files that differ, the index; never the work tree. `dropping`: tags, by name
   * without `refs/tags/`, that have to go with what the branch leaves behind.
   */
  async moveBranch(
    expected: Oid | undefined,
    next: Oid,
    reason: string,
    dropping: ReadonlyMap<string, Oid> = new Map(),
  ): Promise<IndexOutcome> {
    const branch = await this.#branchAt(expected);
    const base = expected === undefined ? undefined : await this.#treeOf(expected);
    const entries = await this.#entriesOf(diffTrees(this.reader, base, await this.#treeOf(next)));
    const drops = [...dropping].map(([name, oid]) => ({
      name: `refs/tags/${name}`,
      expected: oid,
      next: undefined,
      reason: 'delete tag',
    }));
    const update = { name: branch, expected, next, reason };
    return await this.#moveWithIndex({ update, entries, who: this.#options.who(), others: drops });
  }

  /** Mends a stale index: the entries of these paths become what the head commit holds. `create`: also where there is none. */
  syncIndex(paths: readonly string[], options: { readonly create?: boolean } = {}): Promise<IndexOutcome> {
    return uninterrupted(() => this.#syncIndex(paths, options));
  }

  async #syncIndex(paths: readonly string[], options: { readonly create?: boolean }): Promise<IndexOutcome> {
    await refuseIfBusy(this.repository);
    const { oid } = this.#head();
    const tree = oid === undefined ? undefined : await this.#treeOf(oid);
    const files: { path: string; after: TreeEntry | undefined }[] = [];
    for (const path of paths) {
      files.push({ path, after: tree === undefined ? undefined : await findEntry(this.reader, tree, path) });
    }
    const index = await prepareIndex(
      this.repository,
      await this.#entriesOf(files, { links: options.create === true }),
      {
        ...this.#locks,
        fresh: options.create ?? oid === undefined,
      },
    );
    try {
      await index.publish();
      return await index.finish();
    } finally {
      await index.release();
    }
  }

  #head(): Head {
    return new Refs(this.repository).head();
  }

  /** The branch HEAD stands for, where it is at `expected` and nothing else is going on. */
  async #branchAt(expected: Oid | undefined): Promise<string> {
    const { ref, oid } = await branchForCommit(this.repository);
    if (oid !== expected) headMoved(ref, expected, oid);
    return ref;
  }

  #moveWithIndex(move: Move): Promise<IndexOutcome> {
    return uninterrupted(() => this.#moveBoth(move));
  }

  async #moveBoth({ update, entries, who, others = [], lock }: Move): Promise<IndexOutcome> {
    const fresh = update.expected === undefined;
    const index = await prepareIndex(this.repository, entries, { ...this.#locks, fresh, lock });
    let published = false;
    try {
      // `git switch` holds the index too: from here on HEAD stays where it is.
      const target = await headTarget(this.repository);
      if (target !== update.name) headMoved(update.name, update.expected, undefined);
      // `git commit` reads HEAD and then the index: an index that came second could be the old one beside the new HEAD.
      const beforeMoves = async () => {
        // A rebase that began meanwhile goes back to where the branch was then.
        await refuseIfBusy(this.repository);
        published = true;
        await index.publish();
      };
      await updateRefs(this.repository, [update, ...others], { ...this.#locks, who, beforeMoves });
      return await index.finish();
    } catch (error) {
      // Taking back needs the lock.
      await index.release();
      if (published) await this.#takeBack([...entries.keys()]);
      throw error;
    }
  }

  /** The index was ahead of a branch that then could not be moved. */
  async #takeBack(paths: readonly string[]): Promise<void> {
    try {
      await takingBack(() => this.syncIndex(paths));
    } catch (error) {
      // What the user needs to hear is why the branch was not moved.
      if (!(error instanceof At1Error)) throw error;
    }
  }

  async #entriesOf(
    files: Iterable<Pick<TreeChange, 'path' | 'after'>> | AsyncIterable<Pick<TreeChange, 'path' | 'after'>>,
    { links = false } = {},
  ): Promise<IndexChanges> {
    const stored: StoredChange[] = [];
    const deleted: string[] = [];
    for await (const { path, after: entry } of files) {
      if (entry === undefined) {
        deleted.push(path);
        continue;
      }
      const link = entry.mode === '120000' || entry.mode === '160000' ? entry.mode : undefined;
      if (entry.mode !== '100644' && entry.mode !== '100755' && !(links && link !== undefined)) {
        throw new At1Error('git/unsupported', { message: `${path} is a link`, facts: { path } });
      }
      const size = this.reader.blobSize(entry.oid) ?? -1;
      stored.push({ path, oid: entry.oid, size, executable: entry.mode === '100755', link, read: undefined });
    }
    return await indexChangesOf(this.repository, stored, deleted);
  }

  async #treeOf(commit: Oid): Promise<Oid> {
    return (await readCommit(this.reader, commit)).tree;
  }

  async #signedTag(request: TagRequest): Promise<Uint8Array> {
    const { object, name, tagger } = request;
    const type: ObjectType | undefined = this.reader.stat(object)?.type;
    if (type === undefined) {
      throw new At1Error('git/object-missing', { message: `the object ${object} is not here`, facts: { oid: object } });
    }
    const unsigned = formatTag({ object, type, name, tagger, message: endLine(request.message) });
    return withSignature(unsigned, request.sign, signTag);
  }

  /** In a pack or an alternate; loose objects are looked at by the object writer. */
  async #holdsIntact(oid: Oid): Promise<boolean> {
    try {
      if (!this.reader.has(oid)) return false;
      await this.reader.read(oid);
      return true;
    } catch (error) {
      // A damaged copy does not count: an intact one is written.
      if (error instanceof At1Error) return false;
      throw error;
    }
  }
}

async function storeContents(batch: ObjectBatch, changes: CommitRequest['changes']) {
  const rows = [...changes].map(([path, content]) => ({ path, content, read: undefined as StoredChange['read'] }));
  const writes = rows.filter((row) => row.content !== null);
  const oids = await batch.addAll(
    writes.map((row) =>
      sourceOf(row.content as NewContent, (stat) => {
        row.read = stat;
      }),
    ),
  );
  const leaves = new Map<string, Leaf | null>(rows.map(({ path }) => [path, null]));
  const stored = writes.map((row, i): StoredChange => {
    const content = row.content as NewContent;
    const leaf = { oid: oids[i] as Oid, executable: content.executable === true };
    leaves.set(row.path, leaf);
    return { path: row.path, ...leaf, size: 'bytes' in content ? content.bytes.length : content.size, read: row.read };
  });
  return { leaves, stored };
}

function signedCommit(fields: CommitFields, sign: SignPayload): Promise<Uint8Array> {
  return withSignature(formatCommit(fields), sign, signCommit);
}

/** `attach` reads its own result back and compares the payload: what does not split again is never stored. */
async function withSignature(
  unsigned: Uint8Array,
  sign: SignPayload,
  attach: (unsigned: Uint8Array, armor: string) => Uint8Array,
): Promise<Uint8Array> {
  const armor = await sign(unsigned);
  try {
    return attach(unsigned, armor);
  } catch (cause) {
    throw new At1Error('signature/malformed', { message: 'the signature does not fit into a git object', cause });
  }
}

function endLine(message: string): string {
  return message.endsWith('\n') ? message : `${message}\n`;
}

function headMoved(ref: string, expected: Oid | undefined, found: Oid | undefined): never {
  throw new At1Error('git/ref-conflict', {
    message: `${ref} was moved meanwhile`,
    facts: { ref, expected: expected ?? null, found: found ?? null },
    hint: 'look at the new state and try again',
  });
}
