/**
 * Which stored segments the pieces of a new version may be near to: those at the same place of the same tensor in an older one.
 * What cannot be read of the older version is no base; nothing depends on finding one.
 */
import { orNothing } from '../errors.js';
import { findTensors } from '../formats/tensors.js';
import type { VersionRow } from '../history/registry-state.js';
import type { SegmentReference } from '../manifest/bases.js';
import type { FileEntry } from '../manifest/generated/types.js';
import { cutFile, matchBases, type Piece, SMALL_FILE } from '../packing/cut-file.js';
import { type ObjectCopies, objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { rangeReader } from './range-reader.js';
import { manifestOf, segmentsOf } from './read-version.js';

/** By the offset of the piece. */
export type FindBases = (pieces: readonly Piece[]) => Promise<ReadonlyMap<number, SegmentReference>>;

/** For each file of a new version, what its predecessor offers; a version of one file precedes one under any name. */
export async function basesOf(
  registry: Registry,
  row: VersionRow,
): Promise<(path: string, form: 'file' | 'tree') => FindBases | undefined> {
  const copies = await objectCopies(registry);
  const manifest = await orNothing(() => manifestOf(registry, row));
  return (path, form) => {
    const alone = form === 'file' && manifest?.form === 'file';
    const file = alone ? manifest.files[0] : manifest?.files.find((one) => one.path === path);
    if (file === undefined || file.size <= SMALL_FILE) return undefined;
    return async (pieces) => (await orNothing(() => match(copies, file, pieces))) ?? new Map();
  };
}

async function match(
  copies: ObjectCopies,
  file: FileEntry,
  pieces: readonly Piece[],
): Promise<ReadonlyMap<number, SegmentReference>> {
  const reader = await rangeReader(copies, file, () => {});
  const older = cutFile(await findTensors(reader, file.size), file.size);
  const stored = new Map<number, SegmentReference>();
  let start = 0;
  for (const segment of (await segmentsOf(copies, file)).segments) {
    stored.set(start, segment);
    start += segment.size;
  }
  const found = new Map<number, SegmentReference>();
  for (const [i, base] of matchBases(pieces, older).entries()) {
    const segment = base === undefined ? undefined : stored.get(base.offset);
    const piece = pieces[i];
    if (segment !== undefined && piece !== undefined && segment.size === piece.length) found.set(piece.offset, segment);
  }
  return found;
}
