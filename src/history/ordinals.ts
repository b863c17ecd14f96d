/**
 * For people who count versions as MLflow does, `models:/name/3`: the place of a version among those of its artifact in the
 * order in which they took effect on the mainline. Nothing stores it; docs/mlflow.md says when it can change.
 */
import type { Oid } from '../git-format/oid.js';
import { compareVersions } from '../manifest/version.js';
import type { RegistryState, VersionRow } from './registry-state.js';

/** Counted from 1; null for a version that did not take effect. `mainline`: all of it, oldest first. */
export function ordinalOf(state: RegistryState, row: VersionRow, mainline: readonly Oid[]): number | null {
  if (row.effective === null) return null;
  const places = new Map(mainline.map((oid, index) => [oid, index]));
  const place = ({ effective }: VersionRow) => places.get(effective as Oid) as number;
  const arrived = [...state.versions.values()]
    .filter(({ kind, name, effective }) => kind === row.kind && name === row.name && effective !== null)
    // Several that one commit brought are as old: then by their numbers, of which no two are alike.
    .sort((a, b) => place(a) - place(b) || compareVersions(a.version, b.version));
  return arrived.indexOf(row) + 1;
}
