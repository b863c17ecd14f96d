/**
 * What this clone cannot read any more may be the version that is asked for, a newer one, or a policy that takes
 * somebody's word from them: to answer as if it were not there would be wrong.
 */
import { At1Error } from '../errors.js';
import { isOfPolicy } from '../history/judge-policy.js';
import type { RegistryState } from '../history/registry-state.js';
import { parseRegistryPath } from '../manifest/layout-of-registry.js';
import type { Kind } from '../manifest/name.js';
import type { Finding } from '../registry/finding.js';

export interface NamedArtifact {
  readonly kind: Kind;
  readonly name: string;
}

/** Throws the code of what is wrong with any version of this artifact that therefore is not in effect. */
export function refuseUnreadable(state: RegistryState, artifact: NamedArtifact): void {
  const waiting = [...state.versions.values()].filter(({ effective }) => effective === null);
  refuseFirst([...state.findings, ...waiting.flatMap(({ problems }) => problems)], (path) => isAbout(path, artifact));
}

/** The same for a policy, or a signature of one. */
export function refuseUnreadablePolicy({ findings }: RegistryState): void {
  refuseFirst(findings, isOfPolicy);
}

function refuseFirst(findings: readonly Finding[], concerns: (path: string) => boolean): void {
  const found = findings.find(
    ({ severity, code, subject }) => severity === 'error' && code.startsWith('git/') && concerns(subject),
  );
  if (found === undefined) return;
  throw new At1Error(found.code, {
    message: found.message,
    facts: { subject: found.subject },
    hint: found.hint ?? 'at1 verify tells everything that is wrong',
  });
}

function isAbout(path: string, { kind, name }: NamedArtifact): boolean {
  const place = parseRegistryPath(path);
  const of = place.kind === 'signature' ? place.of : place;
  return of.kind === 'manifest' && of.artifact === kind && of.name === name;
}
