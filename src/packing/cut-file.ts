/**
 * Where a file is cut: at its tensors and row groups, so that what did not change is stored once however it moved. Cuts
 * depend on nothing but the content around them: not on the path, the version or the place in the file.
 */
import type { Dtype } from '../formats/dtype.js';
import type { FileShape, TensorPlace } from '../formats/file-shape.js';

const KIB = 1024;
/** No piece is longer, those aside that are still to be cut by content. */
export const PIECE_LIMIT = 8 * KIB * KIB;
/** Bytes before a tensor that go with it: its own name and size in ONNX and zip, padding elsewhere. */
export const LEAD_LIMIT = 4 * KIB;
/** A file of this length or less is one piece, whatever is in it. */
export const SMALL_FILE = 64 * KIB;
/** Below this a tensor or gap is too small for an object of its own; such neighbours are grouped up to the second. */
const SMALL = 256 * KIB;
const GROUP_LIMIT = KIB * KIB;
/** What gains more from being of one type than an object costs. */
const WORTH_A_TYPE = 64 * KIB;
/** Where nothing is known, pieces of this length or less are not cut. */
const PLAIN_LIMIT = 256 * KIB;
/** So that elements of a type that is not known stay whole, whatever they are. */
const OPAQUE_UNIT = 16;

export interface Piece {
  readonly offset: number;
  readonly length: number;
  /** To be cut further by its content (`cutSource`): nothing is known of it, and it may be of any length. */
  readonly byContent?: true;
  /** Of the elements, where all are of one type. */
  readonly dtype?: Dtype;
  /** Bytes of one element, or of one block of a quantised type. */
  readonly width?: number;
  readonly byteOrder?: 'little' | 'big';
  /** Bytes before the first element; the last element ends where the piece does. */
  readonly lead?: number;
  /** The tensor it is a part of, or the first of a group. */
  readonly tensor?: string;
  /** Where in that tensor its first element is, in bytes. */
  readonly within?: number;
}

/** A tensor, or bytes that belong to none. */
interface Part {
  readonly offset: number;
  readonly length: number;
  readonly tensor?: TensorPlace;
  /** Begins and ends where the format says: not cut further where it fits. */
  readonly seamed?: true;
}

/** Pieces in order, that cover every byte once. An empty file has none. */
export function cutFile(shape: FileShape, size: number): readonly Piece[] {
  if (size === 0) return [];
  if (size <= SMALL_FILE) return [{ offset: 0, length: size }];
  const pieces: Piece[] = [];
  const parts = partsOf(shape, size);
  let run: Part[] = [];
  for (const [index, part] of parts.entries()) {
    // What stands before all tensors and behind them has sizes and checksums of everything: it changes with anything.
    const outer = part.tensor === undefined && (index === 0 || index === parts.length - 1);
    if (part.length < SMALL && !outer) {
      run.push(part);
      continue;
    }
    const last = run.at(-1);
    const leads = part.tensor !== undefined && last?.tensor === undefined && (last?.length ?? 0) <= LEAD_LIMIT;
    const lead = leads ? (run.pop()?.length ?? 0) : 0;
    pushGroups(pieces, run);
    run = [];
    if (part.tensor === undefined) pieces.push(gapPiece(part));
    else pushTensor(pieces, part.tensor, lead);
  }
  pushGroups(pieces, run);
  return pieces;
}

function partsOf({ tensors, seams }: FileShape, size: number): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const addGap = (end: number, seamed?: true) => {
    if (end > at) parts.push({ offset: at, length: end - at, ...(seamed === true ? { seamed } : {}) });
    at = Math.max(at, end);
  };
  for (const tensor of tensors) {
    if (tensor.length === 0) continue;
    addGap(tensor.offset);
    parts.push({ offset: at, length: tensor.length, tensor });
    at += tensor.length;
  }
  for (const [index, seam] of seams.entries()) addGap(seam, index > 0 ? true : undefined);
  addGap(size);
  return parts;
}

function gapPiece({ offset, length, seamed }: Part): Piece {
  const plain = length <= (seamed === true ? PIECE_LIMIT : PLAIN_LIMIT);
  return plain ? { offset, length } : { offset, length, byContent: true };
}

/** In equal steps, since a last piece of a few bytes would be an object as well. */
function pushTensor(pieces: Piece[], tensor: TensorPlace, lead: number): void {
  const { offset, length, dtype, width, byteOrder, name } = tensor;
  const unit = dtype === 'OPAQUE' ? OPAQUE_UNIT : width;
  // The same for a tensor with bytes before it and one without: both are cut alike.
  const most = Math.floor((PIECE_LIMIT - LEAD_LIMIT) / unit);
  const units = Math.ceil(length / unit);
  const step = Math.ceil(units / Math.ceil(units / most)) * unit;
  for (let within = 0; within < length; within += step) {
    const before = within === 0 ? lead : 0;
    pieces.push({
      offset: offset + within - before,
      length: Math.min(step, length - within) + before,
      ...(before > 0 ? { lead: before } : {}),
      ...(dtype === 'OPAQUE' ? {} : { dtype, width, byteOrder }),
      tensor: name,
      within,
    });
  }
}

/** Neighbours are grouped while they are small together; where one type ends and another begins, if both are worth it. */
function pushGroups(pieces: Piece[], run: readonly Part[]): void {
  let group: Part[] = [];
  let length = 0;
  for (const part of run) {
    const full = length + part.length > GROUP_LIMIT;
    const otherType = length >= WORTH_A_TYPE && part.tensor?.dtype !== group.at(-1)?.tensor?.dtype;
    if (group.length > 0 && (full || otherType)) {
      pieces.push(groupPiece(group, length));
      group = [];
      length = 0;
    }
    group.push(part);
    length += part.length;
  }
  if (group.length > 0) pieces.push(groupPiece(group, length));
}

function groupPiece(group: readonly Part[], length: number): Piece {
  const offset = group[0]?.offset ?? 0;
  const first = group.find(({ tensor }) => tensor !== undefined)?.tensor;
  if (first === undefined) return { offset, length };
  const { dtype, width, byteOrder, name } = first;
  const alike = group.every(
    ({ tensor }) => tensor !== undefined && tensor.dtype === dtype && tensor.byteOrder === byteOrder,
  );
  const typed = alike && dtype !== 'OPAQUE' ? { dtype, width, byteOrder } : {};
  return { offset, length, ...typed, tensor: name, within: 0 };
}

/** For each piece the one of the base at the same place of the same tensor, if that is as long and of the same type. */
export function matchBases(pieces: readonly Piece[], basePieces: readonly Piece[]): readonly (Piece | undefined)[] {
  const bases = new Map<string, Piece>();
  for (const base of basePieces) {
    const key = placeOf(base);
    if (key !== undefined && !bases.has(key)) bases.set(key, base);
  }
  return pieces.map((piece) => bases.get(placeOf(piece) ?? ''));
}

function placeOf({ tensor, within, length, lead = 0, dtype, byteOrder }: Piece): string | undefined {
  if (tensor === undefined) return undefined;
  return JSON.stringify([tensor, within, length, lead, dtype, byteOrder]);
}
