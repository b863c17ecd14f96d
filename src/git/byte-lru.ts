/**
 * A map that forgets what was not used for long once its values weigh too much. Two generations: what is asked for
 * moves to the younger, the elder goes as a whole; so that a hit in the younger one changes nothing and costs nothing.
 */

/** What an entry costs besides its bytes: keeps a cache of tiny objects bounded too. */
const ENTRY_COST = 160;

interface Entry<Value> {
  readonly value: Value;
  readonly cost: number;
}

export class ByteLru<Key, Value> {
  readonly #limit: number;
  #young = new Map<Key, Entry<Value>>();
  #old = new Map<Key, Entry<Value>>();
  /** Of the young; the old weigh at most half the limit too. */
  #weight = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#old.delete(key);
    this.#add(key, old);
    return old.value;
  }

  /** Values heavier than a quarter of the limit are not kept: one of them would push out all others. */
  set(key: Key, value: Value, bytes: number): void {
    const cost = bytes + ENTRY_COST;
    this.delete(key);
    if (cost <= this.#limit / 4) this.#add(key, { value, cost });
  }

  delete(key: Key): void {
    const young = this.#young.get(key);
    if (young !== undefined) this.#weight -= young.cost;
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
    this.#weight = 0;
  }

  #add(key: Key, entry: Entry<Value>): void {
    if (this.#weight + entry.cost > this.#limit / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#weight = 0;
    }
    this.#young.set(key, entry);
    this.#weight += entry.cost;
  }
}
