/** How a file is laid out in a container of its own: where frames begin and end, and what the numbers in each are. */
import { blockOf, type Dtype } from '../formats/dtype.js';
import type { FileShape } from '../formats/file-shape.js';
import { cutFile, PIECE_LIMIT } from './cut-file.js';
import { type ElementHint, elementsOf } from './elements.js';

export interface FramePlace {
  readonly offset: number;
  readonly length: number;
  /** Head and whole elements fill the frame. */
  readonly elements?: ElementHint;
}

/**
 * Frames at the tensors; what lies between them, and numbers that have no planes, as they are. Neighbours of one type share
 * a frame: in short planes a backend sees too little of each.
 */
export function framesOfTensors(shape: FileShape, size: number): readonly FramePlace[] {
  const frames: FramePlace[] = [];
  for (const piece of cutFile(shape, size)) {
    const { offset, length } = piece;
    const known = elementsOf(piece);
    const elements = known?.width === 1 ? undefined : known;
    const last = frames.at(-1);
    if (last !== undefined && continues(last, length, elements)) {
      frames[frames.length - 1] = { ...last, length: last.length + length };
    } else if (elements === undefined) {
      frames.push(...plainFrames(offset, length));
    } else {
      frames.push({ offset, length, elements });
    }
  }
  return frames;
}

function continues(last: FramePlace, length: number, elements: ElementHint | undefined): boolean {
  if (last.length + length > PIECE_LIMIT) return false;
  if (elements === undefined || last.elements === undefined) return elements === last.elements;
  const { width, kind, byteOrder } = last.elements;
  return elements.head === 0 && elements.width === width && elements.kind === kind && elements.byteOrder === byteOrder;
}

/** Elements from `head` on, one type throughout. What is left at the end is a frame of its own. */
export function framesOfElements(elements: ElementHint, size: number): readonly FramePlace[] {
  const { width, head } = elements;
  const end = size - ((size - head) % width);
  const frames: FramePlace[] = [];
  for (let at = 0; at < end; ) {
    const first = at === 0 ? head : 0;
    const length = Math.min(PIECE_LIMIT - (PIECE_LIMIT % width) - (first > 0 ? width - first : 0), end - at);
    frames.push({ offset: at, length, elements: { ...elements, head: first } });
    at += length;
  }
  return [...frames, ...plainFrames(end, size - end)];
}

export function plainFrames(offset: number, length: number): readonly FramePlace[] {
  const frames: FramePlace[] = [];
  for (let at = 0; at < length; at += PIECE_LIMIT) {
    frames.push({ offset: offset + at, length: Math.min(PIECE_LIMIT, length - at) });
  }
  return frames;
}

/** The numbers of a file that is a head and then tensors of one type to its end. */
export function singleRun({ tensors }: FileShape, size: number): ElementHint | undefined {
  const filled = tensors.filter(({ length }) => length > 0);
  const [first] = filled;
  if (first === undefined) return undefined;
  let end = first.offset;
  for (const { dtype, byteOrder, offset, length } of filled) {
    if (offset !== end || dtype !== first.dtype || byteOrder !== first.byteOrder) return undefined;
    end += length;
  }
  return end === size ? elementsOf({ ...first, lead: first.offset }) : undefined;
}

/** What the bytes of a file without a format are said to be. */
export function elementsOfType(dtype: Dtype): ElementHint | undefined {
  return elementsOf({ offset: 0, length: 0, dtype, width: blockOf(dtype).bytes, byteOrder: 'little', lead: 0 });
}
