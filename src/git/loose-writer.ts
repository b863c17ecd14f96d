/**
 * Loose objects: temporary file in `objects/`, sync, rename to the final name; folders are synced once, at the end.
 * An object that is there already is read through and hashed first: a torn one is replaced, an intact one kept.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createInflate } from 'node:zlib';
import {
  createExclusive,
  discard,
  syncDirectory,
  syncReadOnly,
  temporaryName,
  writeAll,
} from '../files/durable-file.js';
import { ioError } from '../files/io-error.js';
import { chmod, createReadStream, lstat, mkdir, rename } from '../files/node-fs.js';
import { systemCode } from '../files/system-error.js';
import type { Oid } from '../git-format/oid.js';
import { copyObject, deflateObject, type ObjectSource, SMALL_OBJECT } from './object-source.js';

/** Objects are never changed, so nobody needs to write to them. */
const OBJECT_MODE = 0o444;

const SETTLE_ATTEMPTS = 5;

export class LooseWriter {
  readonly #objects: string;
  readonly #touched = new Set<string>();

  constructor(objects: string) {
    this.#objects = objects;
  }

  /**
   * Durable but for its folder entry, which `finish` syncs. `known`: the name, where it was computed before and no
   * intact object of it was found.
   */
  async write(source: ObjectSource, known?: Oid): Promise<Oid> {
    const temporary = join(this.#objects, temporaryName('tmp_obj_'));
    try {
      const oid = await this.#fill(temporary, source, known);
      if (known !== undefined || !(await this.keepIntact(oid))) await this.#settle(temporary, oid);
      return oid;
    } catch (error) {
      throw ioError('write', temporary, error);
    } finally {
      await discard(temporary);
    }
  }

  /** True where an intact loose object of this name exists; it is then durable too, whoever wrote it. */
  async keepIntact(oid: Oid): Promise<boolean> {
    const folder = join(this.#objects, oid.slice(0, 2));
    const path = join(folder, oid.slice(2));
    if ((await lstat(path).catch(() => undefined)) === undefined || !(await looseIsIntact(path, oid))) return false;
    try {
      await syncReadOnly(path);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw ioError('write', path, error);
    }
    this.#touched.add(folder);
    return true;
  }

  async finish(): Promise<void> {
    const folders = [...this.#touched];
    this.#touched.clear();
    await Promise.all(folders.map((folder) => syncDirectory(folder).catch(ignoreGone)));
    if (folders.length > 0) await syncDirectory(this.#objects);
  }

  async #fill(temporary: string, source: ObjectSource, known: Oid | undefined): Promise<Oid> {
    const file = await createExclusive(temporary, OBJECT_MODE);
    try {
      const sink = (parts: readonly Uint8Array[]) => writeAll(file, parts);
      let oid: Oid;
      if (known !== undefined && 'bytes' in source && source.bytes.length <= SMALL_OBJECT) {
        await sink([deflateObject(source, true)]);
        oid = known;
      } else {
        oid = await copyObject(source, true, sink, known);
      }
      await file.sync();
      return oid;
    } finally {
      await file.close();
    }
  }

  async #settle(temporary: string, oid: Oid): Promise<void> {
    const folder = join(this.#objects, oid.slice(0, 2));
    const path = join(folder, oid.slice(2));
    this.#touched.add(folder);
    for (let attempt = 1; ; attempt++) {
      await mkdir(folder, { recursive: true });
      try {
        return await rename(temporary, path);
      } catch (error) {
        const code = systemCode(error);
        // Git, packing objects meanwhile, removes folders that it has emptied.
        if (code === 'ENOENT' && attempt < SETTLE_ATTEMPTS) continue;
        // Some systems do not rename over a file that is write-protected.
        if (code !== 'EPERM' && code !== 'EACCES') throw error;
        await chmod(path, 0o644);
        return await rename(temporary, path);
      }
    }
  }
}

/** Git has packed what was in the folder, durably, and removed it. */
function ignoreGone(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}

/** Reads a loose object through: whole, well-formed, and of this name. Memory stays flat. */
export async function looseIsIntact(path: string, oid: Oid): Promise<boolean> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const inflate = createInflate();
  const hash = createHash('sha1');
  file.on('error', (error) => inflate.destroy(error));
  file.pipe(inflate);
  try {
    for await (const chunk of inflate) hash.update(chunk as Uint8Array);
  } catch {
    // Missing, unreadable, torn or not zlib: in every case there is no intact object, and a new one is written.
    return false;
  } finally {
    file.destroy();
  }
  return hash.digest('hex') === oid;
}
