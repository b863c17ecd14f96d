/** The words of a query: names, texts, numbers and signs, one at a time, each with its place for the error that names it. */
import { At1Error } from '../errors.js';

export interface Token {
  /** `word` is bare, `name` stood in double quotes, `text` in single ones. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'end';
  /** Without quotes. */
  readonly text: string;
  /** Characters before it. */
  readonly at: number;
}

/** No command line is longer, and a program that writes queries is told where its mistake is. */
const MOST_CHARACTERS = 1024 * 1024;
const LONGEST_SHOWN = 40;
const PATTERNS = [
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['number', /-?[0-9]+(?:\.[0-9]+)?/y],
  ['sign', /<>|!=|<=|>=|[=<>(),*]/y],
] as const;
const SPACE = /\s*/uy;

/** Words with a meaning: a column of this name is written in double quotes. */
const RESERVED = new Set(['and', 'or', 'not', 'in', 'like', 'is', 'null', 'as', 'asc', 'desc', 'nulls']);
const BARE_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** A column's name as a query has it: in double quotes where it has to be. */
export function formatName(name: string): string {
  return BARE_NAME.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function formatText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export class Tokens {
  readonly #part: string;
  readonly #source: string;
  #next: Token;

  /** `part`: which part of the query this is, for errors. */
  constructor(part: string, source: string) {
    this.#part = part;
    this.#source = source;
    if (source.length > MOST_CHARACTERS) {
      throw queryError(part, `${source.length} characters, ${MOST_CHARACTERS} are the most`);
    }
    this.#next = this.#scan(0);
  }

  get next(): Token {
    return this.#next;
  }

  take(): Token {
    const token = this.#next;
    if (token.kind !== 'end') this.#next = this.#scan(this.#endOf);
    return token;
  }

  /** Takes the sign, or the word in either case, where it is next. */
  skip(text: string): boolean {
    if (!this.#isNext(text)) return false;
    this.take();
    return true;
  }

  demand(text: string): void {
    if (!this.skip(text)) throw this.unexpected(`'${text}'`);
  }

  demandEnd(expected: string): void {
    if (this.#next.kind !== 'end') throw this.unexpected(expected);
  }

  /** A name, with what it may be called in an error. */
  name(expected: string): string {
    const { kind, text } = this.#next;
    if (kind === 'name' || (kind === 'word' && !RESERVED.has(text.toLowerCase()))) return this.take().text;
    throw this.unexpected(expected);
  }

  unexpected(expected: string, token = this.#next): At1Error {
    const shown = token.text.length > LONGEST_SHOWN ? `${token.text.slice(0, LONGEST_SHOWN)}...` : token.text;
    const found = token.kind === 'end' ? 'the end' : `'${shown}'`;
    return this.#error(token.at, expected, found);
  }

  #error(at: number, expected: string, found: string): At1Error {
    const position = at + 1;
    return queryError(this.#part, `at character ${position} ${expected} is expected, not ${found}`, {
      hint: 'names go into "double quotes" where they are no plain words, texts into \'single quotes\'',
      facts: { position, expected },
    });
  }

  #endOf = 0;

  #isNext(text: string): boolean {
    const { kind, text: found } = this.#next;
    return (kind === 'word' && found.toLowerCase() === text) || (kind === 'sign' && found === text);
  }

  #scan(from: number): Token {
    SPACE.lastIndex = from;
    SPACE.exec(this.#source);
    const at = SPACE.lastIndex;
    this.#endOf = at;
    const first = this.#source[at];
    if (first === undefined) return { kind: 'end', text: '', at };
    if (first === '"' || first === "'") return this.#quoted(first, at);
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const [text] = pattern.exec(this.#source) ?? [];
      if (text === undefined) continue;
      this.#endOf = at + text.length;
      return { kind, text, at };
    }
    throw this.#error(at, 'a name, a value or a sign', `'${String.fromCodePoint(this.#source.codePointAt(at) ?? 0)}'`);
  }

  #quoted(quote: string, at: number): Token {
    let end = this.#source.indexOf(quote, at + 1);
    while (end >= 0 && this.#source[end + 1] === quote) end = this.#source.indexOf(quote, end + 2);
    if (end < 0) throw this.#error(at, `a closing ${quote}`, 'the end');
    this.#endOf = end + 1;
    const text = this.#source.slice(at + 1, end).replaceAll(quote + quote, quote);
    return { kind: quote === '"' ? 'name' : 'text', text, at };
  }
}

export function queryError(
  part: string,
  message: string,
  { hint, facts = {} }: { hint?: string | undefined; facts?: At1Error['facts'] } = {},
): At1Error {
  return new At1Error('usage/query', { message: `${part}: ${message}`, hint, facts: { part, ...facts } });
}
