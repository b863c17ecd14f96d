/** A reference against a registry's state: the row it means, and what has to be said about it. */
import { At1Error } from '../errors.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { KINDS } from '../manifest/name.js';
import { parseReference, type Ref } from '../manifest/reference.js';
import { compareVersions } from '../manifest/version.js';
import { type KnownVersion, resolve, type Warning } from '../registry/resolve.js';
import { refuseUnreadable } from './refuse-unreadable.js';

export interface ResolvedVersion {
  readonly row: VersionRow;
  readonly warnings: readonly Warning[];
}

/**
 * Throws `usage/reference`, `artifact/not-found`, `artifact/ambiguous`, and for a version whose signatures do not
 * count the code of what is wrong with them.
 */
export function resolveVersion(state: RegistryState, reference: string): ResolvedVersion {
  const known = [...state.versions.values()].map((row): KnownVersion & { readonly row: VersionRow } => ({
    kind: row.kind,
    name: row.name,
    version: row.version,
    content: row.content,
    effective: row.effective !== null,
    state: 'active',
    row,
  }));
  const asked = parseReference(reference);
  try {
    const { chosen, warnings } = resolve(asked, { versions: known, holders: [] });
    // What was named exactly is what it is, whatever else there may be.
    if (asked.selector.kind !== 'exact' && asked.selector.kind !== 'digest') refuseUnreadable(state, chosen.row);
    return { row: chosen.row, warnings };
  } catch (error) {
    if (error instanceof At1Error && error.code === 'artifact/pending') throw whyPending(error, asked, known);
    if (error instanceof At1Error && error.code === 'artifact/not-found') {
      for (const kind of asked.kind === undefined ? KINDS : [asked.kind]) refuseUnreadable(state, { ...asked, kind });
    }
    throw error;
  }
}

/** What has to be said about a version that was resolved, in the same words everywhere. */
export function warningText({ kind, version }: Warning): string {
  return `${version} is ${kind === 'prerelease' ? 'a pre-release' : kind}`;
}

/** A version without a counting signature waits for one, unless something is wrong with those it has. */
function whyPending(error: At1Error, asked: Ref, known: readonly { readonly row: VersionRow }[]): At1Error {
  const found = known.find(
    ({ row }) =>
      row.name === asked.name &&
      (asked.kind === undefined || row.kind === asked.kind) &&
      row.version === error.facts.version,
  );
  const problem = found?.row.problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) return error;
  return new At1Error(problem.code, {
    message: problem.message,
    facts: { subject: problem.subject, ...error.facts },
    cause: error,
    ...(problem.hint === null ? {} : { hint: problem.hint }),
  });
}

/** Refuses a version that history or its signatures show to be wrong, before any of its bytes are handed out. */
export function refuseProblems(row: VersionRow): void {
  const problem = row.problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) return;
  throw new At1Error(problem.code, {
    message: `${row.kind}/${row.name}@${row.version}: ${problem.message}`,
    facts: { subject: problem.subject },
    hint: problem.hint ?? 'at1 verify tells everything that is wrong',
  });
}

/** By kind and name, then newest version first. */
export function compareRows(a: VersionRow, b: VersionRow): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return compareVersions(b.version, a.version);
}
