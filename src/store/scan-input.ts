/**
 * What `register` takes: one file, or the plain files and empty folders below the given paths, in byte order. What
 * cannot be stored and given back exactly (links, devices, names outside the path grammar) is refused by name.
 */
import { basename, join, resolve } from 'node:path';
import { compareText } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { type EntryKind, type FileStat, type FileSystem, nodeFileSystem } from '../files/file-system.js';
import { attempt } from '../files/io-error.js';
import { parseRelPath, type RelPath } from '../manifest/rel-path.js';
import { describeKind } from './root.js';

export interface InputFile {
  /** Inside the artifact. */
  readonly path: RelPath;
  readonly absolute: string;
  readonly size: number;
  readonly executable: boolean;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
  readonly dev: bigint;
}

export interface ScannedInput {
  readonly form: 'file' | 'tree';
  readonly files: readonly InputFile[];
  /** Folders with nothing in them. */
  readonly directories: readonly RelPath[];
}

export interface ScanOptions {
  /** Relative paths start here. */
  readonly cwd: string;
  readonly fs?: FileSystem | undefined;
  /** Most files; default 100,000. */
  readonly limit?: number | undefined;
}

interface Scan {
  readonly fs: FileSystem;
  readonly limit: number;
  readonly files: InputFile[];
  readonly directories: RelPath[];
}

const LIMIT = 100_000;
const STATS_AT_ONCE = 64;

/** One file keeps its base name; one folder becomes the root; several paths lie side by side under their base names. */
export async function scanInput(paths: readonly string[], options: ScanOptions): Promise<ScannedInput> {
  const scan: Scan = { fs: options.fs ?? nodeFileSystem, limit: options.limit ?? LIMIT, files: [], directories: [] };
  const [only, ...others] = paths;
  if (only === undefined) throw new At1Error('artifact/no-files', { message: 'no file or folder is named' });
  const single = others.length === 0;
  const names = new Map<string, string>();
  for (const path of paths) {
    const absolute = resolve(options.cwd, path);
    const stat = await attempt('read', absolute, () => scan.fs.lstat(absolute));
    if (stat === undefined) throw nothingThere(path);
    refuseKind(stat.kind, absolute);
    if (stat.kind === 'directory' && single) {
      await scanFolder(scan, absolute, '');
      break;
    }
    const name = basename(absolute);
    const twin = names.get(name);
    if (twin !== undefined) throw unsupported(absolute, `its name '${name}' is also that of '${twin}'`);
    names.set(name, absolute);
    refuseGit(name, absolute);
    if (stat.kind === 'directory') await scanFolder(scan, absolute, name);
    else addFile(scan, name, absolute, stat);
    if (single) return { form: 'file', files: scan.files, directories: [] };
  }
  if (scan.files.length === 0) throw noFiles(paths, scan.directories.length);
  scan.files.sort((a, b) => compareText(a.path, b.path));
  scan.directories.sort(compareText);
  return { form: 'tree', files: scan.files, directories: scan.directories };
}

/** One plain file; what else is there is not looked into. Throws `usage/path`, `artifact/unsupported-file`, `io/*`. */
export async function scanFile(path: string, options: ScanOptions): Promise<InputFile> {
  const scan: Scan = { fs: options.fs ?? nodeFileSystem, limit: 1, files: [], directories: [] };
  const absolute = resolve(options.cwd, path);
  const stat = await attempt('read', absolute, () => scan.fs.lstat(absolute));
  if (stat === undefined) throw nothingThere(path);
  if (stat.kind === 'directory') {
    throw new At1Error('artifact/unsupported-file', {
      message: `'${path}' is a folder`,
      hint: 'this takes one file; at1 register takes folders',
      facts: { path: absolute },
    });
  }
  addFile(scan, basename(absolute), absolute, stat);
  return scan.files[0] as InputFile;
}

async function scanFolder(scan: Scan, absolute: string, prefix: string): Promise<void> {
  const entries = await attempt('read', absolute, () => scan.fs.readdir(absolute));
  if (entries.length === 0 && prefix !== '') scan.directories.push(relPath(prefix, absolute));
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of entries) {
    const path = join(absolute, entry.name);
    if (!entry.utf8) throw unsupported(path, 'its name is not valid UTF-8');
    refuseGit(entry.name, path);
    refuseKind(entry.kind, path);
    (entry.kind === 'directory' ? folders : files).push(entry.name);
  }
  const inside = (name: string) => (prefix === '' ? name : `${prefix}/${name}`);
  for (let at = 0; at < files.length; at += STATS_AT_ONCE) {
    const group = files.slice(at, at + STATS_AT_ONCE).map((name) => ({ name, path: join(absolute, name) }));
    const stats = await Promise.all(group.map(({ path }) => attempt('read', path, () => scan.fs.lstat(path))));
    for (const [index, { name, path }] of group.entries()) addFile(scan, inside(name), path, stats[index]);
  }
  for (const name of folders) await scanFolder(scan, join(absolute, name), inside(name));
}

function addFile(scan: Scan, path: string, absolute: string, stat: FileStat | undefined): void {
  // Between listing and looking, something else took its place.
  if (stat === undefined) throw nothingThere(absolute);
  if (stat.kind !== 'file') throw unsupported(absolute, `it is ${describeKind(stat.kind)}`);
  if (scan.files.length >= scan.limit) {
    throw new At1Error('artifact/unsupported-file', {
      message: `more than ${scan.limit} files in one version`,
      hint: 'put them into one archive or table file, or register parts of it under several names',
      facts: { path: absolute, limit: scan.limit },
    });
  }
  scan.files.push({
    path: relPath(path, absolute),
    absolute,
    size: stat.size,
    executable: (stat.mode & 0o100) !== 0,
    mtimeNs: stat.mtimeNs,
    ino: stat.ino,
    dev: stat.dev,
  });
}

function relPath(path: string, absolute: string): RelPath {
  try {
    return parseRelPath(path);
  } catch (error) {
    if (error instanceof At1Error) throw unsupported(absolute, error.message, error);
    throw error;
  }
}

function refuseKind(kind: EntryKind, path: string): void {
  if (kind === 'symlink' || kind === 'other') throw unsupported(path, `it is ${describeKind(kind)}`);
}

/** A repository inside an artifact would be taken for a submodule or run its hooks when it is given back. */
function refuseGit(name: string, path: string): void {
  if (name.toLowerCase() === '.git') throw unsupported(path, 'it belongs to a git repository');
}

function unsupported(path: string, why: string, cause?: unknown): At1Error {
  return new At1Error('artifact/unsupported-file', {
    message: `cannot take '${path}': ${why}`,
    hint: 'name a plain file or folder, or leave this one out',
    facts: { path, why },
    cause,
  });
}

function nothingThere(path: string): At1Error {
  return new At1Error('usage/path', {
    message: `no such file or folder: '${path}'`,
    hint: 'check the spelling and the folder you are in',
    facts: { path },
  });
}

function noFiles(paths: readonly string[], folders: number): At1Error {
  const why = folders === 0 ? 'the folder is empty' : `only empty folders (${folders})`;
  return new At1Error('artifact/no-files', {
    message: `nothing to register in ${paths.map((path) => `'${path}'`).join(', ')}: ${why}`,
    hint: 'a version needs at least one file',
    facts: { paths, folders },
  });
}
