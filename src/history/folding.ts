/**
 * The state while it is folded: the one place in history/ that changes in place, for the sake of 100,000 steps. What
 * is true of a commit never depends on where a fold began.
 */
import type { Engines } from '../engines.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import type { RegistryId } from '../manifest/registry-id.js';
import type { Finding } from '../registry/finding.js';
import type { LoadedPolicy } from './load-policy.js';
import type { PolicyPoint, VersionRow } from './registry-state.js';

export interface HistorySource {
  readonly reader: ObjectReader;
  readonly engines: Engines;
  /** The registry's folder from the top of the repository, '' or 'a/b'. */
  readonly prefix: string;
  readonly shallow: ReadonlySet<Oid>;
}

export interface Folding {
  registry: RegistryId;
  branch: string;
  root: { commit: Oid; policy: PolicyPoint['digest']; complete: boolean };
  /** The policy in force. */
  policy: LoadedPolicy;
  /** Every accepted policy, oldest first; the last one is the one in force. */
  readonly policies: PolicyPoint[];
  readonly versions: Map<string, VersionRow>;
  /** Last tag second per artifact. */
  readonly tagTimes: Map<string, number>;
  readonly findings: Finding[];
  /** Signature files checked so far. */
  signatures: number;
}

export function newestPolicy(fold: Folding): PolicyPoint {
  const point = fold.policies.at(-1);
  if (point === undefined) throw new RangeError('a fold begins with a policy');
  return point;
}

export function acceptPolicy(fold: Folding, loaded: LoadedPolicy, blob: Oid): void {
  fold.policy = loaded;
  fold.policies.push({ blob, digest: loaded.digest, version: loaded.policy.version });
}

/** Adds a finding once: a document that is judged again says the same again. */
export function report(fold: Folding, found: Finding): void {
  const same = (other: Finding) =>
    other.code === found.code &&
    other.subject === found.subject &&
    other.message === found.message &&
    other.severity === found.severity;
  if (!fold.findings.some(same)) fold.findings.push(found);
}

/**
 * What was wrong about a path and is put right by a later commit stays in the record as a warning: it never counted.
 * `concerns` tells which subjects; what broke the rules of history itself (`history/...`) about versions is kept.
 */
export function settle(fold: Folding, concerns: (found: Finding) => boolean): void {
  for (const [index, found] of fold.findings.entries()) {
    if (found.severity !== 'error' || !concerns(found)) continue;
    fold.findings[index] = { ...found, severity: 'warning', message: `${found.message} (put right since)` };
  }
}
