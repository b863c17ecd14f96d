/**
 * Which columns share a block of the .xz stream, and how each block is modelled: by trying, within a budget. Columns that
 * resemble each other are smaller together, others alone.
 */
import type { Payload } from '../container/payload.js';
import type { Engines, XzTuning } from '../engines.js';
import type { Level } from '../transforms/level.js';
import type { Candidate } from './column-candidates.js';
import { type Block, compressBlock, sizeOfBlock, TRIAL } from './column-trials.js';
import type { FormedColumn } from './join-columns.js';
import { mergeNeighbours } from './merge-neighbours.js';
import { deltaOf, joinXzBlocks } from './xz-blocks.js';

export interface ChosenColumns {
  /** One per column. */
  readonly forms: readonly Candidate[];
  /** What they are joined to, compressed; undefined where any backend does as well. */
  readonly payload: Payload | undefined;
}

/** What each block is tried with at the end. */
const TUNINGS: readonly XzTuning[] = [
  { lc: 0, lp: 0, pb: 0 },
  { lc: 4, lp: 0, pb: 0 },
  { lc: 3, lp: 0, pb: 2 },
  { lc: 2, lp: 0, pb: 0, extreme: true },
  { lc: 4, lp: 0, pb: 0, extreme: true },
];
const ZSTD_LEVEL = 3;
/** A block of its own costs a column what its neighbours know: the filter has to gain more than that. */
const WORTH_A_BLOCK = 0.8;
/** Bytes that are compressed to try neighbours, as a multiple of the table. */
const BUDGET = 10;

export async function chooseColumns(
  columns: readonly FormedColumn[],
  level: Level,
  engines: Engines,
): Promise<ChosenColumns> {
  const forms = columns.map(({ form }) => form);
  switch (level) {
    case 'fast':
      return { forms, payload: undefined };
    case 'balanced': {
      const typed = await blocksByStride(forms, engines);
      // Columns that copy each other are smallest as text, which no column by itself can tell.
      const texts = columns.map(({ text }) => text);
      if (texts.every((text, i) => text === forms[i])) return finish(typed);
      const plain = await blocksByStride(texts, engines);
      return finish(sizeOfAll(plain) < sizeOfAll(typed) ? plain : typed);
    }
    case 'max': {
      const alone = columns.map(({ block }) => block as Block);
      const merged = await mergeBlocks(alone, engines);
      return finish(await tuneAll(await asText(merged, columns, engines), engines));
    }
  }
}

async function mergeBlocks(alone: readonly Block[], engines: Engines): Promise<readonly Block[]> {
  let budget = BUDGET * alone.reduce((sum, { part }) => sum + part.data.length, 0);
  return mergeNeighbours(alone, sizeOfBlock, async (a, b) => {
    if (a.part.delta !== undefined || b.part.delta !== undefined) return undefined;
    budget -= a.part.data.length + b.part.data.length;
    return budget < 0 ? undefined : compressBlock([...a.columns, ...b.columns], TRIAL, engines);
  });
}

/** The same within each block: smaller as text, though no column of it is by itself. */
async function asText(
  blocks: readonly Block[],
  columns: readonly FormedColumn[],
  engines: Engines,
): Promise<readonly Block[]> {
  const result: Block[] = [];
  let at = 0;
  for (const block of blocks) {
    const texts = block.columns.map((_, i) => (columns[at + i] as FormedColumn).text);
    at += block.columns.length;
    if (texts.length < 2 || texts.every((text, i) => text === block.columns[i])) {
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

/** Without trials: a column of steady length by itself where the delta filter helps it; all between them together. */
async function blocksByStride(forms: readonly Candidate[], engines: Engines): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  let open: Candidate[] = [];
  const close = async (): Promise<void> => {
    if (open.length > 0) blocks.push(await compressBlock(open, TRIAL, engines));
    open = [];
  };
  for (const form of forms) {
    if (!(await gainsByDelta(form, engines))) {
      open.push(form);
      continue;
    }
    await close();
    blocks.push(await compressBlock([form], TRIAL, engines, form.stride));
  }
  await close();
  return blocks;
}

async function gainsByDelta({ bytes, stride }: Candidate, engines: Engines): Promise<boolean> {
  if (stride === undefined) return false;
  const plain = await engines.zstdCompress(bytes, ZSTD_LEVEL);
  const filtered = await engines.zstdCompress(deltaOf(bytes, stride), ZSTD_LEVEL);
  return filtered.length < plain.length * WORTH_A_BLOCK;
}

function sizeOfAll(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + sizeOfBlock(block), 0);
}

function finish(blocks: readonly Block[]): ChosenColumns {
  return { forms: blocks.flatMap(({ columns }) => columns), payload: joinXzBlocks(blocks) };
}
