/** The registry's state at the commit that is read: from the catalog where it can be believed, else folded anew. */
import {
  type CatalogPlace,
  loadCatalog,
  loadTargetCatalog,
  saveCatalog,
  saveTargetCatalog,
} from '../catalog/catalog-file.js';
import { At1Error } from '../errors.js';
import { Refs } from '../git/refs.js';
import { type GitObject, isDamage, type ObjectReader, type Oid } from '../git-format/oid.js';
import { readBlob } from '../git-format/read-object.js';
import { foldHistory } from '../history/fold.js';
import { type LoadedPolicy, loadPolicy } from '../history/load-policy.js';
import { readMainline } from '../history/mainline.js';
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
  /** It is the branch that changes are judged against: what was folded is kept for the next one. */
  readonly isTarget?: boolean | undefined;
}

/** State of `registry.head`, or of another commit given. Of the past nothing is kept but the state of a target. */
export async function loadState(registry: Registry, options: LoadOptions = {}): Promise<LoadedState> {
  const tip = options.tip ?? registry.head;
  if (options.from?.state.head === tip) return options.from;
  const from = options.from?.state ?? (await nearestCatalog(registry, tip));
  if (from?.head === tip) {
    return { state: from, policy: loadPolicy(await readBlob(registry.reader, from.policy.blob), registry.engines) };
  }
  const { reader, lacks } = attentive(registry.reader);
  const { state, policy } = await foldHistory({ ...historySource(registry), reader }, tip, { from });
  if (!lacks() && isLasting(state)) await keep(registry, state, options.isTarget === true);
  return { state, policy };
}

/** A catalog to go on from: one of this very commit, or of one that it stands on. */
async function nearestCatalog(registry: Registry, tip: Oid): Promise<RegistryState | undefined> {
  if (!isCacheable(registry)) return undefined;
  const place = catalogPlace(registry);
  const { reader, repository } = registry;
  for (const load of [loadCatalog, loadTargetCatalog]) {
    const found = await load(place);
    // What the edge of a shallow clone showed is not what a later fetch will show.
    if (found?.root.complete !== true) continue;
    const { end } = await readMainline(reader, tip, { shallow: repository.shallow, until: found.head });
    if (end === 'until') return found;
  }
  return undefined;
}

async function keep(registry: Registry, state: RegistryState, isTarget: boolean): Promise<void> {
  if (!isCacheable(registry)) return;
  const place = catalogPlace(registry);
  if (!registry.past && isPresent(registry, state.head)) await saveCatalog(place, state);
  else if (isTarget && state.root.complete) await saveTargetCatalog(place, state);
}

/** Where something is left out of a clone, what was found out in it is not what a whole one shows. */
function isCacheable({ environment, repository }: Registry): boolean {
  return environment.cache !== false && repository.shallow.size === 0 && !repository.partial;
}

/** A handle opened before the branch moved on must not put its older catalog over the newer one. */
function isPresent(registry: Registry, tip: Oid): boolean {
  return new Refs(registry.repository).head().oid === tip;
}

/**
 * A reader that remembers whether an object was missing or damaged. Not every verdict that is reached without one says so:
 * a signature that cannot be read is one that does not count.
 */
export function attentive(reader: ObjectReader): { readonly reader: ObjectReader; readonly lacks: () => boolean } {
  let lacking = false;
  const read = async (oid: Oid, limit?: number): Promise<GitObject> => {
    try {
      return await reader.read(oid, limit);
    } catch (error) {
      if (isDamage(error) || (error instanceof At1Error && error.code === 'git/object-missing')) lacking = true;
      throw error;
    }
  };
  return { reader: { read }, lacks: () => lacking };
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
    prefix: registry.prefix,
    sha256: registry.engines.sha256,
  };
}
