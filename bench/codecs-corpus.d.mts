/** Types of `codecs-corpus.mjs`. */
export interface CodecFile {
  readonly name: string;
  readonly kind: string;
  /** Of plain numbers without a header. */
  readonly dtype: string | undefined;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly origin: string;
}

export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

export interface CorpusOptions {
  readonly onProgress?: (text: string) => void;
  readonly only?: (name: string) => boolean;
}

export function codecsFolder(work?: string): string;
export function makeCodecsCorpus(
  folder: string,
  options?: CorpusOptions,
): Promise<{ files: CodecFile[]; skipped: Skipped[] }>;
