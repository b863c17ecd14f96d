/**
 * One file into the object store: cut into segments, each reused if an intact object holds the same bytes, else
 * encoded, decoded, compared and written. A few segments in flight at most, so memory stays flat.
 */

import { giveScratch } from '../bytes/scratch.js';
import { placeReference, type SegmentPlace } from '../catalog/segment-index.js';
import { type Blake3, blake3Of, type Digest, digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { CHAIN_LIMIT, chainLength, listBases, type SegmentReference } from '../manifest/bases.js';
import { writeLayout } from '../manifest/documents.js';
import type { FileEntry } from '../manifest/generated/types.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import type { RelPath } from '../manifest/rel-path.js';
import type { ElementHint } from '../packing/elements.js';
import type { Encoder } from '../packing/encoder.js';
import { openSegment } from '../packing/segment.js';
import type { ObjectStore } from '../store/objects.js';
import type { Level } from '../transforms/level.js';
import type { SegmentMemory } from './segment-memory.js';

/** Segment lists up to this many are written into the manifest; longer ones become a layout object. */
export const INLINE_SEGMENTS = 64;

const NOTHING = new Uint8Array(0);
/** Segments being encoded and written at once, where the encoder does not work on more. */
const LEAST_IN_FLIGHT = 3;

export interface StoredObject {
  readonly digest: Digest;
  readonly path: string;
  readonly size: number;
  readonly reused: boolean;
}

export interface EncodeContext {
  readonly engines: Engines;
  readonly encoder: Encoder;
  readonly store: ObjectStore;
  readonly level: Level;
  /** Where original bytes are known to be stored; grows as segments are written. */
  readonly places: Map<Digest, SegmentPlace>;
  readonly objects: Map<Digest, StoredObject>;
  /** Folders with new objects, to be synced when all of them are written. */
  readonly folders: Set<string>;
  readonly memory: SegmentMemory;
  readonly onBytes: (count: number) => void;
}

/** A piece of a file: its bytes, and what is known of them. */
export interface Piece {
  readonly data: Uint8Array;
  /** What its elements are, where they are numbers. */
  readonly elements?: ElementHint | undefined;
  /** The stored segment that it may be a difference to, of the same size. */
  readonly base?: SegmentReference | undefined;
}

export interface EncodedFile {
  readonly path: RelPath;
  readonly size: number;
  readonly sha256: Digest;
  readonly blake3: Blake3;
  readonly parts: Pick<FileEntry, 'segments' | 'bases' | 'layout'>;
}

export async function encodeFile(
  path: RelPath,
  source: AsyncIterable<Piece>,
  context: EncodeContext,
): Promise<EncodedFile> {
  const { engines, encoder } = context;
  const inFlight = Math.max(LEAST_IN_FLIGHT, encoder.width);
  const sha256 = engines.newSha256();
  const blake3 = engines.newBlake3();
  const references: SegmentReference[] = [];
  let size = 0;
  const running: { readonly data: Uint8Array; readonly encoding: Promise<SegmentReference> }[] = [];
  const settle = async (most: number) => {
    while (running.length > most) {
      const { data, encoding } = running.shift() as (typeof running)[number];
      references.push(await encoding);
      context.memory.give(data);
    }
  };
  try {
    for await (const piece of source) {
      const encoding = encodeOne(piece, context);
      encoding.catch(() => {});
      const { data } = piece;
      running.push({ data, encoding });
      sha256.update(data);
      blake3.update(data);
      size += data.length;
      context.onBytes(data.length);
      await settle(inFlight - 1);
    }
    await settle(0);
  } finally {
    // After a failure nothing goes on writing behind the back of whoever is told of it.
    await Promise.allSettled(running.map(({ encoding }) => encoding));
  }
  if (references.length === 0) references.push(await encodeOne({ data: NOTHING }, context));
  const digest = digestOf(sha256.digest());
  const parts = await partsOf(size, references, context);
  return { path, size, sha256: digest, blake3: blake3Of(blake3.digest()), parts };
}

async function partsOf(
  size: number,
  references: readonly SegmentReference[],
  context: EncodeContext,
): Promise<EncodedFile['parts']> {
  const { segments, bases } = listBases(references);
  const lists = bases.length === 0 ? { segments } : { segments, bases };
  if (segments.length <= INLINE_SEGMENTS) return lists;
  const { size: length, sha256, object, stored } = await encodeOne({ data: writeLayout({ size, ...lists }) }, context);
  return { layout: { size: length, sha256, object, stored } };
}

async function encodeOne(piece: Piece, context: EncodeContext): Promise<SegmentReference> {
  const { engines, store, places, objects, memory } = context;
  const { data } = piece;
  const hash = await engines.sha256Aside(data);
  const sha256 = digestOf(hash);
  const known = places.get(sha256);
  if (known !== undefined && known.size === data.length) {
    const reused = await reuse(sha256, context);
    if (reused !== undefined) return reused;
  }
  // Only what was unknown may depend on what is known: so no two segments ever depend on each other.
  const base = known === undefined ? await openBase(piece, context) : undefined;
  const { container, transform } = await context.encoder.segment(data, context.level, {
    sha256: hash,
    allocate: memory.take,
    elements: piece.elements,
    base: base?.bytes,
  });
  const object = await store.add(container, context.folders);
  const stored = container.length;
  memory.give(container);
  if (base !== undefined) giveBack(base, context);
  const plain = { size: data.length, object, stored };
  if (!objects.has(object))
    objects.set(object, { digest: object, path: objectPath(object), size: stored, reused: false });
  if (transform === 'delta' && base !== undefined) {
    noteReused(base.reference, context);
    places.set(sha256, { ...plain, transform, base: base.reference.sha256 });
    return { ...plain, sha256, transform, base: base.reference };
  }
  const form = transform === undefined ? {} : { transform };
  places.set(sha256, { ...plain, ...form });
  return { ...plain, sha256, ...form };
}

interface OpenedBase extends Opened {
  readonly reference: SegmentReference;
}

interface Opened {
  readonly bytes: Uint8Array;
  /** The memory they may lie in. */
  readonly container: Uint8Array;
}

function giveBack({ bytes, container }: Opened, { memory }: EncodeContext): void {
  memory.give(container);
  giveScratch(bytes);
}

/** None where the chain would become too long, or where the base is not here: the piece then stands for itself. */
async function openBase({ base, data }: Piece, context: EncodeContext): Promise<OpenedBase | undefined> {
  if (base === undefined || base.size !== data.length || chainLength(base) >= CHAIN_LIMIT) return undefined;
  const opened = await openStored(base, context);
  return opened === undefined ? undefined : { reference: base, ...opened };
}

/** The known object if its file is there and holds exactly these bytes; undefined where it must be written again. */
async function reuse(sha256: Digest, context: EncodeContext): Promise<SegmentReference | undefined> {
  const reference = placeReference(context.places, sha256);
  const opened = reference === undefined ? undefined : await openStored(reference, context);
  if (reference === undefined || opened === undefined) return undefined;
  giveBack(opened, context);
  noteReused(reference, context);
  return reference;
}

/** The objects of a segment and its bases: whoever commits makes sure that all of them are still there. */
function noteReused(reference: SegmentReference, { objects }: EncodeContext): void {
  for (let at: SegmentReference | undefined = reference; at !== undefined; at = at.base) {
    const { object, stored } = at;
    if (objects.has(object)) continue;
    objects.set(object, { digest: object, path: objectPath(object), size: stored, reused: true });
  }
}

/** The segment, from its working files alone; undefined where they do not give it. */
async function openStored(reference: SegmentReference, context: EncodeContext): Promise<Opened | undefined> {
  const { engines, memory, store } = context;
  try {
    const base = reference.base === undefined ? undefined : await openStored(reference.base, context);
    if (reference.base !== undefined && base === undefined) return undefined;
    const container = await store.read(reference.object, reference.stored, memory.take);
    if (container === undefined) return undefined;
    const bytes = await openSegment(container, reference, engines, base?.bytes);
    if (base !== undefined) giveBack(base, context);
    return { bytes, container };
  } catch (error) {
    // A damaged copy is written anew; what is wrong with it is for verify to say.
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}
