/**
 * What a folder holds, kept in memory: so that a trial begins from the same files again by putting back the few that the
 * last one changed, and what faults leave behind is compared without being written anywhere.
 */
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Under several paths where they are links to one file. */
export interface FileImage {
  readonly mode: number;
  readonly content: Uint8Array;
}

/** By path relative to the folder, with `/`, a folder before what is in it. */
export type FolderImage = ReadonlyMap<string, FileImage | 'folder'>;

/** Files that are as in `like` share its memory. */
export function readFolder(dir: string, like: FolderImage = new Map()): FolderImage {
  const image = new Map<string, FileImage | 'folder'>();
  const linked = new Map<number, FileImage>();
  const visit = (prefix: string) => {
    for (const { name, folder } of entriesOf(join(dir, prefix))) {
      const path = `${prefix}${name}`;
      if (folder) {
        image.set(path, 'folder');
        visit(`${path}/`);
        continue;
      }
      const { ino, nlink } = lstatSync(join(dir, path));
      const file = linked.get(ino) ?? readFile(join(dir, path), like.get(path));
      if (nlink > 1) linked.set(ino, file);
      image.set(path, file);
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
  for (const entry of image.values()) if (entry !== 'folder') paths.set(entry, (paths.get(entry) ?? 0) + 1);
  const visit = (prefix: string) => {
    for (const { name, folder } of entriesOf(join(dir, prefix))) {
      const path = `${prefix}${name}`;
      const wanted = image.get(path);
      if (folder && wanted === 'folder') {
        kept.add(path);
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
    if (wanted === 'folder') {
      mkdirSync(full);
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

function readFile(path: string, like: FileImage | 'folder' | undefined): FileImage {
  const file = { mode: lstatSync(path).mode & 0o777, content: new Uint8Array(readFileSync(path)) };
  return isFile(like) && isSame(file, like) ? like : file;
}

function isAlone(path: string, wanted: FileImage): boolean {
  const { nlink, size } = lstatSync(path);
  return nlink === 1 && size === wanted.content.length && readFile(path, wanted) === wanted;
}

function isFile(entry: FileImage | 'folder' | undefined): entry is FileImage {
  return entry !== undefined && entry !== 'folder';
}

function isSame(a: FileImage, b: FileImage): boolean {
  return a.mode === b.mode && Buffer.compare(a.content, b.content) === 0;
}
