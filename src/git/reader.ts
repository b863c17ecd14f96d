/**
 * Reads objects of a repository: packs, loose files, alternates; every object is hashed again before it is handed
 * out. File access is synchronous on purpose: an object costs microseconds, a thread hop costs more.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { At1Error } from '../errors.js';
import { type GitObject, isOid, type ObjectReader, type ObjectType, type Oid, oidToBytes } from '../git-format/oid.js';
import { ByteLru } from './byte-lru.js';
import { looseEquals, readLoose, statLoose } from './loose.js';
import { objectFolders, packPaths } from './object-folders.js';
import { checkSize, type PackedObject, PackFile } from './pack.js';
import type { Repository } from './repository.js';
import { runGitIn } from './run-git.js';

export interface ReaderOptions {
  /** Largest object that is read, in bytes. Default 64 MiB. */
  readonly objectLimit?: number;
  /** Memory for checked objects, and again for delta bases. Default 32 MiB. */
  readonly cacheBytes?: number;
}

const MIB = 1024 * 1024;
const DEFAULT_OBJECT_LIMIT = 64 * MIB;
const DEFAULT_CACHE = 32 * MIB;
const WINDOW_CACHE = 16 * MIB;
/** Larger blobs are read once, as a rule; a folder of many files is asked for every one of them. */
const CACHED_OBJECT_LIMIT = MIB;
/** Open files are few on some systems; above this the packs used longest ago are closed. */
const OPEN_PACKS = 64;

interface Found {
  readonly type: ObjectType;
  readonly size: number;
}

export class GitReader implements ObjectReader {
  readonly #repository: Repository;
  readonly #limit: number;
  readonly #checked: ByteLru<Oid, GitObject>;
  readonly #caches: { windows: ByteLru<number, Uint8Array>; objects: ByteLru<number, PackedObject> };
  readonly #open = new Set<PackFile>();
  /** The last one that was moved to the end of these. */
  #latest: PackFile | undefined;
  /** What took so much work that it is not tried again before the packs are looked for anew. */
  readonly #hopeless = new Map<Oid, At1Error>();
  #folders: readonly string[] | undefined;
  /** The pack that answered last comes first. */
  #packs: PackFile[] = [];
  #packNumber = 0;

  constructor(repository: Repository, options: ReaderOptions = {}) {
    const cacheBytes = options.cacheBytes ?? DEFAULT_CACHE;
    this.#repository = repository;
    this.#limit = options.objectLimit ?? DEFAULT_OBJECT_LIMIT;
    this.#checked = new ByteLru(cacheBytes);
    this.#caches = { windows: new ByteLru(WINDOW_CACHE), objects: new ByteLru(cacheBytes) };
  }

  /**
   * The object, checked against its name. Throws `git/object-missing`, `git/invalid-object` (where no copy is
   * intact), `git/object-too-large`. The bytes are shared: never write to them.
   */
  async read(oid: Oid, limit = this.#limit): Promise<GitObject> {
    const local = this.#readLocal(oid, limit);
    if (local !== undefined) return local;
    if (await this.#fetchMissing(oid)) {
      const fetched = this.#readLocal(oid, limit);
      if (fetched !== undefined) return fetched;
    }
    throw this.#missing(oid);
  }

  /**
   * Whether the blob stored under this name holds exactly these bytes. They are compared, not hashed: for bytes that were
   * verified by a better digest, SHA-1 would prove nothing more. False also where it is missing or cannot be read.
   */
  async holdsBytes(oid: Oid, bytes: Uint8Array): Promise<boolean> {
    try {
      if (bytes.length > CACHED_OBJECT_LIMIT) {
        for (const folder of this.#objectFolders()) {
          const equal = await looseEquals(folder, oid, bytes);
          if (equal !== undefined) return equal;
        }
      }
      const stored = this.#search(oid, {
        packed: (pack, offset) => pack.read(offset, bytes.length),
        loose: (folder) => readLoose(folder, oid, bytes.length),
      });
      return stored?.type === 'blob' && Buffer.compare(stored.bytes, bytes) === 0;
    } catch (error) {
      if (error instanceof At1Error) return false;
      throw error;
    }
  }

  /** Whether the object is here. Never asks a remote. */
  has(oid: Oid): boolean {
    return this.stat(oid) !== undefined;
  }

  /** Size of a blob as stored, before any of it is read or checked; undefined where it is not here. */
  blobSize(oid: Oid): number | undefined {
    const found = this.stat(oid);
    return found?.type === 'blob' ? found.size : undefined;
  }

  /** Type and size as stored, not checked against the name; undefined where the object is not here. */
  stat(oid: Oid): Found | undefined {
    return this.#search(oid, {
      packed: (pack, offset) => pack.stat(offset),
      loose: (folder) => statLoose(folder, oid),
    });
  }

  /** Closes files. The reader stays usable: it opens them again. */
  close(): void {
    for (const pack of this.#open) pack.close();
    this.#open.clear();
  }

  #readLocal(oid: Oid, asked: number): GitObject | undefined {
    const limit = Math.min(asked, this.#limit);
    const cached = this.#checked.get(oid);
    if (cached !== undefined) {
      checkSize(cached.bytes.length, limit);
      return cached;
    }
    const hopeless = this.#hopeless.get(oid);
    if (hopeless !== undefined) throw hopeless;
    const object = this.#search(oid, {
      packed: (pack, offset) => {
        // Only the object itself is asked to be small; how it was packed, and on what base, must not matter.
        if (limit < this.#limit) pack.refuseLarge(offset, limit);
        return verified(oid, pack.read(offset, this.#limit));
      },
      loose: (folder) => {
        const read = readLoose(folder, oid, limit);
        return read === undefined ? undefined : verified(oid, read);
      },
    });
    if (object !== undefined && (object.type === 'tree' || object.bytes.length <= CACHED_OBJECT_LIMIT)) {
      this.#checked.set(oid, object, object.bytes.length);
    }
    return object;
  }

  /** The first answer of packs and loose files. A damaged copy counts only if no other copy answers. */
  #search<Answer>(
    oid: Oid,
    ask: { packed: (pack: PackFile, offset: number) => Answer; loose: (folder: string) => Answer | undefined },
  ): Answer | undefined {
    if (!isOid(oid)) throw new TypeError(`not an object id: ${String(oid)}`);
    let damage: At1Error | undefined;
    const attempt = (get: () => Answer | undefined): Answer | undefined => {
      try {
        return get();
      } catch (error) {
        // `git gc` removed a file we knew: the second round sees what replaced it.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        if (!(error instanceof At1Error)) throw unreadable(oid, error);
        damage ??= asDamage(error, oid);
        return undefined;
      }
    };
    const name = oidToBytes(oid);
    for (let round = 0; round < 2; round++) {
      if (round > 0 || this.#folders === undefined) this.#rescan(damage !== undefined);
      for (const pack of this.#packs) {
        const answer = attempt(() => this.#askPack(pack, name, ask.packed));
        if (answer !== undefined) return answer;
      }
      for (const folder of this.#folders ?? []) {
        const answer = attempt(() => ask.loose(folder));
        if (answer !== undefined) return answer;
      }
      // Its size is no damage that another look would mend.
      if (damage?.code === 'git/object-too-large' || damage?.facts.deltaWork !== undefined) break;
    }
    if (damage?.facts.deltaWork !== undefined) this.#hopeless.set(oid, damage);
    if (damage !== undefined) throw damage;
    return undefined;
  }

  #askPack<Answer>(
    pack: PackFile,
    name: Uint8Array,
    ask: (pack: PackFile, offset: number) => Answer,
  ): Answer | undefined {
    const offset = pack.find(name);
    if (offset === undefined) return undefined;
    if (this.#latest !== pack || !this.#open.has(pack)) {
      this.#open.delete(pack);
      this.#open.add(pack);
      this.#latest = pack;
      if (this.#open.size > OPEN_PACKS) this.#closeOldest();
    }
    const answer = ask(pack, offset);
    if (this.#packs[0] !== pack) this.#packs = [pack, ...this.#packs.filter((other) => other !== pack)];
    return answer;
  }

  #closeOldest(): void {
    for (const oldest of this.#open) {
      oldest.close();
      this.#open.delete(oldest);
      return;
    }
  }

  #objectFolders(): readonly string[] {
    if (this.#folders === undefined) this.#rescan(false);
    return this.#folders ?? [];
  }

  /** `afresh`: a pack may have been replaced by another of the same name, so that what we know of it misleads. */
  #rescan(afresh: boolean): void {
    this.#hopeless.clear();
    const { commonDir, lentObjects = [] } = this.#repository;
    const seen = new Set<string>();
    this.#folders = [join(commonDir, 'objects'), ...lentObjects].flatMap((folder) => objectFolders(folder, 0, seen));
    const known = new Map(this.#packs.map((pack) => [pack.path, pack]));
    this.#packs = [];
    for (const path of this.#folders.flatMap(packPaths)) {
      const pack = afresh ? undefined : known.get(path);
      if (pack !== undefined) known.delete(path);
      this.#packs.push(pack ?? new PackFile(path, this.#packNumber++, this.#caches));
    }
    for (const gone of known.values()) {
      gone.close();
      this.#open.delete(gone);
    }
  }

  /** Lets git fetch an object of a partial clone; it lands in a pack of the repository. */
  async #fetchMissing(oid: Oid): Promise<boolean> {
    const { git, partial, lazyFetch } = this.#repository;
    if (git === undefined || !partial || !lazyFetch) return false;
    // Asking for the type makes git fetch the object into a pack; reading and checking it stays our work.
    const { code, stderr } = await runGitIn(git, this.#repository, [
      '--no-replace-objects',
      'cat-file',
      '-t',
      oid,
    ]).catch((error: unknown) => {
      // That there is no git to start matters only because this object is not here.
      if (error instanceof At1Error && error.code === 'capability/missing') throw this.#missing(oid, error);
      throw error;
    });
    if (code !== 0) throw this.#missing(oid, new Error(stderr));
    return true;
  }

  #missing(oid: Oid, cause?: unknown): At1Error {
    const { partial } = this.#repository;
    return new At1Error('git/object-missing', {
      message: partial
        ? `the object ${oid} was left out of this partial clone`
        : `the object ${oid} is not in the repository`,
      facts: { oid, partial },
      hint: partial
        ? 'fetch everything with `git fetch --refetch --no-filter`; or, if you trust the configuration of this clone, set AT1_LAZY_FETCH=1 and let git fetch what is read'
        : 'see what is missing with `git fsck`, then fetch it again: `git fetch --refetch`',
      cause,
    });
  }
}

function verified(oid: Oid, object: GitObject): GitObject {
  const hash = createHash('sha1').update(`${object.type} ${object.bytes.length}\0`).update(object.bytes).digest('hex');
  if (hash === oid) return object;
  throw new At1Error('git/invalid-object', {
    message: `the object ${oid} does not match its name`,
    facts: { oid, found: hash },
    hint: 'the repository is damaged: see `git fsck`',
  });
}

/** The errors of packs and deltas do not know which object was asked for; the size of an object is no damage. */
function asDamage(error: At1Error, oid: Oid): At1Error {
  const { code, message, facts, hint } = error;
  return new At1Error(code, {
    message: facts.oid === undefined ? `${oid}: ${message}` : message,
    facts: { ...facts, oid, ...(code === 'git/object-too-large' ? {} : { damaged: true }) },
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

function unreadable(oid: Oid, cause: unknown): At1Error {
  return new At1Error('io/failed', { message: `the object ${oid} cannot be read`, facts: { oid }, cause });
}
