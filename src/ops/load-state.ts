/** The registry's state at the commit that is read: from the catalog where it can be believed, else folded anew. */
import { type CatalogPlace, loadCatalog, saveCatalog } from '../catalog/catalog-file.js';
import { Refs } from '../git/refs.js';
import type { Oid } from '../git-format/oid.js';
import { readBlob } from '../git-format/read-object.js';
import { foldHistory } from '../history/fold.js';
import { type LoadedPolicy, loadPolicy } from '../history/load-policy.js';
import type { RegistryState } from '../history/registry-state.js';
import { historySource, type Registry } from './open-registry.js';

export interface LoadedState {
  readonly state: RegistryState;
  readonly policy: LoadedPolicy;
}

export interface LoadOptions {
  /** Another commit than `registry.head`. */
  readonly tip?: Oid | undefined;
  /** A state the caller has already: nothing is read where it is the one asked for, else it is gone on from. */
  readonly from?: LoadedState | undefined;
}

/** State of `registry.head`, or of another commit given. Under `--at` no cache is read or written. */
export async function loadState(registry: Registry, options: LoadOptions = {}): Promise<LoadedState> {
  const tip = options.tip ?? registry.head;
  if (options.from?.state.head === tip) return options.from;
  const place = catalogPlace(registry);
  const from = options.from?.state ?? (registry.past ? undefined : await usableCatalog(place));
  if (from?.head === tip) {
    return { state: from, policy: loadPolicy(await readBlob(registry.reader, from.policy.blob), registry.engines) };
  }
  const folded = await foldHistory(historySource(registry), tip, { from });
  if (!registry.past && isPresent(registry, tip) && isLasting(folded.state)) await saveCatalog(place, folded.state);
  return { state: folded.state, policy: folded.policy };
}

/** A handle opened before the branch moved on must not put its older catalog over the newer one. */
function isPresent(registry: Registry, tip: Oid): boolean {
  return new Refs(registry.repository).head().oid === tip;
}

/** What the edge of a shallow clone showed is not what a later fetch will show. */
async function usableCatalog(place: CatalogPlace): Promise<RegistryState | undefined> {
  const found = await loadCatalog(place);
  return found?.root.complete === true ? found : undefined;
}

/** Damage of this clone may be mended tomorrow; only what follows from the commits themselves is kept. */
function isLasting(state: RegistryState): boolean {
  const rows = [...state.versions.values(), ...state.events.values(), ...state.evidence.values()];
  const found = [...state.findings, ...rows.flatMap(({ problems }) => problems)];
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
