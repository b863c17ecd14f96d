/** What a version says it was made from, as it is shown and reviewed. */
import type { Manifest } from '../manifest/documents.js';

export interface ShownLink {
  readonly relation: string;
  /** Of a version of this registry; else null. */
  readonly ref: string | null;
  readonly uri: string | null;
  readonly content: string | null;
  readonly parameters: Readonly<Record<string, string>>;
}

export function shownLineage({ lineage = [] }: Pick<Manifest, 'lineage'>): ShownLink[] {
  return lineage.map(({ relation, ref = null, uri = null, content = null, parameters = [] }) => ({
    relation,
    ref,
    uri,
    content,
    parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
  }));
}
