/**
 * What lies directly in which folder, kept while artifacts come and go: a look into one folder of a hundred thousand
 * artifacts must not go through all of them. A child that is a folder is written with a slash behind it.
 */

export class FolderIndex {
  /** By the folder, with a slash behind it; nothing stands for the directory itself. No set is empty. */
  readonly #children = new Map<string, Set<string>>();

  /** Paths below the directory. */
  childrenOf(folder: string): ReadonlySet<string> {
    return this.#children.get(folder) ?? NONE;
  }

  add(path: string): void {
    for (let child = path; ; ) {
      const folder = folderOf(child);
      const siblings = this.#children.get(folder);
      // Where the folder was there, so were those above it.
      if (siblings !== undefined) {
        siblings.add(child);
        return;
      }
      this.#children.set(folder, new Set([child]));
      if (folder === '') return;
      child = folder;
    }
  }

  remove(path: string): void {
    for (let child = path; ; ) {
      const folder = folderOf(child);
      const siblings = this.#children.get(folder);
      siblings?.delete(child);
      if (siblings === undefined || siblings.size > 0) return;
      this.#children.delete(folder);
      if (folder === '') return;
      child = folder;
    }
  }
}

const NONE: ReadonlySet<string> = new Set();

function folderOf(child: string): string {
  return child.slice(0, child.lastIndexOf('/', child.length - 2) + 1);
}
