/**
 * A disk that knows what a power cut may take: content that was not synced, names whose folder was not synced, each on
 * its own. It follows the changes of a real run and gives the disks that may be found afterwards (POSIX promises no
 * more; real file systems keep more order than this).
 */
import { basename, dirname } from 'node:path';
import type { Change } from '../../src/files/change.js';
import { type FileImage, type FolderEntry, type FolderImage, isFile } from './folder-image.js';

interface FileNode {
  readonly kind: 'file';
  readonly mode: number;
  durable: Uint8Array;
  /** The content after each change that is not synced. */
  pending: Uint8Array[];
}

interface FolderNode {
  readonly kind: 'folder';
  readonly mode: number;
  durable: ReadonlyMap<string, Node>;
  /** What each name became, in order, since the last sync. */
  pending: NameChange[];
}

type Node = FileNode | FolderNode;

interface NameChange {
  readonly name: string;
  readonly node: Node | undefined;
  /** Where a name goes with a rename: the change that gave the file its new name, which is there then. */
  readonly needs: { readonly folder: FolderNode; readonly change: NameChange } | undefined;
}

/** Which of what is not synced survives. Both are asked in the order of the changes. */
export interface Survival {
  /** Of `count` states of one file after the synced one: 0 none, `count` the last; a fraction tears the next. */
  content(count: number): number;
  /** Of `count` changes of one name: how many. */
  names(count: number): number;
}

const SECTOR = 512;

export class CrashDisk {
  readonly #root: string;
  readonly #top: FolderNode;

  /** Everything in the image is on the disk for good; the changes will speak of its folder as `root`. */
  constructor(image: FolderImage, root: string) {
    this.#root = root;
    this.#top = folderOf(image);
  }

  /** A change that has happened. What is outside of the root is another disk. */
  follow(change: Change): void {
    if (!`${change.path}/`.startsWith(`${this.#root}/`)) return;
    if (change.kind === 'create') {
      this.#name(change.path, emptyFile(change.mode));
    } else if (change.kind === 'mkdir') {
      this.#name(change.path, { kind: 'folder', mode: 0o777 & ~process.umask(), durable: new Map(), pending: [] });
    } else if (change.kind === 'open') {
      if (this.#find(change.path) === undefined) {
        this.#name(change.path, emptyFile(0o666));
      }
    } else if (change.kind === 'unlink' || change.kind === 'rmdir') this.#name(change.path, undefined);
    else if (change.kind === 'link') this.#name(change.path, this.#node(change.from));
    else if (change.kind === 'rename') this.#rename(change.from, change.path);
    else if (change.kind === 'sync') this.#sync(change.path);
    else if (change.kind !== 'chmod') this.#write(change);
  }

  /** One possible disk. */
  crash(survival: Survival): FolderImage {
    const kept = this.#choose(survival);
    const image = new Map<string, FileImage | FolderEntry>();
    const files = new Map<FileNode, FileImage>();
    const visit = (folder: FolderNode, prefix: string) => {
      for (const [name, node] of entriesOf(folder, kept.get(folder) ?? [])) {
        const path = `${prefix}${name}`;
        if (node.kind === 'folder') {
          image.set(path, { mode: node.mode });
          visit(node, `${path}/`);
          continue;
        }
        const file = files.get(node) ?? { mode: node.mode, content: contentOf(node, survival) };
        files.set(node, file);
        image.set(path, file);
      }
    };
    visit(this.#top, '');
    return image;
  }

  /** For every folder the changes of names that survive; a rename never loses the file. */
  #choose(survival: Survival): Map<FolderNode, NameChange[]> {
    const kept = new Map<FolderNode, Set<NameChange>>();
    const visit = (folder: FolderNode) => {
      const set = new Set<NameChange>();
      kept.set(folder, set);
      for (const [, changes] of byName(folder.pending)) {
        for (const change of changes.slice(0, survival.names(changes.length))) set.add(change);
      }
      const below = [...folder.durable.values(), ...folder.pending.map(({ node }) => node)];
      for (const node of new Set(below)) if (node?.kind === 'folder') visit(node);
    };
    visit(this.#top);
    for (let again = true; again; ) {
      again = false;
      for (const set of [...kept.values()]) {
        for (const { needs } of set) {
          // Already synced, or chosen: then the file is there.
          const target = needs && kept.get(needs.folder);
          if (needs === undefined || target === undefined || target.has(needs.change)) continue;
          if (!needs.folder.pending.includes(needs.change)) continue;
          for (const change of needs.folder.pending) {
            if (change.name === needs.change.name) target.add(change);
            if (change === needs.change) break;
          }
          again = true;
        }
      }
    }
    return new Map([...kept].map(([folder, set]) => [folder, folder.pending.filter((change) => set.has(change))]));
  }

  #rename(from: string, to: string): void {
    const node = this.#node(from);
    const added = this.#name(to, node);
    const folder = this.#folder(dirname(to));
    this.#folder(dirname(from)).pending.push({
      name: basename(from),
      node: undefined,
      needs: { folder, change: added },
    });
  }

  #sync(path: string): void {
    const node = this.#find(path);
    if (node === undefined) return;
    if (node.kind === 'file') node.durable = node.pending.at(-1) ?? node.durable;
    else node.durable = entriesOf(node, node.pending);
    node.pending = [];
  }

  #write(change: Extract<Change, { kind: 'write' | 'truncate' }>): void {
    const node = this.#node(change.path);
    if (node.kind !== 'file') throw new Error(`${change.path} is a folder`);
    const before = node.pending.at(-1) ?? node.durable;
    if (change.kind === 'truncate') {
      const after = new Uint8Array(change.length);
      after.set(before.subarray(0, change.length));
      node.pending.push(after);
      return;
    }
    const at = change.position ?? before.length;
    const after = new Uint8Array(Math.max(before.length, at + change.data.length));
    after.set(before);
    after.set(change.data, at);
    node.pending.push(after);
  }

  #name(path: string, node: Node | undefined): NameChange {
    const change: NameChange = { name: basename(path), node, needs: undefined };
    this.#folder(dirname(path)).pending.push(change);
    return change;
  }

  #folder(path: string): FolderNode {
    const node = this.#node(path);
    if (node.kind !== 'folder') throw new Error(`${path} is a file`);
    return node;
  }

  #node(path: string): Node {
    const node = this.#find(path);
    if (node === undefined) throw new Error(`no ${path} on this disk`);
    return node;
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.#top;
    for (const part of path.slice(this.#root.length + 1).split('/')) {
      if (part === '' || node?.kind !== 'folder') continue;
      node = entriesOf(node, node.pending).get(part);
    }
    return node;
  }
}

function emptyFile(mode: number): FileNode {
  return { kind: 'file', mode: mode & ~process.umask(), durable: new Uint8Array(0), pending: [] };
}

function folderOf(image: FolderImage): FolderNode {
  const top = new Map<string, Node>();
  const folders = new Map([['.', top]]);
  for (const [path, entry] of image) {
    const below = new Map<string, Node>();
    const { mode } = entry;
    if (!isFile(entry)) folders.set(path, below);
    const node: Node = isFile(entry)
      ? { kind: 'file', mode, durable: entry.content, pending: [] }
      : { kind: 'folder', mode, durable: below, pending: [] };
    folders.get(dirname(path))?.set(basename(path), node);
  }
  return { kind: 'folder', mode: 0o777, durable: top, pending: [] };
}

function entriesOf(folder: FolderNode, changes: readonly NameChange[]): Map<string, Node> {
  const entries = new Map(folder.durable);
  for (const { name, node } of changes) {
    if (node === undefined) entries.delete(name);
    else entries.set(name, node);
  }
  return entries;
}

function byName(changes: readonly NameChange[]): Map<string, NameChange[]> {
  const found = new Map<string, NameChange[]>();
  for (const change of changes) found.set(change.name, [...(found.get(change.name) ?? []), change]);
  return found;
}

function contentOf(file: FileNode, survival: Survival): Uint8Array {
  if (file.pending.length === 0) return file.durable;
  const states = [file.durable, ...file.pending];
  const chosen = survival.content(file.pending.length);
  const whole = states[Math.floor(chosen)] as Uint8Array;
  const next = states[Math.floor(chosen) + 1];
  if (Number.isInteger(chosen) || next === undefined) return whole;
  // The length is there, of the new content only the first sectors are.
  const torn = new Uint8Array(next.length);
  torn.set(whole.subarray(0, next.length));
  const sectors = Math.ceil(next.length / SECTOR);
  const length = Math.floor((chosen % 1) * sectors) * SECTOR;
  torn.set(next.subarray(0, length));
  return torn;
}
