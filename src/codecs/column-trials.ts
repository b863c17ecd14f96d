/** What a column costs in each of its forms, found by compressing: with zstd for a first look, with xz where it counts. */
import { concatBytes } from '../bytes/writer.js';
import type { Engines, XzTuning } from '../engines.js';
import type { Level } from '../transforms/level.js';
import type { Candidate } from './column-candidates.js';
import { compressPart, XZ_BLOCK_OVERHEAD, type XzPart } from './xz-blocks.js';

/** Columns next to each other in one block of an .xz stream. */
export interface Block {
  readonly columns: readonly Candidate[];
  readonly part: XzPart;
  readonly lzma2: Uint8Array;
}

/** For trials: what fits text and varints best on average. */
export const TRIAL: XzTuning = { lc: 2, lp: 0, pb: 0 };

const ZSTD_LEVEL = { fast: 3, balanced: 9, max: 9 };
/** Candidates that zstd finds larger than the best by more than this do not get a try with xz. */
const WORTH_A_TRY = 1.3;
const WORTH_A_TRY_BYTES = 64;
const MOST_TRIES = 4;

export function sizeOfBlock({ lzma2 }: Block): number {
  return lzma2.length + XZ_BLOCK_OVERHEAD;
}

export async function compressBlock(
  columns: readonly Candidate[],
  tuning: XzTuning,
  engines: Engines,
  delta?: number,
): Promise<Block> {
  const part = { data: concatBytes(columns.map(({ bytes }) => bytes)), tuning, delta };
  return { columns, part, lzma2: await compressPart(part, engines) };
}

/** The form of a column that is smallest by itself, and its size. */
export async function smallestForm(
  candidates: readonly Candidate[],
  level: Level,
  engines: Engines,
): Promise<{ readonly form: Candidate; readonly size: number; readonly block: Block | undefined }> {
  const ranked = await rankByZstd(candidates, level, engines);
  const [first] = ranked as [Ranked, ...Ranked[]];
  if (level !== 'max') return { form: first.candidate, size: first.size, block: undefined };
  let best: Block | undefined;
  for (const { candidate } of ranked) {
    for (const delta of candidate.stride === undefined ? [undefined] : [undefined, candidate.stride]) {
      const block = await compressBlock([candidate], TRIAL, engines, delta);
      if (best === undefined || block.lzma2.length < best.lzma2.length) best = block;
    }
  }
  const block = best as Block;
  return { form: block.columns[0] as Candidate, size: block.lzma2.length, block };
}

interface Ranked {
  readonly candidate: Candidate;
  readonly size: number;
}

async function rankByZstd(
  candidates: readonly Candidate[],
  level: Level,
  engines: Engines,
): Promise<readonly Ranked[]> {
  const ranked: Ranked[] = [];
  for (const candidate of candidates) {
    const { length } = await engines.zstdCompress(candidate.bytes, ZSTD_LEVEL[level]);
    ranked.push({ candidate, size: length });
  }
  ranked.sort((a, b) => a.size - b.size);
  const worth = (ranked[0] as Ranked).size * WORTH_A_TRY + WORTH_A_TRY_BYTES;
  // Of the delta filter zstd knows nothing, so whoever has a stride stays in the race.
  return ranked.filter(({ candidate, size }, i) => candidate.stride !== undefined || (i < MOST_TRIES && size <= worth));
}
