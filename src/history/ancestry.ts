/**
 * Which commits come in from the side at a merge: reachable from its other parents and not from its first. First-parent
 * history never shows them, so whoever wants to hide a step puts it there.
 */
import type { CommitLinks } from '../git-format/commit.js';
import type { Oid } from '../git-format/oid.js';
import { readLinks } from '../git-format/read-object.js';
import type { HistorySource } from './folding.js';

/** A commit to be held against these parents. */
export interface Arrival extends CommitLinks {
  readonly oid: Oid;
  /** A step of the mainline itself: its policy arrives there. */
  readonly step: boolean;
}

export class Ancestry {
  readonly #source: HistorySource;
  /** Everything reachable from the mainline so far; undefined until the first merge of a fold that was resumed. */
  #known: Set<Oid> | undefined;
  /** Whether a shallow clone cut off something on the way, the mainline aside. */
  isCut = false;

  /** `fresh`: the fold begins at the first commit of the mainline, so nothing has to be read a second time. */
  constructor(source: HistorySource, fresh: boolean) {
    this.#source = source;
    this.#known = fresh ? new Set() : undefined;
  }

  /**
   * Takes the next mainline commit: what it brings in from the side, newest first, and at the end itself, to be held
   * against its other parents. Empty unless it is a merge.
   */
  async enter(oid: Oid, { tree, parents }: CommitLinks): Promise<Arrival[]> {
    const held = this.#source.shallow.has(oid) ? [] : parents;
    const others = held.slice(1);
    if (this.#known === undefined && others.length === 0) return [];
    this.#known ??= new Set((await this.#reach(held.slice(0, 1))).keys());
    const known = this.#known;
    const arrived = others.length === 0 ? [] : await this.#reach(others, known);
    const sides: Arrival[] = [];
    for (const [side, links] of arrived) {
      known.add(side);
      sides.push({ oid: side, step: false, ...links });
    }
    known.add(oid);
    return others.length === 0 ? [] : [...sides, { oid, step: true, tree, parents: others }];
  }

  async #reach(from: readonly Oid[], without: ReadonlySet<Oid> = new Set()): Promise<Map<Oid, CommitLinks>> {
    const { reader, shallow } = this.#source;
    const found = new Map<Oid, CommitLinks>();
    // A set keeps the order of insertion, so this walks breadth first: newer commits before older ones.
    const ahead = new Set(from.filter((oid) => !without.has(oid)));
    for (const oid of ahead) {
      const links = await readLinks(reader, oid);
      const parents = shallow.has(oid) ? [] : links.parents;
      if (parents.length < links.parents.length) this.isCut = true;
      found.set(oid, { tree: links.tree, parents });
      for (const parent of parents) if (!without.has(parent)) ahead.add(parent);
    }
    return found;
  }
}
