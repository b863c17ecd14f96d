/** Writes codec json (id 1): lines that are JSON without stray blanks as a tape over columns, other lines verbatim. */
import { fromLatin1 } from '../bytes/text.js';
import { CellWriter } from './cell-writer.js';
import { LF } from './json-text.js';
import { NumberWriter } from './number-writer.js';
import { END, KEY, Pieces, parseJsonLine } from './parse-json-line.js';
import { ARRAY, DERIVED, LEAF } from './read-json.js';
import { RuleFinder } from './rule-finder.js';
import { ColumnNames, MOST_TEXT_BYTES } from './slots.js';
import type { EncodedStreams } from './streams.js';

const MOST_COLUMNS = 4096;
const MOST_PATHS = 65_536;
/** Items of an array that have a column each. */
const APART = 6;

/** Undefined where no line fits. The caller decodes and compares. */
export function writeJson(data: Uint8Array): EncodedStreams | undefined {
  if (data.length > MOST_TEXT_BYTES) return undefined;
  const writer = new TapeWriter();
  const flags = new NumberWriter();
  const verbatim = new CellWriter();
  const pieces = new Pieces();
  let [lines, fitting] = [0, 0];
  for (let start = 0; start < data.length; lines++) {
    const found = data.indexOf(LF, start);
    const end = found < 0 ? data.length : found;
    const line = data.subarray(start, end);
    const fits = parseJsonLine(line, pieces);
    flags.u8(fits ? 1 : 0);
    if (fits) {
      fitting++;
      writer.line(line, pieces);
    } else {
      verbatim.add(line);
    }
    start = end + 1;
  }
  if (fitting === 0) return undefined;
  return [
    {
      name: 'meta',
      data: new NumberWriter()
        .uint(lines)
        .u8(data.at(-1) === LF ? 1 : 0)
        .finish(),
    },
    { name: 'flags', data: flags.finish() },
    ...writer.finish(),
    { name: 'verbatim', data: verbatim.finish() },
  ];
}

interface Level {
  readonly isArray: boolean;
  readonly path: number;
  items: number;
}

class TapeWriter {
  readonly #tape = new NumberWriter();
  readonly #rules = new RuleFinder();
  readonly #keys = new Map<string, number>();
  readonly #vocabulary = new CellWriter();
  readonly #paths = new ColumnNames(MOST_PATHS);
  readonly #names = new ColumnNames(MOST_COLUMNS);
  readonly #columns: CellWriter[] = [];

  line(line: Uint8Array, pieces: Pieces): void {
    const levels: Level[] = [];
    /** The path of the value that is next. */
    let path = 0;
    for (let i = 0; i < pieces.length; i++) {
      const [kind, a, b] = [pieces.kind(i), pieces.a(i), pieces.b(i)];
      const top = levels.at(-1);
      if (kind === END) {
        levels.pop();
        continue;
      }
      if (kind === KEY) {
        const key = this.#key(line.subarray(a, b));
        this.#tape.uint(key);
        path = this.#paths.numberOf(`${top?.path ?? 0} ${key}`);
        continue;
      }
      if (top?.isArray === true) path = top.path;
      if (kind === LEAF) {
        this.#leaf(path * APART + (top?.isArray === true ? Math.min(top.items++, APART - 1) : 0), line.subarray(a, b));
        continue;
      }
      this.#tape.u8(kind).uint(a);
      const isArray = kind === ARRAY;
      levels.push({ isArray, path: this.#paths.numberOf(`${path}${isArray ? '[' : '{'}`), items: 0 });
    }
  }

  /** `keyvocab`, `rules`, `value_index`, `values`, `tape`. */
  finish(): EncodedStreams {
    const index = new NumberWriter().uint(this.#columns.length);
    const values = new NumberWriter();
    for (const [i, column] of this.#columns.entries()) {
      const cells = column.finish();
      index.uint(cells.length);
      if (i > 0) values.u8(LF);
      values.bytes(cells);
    }
    return [
      { name: 'keyvocab', data: this.#vocabulary.finish() },
      { name: 'rules', data: this.#rules.finish() },
      { name: 'value_index', data: index.finish() },
      { name: 'values', data: values.finish() },
      { name: 'tape', data: this.#tape.finish() },
    ];
  }

  #leaf(name: number, value: Uint8Array): void {
    const known = this.#names.numberOf(name);
    const rule = this.#rules.ruleFor(known, value);
    if (rule !== undefined) {
      this.#tape.u8(DERIVED).uint(rule);
      return;
    }
    this.#columnOf(known).add(value);
    this.#rules.note(known, value);
    this.#tape.u8(LEAF).uint(known);
  }

  #columnOf(number: number): CellWriter {
    for (;;) {
      const column = this.#columns[number];
      if (column !== undefined) return column;
      this.#columns.push(new CellWriter());
    }
  }

  #key(key: Uint8Array): number {
    const name = fromLatin1(key);
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const number = this.#keys.size;
    this.#keys.set(name, number);
    this.#vocabulary.add(key);
    return number;
  }
}
