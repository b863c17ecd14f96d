/** The pieces of an input file, cut at its own seams, each with what is known of its numbers. Flat memory. */
import type { Engines } from '../engines.js';
import type { FileShape } from '../formats/file-shape.js';
import { findTensors } from '../formats/tensors.js';
import { cutFile, SMALL_FILE } from '../packing/cut-file.js';
import { cutSource } from '../packing/cut-source.js';
import { elementsOf } from '../packing/elements.js';
import { changedWhileRead, readExactly } from '../store/read-file.js';
import type { StableFile } from '../store/stable-file.js';
import type { Piece } from './encode-file.js';
import type { FindBases } from './find-bases.js';
import type { SegmentMemory } from './segment-memory.js';

export interface PieceContext {
  readonly engines: Engines;
  readonly memory: SegmentMemory;
  /** Where the file has a predecessor. */
  readonly findBases?: FindBases | undefined;
}

const NOT_LOOKED_AT: FileShape = { format: 'unknown', tensors: [], seams: [], warnings: [] };

/** Throws `artifact/changed-while-read` where the file ends early or goes on. */
export async function* readPieces(
  file: StableFile,
  path: string,
  { engines, memory, findBases }: PieceContext,
): AsyncGenerator<Piece, void, undefined> {
  const { size } = file;
  const source = {
    read: async (offset: number, length: number) => readExactly(file, path, offset, memory.take(length)),
  };
  // What becomes one piece anyway need not be understood.
  const shape = size <= SMALL_FILE ? NOT_LOOKED_AT : await findTensors(source, size);
  const bases = (await findBases?.(cutFile(shape, size))) ?? new Map();
  const kernel = await engines.kernel();
  const cut = cutSource(source, size, {
    cutPoints: (data, sizes) => kernel.cutPoints(data, sizes),
    shape,
    allocate: memory.take,
    release: (block) => memory.give(block),
    path,
  });
  for await (const { data, piece } of cut) yield { data, elements: elementsOf(piece), base: bases.get(piece.offset) };
  if ((await file.read(new Uint8Array(1), size)) !== 0) throw changedWhileRead(path);
}
