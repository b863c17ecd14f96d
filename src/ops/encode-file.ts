/**
 * One file into the object store: cut into segments, each reused if an intact object holds the same bytes, else
 * encoded, decoded, compared and written. A few segments in flight at most, so memory stays flat.
 */

import type { SegmentPlace } from '../catalog/segment-index.js';
import { type Blake3, blake3Of, type Digest, digestOf } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import { writeLayout } from '../manifest/documents.js';
import type { Segment } from '../manifest/generated/types.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import type { RelPath } from '../manifest/rel-path.js';
import type { Level } from '../packing/choose-backend.js';
import { encodeContainer, openSegment } from '../packing/segment.js';
import type { ObjectStore } from '../store/objects.js';
import type { SegmentMemory } from './segment-memory.js';

/** Segment lists up to this many are written into the manifest; longer ones become a layout object. */
export const INLINE_SEGMENTS = 64;

const NOTHING = new Uint8Array(0);
/** Segments being encoded and written at once. */
const IN_FLIGHT = 3;

export interface StoredObject {
  readonly digest: Digest;
  readonly path: string;
  readonly size: number;
  readonly reused: boolean;
}

export interface EncodeContext {
  readonly engines: Engines;
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

export interface EncodedFile {
  readonly path: RelPath;
  readonly size: number;
  readonly sha256: Digest;
  readonly blake3: Blake3;
  readonly parts: { readonly segments: readonly Segment[] } | { readonly layout: Segment };
}

export async function encodeFile(
  path: RelPath,
  source: AsyncIterable<Uint8Array>,
  context: EncodeContext,
): Promise<EncodedFile> {
  const { engines } = context;
  const sha256 = engines.newSha256();
  const blake3 = engines.newBlake3();
  const segments: Segment[] = [];
  let size = 0;
  const running: { readonly piece: Uint8Array; readonly encoding: Promise<Segment> }[] = [];
  const settle = async (most: number) => {
    while (running.length > most) {
      const { piece, encoding } = running.shift() as (typeof running)[number];
      segments.push(await encoding);
      context.memory.give(piece);
    }
  };
  try {
    for await (const piece of source) {
      const encoding = encodeOne(piece, context);
      encoding.catch(() => {});
      running.push({ piece, encoding });
      sha256.update(piece);
      blake3.update(piece);
      size += piece.length;
      context.onBytes(piece.length);
      await settle(IN_FLIGHT - 1);
    }
    await settle(0);
  } finally {
    // After a failure nothing goes on writing behind the back of whoever is told of it.
    await Promise.allSettled(running.map(({ encoding }) => encoding));
  }
  if (segments.length === 0) segments.push(await encodeOne(NOTHING, context));
  const digest = digestOf(sha256.digest());
  const parts =
    segments.length <= INLINE_SEGMENTS
      ? { segments }
      : { layout: await encodeOne(writeLayout({ size, segments }), context) };
  return { path, size, sha256: digest, blake3: blake3Of(blake3.digest()), parts };
}

async function encodeOne(piece: Uint8Array, context: EncodeContext): Promise<Segment> {
  const { engines, store, places, objects } = context;
  const hash = await engines.sha256Aside(piece);
  const sha256 = digestOf(hash);
  const known = places.get(sha256);
  if (known !== undefined && known.size === piece.length) {
    const reused = await reuse(sha256, known, context);
    if (reused !== undefined) return reused;
  }
  const { container } = await encodeContainer(piece, context.level, engines, {
    sha256: hash,
    allocate: context.memory.take,
  });
  const object = await store.add(container, context.folders);
  const stored = container.length;
  context.memory.give(container);
  places.set(sha256, { object, size: piece.length, stored });
  if (!objects.has(object))
    objects.set(object, { digest: object, path: objectPath(object), size: stored, reused: false });
  return { size: piece.length, sha256, object, stored };
}

/** The known object if its file is there and holds exactly these bytes; undefined where it must be written again. */
async function reuse(sha256: Digest, known: SegmentPlace, context: EncodeContext): Promise<Segment | undefined> {
  const segment = { size: known.size, sha256, object: known.object, stored: known.stored };
  try {
    const container = await context.store.read(known.object, known.stored, context.memory.take);
    if (container === undefined) return undefined;
    await openSegment(container, segment, context.engines);
    context.memory.give(container);
  } catch (error) {
    // A damaged copy is written anew; what is wrong with it is for verify to say.
    if (error instanceof At1Error) return undefined;
    throw error;
  }
  if (!context.objects.has(known.object)) {
    context.objects.set(known.object, {
      digest: known.object,
      path: objectPath(known.object),
      size: known.stored,
      reused: true,
    });
  }
  return segment;
}
