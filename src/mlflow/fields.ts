/** Reading an object of JSON that comes from outside: each field by name and form, and where it is wrong. */
import { At1Error } from '../errors.js';

export type Texts = ReadonlyMap<string, string>;

/** An object of the document and its place, for what is said when it is wrong. */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #place: string;

  constructor(value: unknown, place: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(place, 'not an object');
    this.#object = value as Readonly<Record<string, unknown>>;
    this.#place = place;
  }

  at(name: string): string {
    return `${this.#place}/${name}`;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  /** No other names than these. */
  only(...names: readonly string[]): void {
    for (const name of Object.keys(this.#object)) if (!names.includes(name)) throw wrong(this.at(name), 'unknown');
  }

  value(name: string): unknown {
    return this.has(name) ? this.#object[name] : undefined;
  }

  text(name: string): string {
    return textAt(this.value(name), this.at(name));
  }

  maybe<T>(name: string, parse: (value: unknown, at: string) => T): T | null {
    const value = this.value(name);
    return value === null ? null : parse(value, this.at(name));
  }

  inner(name: string): Fields {
    return new Fields(this.value(name), this.at(name));
  }

  items<T>(name: string, parse: (value: unknown, at: string) => T): T[] {
    const value = this.value(name);
    if (!Array.isArray(value)) throw wrong(this.at(name), 'not a list');
    return value.map((item, index) => parse(item, `${this.at(name)}/${index}`));
  }

  list(name: string): string[] {
    return this.items(name, textAt);
  }

  entries<T>(name: string, parse: (value: unknown, at: string) => T): [string, T][] {
    const inner = this.inner(name);
    return Object.entries(inner.#object).map(([key, value]) => {
      const at = inner.at(key);
      return [textAt(key, at), parse(value, at)];
    });
  }

  texts(name: string): Texts {
    return new Map(this.entries(name, textAt));
  }
}

export function matching(value: unknown, at: string, pattern: RegExp): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw wrong(at, 'not of its form');
}

export function wholeNumber(value: unknown, at: string, most: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most) return value;
  throw wrong(at, 'not a whole number in its bounds');
}

/** Half of a surrogate pair is no text: it could not be written down. */
export function textAt(value: unknown, at: string): string {
  if (typeof value === 'string' && !/\p{Surrogate}/u.test(value)) return value;
  throw wrong(at, 'not text');
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new At1Error('document/syntax', { message: 'the description of the model is not JSON', cause });
  }
}

export function wrong(at: string, why: string): At1Error {
  return new At1Error('document/schema', {
    message: `the description of the model is not one: ${at.slice(0, 200) || '/'} is ${why}`,
    hint: 'see docs/format/mlflow-document.md; at1 and at1-mlflow may be of different ages',
  });
}
