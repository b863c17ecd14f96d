/** A version as MLflow would count it: its ordinal, and the address people are used to. */
import { At1Error } from '../errors.js';
import { readMainline } from '../history/mainline.js';
import { ordinalOf } from '../history/ordinals.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import type { Registry } from './open-registry.js';

export interface ShownOrdinal {
  /** From 1; null for a version that did not take effect. */
  readonly ordinal: number | null;
  /** `models:/name/3`; null also for what MLflow cannot name: data, recipes, names with a slash. */
  readonly uri: string | null;
}

export async function shownOrdinal(
  { reader, head, repository: { shallow } }: Registry,
  state: RegistryState,
  row: VersionRow,
): Promise<ShownOrdinal> {
  const { commits, end } = await readMainline(reader, head, { shallow });
  if (end === 'shallow') {
    throw new At1Error('git/shallow', {
      message: 'a shallow clone does not show how many versions came before',
      hint: 'git fetch --unshallow',
    });
  }
  const ordinal = ordinalOf(state, row, commits);
  const named = ordinal !== null && row.kind === 'model' && !row.name.includes('/');
  return { ordinal, uri: named ? `models:/${row.name}/${ordinal}` : null };
}
