/**
 * Where original bytes are stored, for reuse: an index of the versions' segments beside the catalog. Carried on over
 * new commits it equals what `reindex` builds; an object is opened and checked before it is reused all the same.
 */
import { loadSegmentIndex, saveSegmentIndex } from '../catalog/catalog-file.js';
import { addPlace, type SegmentIndex, type SegmentPlace } from '../catalog/segment-index.js';
import type { Digest } from '../digest/digest.js';
import { readMainline } from '../history/mainline.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import type { SegmentReference } from '../manifest/bases.js';
import { objectCopies } from './object-copies.js';
import type { Registry } from './open-registry.js';
import { eachVersion, objectsOf } from './read-version.js';

/** The index of this state, made of the one that was kept where that one lies on the same mainline. */
export async function loadPlaces(registry: Registry, state: RegistryState): Promise<SegmentIndex> {
  return extendPlaces(registry, state, await loadSegmentIndex(registry.root));
}

export async function extendPlaces(
  registry: Registry,
  state: RegistryState,
  known: SegmentIndex | undefined,
): Promise<SegmentIndex> {
  if (known === undefined) return buildSegmentIndex(registry, state);
  if (known.head === state.head) return known;
  const { reader, repository } = registry;
  const { commits, end } = await readMainline(reader, state.head, { shallow: repository.shallow, until: known.head });
  if (end !== 'until') return buildSegmentIndex(registry, state);
  const fresh = new Set(commits);
  const rows = [...state.versions.values()].filter(({ commit }) => fresh.has(commit));
  // A pending version may be withdrawn, and its places with it: which ones only the rest can tell.
  if (state.versions.size !== known.versions + rows.length) return buildSegmentIndex(registry, state);
  return indexOf(registry, state, rows, known.places);
}

export async function buildSegmentIndex(registry: Registry, state: RegistryState): Promise<SegmentIndex> {
  return indexOf(registry, state, state.versions.values(), new Map());
}

async function indexOf(
  registry: Registry,
  state: RegistryState,
  rows: Iterable<VersionRow>,
  known: ReadonlyMap<Digest, SegmentPlace>,
): Promise<SegmentIndex> {
  const places = new Map(known);
  const copies = await objectCopies(registry);
  // A damaged manifest or layout cannot be reused from.
  await eachVersion(rows, async (row) => {
    for await (const { reference } of objectsOf(copies, row)) addPlace(places, reference.sha256, placeOf(reference));
  });
  return { head: state.head, versions: state.versions.size, places };
}

function placeOf({ object, size, stored, transform, base }: SegmentReference): SegmentPlace {
  return {
    object,
    size,
    stored,
    ...(transform === undefined ? {} : { transform }),
    ...(base === undefined ? {} : { base: base.sha256 }),
  };
}

/** Keeps the index beside the catalog; without a writable folder there is none. */
export async function savePlaces(registry: Registry, index: SegmentIndex): Promise<void> {
  await saveSegmentIndex(registry.root, index);
}
