/** The rules of codec json: strings that are put together from the values last taken from other columns. */
import { malformed, overLimit } from '../container/format.js';
import { type Numbers, numbersOf } from './numbers.js';
import type { Streams } from './streams.js';

/** A use of a rule takes two bytes and costs as much as the rule has parts. */
const MAX_SOURCES = 256;
const MAX_RULES = 2 ** 16;

export interface Rule {
  /** One more than sources. */
  readonly literals: readonly Uint8Array[];
  readonly sources: readonly number[];
}

/** Throws `container/malformed` for a rule whose literals and sources do not alternate, or that names no column. */
export function readRules(streams: Streams, columns: number): readonly Rule[] {
  const numbers = numbersOf(streams, 'rules');
  const count = numbers.count(3);
  if (count > MAX_RULES) throw overLimit('rules', count, MAX_RULES);
  return Array.from({ length: count }, () => readRule(numbers, columns));
}

function readRule(numbers: Numbers, columns: number): Rule {
  const literals = Array.from({ length: countOfParts(numbers, 1) }, () => numbers.string());
  const sources = Array.from({ length: countOfParts(numbers, 0) }, () => numbers.uint());
  if (literals.length !== sources.length + 1) {
    throw malformed(`a rule of ${literals.length} literals and ${sources.length} sources`);
  }
  if (sources.some((source) => source >= columns)) throw malformed('a rule uses a column that is not there');
  return { literals, sources };
}

function countOfParts(numbers: Numbers, more: number): number {
  const count = numbers.count();
  if (count > MAX_SOURCES + more) throw overLimit('parts of a rule', count, MAX_SOURCES + more);
  return count;
}
