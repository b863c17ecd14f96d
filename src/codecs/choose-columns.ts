/**
 * Which type each column gets, which columns share a block of the .xz stream, and how each block is modelled: by trying,
 * within a budget. Columns that resemble each other are smaller together, the others alone.
 */

import { concatBytes } from '../bytes/writer.js';
import type { Payload } from '../container/payload.js';
import type { Engines, XzTuning } from '../engines.js';
import type { Candidate } from './column-candidates.js';
import type { Level } from './level.js';
import { compressPart, joinXzBlocks, XZ_BLOCK_OVERHEAD, type XzPart } from './xz-blocks.js';

export interface ChosenColumns {
  /** One per column, of its candidates. */
  readonly columns: readonly Candidate[];
  /** What they are joined to, compressed; undefined where any backend does as well. */
  readonly payload: Payload | undefined;
}

/** Columns next to each other in one block. */
interface Block {
  readonly columns: readonly Candidate[];
  readonly part: XzPart;
  readonly lzma2: Uint8Array;
}

const ZSTD_LEVEL = { fast: 3, balanced: 9, max: 9 };
/** Candidates that zstd finds larger than the best by more than this do not get a try with xz. */
const WORTH_A_TRY = 1.3;
const MOST_TRIES = 4;
/** For trials: what fits text and varints best on average. */
const TRIAL: XzTuning = { lc: 2, lp: 0, pb: 0 };
/** What each block is tried with at the end. */
const TUNINGS: readonly XzTuning[] = [
  { lc: 0, lp: 0, pb: 0 },
  { lc: 4, lp: 0, pb: 0 },
  { lc: 3, lp: 0, pb: 2 },
  { lc: 2, lp: 0, pb: 0, extreme: true },
  { lc: 4, lp: 0, pb: 0, extreme: true },
];
/** Bytes that are compressed for trials of neighbours, as a multiple of the table. */
const NEIGHBOUR_BUDGET = 12;

/** `candidates`: of each column, TEXT first. */
export async function chooseColumns(
  candidates: readonly (readonly Candidate[])[],
  level: Level,
  engines: Engines,
): Promise<ChosenColumns> {
  const ranked: (readonly Candidate[])[] = [];
  for (const each of candidates) ranked.push(await rankByZstd(each, level, engines));
  const first = ranked.map((each) => each[0] as Candidate);
  if (level === 'fast' || first.length === 0) return { columns: first, payload: undefined };
  if (level === 'balanced') return finish(await blocksOf(groupByStride(first), engines));
  const alone: Block[] = [];
  for (const each of ranked) alone.push(await smallestAlone(each, engines));
  let best = await mergeNeighbours(alone, engines);
  best = await asText(best, candidates, engines);
  return finish(await tuneAll(best, engines));
}

async function rankByZstd(
  candidates: readonly Candidate[],
  level: Level,
  engines: Engines,
): Promise<readonly Candidate[]> {
  const sized: { readonly candidate: Candidate; readonly size: number }[] = [];
  for (const candidate of candidates) {
    const { length } = await engines.zstdCompress(candidate.bytes, ZSTD_LEVEL[level]);
    sized.push({ candidate, size: length });
  }
  sized.sort((a, b) => a.size - b.size);
  const least = (sized[0] as (typeof sized)[number]).size;
  // The delta filter is no business of zstd's, so whoever has a stride stays in the race.
  const worthy = sized.filter(
    ({ candidate, size }, i) => candidate.stride !== undefined || (i < MOST_TRIES && size <= least * WORTH_A_TRY + 64),
  );
  return worthy.map(({ candidate }) => candidate);
}

async function compressBlock(
  columns: readonly Candidate[],
  tuning: XzTuning,
  engines: Engines,
  delta?: number,
): Promise<Block> {
  const part = { data: concatBytes(columns.map(({ bytes }) => bytes)), tuning, delta };
  return { columns, part, lzma2: await compressPart(part, engines) };
}

async function smallestAlone(candidates: readonly Candidate[], engines: Engines): Promise<Block> {
  let best: Block | undefined;
  for (const candidate of candidates) {
    for (const delta of candidate.stride === undefined ? [undefined] : [undefined, candidate.stride]) {
      const block = await compressBlock([candidate], TRIAL, engines, delta);
      if (best === undefined || block.lzma2.length < best.lzma2.length) best = block;
    }
  }
  return best as Block;
}

/** Joins the two neighbours that gain most by it, again and again. */
async function mergeNeighbours(alone: readonly Block[], engines: Engines): Promise<readonly Block[]> {
  const blocks = [...alone];
  let budget = NEIGHBOUR_BUDGET * alone.reduce((sum, { part }) => sum + part.data.length, 0);
  const merged = async (a: Block | undefined, b: Block | undefined): Promise<Block | undefined> => {
    if (a === undefined || b === undefined || a.part.delta !== undefined || b.part.delta !== undefined)
      return undefined;
    budget -= a.part.data.length + b.part.data.length;
    if (budget < 0) return undefined;
    return compressBlock([...a.columns, ...b.columns], TRIAL, engines);
  };
  const gain = (at: number): number => {
    const together = pairs[at];
    if (together === undefined) return 0;
    const apart = (blocks[at] as Block).lzma2.length + (blocks[at + 1] as Block).lzma2.length;
    return apart + XZ_BLOCK_OVERHEAD - together.lzma2.length;
  };
  const pairs: (Block | undefined)[] = [];
  for (let i = 0; i + 1 < blocks.length; i++) pairs.push(await merged(blocks[i], blocks[i + 1]));
  for (;;) {
    let at = 0;
    for (let i = 1; i < pairs.length; i++) if (gain(i) > gain(at)) at = i;
    if (gain(at) <= 0) return blocks;
    blocks.splice(at, 2, pairs[at] as Block);
    pairs.splice(at, 1);
    if (at > 0) pairs[at - 1] = await merged(blocks[at - 1], blocks[at]);
    if (at < pairs.length) pairs[at] = await merged(blocks[at], blocks[at + 1]);
  }
}

/** Columns that copy each other are smallest as text, though none of them is alone. */
async function asText(
  blocks: readonly Block[],
  candidates: readonly (readonly Candidate[])[],
  engines: Engines,
): Promise<readonly Block[]> {
  const result: Block[] = [];
  let column = 0;
  for (const block of blocks) {
    const texts = block.columns.map((_, i) => candidates[column + i]?.[0] as Candidate);
    column += block.columns.length;
    const isText = texts.every((text, i) => text === block.columns[i]);
    if (block.columns.length < 2 || isText) {
      result.push(block);
      continue;
    }
    const other = await compressBlock(texts, TRIAL, engines);
    result.push(other.lzma2.length < block.lzma2.length ? other : block);
  }
  return result;
}

async function tuneAll(blocks: readonly Block[], engines: Engines): Promise<readonly Block[]> {
  const tuned: Block[] = [];
  for (const block of blocks) {
    let best = block;
    for (const tuning of TUNINGS) {
      const other = await compressBlock(block.columns, tuning, engines, block.part.delta);
      if (other.lzma2.length < best.lzma2.length) best = other;
    }
    tuned.push(best);
  }
  return tuned;
}

/** Without trials: a column of steady length by itself with the delta filter, all between them together. */
function groupByStride(columns: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups: Candidate[][] = [];
  let open: Candidate[] | undefined;
  for (const column of columns) {
    if (column.stride !== undefined) {
      groups.push([column]);
      open = undefined;
    } else if (open === undefined) {
      open = [column];
      groups.push(open);
    } else {
      open.push(column);
    }
  }
  return groups;
}

async function blocksOf(groups: readonly (readonly Candidate[])[], engines: Engines): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for (const group of groups) {
    const plain = await compressBlock(group, TRIAL, engines);
    const stride = group.length === 1 ? group[0]?.stride : undefined;
    const filtered = stride === undefined ? plain : await compressBlock(group, TRIAL, engines, stride);
    blocks.push(filtered.lzma2.length < plain.lzma2.length ? filtered : plain);
  }
  return blocks;
}

function finish(blocks: readonly Block[]): ChosenColumns {
  return { columns: blocks.flatMap(({ columns }) => columns), payload: joinXzBlocks(blocks) };
}
