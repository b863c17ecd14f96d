/** Git objects of any bytes, well-formed or not, written straight into a repository as loose ones. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { utf8 } from '../src/bytes/text.js';
import { concatBytes } from '../src/bytes/writer.js';
import type { Engines } from '../src/engines.js';
import { hashObject, type ObjectType, type Oid, objectHeader, oidToBytes } from '../src/git-format/oid.js';
import { encodeName, formatTree, type TreeEntry, type TreeMode } from '../src/git-format/tree.js';

export interface TreeFile {
  readonly mode: TreeMode;
  readonly oid: Oid;
}

export class LooseObjects {
  readonly #folder: string;
  readonly #engines: Pick<Engines, 'sha1'>;

  constructor(gitDir: string, engines: Pick<Engines, 'sha1'>) {
    this.#folder = join(gitDir, 'objects');
    this.#engines = engines;
  }

  put(type: ObjectType, bytes: Uint8Array): Oid {
    const oid = hashObject(type, bytes, this.#engines.sha1);
    const path = this.pathOf(oid);
    if (existsSync(path)) return oid;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, deflateSync(concatBytes([objectHeader(type, bytes.length), bytes]), { level: 1 }));
    return oid;
  }

  /** Where an object lies, for whoever wants to damage it. */
  pathOf(oid: Oid): string {
    return join(this.#folder, oid.slice(0, 2), oid.slice(2));
  }

  /** The tree of these files, by their paths. */
  tree(files: ReadonlyMap<string, TreeFile>): Oid {
    const entries: TreeEntry[] = [];
    const folders = new Map<string, Map<string, TreeFile>>();
    for (const [path, file] of files) {
      const slash = path.indexOf('/');
      if (slash < 0) entries.push({ ...file, name: path });
      else {
        const folder = folders.get(path.slice(0, slash)) ?? new Map<string, TreeFile>();
        folders.set(path.slice(0, slash), folder.set(path.slice(slash + 1), file));
      }
    }
    for (const [name, inside] of folders) entries.push({ mode: '40000', name, oid: this.tree(inside) });
    return this.put('tree', formatTree(entries));
  }

  /** A tree with exactly these entries: any names and modes, in this order, twice if you like. */
  rawTree(entries: readonly { readonly mode: string; readonly name: string; readonly oid: Oid }[]): Oid {
    const parts = entries.flatMap(({ mode, name, oid }) => [
      utf8(`${mode} `),
      encodeName(name),
      Uint8Array.of(0),
      oidToBytes(oid),
    ]);
    return this.put('tree', concatBytes(parts));
  }
}
