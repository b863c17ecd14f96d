/**
 * The same registry in another folder of commits that hold none in ours: before ours began, or on the side of a merge. A
 * fold follows one folder, so what was decided in the other is no part of it; whoever was led here must hear of that.
 */
import { orNothing } from '../errors.js';
import { differingEntries, findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readSmallBlob, readTreeBytes } from '../git-format/read-object.js';
import { readConfig } from '../manifest/documents.js';
import { CONFIG_PATH } from '../manifest/layout-of-registry.js';
import type { RegistryId } from '../manifest/registry-id.js';
import { type Finding, finding } from '../registry/finding.js';
import type { HistorySource } from './folding.js';
import { folderInWords, registryTree } from './registry-tree.js';

/** Folders of one tree that are looked into: more than a repository that people work in has. */
const FOLDERS = 1000;
/** Bytes of an at1.toml that is read for this: those that at1 writes have a hundredth of it. */
const LENGTH = 65_536;
const NOTHING = new Uint8Array(0);

interface Place {
  readonly folder: string;
  readonly commit: Oid;
}

export class Elsewhere {
  readonly #source: HistorySource;
  /** Whose registry an at1.toml says it is, by its blob. */
  readonly #ids = new Map<Oid, RegistryId | undefined>();
  readonly #found = new Map<RegistryId, Place>();
  /** What was looked into last since then, at the top and in our folder. */
  readonly #last = new Map<string, Uint8Array>();

  constructor(source: HistorySource) {
    this.#source = source;
  }

  /**
   * Around our folder, in it, and at the top, where it is not the registry that the commit holds in our folder itself.
   * `ours`: whose registry is folded, once that is known. What holds it in our folder, as nearly all do, needs no look.
   */
  async look(commit: Oid, root: Oid, ours: RegistryId | undefined): Promise<void> {
    const { reader, prefix } = this.#source;
    const own = await orNothing(() => registryTree(reader, root, prefix));
    const here = own && (await this.#idOf(own));
    if (here !== undefined && here === ours) return;
    const note = (id: RegistryId | undefined, folder: string): void => {
      if (id !== undefined && id !== here && !this.#found.has(id)) this.#found.set(id, { folder, commit });
    };
    const parts = prefix === '' ? [] : prefix.split('/');
    for (const depth of parts.keys()) {
      const folder = parts.slice(0, depth).join('/');
      const above = await orNothing(() => registryTree(reader, root, folder));
      if (above !== undefined) note(await this.#idOf(above), folder);
    }
    await this.#lookInto(root, '', note);
    if (own !== undefined && own !== root) await this.#lookInto(own, `${prefix}/`, note);
    // What was not noted for this commit may be news in the next one.
    if (here !== undefined) this.#last.clear();
  }

  /** Most folders have been looked into, for the commit before: of a tree only what that one did not hold is decoded. */
  async #lookInto(
    tree: Oid,
    prefix: string,
    note: (id: RegistryId | undefined, folder: string) => void,
  ): Promise<void> {
    const last = this.#last.get(prefix) ?? NOTHING;
    this.#last.delete(prefix);
    await orNothing(async () => {
      const bytes = await readTreeBytes(this.#source.reader, tree);
      let folders = 0;
      for (const [, entry] of differingEntries(last, bytes)) {
        if (entry?.mode !== '40000') continue;
        if (folders++ === FOLDERS) return;
        note(await this.#idOf(entry.oid), `${prefix}${entry.name}`);
      }
      this.#last.set(prefix, bytes);
    });
  }

  async #idOf(tree: Oid): Promise<RegistryId | undefined> {
    const { reader } = this.#source;
    const entry = await orNothing(() => findEntry(reader, tree, CONFIG_PATH));
    if (entry?.mode !== '100644') return undefined;
    const { oid } = entry;
    const read = async () => readConfig(await readSmallBlob(reader, oid, LENGTH)).id;
    if (!this.#ids.has(oid)) this.#ids.set(oid, await orNothing(read));
    return this.#ids.get(oid);
  }

  /** What is to be told of our registry since this was asked last. */
  take(ours: RegistryId): Finding | undefined {
    const place = this.#found.get(ours);
    this.#found.clear();
    this.#last.clear();
    if (place === undefined) return undefined;
    return finding(
      'warning',
      'history/registry-changed',
      `commit ${place.commit}`,
      `this registry was in ${folderInWords(place.folder)} there; what was decided in that folder is no part of this history`,
      'if that is the registry you know, somebody leads you away from it: ask its owner',
    );
  }
}
