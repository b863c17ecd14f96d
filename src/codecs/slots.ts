/** Parts of a text that vary, in order: where each starts and ends, and the column of like parts that it belongs to. */

/** Longer text is not cut: its slots may take twelve times as much memory as itself. */
export const MOST_TEXT_BYTES = 2 ** 28;

const FIRST_CAPACITY = 1024;
const FIELDS = 3;

export class Slots {
  /** Start, end, column of each. */
  #numbers = new Uint32Array(FIRST_CAPACITY * FIELDS);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Not before the end of the last one. */
  add(start: number, end: number, column: number): void {
    const at = this.#length * FIELDS;
    if (at === this.#numbers.length) {
      const larger = new Uint32Array(2 * this.#numbers.length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[at] = start;
    this.#numbers[at + 1] = end;
    this.#numbers[at + 2] = column;
    this.#length++;
  }

  start(slot: number): number {
    return this.#numbers[slot * FIELDS] as number;
  }

  end(slot: number): number {
    return this.#numbers[slot * FIELDS + 1] as number;
  }

  column(slot: number): number {
    return this.#numbers[slot * FIELDS + 2] as number;
  }
}

/** Numbers for names, in the order in which they are first asked for; past a limit all further names share the last one. */
export class ColumnNames {
  readonly #numbers = new Map<string | number, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return this.#numbers.size;
  }

  numberOf(name: string | number): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    if (this.#numbers.size >= this.#most) return this.#most - 1;
    const number = this.#numbers.size;
    this.#numbers.set(name, number);
    return number;
  }
}
