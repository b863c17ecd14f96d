/** Types of `corpus.mjs`, which the demonstration runs without a compiler. */
export interface CorpusFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly origin: string;
}

export interface CorpusOptions {
  readonly onProgress?: (text: string) => void;
  readonly megabytes?: number;
  readonly samples?: boolean;
  readonly made?: readonly string[];
}

export function makeCorpus(folder: string, options?: CorpusOptions): Promise<CorpusFile[]>;
