/**
 * Finds strings that are put together from values seen shortly before, such as an address that ends in an identifier: a
 * guess from one value that holds for the next one of the column becomes a rule.
 */
import { fromLatin1 } from '../bytes/text.js';
import { QUOTE } from './json-text.js';
import { NumberWriter } from './number-writer.js';
import { unquoted } from './read-json.js';

interface Guess {
  readonly literals: readonly string[];
  readonly sources: readonly number[];
  number: number | undefined;
}

interface State {
  guess: Guess | undefined;
  tries: number;
  hits: number;
}

/** Guesses for a column before it is left alone. */
const MOST_TRIES = 24;
const MISSES_WEIGH = 4;
const FREE = 4 * MOST_TRIES;
const MOST_RULES = 1024;
/** Columns that are looked at for parts of a string, the last ones first. */
const MOST_RECENT = 48;
const SHORTEST_SOURCE = 2;
const LONGEST_STRING = 1024;
const MOST_SOURCES = 4;

export class RuleFinder {
  readonly #states = new Map<number, State>();
  /** The last value of each column, without quotation marks; the latest column last. */
  readonly #last = new Map<number, string>();
  readonly #rules: Guess[] = [];

  /** The rule that yields exactly this value of the column, if one is known. */
  ruleFor(column: number, value: Uint8Array): number | undefined {
    if (value[0] !== QUOTE || value.at(-1) !== QUOTE || value.length < 2 + SHORTEST_SOURCE) return undefined;
    if (value.length > LONGEST_STRING) return undefined;
    const state = this.#stateOf(column);
    if (state.guess === undefined && state.tries >= MOST_TRIES) return undefined;
    const text = fromLatin1(unquoted(value));
    if (state.guess !== undefined && this.#apply(state.guess) === text) {
      state.hits++;
      return this.#numberOf(state.guess);
    }
    state.tries++;
    // A rule that often fails costs more in the tape than it saves; one that holds is kept over one that is new.
    if (state.tries * MISSES_WEIGH > state.hits + FREE) state.guess = undefined;
    if (state.guess?.number === undefined && state.tries < MOST_TRIES) state.guess = this.#guess(text);
    return undefined;
  }

  /** To be told of every value that goes into a column. */
  note(column: number, value: Uint8Array): void {
    this.#last.delete(column);
    if (value.length <= LONGEST_STRING) this.#last.set(column, fromLatin1(unquoted(value)));
  }

  /** The stream `rules`. */
  finish(): Uint8Array {
    const writer = new NumberWriter().uint(this.#rules.length);
    for (const { literals, sources } of this.#rules) {
      writer.uint(literals.length);
      for (const literal of literals) writer.string(literal);
      writer.uint(sources.length);
      for (const source of sources) writer.uint(source);
    }
    return writer.finish();
  }

  #stateOf(column: number): State {
    const known = this.#states.get(column);
    if (known !== undefined) return known;
    const state: State = { guess: undefined, tries: 0, hits: 0 };
    this.#states.set(column, state);
    return state;
  }

  #numberOf(guess: Guess): number | undefined {
    if (guess.number === undefined && this.#rules.length < MOST_RULES) {
      guess.number = this.#rules.length;
      this.#rules.push(guess);
    }
    return guess.number;
  }

  #apply({ literals, sources }: Guess): string | undefined {
    let text = literals[0] ?? '';
    for (const [i, source] of sources.entries()) {
      const value = this.#last.get(source);
      if (value === undefined) return undefined;
      text += value + (literals[i + 1] ?? '');
    }
    return text;
  }

  #guess(text: string): Guess | undefined {
    const recent = [...this.#last].slice(-MOST_RECENT).filter(([, value]) => value.length >= SHORTEST_SOURCE);
    recent.sort(([, a], [, b]) => b.length - a.length);
    const literals: string[] = [];
    const sources: number[] = [];
    let rest = text;
    while (rest.length > 0 && sources.length < MOST_SOURCES) {
      const found = leftmost(rest, recent);
      if (found === undefined) break;
      literals.push(rest.slice(0, found.at));
      sources.push(found.column);
      rest = rest.slice(found.at + found.length);
    }
    return sources.length === 0 ? undefined : { literals: [...literals, rest], sources, number: undefined };
  }
}

/** The longest of the values that occur, and of several places the first. */
function leftmost(
  text: string,
  values: readonly (readonly [number, string])[],
): { at: number; column: number; length: number } | undefined {
  let best: { at: number; column: number; length: number } | undefined;
  for (const [column, value] of values) {
    const at = text.indexOf(value);
    if (at >= 0 && (best === undefined || (at < best.at && value.length * 2 >= best.length))) {
      best = { at, column, length: value.length };
    }
  }
  return best;
}
