/** The bytes of a registered version: its manifest, its segments in order, its files as checked streams. */
import { giveScratch } from '../bytes/scratch.js';
import { type Digest, digestOf } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { readBlob } from '../git-format/read-object.js';
import type { VersionRow } from '../history/registry-state.js';
import {
  plainReference,
  type ResolvedSegments,
  resolveBases,
  type SegmentLists,
  type SegmentReference,
} from '../manifest/bases.js';
import { type Manifest, readLayout, readManifest } from '../manifest/documents.js';
import type { FileEntry } from '../manifest/generated/types.js';
import { type ObjectCopies, openObject } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { readAhead } from './read-ahead.js';
import { SegmentMemory } from './segment-memory.js';

export async function manifestOf(
  registry: Registry,
  row: Pick<VersionRow, 'path' | 'blob' | 'manifest'>,
): Promise<Manifest> {
  const bytes = await readBlob(registry.reader, row.blob);
  // Git names the blob by SHA-1, whose collisions can be bought; what was signed is compared by SHA-256.
  if (digestOf(registry.engines.sha256(bytes)) !== row.manifest) {
    throw new At1Error('manifest/content-mismatch', {
      message: `${row.path} is not the manifest that was signed`,
      hint: 'git fsck tells whether the repository is damaged; fetch it from an intact clone',
    });
  }
  return readManifest(bytes, registry.engines);
}

/** The segments of a file in order, with their bases; reads the layout object where the list is not inline. */
export async function segmentsOf(
  copies: ObjectCopies,
  file: FileEntry,
  onDamaged: (copy: string) => void = () => {},
): Promise<ResolvedSegments> {
  return resolveBases(await listsOf(copies, file, onDamaged));
}

async function listsOf(
  copies: ObjectCopies,
  { path, size, segments, bases = [], layout }: FileEntry,
  onDamaged: (copy: string) => void,
): Promise<SegmentLists> {
  if (segments !== undefined) return { segments, bases };
  if (layout === undefined)
    throw new At1Error('document/schema', { message: `${path} has neither segments nor layout` });
  const opened = await openObject(copies, plainReference(layout));
  for (const copy of opened.damaged) onDamaged(copy);
  const lists = readLayout(opened.bytes);
  if (lists.size !== size) {
    throw new At1Error('manifest/content-mismatch', { message: `the layout of ${path} is of another size` });
  }
  return lists;
}

export interface NeededObject {
  readonly file: FileEntry;
  readonly reference: SegmentReference;
}

/** Every object a version needs, file by file: the layout where there is one, then what it lists, bases last. */
export async function* objectsOf(copies: ObjectCopies, row: VersionRow): AsyncGenerator<NeededObject, void, undefined> {
  for (const file of (await manifestOf(copies.registry, row)).files) {
    if (file.layout !== undefined) yield { file, reference: plainReference(file.layout) };
    const { segments, bases } = await segmentsOf(copies, file);
    for (const reference of segments) yield { file, reference };
    for (const reference of bases) yield { file, reference };
  }
}

/**
 * Visits versions in turn. What is damaged in one of them does not stand in the way of the others: it is handed to
 * `onDamaged`, and is for verify to report where that is left out.
 */
export async function eachVersion(
  rows: Iterable<VersionRow>,
  visit: (row: VersionRow) => Promise<void>,
  onDamaged: (error: At1Error, row: VersionRow) => void = () => {},
): Promise<void> {
  for (const row of rows) {
    try {
      await visit(row);
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      onDamaged(error, row);
    }
  }
}

/**
 * The original bytes of a file, segment by segment. The digest over the whole is compared at the end, so the caller
 * must not let the bytes count before the stream has ended; throws `file/digest-mismatch`.
 */
export async function* fileBytes(
  copies: ObjectCopies,
  file: FileEntry,
  onDamaged: (copy: string) => void = () => {},
): AsyncIterable<Uint8Array> {
  const { engines } = copies.registry;
  const { segments } = await segmentsOf(copies, file, onDamaged);
  const [only] = segments;
  const single = segments.length === 1 && only?.sha256 === file.sha256;
  const hasher = single ? undefined : engines.newSha256();
  let size = 0;
  const memory = new SegmentMemory();
  for await (const opened of readAhead(segments, (segment) => openObject(copies, segment, memory))) {
    for (const copy of opened.damaged) onDamaged(copy);
    size += opened.bytes.length;
    hasher?.update(opened.bytes);
    yield opened.bytes;
    memory.give(opened.container);
    giveScratch(opened.bytes);
  }
  const found: Digest = hasher === undefined ? file.sha256 : digestOf(hasher.digest());
  if (found !== file.sha256 || size !== file.size) {
    throw new At1Error('file/digest-mismatch', {
      message: `${file.path} does not have the digest its manifest states`,
      facts: { path: file.path, expected: file.sha256, found },
    });
  }
}
