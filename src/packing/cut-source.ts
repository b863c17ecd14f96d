/**
 * The pieces of a file with their bytes, read once and in order with flat memory: the piece in use, the next one, and a
 * block in which cuts by content are sought. A stream that cannot be read anywhere is cut at fixed lengths elsewhere.
 */
import type { Allocate } from '../bytes/writer.js';
import { At1Error } from '../errors.js';
import type { FileShape } from '../formats/file-shape.js';
import type { RandomAccess } from '../formats/header-source.js';
import { findTensors } from '../formats/tensors.js';
import { cutFile, PIECE_LIMIT, type Piece } from './cut-file.js';

/**
 * Shorter pieces find more of what moved: 64 KiB would leave 11% of a shifted model to be stored again, 1 MiB some 60%
 * (of one of 11 MB). But each piece is an object in git, a line in a layout and a container with a code of its own; 1 MiB
 * makes a thousand of a gigabyte, not sixteen thousand. What has tensors or row groups does not depend on it.
 */
export const CONTENT_SIZES = { least: 256 * 1024, average: 1024 * 1024, most: 4 * 1024 * 1024 } as const;

/** Where pieces end if cut by content; the last is the end of the data, and the only one that more data could change. */
export type FindCutPoints = (
  data: Uint8Array,
  sizes: { readonly least: number; readonly average: number; readonly most: number },
) => number[];

export interface CutOptions {
  readonly cutPoints: FindCutPoints;
  /** What is inside, where that is known already. */
  readonly shape?: FileShape | undefined;
  /** Memory of pieces that are cut by content; default fresh. The rest is what the source hands out. */
  readonly allocate?: Allocate | undefined;
  /** Takes back what the source handed out only to be searched. */
  readonly release?: ((block: Uint8Array) => void) | undefined;
  /** Named in errors. */
  readonly path?: string | undefined;
}

export interface CutPiece {
  readonly data: Uint8Array;
  readonly piece: Piece;
}

/** Throws what the source throws, and `artifact/changed-while-read` where it hands out less than there is to be. */
export async function* cutSource(
  source: RandomAccess,
  size: number,
  options: CutOptions,
): AsyncGenerator<CutPiece, void, undefined> {
  const shape = options.shape ?? (await findTensors(source, size));
  const pieces = readPieces(source, cutFile(shape, size), options);
  const start = () => {
    const reading = pieces.next();
    // Reported when it is asked for; until then it is not an unhandled rejection.
    reading.catch(() => undefined);
    return reading;
  };
  let next = start();
  try {
    for (;;) {
      const read = await next;
      if (read.done === true) return;
      next = start();
      yield read.value;
    }
  } finally {
    // The caller closes the file after this; no read may be under way by then.
    await next.catch(() => undefined);
  }
}

async function* readPieces(
  source: RandomAccess,
  pieces: readonly Piece[],
  options: CutOptions,
): AsyncGenerator<CutPiece, void, undefined> {
  for (const piece of pieces) {
    if (piece.byContent === true) yield* readByContent(source, piece, options);
    else yield { piece, data: await readExactly(source, piece.offset, piece.length, options) };
  }
}

async function* readByContent(
  source: RandomAccess,
  { offset, length }: Piece,
  options: CutOptions,
): AsyncGenerator<CutPiece, void, undefined> {
  const allocate = options.allocate ?? ((bytes) => new Uint8Array(bytes));
  const end = offset + length;
  for (let at = offset; at < end; ) {
    // Read again from the last cut that is certain: a piece is at most half a block, so there is always one.
    const block = await readExactly(source, at, Math.min(PIECE_LIMIT, end - at), options);
    const ended = at + block.length === end;
    const cuts = checkedCuts(options.cutPoints(block, CONTENT_SIZES), block.length);
    const certain = ended ? cuts : cuts.slice(0, -1);
    let from = 0;
    for (const to of certain) {
      const data = allocate(to - from);
      data.set(block.subarray(from, to));
      yield { piece: { offset: at + from, length: to - from }, data };
      from = to;
    }
    options.release?.(block);
    at += from;
  }
}

/** A wrong function must not lose bytes or go round for ever. */
function checkedCuts(cuts: readonly number[], length: number): readonly number[] {
  const good = cuts.every((cut, i) => Number.isSafeInteger(cut) && cut > (cuts[i - 1] ?? 0));
  if (!good || cuts.at(-1) !== length || (length === PIECE_LIMIT && cuts.length < 2)) {
    throw new RangeError(`not the cuts of ${length} bytes: ${cuts.slice(0, 4).join()}`);
  }
  return cuts;
}

async function readExactly(
  source: RandomAccess,
  offset: number,
  length: number,
  { path = 'the file' }: CutOptions,
): Promise<Uint8Array> {
  const data = await source.read(offset, length);
  if (data.length === length) return data;
  throw new At1Error('artifact/changed-while-read', {
    message: `'${path}' changed while it was read: ${data.length} bytes at ${offset} instead of ${length}`,
    hint: 'wait until nothing writes to it, then run it again',
    facts: { path },
  });
}
