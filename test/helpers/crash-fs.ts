/**
 * An in-memory file system that knows what a power cut may take: content not synced, names whose folder was not synced.
 * `crash` gives one possible disk afterwards; the choice comes from a seed, so that many can be tried.
 */
import { posix } from 'node:path';
import type { DirectoryEntry, FileStat, FileSystem, OpenFile } from '../../src/files/file-system.js';

interface FileNode {
  readonly kind: 'file';
  readonly ino: bigint;
  mode: number;
  content: Uint8Array;
  durable: Uint8Array;
}

interface FolderNode {
  readonly kind: 'directory';
  readonly ino: bigint;
  entries: Map<string, Node>;
  durable: Map<string, Node>;
}

type Node = FileNode | FolderNode;

export class CrashFileSystem implements FileSystem {
  #root: FolderNode = folder(1n);
  #next = 2n;

  async createExclusive(path: string, mode: number): Promise<OpenFile> {
    const { parent, name } = this.#place(path);
    if (parent.entries.has(name)) throw systemError('EEXIST', path);
    const node: FileNode = {
      kind: 'file',
      ino: this.#next++,
      mode,
      content: new Uint8Array(0),
      durable: new Uint8Array(0),
    };
    parent.entries.set(name, node);
    return open(node);
  }

  async openRead(path: string): Promise<OpenFile> {
    const node = this.#find(path);
    if (node === undefined) throw systemError('ENOENT', path);
    if (node.kind !== 'file') throw systemError('EISDIR', path);
    return open(node);
  }

  async rename(from: string, to: string): Promise<void> {
    const source = this.#place(from);
    const target = this.#place(to);
    const node = source.parent.entries.get(source.name);
    if (node === undefined) throw systemError('ENOENT', from);
    source.parent.entries.delete(source.name);
    target.parent.entries.set(target.name, node);
  }

  async link(existing: string, path: string): Promise<void> {
    const node = this.#find(existing);
    const { parent, name } = this.#place(path);
    if (node === undefined) throw systemError('ENOENT', existing);
    if (parent.entries.has(name)) throw systemError('EEXIST', path);
    parent.entries.set(name, node);
  }

  async unlink(path: string): Promise<void> {
    const { parent, name } = this.#place(path);
    if (!parent.entries.delete(name)) throw systemError('ENOENT', path);
  }

  async mkdir(path: string): Promise<void> {
    const { parent, name } = this.#place(path);
    if (parent.entries.has(name)) throw systemError('EEXIST', path);
    parent.entries.set(name, folder(this.#next++));
  }

  async rmdir(path: string): Promise<void> {
    const { parent, name } = this.#place(path);
    const node = parent.entries.get(name);
    if (node?.kind !== 'directory') throw systemError('ENOTDIR', path);
    if (node.entries.size > 0) throw systemError('ENOTEMPTY', path);
    parent.entries.delete(name);
  }

  async readdir(path: string): Promise<DirectoryEntry[]> {
    return [...this.#folder(path).entries].map(([name, node]) => ({ name, utf8: true, kind: node.kind }));
  }

  async lstat(path: string): Promise<FileStat | undefined> {
    const node = this.#find(path);
    return node === undefined ? undefined : statOf(node);
  }

  async syncDirectory(path: string): Promise<void> {
    const node = this.#folder(path);
    node.durable = new Map(node.entries);
  }

  uniqueName(): string {
    return `unique${this.#next++}`;
  }

  /** A disk that a power cut at this moment may leave; `choose` returns a number below its argument. */
  crash(choose: (limit: number) => number): CrashFileSystem {
    const after = new CrashFileSystem();
    after.#next = this.#next;
    const copies = new Map<Node, Node>();
    const survive = (node: Node): Node => {
      const known = copies.get(node);
      if (known !== undefined) return known;
      if (node.kind === 'file') {
        const content = surviving(node, choose);
        const copy: FileNode = { ...node, content, durable: content };
        copies.set(node, copy);
        return copy;
      }
      const copy = folder(node.ino);
      copies.set(node, copy);
      // Each name for itself is as it was synced, or as it was last: file systems promise no order between them.
      for (const name of new Set([...node.durable.keys(), ...node.entries.keys()])) {
        const child = choose(2) === 0 ? node.durable.get(name) : node.entries.get(name);
        if (child !== undefined) copy.entries.set(name, survive(child));
      }
      copy.durable = new Map(copy.entries);
      return copy;
    };
    after.#root = survive(this.#root) as FolderNode;
    return after;
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.#root;
    for (const part of parts(path)) node = node?.kind === 'directory' ? node.entries.get(part) : undefined;
    return node;
  }

  #folder(path: string): FolderNode {
    const node = this.#find(path);
    if (node === undefined) throw systemError('ENOENT', path);
    if (node.kind !== 'directory') throw systemError('ENOTDIR', path);
    return node;
  }

  #place(path: string): { parent: FolderNode; name: string } {
    return { parent: this.#folder(posix.dirname(path)), name: posix.basename(path) };
  }
}

/** What was synced, nothing of it, what was last written, or a torn last block. */
function surviving(node: FileNode, choose: (limit: number) => number): Uint8Array {
  if (node.content === node.durable) return node.durable;
  const candidates = [
    node.durable,
    new Uint8Array(0),
    node.content,
    node.content.slice(0, choose(node.content.length + 1)),
  ];
  return candidates[choose(candidates.length)] as Uint8Array;
}

function open(node: FileNode): OpenFile {
  return {
    read: async (into, position) => {
      const part = node.content.subarray(position, position + into.length);
      into.set(part);
      return part.length;
    },
    write: async (data) => {
      const grown = new Uint8Array(node.content.length + data.length);
      grown.set(node.content);
      grown.set(data, node.content.length);
      node.content = grown;
      return data.length;
    },
    sync: async () => {
      node.durable = node.content;
    },
    stat: async () => statOf(node),
    close: async () => undefined,
  };
}

function statOf(node: Node): FileStat {
  const size = node.kind === 'file' ? node.content.length : 0;
  const mode = node.kind === 'file' ? node.mode : 0o755;
  return { kind: node.kind, size, mode, mtimeNs: 0n, ino: node.ino, dev: 1n };
}

function folder(ino: bigint): FolderNode {
  return { kind: 'directory', ino, entries: new Map(), durable: new Map() };
}

function parts(path: string): string[] {
  return posix
    .normalize(path)
    .split('/')
    .filter((part) => part !== '');
}

function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
