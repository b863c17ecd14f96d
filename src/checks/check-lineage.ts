/**
 * What manifests say their versions come from, against what landed. A parent is named with its content, so the claim is
 * true or false for ever; what was revoked reaches all that comes from it.
 */
import { lanesByArtifact } from '../history/lanes-of-state.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { type Finding, finding } from '../registry/finding.js';
import {
  circular,
  descendants,
  type FindNode,
  type LineageProblem,
  linkProblems,
  parentsOf,
} from '../registry/lineage.js';

const HINTS: Readonly<Record<LineageProblem['code'], string>> = {
  'lineage/unknown': 'register that version, with that content; or withdraw this one: at1 yank',
  'lineage/other-content':
    'register it again under another version, from the right parent; withdraw this one: at1 yank',
  'lineage/cycle': 'nothing comes from itself: withdraw one of them: at1 yank',
  'lineage/revoked': 'look whether what was wrong with it is wrong with this one too',
};

/**
 * About all versions that somebody signed, in the order of their paths; that nobody did is wrong enough. What is withdrawn
 * itself is not an error any more.
 */
export function checkLineage(state: Pick<RegistryState, 'versions' | 'events'>): Finding[] {
  const rows = [...state.versions.values()].filter(({ lineage }) => lineage.length > 0);
  if (rows.length === 0) return [];
  const { find, stateOf } = lineageOf(state);
  const graph = new Map(rows.map((row) => [refOf(row), parentsOf(row.lineage)]));
  const circles = circular(graph);
  const revoked = [...state.versions.values()].filter((row) => stateOf(row) === 'revoked').map(refOf);
  const tainted = descendants(graph, revoked);
  const signed = rows.filter(({ effective, signers }) => effective !== null || signers.length > 0);
  return signed.flatMap((row) => {
    const ref = refOf(row);
    const problems = [...linkProblems(row.lineage, find)];
    if (circles.has(ref)) problems.push({ code: 'lineage/cycle', message: 'its lineage goes round in a circle' });
    const origin = tainted.get(ref);
    if (origin !== undefined)
      problems.push({ code: 'lineage/revoked', message: `it comes from ${origin}, which was revoked` });
    const own = stateOf(row);
    const out = own === 'yanked' || own === 'revoked';
    return problems.map(({ code, message }) =>
      finding(out || code === 'lineage/revoked' ? 'warning' : 'error', code, row.path, message, HINTS[code]),
    );
  });
}

export function refOf({ kind, name, version }: Pick<VersionRow, 'kind' | 'name' | 'version'>): string {
  return `${kind}/${name}@${version}`;
}

/** The versions of a state as lineage asks for them. */
export function lineageOf(state: Pick<RegistryState, 'versions' | 'events'>) {
  const lanes = lanesByArtifact(state);
  const rows = new Map([...state.versions.values()].map((row) => [refOf(row), row]));
  const stateOf = ({ kind, name, version }: VersionRow) => lanes.get(`${kind}/${name}`)?.withdrawn.get(version)?.state;
  const find: FindNode = (ref) => {
    const row = rows.get(ref);
    if (row === undefined) return undefined;
    const { content, lineage, effective } = row;
    return { content, lineage, effective: effective !== null, revoked: stateOf(row) === 'revoked' };
  };
  return { rows, find, stateOf };
}
