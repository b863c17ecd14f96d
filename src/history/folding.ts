/**
 * The state while it is folded: the one place in history/ that changes in place, for the sake of 100,000 steps. What
 * is true of a commit never depends on where a fold began.
 */
import type { Digest } from '../digest/digest.js';
import type { Engines } from '../engines.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import type { RegistryId } from '../manifest/registry-id.js';
import type { StageMachine } from '../manifest/stage-machine.js';
import { type Finding, finding } from '../registry/finding.js';
import type { LoadedPolicy } from './load-policy.js';
import type { EventRow, LeftPolicy, PolicyPoint, RegistryState, Row, TagClock, VersionRow } from './registry-state.js';

export interface HistorySource {
  readonly reader: ObjectReader;
  readonly engines: Engines;
  /** The registry's folder from the top of the repository, '' or 'a/b'. */
  readonly prefix: string;
  readonly shallow: ReadonlySet<Oid>;
}

/** A revoked key, by its bytes in hex. */
export interface Revocation {
  readonly key: string;
  readonly cutoff: Oid;
  /** The cut-off and all its ancestors: what landed there by this key still counts. */
  readonly spared: ReadonlySet<Oid>;
}

export interface Folding {
  registry: RegistryId;
  branch: string;
  root: { commit: Oid; policy: PolicyPoint['digest']; complete: boolean };
  /** The policy in force. */
  policy: LoadedPolicy;
  /** Every accepted policy, oldest first; the last one is the one in force. */
  readonly policies: PolicyPoint[];
  /** What merges left behind of other lines of policies. */
  readonly leftPolicies: Map<Digest, LeftPolicy>;
  /** Keys that speak for nobody after a commit, whatever the policy of a step says. */
  readonly revocations: readonly Revocation[];
  /** Tags of events that took effect before those keys were revoked: their numbers stay. */
  readonly numbered: ReadonlyMap<string, EventRow['tags']>;
  /** What at1.toml says about stages, and what that means. */
  stages: RegistryState['stages'];
  machine: StageMachine;
  /** Every signed document that landed, by path. */
  readonly rows: Map<string, Row>;
  /** By artifact, `kind/name`. */
  readonly tagClocks: Map<string, TagClock>;
  /** Events that took effect so far, those that lost it again included. */
  orders: number;
  /** Paths of events that have not taken effect and may. */
  readonly waiting: Set<string>;
  /** Of those, the ones that enough people signed under a policy; within one step only. */
  readonly ready: Map<string, LoadedPolicy>;
  /** Digests of events that were refused, or withdrawn with signatures on them: they take no effect, for ever. */
  readonly refusals: Set<Digest>;
  /** What was withdrawn so, by path; within one step only. */
  readonly withdrawn: Map<string, Digest>;
  readonly findings: Finding[];
  /** Signature files checked so far. */
  signatures: number;
}

/** The version that landed at a path; undefined where something else or nothing did. */
export function versionAt(fold: Folding, path: string): VersionRow | undefined {
  const row = fold.rows.get(path);
  return row?.document === 'manifest' ? row : undefined;
}

/** What was withdrawn in a step is not said again: those who signed it need not think of it any more. */
export function closeWithdrawn(fold: Folding): void {
  for (const [path, digest] of fold.withdrawn) if (!fold.rows.has(path)) fold.refusals.add(digest);
  fold.withdrawn.clear();
}

/** Notes a policy under which enough people signed a waiting event; without one only that it waits. */
export function noteReady(fold: Folding, { path, refused, order }: EventRow, policy: LoadedPolicy | undefined): void {
  if (refused || order !== null) return;
  fold.waiting.add(path);
  if (policy !== undefined && !fold.ready.has(path)) fold.ready.set(path, policy);
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

/** Errors of one code that are told one by one, and warnings: what strangers may add without a key must not grow without end. */
const TOLD = 1000;

interface FindingIndex {
  /** Findings that are in it: others may have been added since. */
  count: number;
  readonly keys: Map<string, number>;
  readonly bySubject: Map<string, number[]>;
  /** By code and severity. */
  readonly counts: Map<string, number>;
}

const indexes = new WeakMap<readonly Finding[], FindingIndex>();

function indexOf({ findings }: Folding): FindingIndex {
  const index = indexes.get(findings) ?? {
    count: 0,
    keys: new Map(),
    bySubject: new Map(),
    counts: new Map(),
  };
  indexes.set(findings, index);
  for (; index.count < findings.length; index.count++) {
    const found = findings[index.count] as Finding;
    index.keys.set(keyOf(found), index.count);
    const same = index.bySubject.get(found.subject);
    if (same === undefined) index.bySubject.set(found.subject, [index.count]);
    else same.push(index.count);
    count(index, found, 1);
  }
  return index;
}

function keyOf({ code, subject, message, severity }: Finding): string {
  return [code, severity, subject, message].join('\0');
}

type Sort = Pick<Finding, 'code' | 'severity'>;

function count({ counts }: FindingIndex, { code, severity }: Sort, by: number): void {
  const key = `${code} ${severity}`;
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function countOf({ counts }: FindingIndex, { code, severity }: Sort): number {
  return counts.get(`${code} ${severity}`) ?? 0;
}

/** What breaks the rules of history is never left out: it takes something that counted to break one. */
function isFull(index: FindingIndex, sort: Sort): boolean {
  return !sort.code.startsWith('history/') && countOf(index, sort) >= TOLD;
}

/** Of errors and of warnings apart: what strangers fill up with warnings must be no error, and must hide none. */
function restOf({ code, severity }: Sort): Finding {
  return finding(severity, code, 'registry', `more than ${TOLD} findings of this kind: the others are left out`);
}

/** Adds a finding once: a document that is judged again says the same again. */
export function report(fold: Folding, found: Finding): void {
  const index = indexOf(fold);
  if (index.keys.has(keyOf(found))) return;
  const told = isFull(index, found) ? restOf(found) : found;
  if (!index.keys.has(keyOf(told))) fold.findings.push(told);
}

/** All that is told, the rest of each sort once. */
export function toldFindings({ findings }: Folding): Finding[] {
  const rests = new Set<string>();
  return findings.filter((found) => {
    const key = keyOf(found);
    if (key !== keyOf(restOf(found))) return true;
    const isFirst = !rests.has(key);
    rests.add(key);
    return isFirst;
  });
}

/** Whether an error with this code, or with any, is open about a subject. */
export function isReported(fold: Folding, subject: string, code?: Finding['code']): boolean {
  const at = indexOf(fold).bySubject.get(subject) ?? [];
  return at.some((place) => {
    const found = fold.findings[place];
    return found?.severity === 'error' && (code === undefined || found.code === code);
  });
}

/**
 * What was wrong about a path and is put right by a later commit stays in the record as a warning: it never counted.
 * `concerns` tells which findings; what broke the rules of history itself (`history/...`) about versions is kept.
 */
export function settle(fold: Folding, concerns: (found: Finding) => boolean): void {
  for (const [place, found] of fold.findings.entries()) if (concerns(found)) settleAt(fold, place);
}

/** The same about one subject, without a look at all the others. */
export function settleAbout(fold: Folding, subject: string, concerns: (found: Finding) => boolean = () => true): void {
  for (const place of indexOf(fold).bySubject.get(subject) ?? []) {
    if (concerns(fold.findings[place] as Finding)) settleAt(fold, place);
  }
}

function settleAt(fold: Folding, place: number): void {
  const found = fold.findings[place];
  if (found?.severity !== 'error') return;
  const index = indexOf(fold);
  const settled: Finding = { ...found, severity: 'warning', message: `${found.message} (put right since)` };
  const told = isFull(index, settled) ? restOf(settled) : settled;
  fold.findings[place] = told;
  index.keys.delete(keyOf(found));
  count(index, found, -1);
  // The rest of the warnings may stand in several places; it is one.
  if (told === settled || !index.keys.has(keyOf(told))) {
    index.keys.set(keyOf(told), place);
    count(index, told, 1);
  }
  // Nobody knows the ones left out; when all that were told are put right, there is nothing left to point at.
  const rest = index.keys.get(keyOf(restOf(found)));
  if (rest !== undefined && countOf(index, found) === 1) settleAt(fold, rest);
}
