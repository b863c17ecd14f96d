/** What tests ask of a folded registry. */
import assert from 'node:assert/strict';
import type { FoldResult } from '../../src/history/fold.js';
import type { Row, VersionRow } from '../../src/history/registry-state.js';
import type { Finding } from '../../src/registry/finding.js';

/** The row of `model/x@1.0.0`. */
export function rowOf({ state }: FoldResult, ref: string): VersionRow {
  const row = state.versions.get(`${ref.replace('@', '/')}.toml`);
  assert.ok(row !== undefined, `there is no ${ref}`);
  return row;
}

export function codesOf(findings: readonly Finding[], severity: Finding['severity'] = 'error'): string[] {
  return findings.filter((found) => found.severity === severity).map(({ code }) => code);
}

/** Codes of all errors: of history itself and of single documents. */
export function errorsOf({ state }: FoldResult): string[] {
  const rows = [...state.versions.values(), ...state.events.values(), ...state.evidence.values()];
  return [...codesOf(state.findings), ...rows.flatMap(({ problems }) => codesOf(problems))];
}

/** Versions that take effect and have nothing wrong with them. */
export function goodVersions({ state }: FoldResult): string[] {
  return [...state.versions.values()]
    .filter(({ effective, problems }) => effective !== null && codesOf(problems).length === 0)
    .map(({ kind, name, version }) => `${kind}/${name}@${version}`);
}

/** All that history says, word by word: a line for each finding and each document, with those about it below. */
export function wordsOf({ state }: FoldResult, nameOf: (text: string) => string): string[] {
  const line = ({ severity, code, subject, message, hint }: Finding) =>
    nameOf(`${severity} ${code} ${subject}: ${message}${hint === null ? '' : ` (${hint})`}`);
  const rows: Row[] = [...state.versions.values(), ...state.events.values(), ...state.evidence.values()];
  return [
    nameOf(`policy ${state.policies.map(({ version }) => version).join(', then ')}`),
    ...state.findings.map(line),
    ...rows.flatMap((row) => [nameOf(rowLine(row)), ...row.problems.map((found) => `  ${line(found)}`)]),
  ];
}

function rowLine(row: Row): string {
  const said = `${row.path} landed ${row.commit} effective ${row.effective} signed by ${row.signers.join(' and ') || 'nobody'}`;
  if (row.document !== 'event') return said;
  const tags = row.tags === null ? 'no tags' : `${row.tags.count} tags from ${row.tags.number}`;
  return `${said}, order ${row.order}, ${tags}${row.refused ? ', refused' : ''}`;
}
