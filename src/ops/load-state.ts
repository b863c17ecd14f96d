/** The registry's state at the commit that is read: from the catalog where it can be believed, else folded anew. */
import {
  type CatalogPlace,
  loadCatalog,
  loadSegmentIndex,
  saveCatalog,
  saveSegmentIndex,
} from '../catalog/catalog-file.js';
import { addPlace, type SegmentIndex, type SegmentPlace } from '../catalog/segment-index.js';
import type { Digest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { readBlob } from '../git-format/read-object.js';
import { foldHistory } from '../history/fold.js';
import { type LoadedPolicy, loadPolicy } from '../history/load-policy.js';
import type { RegistryState } from '../history/registry-state.js';
import { objectCopies } from './object-copies.js';
import { historySource, type Registry } from './open-registry.js';
import { manifestOf, segmentsOf } from './read-version.js';

export interface LoadedState {
  readonly state: RegistryState;
  readonly policy: LoadedPolicy;
}

/** State of `registry.head`, or of another commit given. Under `--at` no cache is read or written. */
export async function loadState(registry: Registry, tip: Oid = registry.head): Promise<LoadedState> {
  const place = catalogPlace(registry);
  const from = registry.past ? undefined : await usableCatalog(place);
  if (from?.head === tip) {
    return { state: from, policy: loadPolicy(await readBlob(registry.reader, from.policy.blob), registry.engines) };
  }
  const folded = await foldHistory(historySource(registry), tip, { from });
  if (!registry.past && isLasting(folded.state)) await saveCatalog(place, folded.state);
  return { state: folded.state, policy: folded.policy };
}

/** What the edge of a shallow clone showed is not what a later fetch will show. */
async function usableCatalog(place: CatalogPlace): Promise<RegistryState | undefined> {
  const found = await loadCatalog(place);
  return found?.root.complete === true ? found : undefined;
}

/** Damage of this clone may be mended tomorrow; only what follows from the commits themselves is kept. */
function isLasting(state: RegistryState): boolean {
  const found = [...state.findings, ...[...state.versions.values()].flatMap(({ problems }) => problems)];
  return !found.some(({ code }) => code.startsWith('git/'));
}

export function catalogPlace(registry: Registry): CatalogPlace {
  return {
    root: registry.repository.workTree === undefined ? undefined : registry.root,
    stateDir: registry.environment.stateDir,
    registry: registry.config.id,
    sha256: registry.engines.sha256,
  };
}

/**
 * Where original bytes are stored, for reuse. Made of the catalog's versions; entries of versions that are gone stay
 * until `reindex`, which is harmless: an object is opened and checked before it is reused.
 */
export async function loadPlaces(registry: Registry, state: RegistryState): Promise<Map<Digest, SegmentPlace>> {
  const known = await loadSegmentIndex(registry.root);
  if (known !== undefined && known.head === state.head) return new Map(known.places);
  return new Map((await buildSegmentIndex(registry, state)).places);
}

export async function buildSegmentIndex(registry: Registry, state: RegistryState): Promise<SegmentIndex> {
  const places = new Map<Digest, SegmentPlace>();
  const copies = await objectCopies(registry);
  for (const row of state.versions.values()) {
    try {
      for (const file of (await manifestOf(registry, row)).files) {
        if (file.layout !== undefined) addPlace(places, file.layout.sha256, file.layout);
        for (const segment of await segmentsOf(copies, file)) addPlace(places, segment.sha256, segment);
      }
    } catch (error) {
      // A damaged manifest or layout cannot be reused from; verify is what reports it.
      if (!(error instanceof At1Error)) throw error;
    }
  }
  return { head: state.head, places };
}

/** Keeps the index beside the catalog, as of the state's commit. */
export async function savePlaces(
  registry: Registry,
  head: Oid,
  places: ReadonlyMap<Digest, SegmentPlace>,
): Promise<void> {
  await saveSegmentIndex(registry.root, { head, places });
}
