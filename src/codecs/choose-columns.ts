/**
 * Which columns share a block of the .xz stream, and how each block is modelled: by trying, within a budget. Columns that
 * resemble each other are smaller together, others alone.
 */
import type { Payload } from '../container/payload.js';
import type { Engines, XzTuning } from '../engines.js';
import type { Candidate } from './column-candidates.js';
import { type Block, compressBlock, sizeOfBlock, TRIAL } from './column-trials.js';
import type { FormedColumn } from './join-columns.js';
import type { Level } from './level.js';
import { mergeNeighbours } from './merge-neighbours.js';
import { joinXzBlocks } from './xz-blocks.js';

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
    case 'balanced':
      return finish(await blocksByStride(forms, engines));
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

/** Columns that copy each other are smallest as text, though none of them is alone. */
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

/** Without trials: a column of steady length by itself, with the delta filter if that helps; all between them together. */
async function blocksByStride(forms: readonly Candidate[], engines: Engines): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for (const group of groupByStride(forms)) {
    const plain = await compressBlock(group, TRIAL, engines);
    const stride = group.length === 1 ? group[0]?.stride : undefined;
    const filtered = stride === undefined ? plain : await compressBlock(group, TRIAL, engines, stride);
    blocks.push(filtered.lzma2.length < plain.lzma2.length ? filtered : plain);
  }
  return blocks;
}

function groupByStride(forms: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups: Candidate[][] = [];
  let open: Candidate[] | undefined;
  for (const form of forms) {
    if (form.stride === undefined && open !== undefined) {
      open.push(form);
      continue;
    }
    groups.push([form]);
    open = form.stride === undefined ? groups[groups.length - 1] : undefined;
  }
  return groups;
}

function finish(blocks: readonly Block[]): ChosenColumns {
  return { forms: blocks.flatMap(({ columns }) => columns), payload: joinXzBlocks(blocks) };
}
