/** The columns of json and jsondoc: parts of the stream `values`, each a value per line, read here in any interleaving. */
import { malformed, overLimit } from '../container/format.js';
import { numbersOf } from './numbers.js';
import { type Streams, streamOf } from './streams.js';

const LF = 10;
const MAX_COLUMNS = 2 ** 22;

export class ValueColumns {
  readonly #bytes: Uint8Array;
  /** Where the next value of each column starts; past its end after the last. */
  readonly #next: Float64Array;
  readonly #ends: Float64Array;

  /** `gap`: bytes between two columns that `value_index` does not count. */
  constructor(streams: Streams, gap: number) {
    const index = numbersOf(streams, 'value_index');
    const count = index.count();
    if (count > MAX_COLUMNS) throw overLimit('columns of values', count, MAX_COLUMNS);
    this.#bytes = streamOf(streams, 'values');
    this.#next = new Float64Array(count);
    this.#ends = new Float64Array(count);
    let at = 0;
    for (let i = 0; i < count; i++) {
      const start = i === 0 ? 0 : at + gap;
      at = start + index.uint();
      if (at > this.#bytes.length) throw malformed(`column ${i} ends at ${at} of ${this.#bytes.length} bytes`);
      this.#next[i] = start;
      this.#ends[i] = at;
    }
  }

  get count(): number {
    return this.#next.length;
  }

  /** A view of the next value; throws `container/malformed` after the last, and where there is no such column. */
  next(column: number): Uint8Array {
    const start = this.#next[column];
    const limit = this.#ends[column];
    if (start === undefined || limit === undefined) throw malformed(`no column ${column} of ${this.count}`);
    if (start > limit) throw malformed(`column ${column} has too few values`);
    // Not past the end: the next line feed may be far behind it, once for each column.
    const found = this.#bytes.subarray(start, limit).indexOf(LF);
    const end = found < 0 ? limit : start + found;
    this.#next[column] = end + 1;
    return this.#bytes.subarray(start, end);
  }
}
