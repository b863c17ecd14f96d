/**
 * Every place an object may lie in: the working file under `objects/` and the blob in git. Any intact copy serves;
 * a damaged one is named, so that `doctor --fix` can mend it from another.
 */
import { giveScratch } from '../bytes/scratch.js';
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readSmallBlob } from '../git-format/read-object.js';
import { registryTreeAt } from '../history/registry-tree.js';
import type { SegmentReference } from '../manifest/bases.js';
import { objectPath } from '../manifest/layout-of-registry.js';
import { openSegment } from '../packing/segment.js';
import { ObjectStore } from '../store/objects.js';
import type { Registry } from './open-registry.js';
import type { SegmentMemory } from './segment-memory.js';

export interface OpenedObject {
  /** The original bytes. */
  readonly bytes: Uint8Array;
  /** The memory they lie in, to be given back; `bytes` may be a view of it. */
  readonly container: Uint8Array;
  readonly source: 'file' | 'git';
  /** Copies that were there but damaged, as `objects/…` paths with their place. */
  readonly damaged: readonly string[];
}

export interface ObjectCopies {
  readonly store: ObjectStore | undefined;
  readonly tree: Oid | undefined;
  readonly registry: Registry;
}

export async function objectCopies(registry: Registry): Promise<ObjectCopies> {
  const { head, engines, repository, root } = registry;
  return {
    store: repository.workTree === undefined ? undefined : new ObjectStore(root, { sha256: engines.sha256 }),
    tree: await registryTreeAt(registry, head),
    registry,
  };
}

/** Throws `object/missing` where there is no copy, and what the last copy failed with where none is intact. */
export async function openObject(
  copies: ObjectCopies,
  wanted: SegmentReference,
  memory?: SegmentMemory,
): Promise<OpenedObject> {
  const { engines } = copies.registry;
  const base = wanted.base === undefined ? undefined : await openObject(copies, wanted.base, memory);
  const damaged: string[] = [...(base?.damaged ?? [])];
  let failure: At1Error | undefined;
  for (const copy of [fileCopy, gitCopy]) {
    try {
      const container = await copy.read(copies, wanted, memory);
      if (container === undefined) continue;
      const bytes = await openSegment(container, wanted, engines, base?.bytes);
      if (base !== undefined) {
        memory?.give(base.container);
        giveScratch(base.bytes);
      }
      return { bytes, container, source: copy.source, damaged };
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      failure = error;
      damaged.push(`${objectPath(wanted.object)} (${copy.source === 'file' ? 'working file' : 'git'})`);
    }
  }
  if (failure !== undefined) {
    throw new At1Error(failure.code === 'git/object-missing' ? 'object/missing' : failure.code, {
      message: `object ${wanted.object.slice(0, 12)} has no intact copy: ${failure.message}`,
      hint: 'copy it from another clone, or register the file again',
      facts: { object: wanted.object, copies: damaged },
      cause: failure,
    });
  }
  throw new At1Error('object/missing', {
    message: `object ${wanted.object.slice(0, 12)} is not here`,
    hint: 'git pull, or copy it from a clone that has it',
    facts: { object: wanted.object },
  });
}

interface Copy {
  readonly source: 'file' | 'git';
  read(copies: ObjectCopies, wanted: SegmentReference, memory?: SegmentMemory): Promise<Uint8Array | undefined>;
  /** Whether this copy is there and holds exactly these bytes, which were verified already. False says nothing more. */
  equals(copies: ObjectCopies, wanted: SegmentReference, container: Uint8Array): Promise<boolean>;
}

export const fileCopy: Copy = {
  source: 'file',
  read: async ({ store }, { object, stored }, memory) => store?.read(object, stored, memory?.take),
  equals: async ({ store }, { object, stored }, container) => {
    const found = await store?.read(object, stored);
    return found !== undefined && Buffer.compare(found, container) === 0;
  },
};

export const gitCopy: Copy = {
  source: 'git',
  read: async (copies, wanted) => {
    const blob = await blobOf(copies, wanted);
    return blob === undefined ? undefined : readBounded(copies.registry.reader, blob, wanted);
  },
  equals: async (copies, wanted, container) => {
    const blob = await blobOf(copies, wanted);
    return blob !== undefined && copies.registry.reader.holdsBytes(blob, container);
  },
};

/** A blob that is longer than the object cannot be it, however short it is on the disk. */
async function readBounded(reader: ObjectReader, blob: Oid, { object, stored }: SegmentReference): Promise<Uint8Array> {
  try {
    return await readSmallBlob(reader, blob, stored);
  } catch (cause) {
    if (!(cause instanceof At1Error && cause.code === 'document/too-large')) throw cause;
    throw new At1Error('object/damaged-copy', {
      message: `the copy of object ${object.slice(0, 12)} in git has more than the ${stored} bytes of the object`,
      facts: { object, oid: blob },
      cause,
    });
  }
}

/** The blob that is committed for an object; undefined where there is none. */
export async function blobOf({ tree, registry }: ObjectCopies, { object }: SegmentReference): Promise<Oid | undefined> {
  const entry = tree === undefined ? undefined : await findEntry(registry.reader, tree, objectPath(object));
  if (entry === undefined || entry.mode === '100644') return entry?.oid;
  throw new At1Error('object/damaged-copy', { message: `${objectPath(object)} is not a plain file in git` });
}
