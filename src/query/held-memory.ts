/** What a query keeps until it has seen everything: counted, limited, and without hold on the memory it came from. */
import { fromLatin1 } from '../bytes/text.js';
import type { Value } from './columns.js';
import { queryError } from './tokens.js';

const MOST_BYTES = 256 * 1024 * 1024;
/** A value and its place in a row, roughly. */
const VALUE_BYTES = 32;

export class HeldMemory {
  #bytes = 0;

  /** Values to keep: texts become copies, as a part of a text keeps all of it alive. Throws `usage/query`. */
  keep(values: readonly Value[]): Value[] {
    this.add(sizeOf(values));
    return values.map(copyOf);
  }

  /** One value to keep in the place of another. */
  swap<T extends Value>(old: Value, value: T): T {
    this.add(lengthOf(value) - lengthOf(old));
    return copyOf(value);
  }

  release(values: readonly Value[]): void {
    this.#bytes -= sizeOf(values);
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > MOST_BYTES) {
      throw queryError('query', `the answer needs more than ${MOST_BYTES} bytes of memory`, {
        hint: 'narrow it down with where, limit it, or select fewer columns',
      });
    }
  }
}

function sizeOf(values: readonly Value[]): number {
  return values.reduce<number>((sum, value) => sum + VALUE_BYTES + lengthOf(value), VALUE_BYTES);
}

function lengthOf(value: Value): number {
  return typeof value === 'string' ? value.length : 0;
}

function copyOf<T extends Value>(value: T): T {
  if (typeof value !== 'string') return value;
  return fromLatin1(Uint8Array.from({ length: value.length }, (_, i) => value.charCodeAt(i))) as T;
}
