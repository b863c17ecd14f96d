/** Codec json (id 1): a JSON value per line; keys in a vocabulary, values in columns, the shape of all lines in a tape. */
import { malformed, overLimit } from '../container/format.js';
import { type Rule, readRules } from './json-rules.js';
import { type Numbers, numbersOf } from './numbers.js';
import { Output } from './output.js';
import { type Cells, cellsOf, linesOf, type Streams, streamOf } from './streams.js';
import { ValueColumns } from './value-columns.js';

/** Values in one another, the innermost included. */
export const MAX_NESTING = 8192;
export const LEAF = 0;
export const OBJECT = 1;
export const ARRAY = 2;
export const DERIVED = 3;

const LF = 10;
const VERBATIM = 0;
const QUOTE = 0x22;
/** Between two columns. */
const GAP = 1;

export function readJson(streams: Streams, limit: number): Uint8Array {
  const meta = numbersOf(streams, 'meta');
  const count = meta.uint();
  const finalNewline = meta.u8() === 1;
  const flags = streamOf(streams, 'flags');
  if (count > flags.length) throw malformed(`${count} lines with flags for ${flags.length}`);
  const verbatim = linesOf(streams, 'verbatim');
  const output = new Output(limit);
  const tape = new Tape(streams, output);
  for (let i = 0; i < count; i++) {
    if (i > 0) output.u8(LF);
    if (flags[i] === VERBATIM) output.bytes(verbatim.next());
    else tape.writeValue();
  }
  if (finalNewline) output.u8(LF);
  return output.finish();
}

class Tape {
  readonly #tape: Numbers;
  readonly #keys: Cells;
  readonly #columns: ValueColumns;
  readonly #rules: readonly Rule[];
  readonly #sources = new Set<number>();
  /** What each column that a rule uses gave last. */
  readonly #last = new Map<number, Uint8Array>();
  readonly #output: Output;
  /** Of each open object or array: how many members are to come. */
  readonly #left: number[] = [];
  readonly #isObject: boolean[] = [];
  /** Whether the next member is the first of what is open. */
  #isFirst = true;

  constructor(streams: Streams, output: Output) {
    this.#tape = numbersOf(streams, 'tape');
    this.#keys = cellsOf(streams, 'keyvocab');
    this.#columns = new ValueColumns(streams, GAP);
    this.#rules = readRules(streams, this.#columns.count);
    for (const { sources } of this.#rules) for (const source of sources) this.#sources.add(source);
    this.#output = output;
  }

  /** One line; not by recursion, which hostile nesting would exhaust. */
  writeValue(): void {
    this.#begin();
    while (this.#left.length > 0) {
      const top = this.#left.length - 1;
      const left = this.#left[top] as number;
      if (left === 0) {
        this.#left.pop();
        this.#output.ascii(this.#isObject.pop() === true ? '}' : ']');
        this.#isFirst = false;
        continue;
      }
      this.#left[top] = left - 1;
      if (!this.#isFirst) this.#output.ascii(',');
      this.#isFirst = false;
      if (this.#isObject[top] === true) {
        this.#output.bytes(this.#keys.at(this.#tape.uint()));
        this.#output.ascii(':');
      }
      this.#begin();
    }
  }

  /** A whole scalar, or the front of an object or array. */
  #begin(): void {
    const kind = this.#tape.u8();
    if (this.#left.length >= MAX_NESTING) throw overLimit('nesting of values', this.#left.length + 1, MAX_NESTING);
    if (kind === LEAF) this.#leaf(this.#tape.uint());
    else if (kind === OBJECT) this.#open(true, this.#tape.count(3));
    else if (kind === ARRAY) this.#open(false, this.#tape.count(2));
    else if (kind === DERIVED) this.#derive(this.#tape.uint());
    else throw malformed(`unknown kind ${kind} of value`);
  }

  #open(isObject: boolean, members: number): void {
    this.#output.ascii(isObject ? '{' : '[');
    this.#left.push(members);
    this.#isObject.push(isObject);
    this.#isFirst = true;
  }

  #leaf(column: number): void {
    const value = this.#columns.next(column);
    if (this.#sources.has(column)) this.#last.set(column, value);
    this.#output.bytes(value);
  }

  #derive(index: number): void {
    const rule = this.#rules[index];
    if (rule === undefined) throw malformed(`no rule ${index} of ${this.#rules.length}`);
    this.#output.u8(QUOTE);
    for (const [i, literal] of rule.literals.entries()) {
      this.#output.bytes(literal);
      const source = rule.sources[i];
      if (source !== undefined) this.#output.bytes(unquoted(this.#valueOf(source)));
    }
    this.#output.u8(QUOTE);
  }

  #valueOf(column: number): Uint8Array {
    const value = this.#last.get(column);
    if (value === undefined) throw malformed(`a rule uses column ${column} before its first value`);
    return value;
  }
}

/** What stands between the quotation marks, where a value has them. */
export function unquoted(value: Uint8Array): Uint8Array {
  const last = value.length - 1;
  return last > 0 && value[0] === QUOTE && value[last] === QUOTE ? value.subarray(1, last) : value;
}
