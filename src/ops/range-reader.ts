/**
 * Parts of a registered file: only the objects that cover them are opened, each checked against its digest, its size and
 * the digest of what it holds before a byte of it is used. Where all of it is read, its own digest is compared too.
 */
import type { FileEntry } from '../manifest/generated/types.js';
import { type ObjectCopies, type ObjectReference, openObject } from './object-copies.js';
import { readAhead } from './read-ahead.js';
import { fileBytes, segmentsOf } from './read-version.js';

export interface RangeReader {
  readonly size: number;
  /** Exactly these bytes, which must lie inside the file. Throws `object/*`, `container/*`. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The bytes from `from` to before `to`, with flat memory: a piece is used before the next one is asked for. */
  stream(from: number, to: number): AsyncIterable<Uint8Array>;
}

interface Placed {
  readonly reference: ObjectReference;
  readonly start: number;
}

/** Segments that small reads keep: a header is read in many steps. */
const KEPT = 2;

export async function rangeReader(
  copies: ObjectCopies,
  file: FileEntry,
  onDamaged: (copy: string) => void,
): Promise<RangeReader> {
  const placed: Placed[] = [];
  let size = 0;
  for (const reference of await segmentsOf(copies, file, onDamaged)) {
    placed.push({ reference, start: size });
    size += reference.size;
  }
  const kept = new Map<Placed, Promise<Uint8Array>>();
  const open = async (segment: Placed): Promise<Uint8Array> => {
    const { bytes, damaged } = await openObject(copies, segment.reference);
    for (const copy of damaged) onDamaged(copy);
    return bytes;
  };
  const openKept = (segment: Placed): Promise<Uint8Array> => {
    const known = kept.get(segment);
    if (known !== undefined) return known;
    const opening = open(segment);
    kept.set(segment, opening);
    for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
    return opening;
  };
  return {
    size,
    read: async (offset, length) => {
      const into = new Uint8Array(length);
      for (const segment of covering(placed, offset, offset + length)) {
        const part = partOf(segment, await openKept(segment), offset, offset + length);
        into.set(part, Math.max(0, segment.start - offset));
      }
      return into;
    },
    stream: async function* (from, to) {
      if (from === 0 && to === size) return yield* fileBytes(copies, file, onDamaged);
      const segments = covering(placed, from, to);
      let index = 0;
      for await (const bytes of readAhead(segments, open)) yield partOf(segments[index++] as Placed, bytes, from, to);
    },
  };
}

/** The segments with a byte of the range in them. */
function covering(placed: readonly Placed[], from: number, to: number): readonly Placed[] {
  let [low, high] = [0, placed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = placed[middle] as Placed;
    if (segment.start + segment.reference.size <= from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (from < to && end < placed.length && (placed[end] as Placed).start < to) end++;
  return placed.slice(low, end);
}

function partOf({ start }: Placed, bytes: Uint8Array, from: number, to: number): Uint8Array {
  return bytes.subarray(Math.max(0, from - start), Math.min(bytes.length, to - start));
}
