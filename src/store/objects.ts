/**
 * The object store: containers as files under `objects/`, each named by the SHA-256 of its own bytes. Never holds
 * other bytes under a name it wrote, mends a damaged copy, decodes nothing (`packing/segment.ts` does).
 */
import { dirname, join } from 'node:path';
import type { Allocate } from '../bytes/writer.js';
import { type Digest, digestOf, isDigestHex } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { type FileSystem, nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { eachLimited, syncFolders, writeAtomic } from './atomic.js';
import { readFileBounded } from './read-file.js';
import { pathInside } from './root.js';

export interface ObjectStoreOptions {
  readonly sha256: Sha256;
  readonly fs?: FileSystem | undefined;
}

type Sha256 = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export interface NewObject {
  readonly digest: Digest;
  readonly container: Uint8Array;
}

/** `kept`: an intact copy was there; `repaired`: a damaged one was, and was replaced. */
export type PutResult = 'written' | 'kept' | 'repaired';

export interface ListedObject {
  readonly digest: Digest;
  /** On this machine, not in the registry. */
  readonly path: string;
  readonly size: number;
}

const FOLDER = 'objects';
const SUFFIX = '.at1';
const STATS_AT_ONCE = 64;
// Read-only, as git keeps its own objects: nothing ever edits one in place, and a stray `>>` or an editor is stopped.
// Git records 100644 either way. On Windows the attribute would also stop us from replacing a damaged copy.
const MODE = process.platform === 'win32' ? 0o666 : 0o444;

export class ObjectStore {
  readonly #registry: string;
  readonly #sha256: Sha256;
  readonly #fs: FileSystem;

  /** `registry` is the folder that holds `objects/`; nothing is touched before the first call. */
  constructor(registry: string, options: ObjectStoreOptions) {
    this.#registry = registry;
    this.#sha256 = options.sha256;
    this.#fs = options.fs ?? nodeFileSystem;
  }

  path(digest: Digest): string {
    return join(this.#registry, ...objectPath(digest).split('/'));
  }

  /** On the disk when this returns, folder entry included, also where another writer had stored it first. */
  async put(container: Uint8Array, digest: Digest): Promise<PutResult> {
    const folders = new Set<string>();
    const result = await this.#putOne({ container, digest }, folders);
    await syncFolders(folders, this.#fs);
    return result;
  }

  /**
   * Stores a container under its digest, which is returned. As `put`, but the folders are collected, for the caller to
   * sync when everything is added.
   */
  async add(container: Uint8Array, folders: Set<string>): Promise<Digest> {
    const digest = digestOf(await this.#sha256(container));
    await this.#place({ container, digest }, folders);
    return digest;
  }

  /** As `put`, with each folder synced once at the end; takes a stream, holds `concurrency` containers at a time. */
  async putMany(
    objects: Iterable<NewObject> | AsyncIterable<NewObject>,
    options: { readonly concurrency?: number | undefined } = {},
  ): Promise<Map<Digest, PutResult>> {
    const folders = new Set<string>();
    const results = new Map<Digest, PutResult>();
    await eachLimited(objects, options.concurrency ?? 4, async (object) => {
      results.set(object.digest, await this.#putOne(object, folders));
    });
    await syncFolders(folders, this.#fs);
    return results;
  }

  /**
   * The stored bytes, not yet compared with the digest; undefined where there is no such object. Anything that
   * cannot be it (another size, a link, a folder) is `object/damaged-copy`, so that another copy can be asked.
   */
  async read(digest: Digest, expectedSize: number, allocate?: Allocate): Promise<Uint8Array | undefined> {
    const path = this.path(digest);
    const bytes = await this.#readCopy(digest, path, expectedSize, allocate);
    if (bytes === undefined || bytes.length === expectedSize) return bytes;
    throw damagedCopy(path, digest, `${bytes.length} bytes instead of ${expectedSize}`);
  }

  /** Every object by name, in the order of digests; what is not named like an object is passed over. */
  async *list(): AsyncGenerator<ListedObject> {
    const top = join(this.#registry, FOLDER);
    for (const shard of await this.#names(top, 'directory')) {
      if (shard.length !== 2) continue;
      const names = (await this.#names(join(top, shard), 'file')).filter((name) => digestInName(name, shard) !== '');
      for (let at = 0; at < names.length; at += STATS_AT_ONCE) {
        const group = names.slice(at, at + STATS_AT_ONCE);
        const objects = await Promise.all(
          group.map((name) => this.#stat(join(top, shard, name), digestInName(name, shard))),
        );
        for (const object of objects) if (object !== undefined) yield object;
      }
    }
  }

  async #stat(path: string, hex: string): Promise<ListedObject | undefined> {
    const stat = await attempt('read', path, () => this.#fs.lstat(path));
    return stat?.kind === 'file' ? { digest: hex as Digest, path, size: stat.size } : undefined;
  }

  async #putOne({ container, digest }: NewObject, folders: Set<string>): Promise<PutResult> {
    const found = digestOf(await this.#sha256(container));
    if (found !== digest) {
      throw new At1Error('object/digest-mismatch', {
        message: 'a container is to be stored under a name that is not its digest',
        facts: { expected: digest, found },
      });
    }
    return this.#place({ container, digest }, folders);
  }

  /** `digest` is the container's. */
  async #place({ container, digest }: NewObject, folders: Set<string>): Promise<PutResult> {
    const path = await pathInside(this.#registry, objectPath(digest), this.#fs);
    const state = await this.#inspect(path, container.length, digest);
    if (state !== 'intact') {
      await writeAtomic(path, container, { mode: MODE, parents: true, deferFolders: folders, fs: this.#fs });
    }
    // An intact copy was synced by its writer before it got this name, the folders on the way perhaps not yet.
    for (const folder of [dirname(path), dirname(dirname(path)), this.#registry]) folders.add(folder);
    return state === 'intact' ? 'kept' : state === 'absent' ? 'written' : 'repaired';
  }

  async #inspect(path: string, size: number, digest: Digest): Promise<'absent' | 'intact' | 'damaged'> {
    const stat = await attempt('write', path, () => this.#fs.lstat(path));
    if (stat === undefined) return 'absent';
    if (stat.size !== size) return 'damaged';
    const bytes = await readFileBounded(path, size, this.#fs).catch((error: unknown) => {
      // A copy that cannot be read is as good as damaged: replacing it is the cure.
      if (error instanceof At1Error) return new Uint8Array(0);
      throw error;
    });
    if (bytes === undefined) return 'absent';
    return digestOf(await this.#sha256(bytes)) === digest ? 'intact' : 'damaged';
  }

  async #readCopy(
    digest: Digest,
    path: string,
    limit: number,
    allocate: Allocate | undefined,
  ): Promise<Uint8Array | undefined> {
    try {
      await pathInside(this.#registry, objectPath(digest), this.#fs, 'read');
      return await readFileBounded(path, limit, this.#fs, allocate);
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      const code = error.code;
      const damaged =
        code === 'io/unsafe-path' || code === 'document/too-large' || code === 'artifact/changed-while-read';
      throw damaged ? damagedCopy(path, digest, error.message, error) : error;
    }
  }

  async #names(folder: string, kind: 'file' | 'directory'): Promise<string[]> {
    const entries = await attempt('read', folder, async () => {
      return (await this.#fs.lstat(folder))?.kind === 'directory' ? this.#fs.readdir(folder) : [];
    });
    return entries
      .filter((entry) => entry.kind === kind)
      .map((entry) => entry.name)
      .sort();
  }
}

/** The digest a file in a shard is named after; empty where the name is another one. */
function digestInName(name: string, shard: string): string {
  const hex = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : '';
  return isDigestHex(hex) && hex.startsWith(shard) ? hex : '';
}

function damagedCopy(path: string, digest: Digest, why: string, cause?: unknown): At1Error {
  return new At1Error('object/damaged-copy', {
    message: `the stored copy of object ${digest.slice(0, 12)} is damaged: ${why}`,
    hint: 'mend it from another copy with `at1 doctor --fix`',
    facts: { path, digest, why },
    cause,
  });
}
