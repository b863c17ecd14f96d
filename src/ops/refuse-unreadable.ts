/**
 * What this clone cannot read any more may be the version that is asked for, a newer one, or a policy that takes
 * somebody's word from them: to answer as if it were not there would be wrong.
 */
import { At1Error } from '../errors.js';
import { isOfPolicy } from '../history/judge-policy.js';
import type { RegistryState } from '../history/registry-state.js';
import { LIFECYCLE_LANE } from '../manifest/check-event.js';
import { parseRegistryPath, type RegistryPath } from '../manifest/layout-of-registry.js';
import type { Kind } from '../manifest/name.js';
import type { Finding } from '../registry/finding.js';

export interface NamedArtifact {
  readonly kind: Kind;
  readonly name: string;
}

/**
 * Throws the code of what is wrong with any version of this artifact, with an event about one or with evidence, that
 * therefore is not in effect.
 */
export function refuseUnreadable(state: RegistryState, artifact: NamedArtifact): void {
  refuseFirst(findingsOf(state), isAbout(state, artifact));
}

/** The same for withdrawals alone: they are what matters of a version that is named exactly. */
export function refuseUnreadableWithdrawal(state: RegistryState, artifact: NamedArtifact): void {
  const about = isAbout(state, artifact);
  refuseFirst(findingsOf(state), (path) => laneOf(path) === LIFECYCLE_LANE && about(path));
}

/** Whether `refuseUnreadable` would throw. */
export function isUnreadable(state: RegistryState, artifact: NamedArtifact): boolean {
  return firstOf(findingsOf(state), isAbout(state, artifact)) !== undefined;
}

function findingsOf({ versions, events, evidence, findings }: RegistryState): readonly Finding[] {
  const waiting = [...versions.values(), ...events.values(), ...evidence.values()].filter(
    ({ effective }) => effective === null,
  );
  return [...findings, ...waiting.flatMap(({ problems }) => problems)];
}

/** The same for a policy, or a signature of one. */
export function refuseUnreadablePolicy({ findings }: RegistryState): void {
  refuseFirst(findings, isOfPolicy);
}

function refuseFirst(findings: readonly Finding[], concerns: (path: string) => boolean): void {
  const found = firstOf(findings, concerns);
  if (found === undefined) return;
  throw new At1Error(found.code, {
    message: found.message,
    facts: { subject: found.subject },
    hint: found.hint ?? 'at1 verify tells everything that is wrong',
  });
}

function firstOf(findings: readonly Finding[], concerns: (path: string) => boolean): Finding | undefined {
  return findings.find(
    ({ severity, code, subject }) => severity === 'error' && code.startsWith('git/') && concerns(subject),
  );
}

function isAbout({ versions }: RegistryState, { kind, name }: NamedArtifact): (path: string) => boolean {
  const contents = new Set<string>();
  for (const row of versions.values()) if (row.kind === kind && row.name === name) contents.add(row.content);
  return (path) => {
    const of = documentAt(path);
    if (of.kind === 'evidence') return contents.has(of.content);
    return (of.kind === 'manifest' || of.kind === 'event') && of.artifact === kind && of.name === name;
  };
}

function laneOf(path: string): string | undefined {
  const of = documentAt(path);
  return of.kind === 'event' ? of.lane : undefined;
}

/** The document itself, or the one that a signature is of. */
function documentAt(path: string): RegistryPath {
  const place = parseRegistryPath(path);
  switch (place.kind) {
    case 'signature':
    case 'event-signature':
    case 'evidence-signature':
      return place.of;
    default:
      return place;
  }
}
