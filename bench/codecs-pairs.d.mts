/** Types of `codecs-pairs.mjs`. */
import type { CorpusOptions, Skipped } from './codecs-corpus.mjs';

export interface Pair {
  readonly name: string;
  readonly what: string;
  /** Size of the new version over what is stored of it, as measured before there was an implementation. */
  readonly reported: number;
  readonly base: string;
  readonly next: string;
  readonly size: number;
}

export function makePairs(corpus: string, options?: CorpusOptions): Promise<{ pairs: Pair[]; skipped: Skipped[] }>;
export function pythonWith(
  corpus: string,
  name: string,
  packages: readonly string[],
  onProgress?: (text: string) => void,
): Promise<string>;
