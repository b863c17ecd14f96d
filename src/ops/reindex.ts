/** `reindex`: the catalog and the segment index, folded anew from history. Nothing is ever lost by it. */
import { saveCatalog, saveSegmentIndex } from '../catalog/catalog-file.js';
import { At1Error } from '../errors.js';
import { foldHistory } from '../history/fold.js';
import { catalogPlace } from './load-state.js';
import { historySource, type Registry } from './open-registry.js';
import { buildSegmentIndex } from './segment-places.js';

export interface ReindexResult {
  readonly head: string;
  readonly commits: number;
  readonly versions: number;
  readonly segments: number;
}

/** Throws `io/*` where the cache cannot be written, `git/unsupported` in a bare repository. */
export async function reindex(registry: Registry): Promise<ReindexResult> {
  if (registry.repository.workTree === undefined) {
    throw new At1Error('git/unsupported', {
      message: 'a bare repository keeps no cache: its history is read each time',
      hint: 'reindex in a clone',
    });
  }
  const folded = await foldHistory(historySource(registry), registry.head);
  const index = await buildSegmentIndex(registry, folded.state);
  const problem =
    (await saveCatalog(catalogPlace(registry), folded.state)) ?? (await saveSegmentIndex(registry.root, index));
  if (problem !== undefined) {
    throw new At1Error(problem.code, {
      message: `the cache is not made: ${problem.message}`,
      hint: `${problem.hint ?? 'check .at1/cache and the state folder'}; every command works without the cache, only slower`,
      facts: problem.facts,
      cause: problem,
    });
  }
  return {
    head: folded.state.head,
    commits: folded.commits,
    versions: folded.state.versions.size,
    segments: index.places.size,
  };
}
