/**
 * What a folder holds, kept in memory: so that a trial begins from the same files again by putting back the few that the
 * last one changed, and what faults leave behind is compared without being written anywhere.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Under several paths where they are links to one file. */
export interface FileImage {
  readonly mode: number;
  readonly content: Uint8Array;
}

export interface FolderEntry {
  readonly mode: number;
  readonly content?: undefined;
}

/** By path relative to the folder, with `/`, a folder before what is in it. */
export type FolderImage = ReadonlyMap<string, FileImage | FolderEntry>;

/** Files that are as in `like` share its memory. */
export function readFolder(dir: string, like: FolderImage = new Map()): FolderImage {
  const image = new Map<string, FileImage | FolderEntry>();
  const linked = new Map<number, FileImage>();
  const visit = (prefix: string) => {
    for (const { name, folder } of entriesOf(join(dir, prefix))) {
      const path = `${prefix}${name}`;
      if (folder) {
        image.set(path, { mode: modeOf(join(dir, path)) });
        visit(`${path}/`);
        continue;
      }
      const { file, ino, links } = readFile(join(dir, path), like.get(path));
      const other = linked.get(ino);
      // An object of its own where it is a link to nothing that was read before: `like` may know it as one.
      const own = other ?? { ...file };
      if (links > 1) linked.set(ino, own);
      image.set(path, own);
    }
  };
  visit('');
  return image;
}

/** Makes `dir` hold what the image says and nothing else; what is there already is left alone. */
export function restoreFolder(dir: string, image: FolderImage): void {
  mkdirSync(dir, { recursive: true });
  const kept = new Set<string>();
  const paths = new Map<FileImage, number>();
  for (const entry of image.values()) if (isFile(entry)) paths.set(entry, (paths.get(entry) ?? 0) + 1);
  const visit = (prefix: string) => {
    for (const { name, folder } of entriesOf(join(dir, prefix))) {
      const path = `${prefix}${name}`;
      const wanted = image.get(path);
      if (folder && wanted !== undefined && !isFile(wanted)) {
        kept.add(path);
        if (modeOf(join(dir, path)) !== wanted.mode) chmodSync(join(dir, path), wanted.mode);
        visit(`${path}/`);
      } else if (!folder && isFile(wanted) && paths.get(wanted) === 1 && isAlone(join(dir, path), wanted)) {
        kept.add(path);
      } else rmSync(join(dir, path), { recursive: true });
    }
  };
  visit('');
  const written = new Map<FileImage, string>();
  for (const [path, wanted] of image) {
    if (kept.has(path)) continue;
    const full = join(dir, path);
    if (!isFile(wanted)) {
      mkdirSync(full);
      chmodSync(full, wanted.mode);
      continue;
    }
    const other = written.get(wanted);
    if (other === undefined) {
      writeFileSync(full, wanted.content);
      chmodSync(full, wanted.mode);
    } else linkSync(other, full);
    written.set(wanted, full);
  }
}

/** Sorted by name, so that the order on the disk does not count. */
function entriesOf(dir: string): { readonly name: string; readonly folder: boolean }[] {
  if (!existsSync(dir)) return [];
  const entries = readdirSync(dir, { withFileTypes: true }).map((entry) => {
    if (!entry.isDirectory() && !entry.isFile()) throw new Error(`${join(dir, entry.name)} is no file and no folder`);
    return { name: entry.name, folder: entry.isDirectory() };
  });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Most files are those that are known: read into memory that is used again, they leave nothing for anybody to clear. */
const scratch = Buffer.allocUnsafeSlow(2 ** 20);

function readFile(
  path: string,
  like: FileImage | FolderEntry | undefined,
): { readonly file: FileImage; readonly ino: number; readonly links: number } {
  const fd = openSync(path, 'r');
  try {
    const { mode: bits, size, ino, nlink: links } = fstatSync(fd);
    const mode = bits & 0o777;
    const read = size > scratch.length ? readFileSync(fd) : scratch.subarray(0, readSync(fd, scratch, 0, size, 0));
    const isKnown = isFile(like) && like.mode === mode && Buffer.compare(like.content, read) === 0;
    return { file: isKnown ? like : { mode, content: Uint8Array.from(read) }, ino, links };
  } finally {
    closeSync(fd);
  }
}

function isAlone(path: string, wanted: FileImage): boolean {
  const { file, links } = readFile(path, wanted);
  return links === 1 && file === wanted;
}

function modeOf(folder: string): number {
  return statSync(folder).mode & 0o777;
}

export function isFile(entry: FileImage | FolderEntry | undefined): entry is FileImage {
  return entry?.content !== undefined;
}
