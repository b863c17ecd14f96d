/** Strict JSON, token by token: no tree is built, twins of a key can be seen, and depth is bounded. */
import { fromUtf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { malformed, STEP_LIMIT } from './file-shape.js';

const DEPTH_LIMIT = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SHORT = 200;

export class JsonScan {
  readonly #bytes: Uint8Array;
  #at = 0;
  #steps = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The byte of the next token, which stays; undefined at the end. */
  next(): number | undefined {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      this.#at++;
    }
  }

  /** Visits the members; `visit` must consume each value. */
  object(visit: (key: string) => void): void {
    this.#list('{', '}', () => {
      const key = this.string();
      this.#expect(':');
      visit(key);
    });
  }

  array(visit: () => void): void {
    this.#list('[', ']', visit);
  }

  string(): string {
    if (this.next() !== QUOTE) throw this.#wrong('a string');
    const start = this.#at++;
    let plain = true;
    let ascii = '';
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined || byte < 0x20) throw this.#wrong('the end of a string');
      if (byte === QUOTE) break;
      // Most names are short and plain; a decoder for each would take most of the time.
      if (byte < 0x80 && this.#at - start <= SHORT) ascii += String.fromCharCode(byte);
      if (byte === BACKSLASH) {
        plain = false;
        this.#at++;
      }
    }
    if (this.#at > this.#bytes.length) throw this.#wrong('the end of a string');
    if (plain && ascii.length === this.#at - start - 2) return ascii;
    const literal = text(this.#bytes.subarray(start, this.#at));
    return plain ? literal.slice(1, -1) : withoutEscapes(literal);
  }

  /** Not negative, without fraction or exponent, exact. */
  integer(): number {
    this.next();
    const start = this.#at;
    let value = 0;
    for (;;) {
      const digit = (this.#bytes[this.#at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.#at++;
      if (!Number.isSafeInteger(value)) throw this.#wrong('a number below 2^53');
    }
    const length = this.#at - start;
    if (length === 0 || (length > 1 && this.#bytes[start] === 0x30)) throw this.#wrong('a whole number');
    return value;
  }

  skip(depth = 0): void {
    if (depth > DEPTH_LIMIT) throw malformed(`JSON nested deeper than ${DEPTH_LIMIT}`);
    const byte = this.next();
    if (byte === 0x7b) this.object(() => this.skip(depth + 1));
    else if (byte === 0x5b) this.array(() => this.skip(depth + 1));
    else if (byte === QUOTE) this.string();
    else this.#word();
  }

  end(): void {
    if (this.next() !== undefined) throw this.#wrong('the end of the header');
  }

  #list(open: string, close: string, visit: () => void): void {
    this.#expect(open);
    if (this.next() === close.charCodeAt(0)) {
      this.#at++;
      return;
    }
    for (;;) {
      if (++this.#steps > STEP_LIMIT) throw malformed(`more than ${STEP_LIMIT} values in the header`);
      visit();
      const byte = this.next();
      this.#at++;
      if (byte === close.charCodeAt(0)) return;
      if (byte !== 0x2c) throw this.#wrong(`',' or '${close}'`);
    }
  }

  #expect(character: string): void {
    if (this.next() !== character.charCodeAt(0)) throw this.#wrong(`'${character}'`);
    this.#at++;
  }

  /** A number, true, false or null, of which only the form counts. */
  #word(): void {
    const start = this.#at;
    while (this.#at - start < 64 && /[-+.0-9A-Za-z]/.test(String.fromCharCode(this.#bytes[this.#at] ?? 0))) this.#at++;
    const word = text(this.#bytes.subarray(start, this.#at));
    if (!/^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)$/.test(word)) {
      throw this.#wrong('a value');
    }
  }

  #wrong(expected: string): At1Error {
    return malformed(`header is not JSON: no ${expected} at ${this.#at}`);
  }
}

function text(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (error) {
    if (error instanceof At1Error) throw malformed('header is not UTF-8');
    throw error;
  }
}

function withoutEscapes(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed('header has a string with a wrong escape');
    throw error;
  }
}
