/** A map that forgets what was used longest ago once its values weigh too much. */

/** What an entry costs besides its bytes: keeps a cache of tiny objects bounded too. */
const ENTRY_COST = 160;

export class ByteLru<Key, Value> {
  readonly #limit: number;
  readonly #entries = new Map<Key, { value: Value; cost: number }>();
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Values heavier than a quarter of the limit are not kept: one of them would push out all others. */
  set(key: Key, value: Value, bytes: number): void {
    const cost = bytes + ENTRY_COST;
    this.delete(key);
    if (cost > this.#limit / 4) return;
    this.#entries.set(key, { value, cost });
    this.#total += cost;
    for (const oldest of this.#entries.keys()) {
      if (this.#total <= this.#limit) break;
      this.delete(oldest);
    }
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#total -= entry.cost;
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#total = 0;
  }
}
