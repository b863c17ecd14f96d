/**
 * What `get` writes for the user: complete beside the target first, then renamed. Nothing existing is replaced without
 * `force`, nothing is ever removed from an existing folder, nothing is left behind on failure.
 */
import { dirname, join } from 'node:path';
import { At1Error } from '../errors.js';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../files/file-system.js';
import { pointOfNoReturn, uninterrupted } from '../files/interrupt.js';
import { attempt } from '../files/io-error.js';
import { TEMP_PREFIX } from '../files/process-mark.js';
import { isSystemError } from '../files/system-error.js';
import { type ByteSource, outputExists, replaceByRename, syncFolders, writeAll, writeAtomic } from './atomic.js';
import { makeFolders, pathInside, removeFolders, splitRelative } from './root.js';

export interface OutputFile {
  /** Checked at the end: a source of another length is `object/content-mismatch`. Undefined where nobody said it. */
  readonly size: number | undefined;
  readonly executable?: boolean | undefined;
}

export interface OutputOptions {
  /** Replace what is there: a file, or inside an existing folder the files of the same names. Default false. */
  readonly force?: boolean | undefined;
  /** Wait until all is on the disk. Default true. */
  readonly sync?: boolean | undefined;
  readonly fs?: FileSystem | undefined;
}

export type OutputEntry =
  | { readonly kind: 'directory'; readonly path: string }
  | (OutputFile & {
      readonly kind: 'file';
      readonly path: string;
      /** A function is called when it is the turn of this file, so that sources need not all be open. */
      readonly source: ByteSource | (() => ByteSource);
    });

const CLOSING_AT_ONCE = 16;

/** Makes missing parent folders. Refuses before the source is touched where the target exists. */
export function writeOutputFile(path: string, source: ByteSource, file: OutputFile & OutputOptions): Promise<void> {
  return uninterrupted(() => writeFile(path, source, file));
}

async function writeFile(path: string, source: ByteSource, file: OutputFile & OutputOptions): Promise<void> {
  const fs = file.fs ?? nodeFileSystem;
  const stat = await attempt('write', path, () => fs.lstat(path));
  if (stat !== undefined && !file.force) throw outputExists(path);
  const made = await makeFolders(dirname(path), 0o777, fs);
  await undoing(made, fs, () =>
    writeAtomic(path, measured(source, file.size, path), {
      mode: modeOf(file),
      exclusive: !file.force,
      sync: file.sync,
      fs,
    }),
  );
}

/**
 * A folder with these entries (POSIX paths). A new folder appears in one rename. An existing one must be empty, or with
 * `force` gets the files moved in one by one, each whole; what else is in it stays.
 */
export function writeOutputTree(
  folder: string,
  entries: Iterable<OutputEntry> | AsyncIterable<OutputEntry>,
  options: OutputOptions = {},
): Promise<void> {
  return uninterrupted(() => writeTree(folder, entries, options));
}

async function writeTree(
  folder: string,
  entries: Iterable<OutputEntry> | AsyncIterable<OutputEntry>,
  options: OutputOptions,
): Promise<void> {
  const fs = options.fs ?? nodeFileSystem;
  const sync = options.sync ?? true;
  const stat = await attempt('write', folder, () => fs.lstat(folder));
  if (stat !== undefined && stat.kind !== 'directory') throw outputExists(folder);
  const present = stat === undefined ? [] : await attempt('write', folder, () => fs.readdir(folder));
  if (present.length > 0 && !options.force) throw outputExists(folder);
  // Inside an existing folder, because its parent may be another file system or not ours to write.
  const beside = stat === undefined ? dirname(folder) : folder;
  const made = await makeFolders(beside, 0o777, fs);
  await undoing(made, fs, async () => {
    const tree = new TempTree(join(beside, TEMP_PREFIX + fs.uniqueName()), fs, sync);
    try {
      await tree.start();
      for await (const entry of entries) await tree.add(entry);
      await tree.finish();
      if (stat === undefined) await tree.publish(folder);
      else await tree.moveInto(folder);
    } finally {
      await tree.discard();
    }
    if (sync) await syncFolders([beside], fs);
  });
}

/** The folder being built, with a record of every name in it so that it can be moved or removed without listing. */
class TempTree {
  readonly #path: string;
  readonly #fs: FileSystem;
  readonly #sync: boolean;
  readonly #folders = new Set<string>();
  readonly #files = new Set<string>();
  /** Files that are written and on their way to the disk. */
  readonly #closing = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];
  #left = false;

  constructor(path: string, fs: FileSystem, sync: boolean) {
    this.#path = path;
    this.#fs = fs;
    this.#sync = sync;
  }

  async start(): Promise<void> {
    await attempt('write', this.#path, () => this.#fs.mkdir(this.#path, 0o777));
    this.#left = true;
  }

  async add(entry: OutputEntry): Promise<void> {
    const parts = splitRelative(entry.path);
    const depth = entry.kind === 'directory' ? parts.length : parts.length - 1;
    for (let i = 1; i <= depth; i++) await this.#addFolder(parts.slice(0, i).join('/'));
    if (entry.kind === 'file') await this.#addFile(entry);
  }

  async #addFolder(name: string): Promise<void> {
    if (this.#folders.has(name)) return;
    const path = this.#at(name);
    await this.#claim(name, () => this.#fs.mkdir(path, 0o777));
    this.#folders.add(name);
  }

  async #addFile(entry: OutputEntry & { kind: 'file' }): Promise<void> {
    const path = this.#at(entry.path);
    const file = await this.#claim(entry.path, () => this.#fs.createExclusive(path, modeOf(entry)));
    this.#files.add(entry.path);
    const source = typeof entry.source === 'function' ? entry.source() : entry.source;
    try {
      for await (const chunk of measured(source, entry.size, entry.path)) await writeAll(file, path, chunk);
    } catch (error) {
      // The first failure is the one to report.
      await file.close().catch(() => undefined);
      throw error;
    }
    const closing: Promise<void> = this.#close(file, path)
      .catch((error: unknown) => {
        this.#failures.push(error);
      })
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
    // Waiting for each one alone would make thousands of small files slow.
    if (this.#closing.size >= CLOSING_AT_ONCE) await Promise.race(this.#closing);
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  async #close(file: OpenFile, path: string): Promise<void> {
    try {
      if (this.#sync) await attempt('write', path, () => file.sync());
    } finally {
      await attempt('write', path, () => file.close());
    }
  }

  /** Everything here is ours, so a name that is taken is one of ours: given twice, or equal to this file system. */
  async #claim<T>(name: string, make: () => Promise<T>): Promise<T> {
    try {
      return await attempt('write', this.#at(name), make);
    } catch (error) {
      if (!(error instanceof At1Error) || !isSystemError(error.cause, 'EEXIST', 'EISDIR', 'ENOTDIR')) throw error;
      throw new At1Error('artifact/unsupported-file', {
        message: `'${name}' cannot be written beside another entry that has the same name here`,
        hint: 'this file system does not tell the two names apart; write to another one',
        facts: { path: name },
        cause: error,
      });
    }
  }

  /** Everything is written, and with `sync` on the disk. */
  async finish(): Promise<void> {
    await Promise.all(this.#closing);
    if (this.#failures.length > 0) throw this.#failures[0];
    if (!this.#sync) return;
    await syncFolders([...this.#folders].map((name) => this.#at(name)).concat(this.#path), this.#fs);
  }

  async publish(folder: string): Promise<void> {
    // Looked at again, because a rename would replace an empty folder that appeared in between.
    if ((await attempt('write', folder, () => this.#fs.lstat(folder))) !== undefined) throw outputExists(folder);
    try {
      await attempt('write', folder, () => replaceByRename(this.#path, folder, this.#fs));
    } catch (error) {
      const taken = error instanceof At1Error && isSystemError(error.cause, 'EEXIST', 'ENOTEMPTY', 'ENOTDIR');
      throw taken ? outputExists(folder) : error;
    }
    this.#left = false;
  }

  /** Every obstacle is found before the first file moves. */
  async moveInto(folder: string): Promise<void> {
    for (const name of this.#folders) await this.#expect(folder, name, 'directory');
    for (const name of this.#files) await this.#expect(folder, name, 'file');
    const folders = new Set<string>();
    pointOfNoReturn();
    for (const name of [...this.#folders].sort()) await makeFolders(join(folder, ...name.split('/')), 0o777, this.#fs);
    for (const name of this.#files) {
      const target = join(folder, ...name.split('/'));
      await attempt('write', target, () => replaceByRename(this.#at(name), target, this.#fs));
      this.#files.delete(name);
      folders.add(dirname(target));
    }
    if (this.#sync) await syncFolders(folders, this.#fs);
  }

  async #expect(folder: string, name: string, kind: 'file' | 'directory'): Promise<void> {
    const target = await pathInside(folder, name, this.#fs);
    const stat = await attempt('write', target, () => this.#fs.lstat(target));
    if (stat !== undefined && stat.kind !== kind) throw outputExists(target);
  }

  /** A failure here must not hide the one that led here; the name tells what was left. */
  async discard(): Promise<void> {
    if (!this.#left) return;
    await Promise.all(this.#closing);
    const ignore = () => undefined;
    for (const name of this.#files) await this.#fs.unlink(this.#at(name)).catch(ignore);
    for (const name of [...this.#folders].sort().reverse()) await this.#fs.rmdir(this.#at(name)).catch(ignore);
    await this.#fs.rmdir(this.#path).catch(ignore);
  }

  #at(name: string): string {
    return join(this.#path, ...name.split('/'));
  }
}

/** Runs `work`; where it fails, removes the folders made for it as far as they are empty. */
async function undoing(made: readonly string[], fs: FileSystem, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await removeFolders(made, fs);
    throw error;
  }
}

async function* measured(source: ByteSource, size: number | undefined, path: string): AsyncGenerator<Uint8Array> {
  let found = 0;
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    found += chunk.length;
    if (size !== undefined && found > size) break;
    yield chunk;
  }
  if (size === undefined || found === size) return;
  throw new At1Error('object/content-mismatch', {
    message: `'${path}' came out as ${found > size ? 'more than ' : ''}${Math.min(found, size)} bytes instead of ${size}`,
    hint: 'run `at1 verify` on this version',
    facts: { path, expected: size, found },
  });
}

function modeOf(file: { readonly executable?: boolean | undefined }): number {
  return file.executable ? 0o777 : 0o666;
}
