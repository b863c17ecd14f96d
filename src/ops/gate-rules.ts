/** What a gate asks of a change beyond what history is judged by: the shape of the change, not who signed what. */
import { checkLineage } from '../checks/check-lineage.js';
import { checkSecret } from '../checks/check-secrets.js';
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import type { TreeEntry } from '../git-format/tree.js';
import { signerOf } from '../history/judge-config.js';
import { isOfPolicy } from '../history/judge-policy.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { RegistryState } from '../history/registry-state.js';
import { ALLOWED_SIGNERS_PATH, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { decide } from '../registry/policy.js';
import { steersBy } from '../registry/steering-files.js';
import { type CommitChanges, inRegistry } from './gate-changes.js';
import type { Registry } from './open-registry.js';

/** How many files that steer are told, and at how many places one key is: the first keeps the change out already. */
const TOLD = 1000;
const PLACES = 100;

/** A policy decides about what comes with it too, so nobody should have to read both at once. */
export function refuseMixed(registry: Registry, paths: readonly string[]): Finding[] {
  const own = paths.map((path) => inRegistry(registry, path)).filter((path) => path !== undefined);
  if (!own.some(isOfPolicy)) return [];
  const other = own.find((path) => {
    const place = parseRegistryPath(path);
    return !isOfPolicy(path) && path !== ALLOWED_SIGNERS_PATH && place.kind !== 'other' && place.kind !== 'config';
  });
  if (other === undefined) return [];
  return [
    finding(
      'error',
      'gate/policy-mixed',
      other,
      'the change has a new policy and something that is judged by a policy',
      'make two changes of it: first the policy, then this',
    ),
  ];
}

/** Two versions of one artifact that land together break readers of the tags, and one of them could not be told first. */
export function refuseTwoVersions(before: RegistryState, after: RegistryState): Finding[] {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const row of after.versions.values()) {
    if (before.versions.has(row.path)) continue;
    const artifact = `${row.kind}/${row.name}`;
    const other = seen.get(artifact);
    seen.set(artifact, row.path);
    if (other === undefined) continue;
    const message = `two versions of ${artifact} would land in one commit: ${other} is the other`;
    findings.push(finding('error', 'gto/two-versions', row.path, message, 'let them land one after the other'));
  }
  return findings;
}

/** An event that a change brings and takes away again counts for nothing ever after, though others may still be signing it. */
export function refuseBurnt(before: RegistryState, after: RegistryState, told: readonly Finding[]): Finding[] {
  const known = new Set([...before.refusals, ...[...before.events.values()].map(({ digest }) => digest)]);
  const there = new Set([...after.events.values()].map(({ digest }) => digest));
  const burnt = after.refusals.filter((digest) => !known.has(digest) && !there.has(digest));
  const findings = burnt.map((digest) =>
    finding(
      'error',
      'event/refused',
      `event ${digest.slice(0, 12)}`,
      'the change brings this event and takes it away again: nobody could ever bring it after that',
      'leave out both commits: git rebase, or land the change as one commit',
    ),
  );
  return findings.filter(({ subject }) => !told.some((one) => one.subject === subject));
}

/** What the change brings that is not so, of what versions come from. */
export function newLineageFindings(before: RegistryState, after: RegistryState): Finding[] {
  const textOf = ({ severity, code, subject, message }: Finding) => [severity, code, subject, message].join(' ');
  const known = new Set(checkLineage(before).map(textOf));
  return checkLineage(after).filter((found) => !known.has(textOf(found)));
}

/**
 * Private keys in any commit of the change: one that the next commit takes away again is known to everybody all the same.
 * A file is looked into once, and told at a few of the places where it lies.
 */
export async function refuseSecrets(
  registry: Registry,
  policy: LoadedPolicy,
  changes: readonly CommitChanges[],
): Promise<Finding[]> {
  const findings = new Map<string, Finding>();
  const looked = new Map<Oid, { readonly found: Finding | undefined; places: number }>();
  for (const { foreign } of changes) {
    for (const { path, entry } of foreign) {
      const subject = inRegistry(registry, path) ?? path;
      const known = looked.get(entry.oid) ?? {
        found: await checkSecret(registry.reader, subject, entry.oid, policy),
        places: 0,
      };
      looked.set(entry.oid, known);
      const { found } = known;
      if (found === undefined || known.places === PLACES || findings.has(`${subject} ${found.message}`)) continue;
      // What the target has already comes in by every merge of it.
      if (stateOf(entry) === (await fileAt(registry, registry.head, path))) continue;
      known.places++;
      findings.set(`${subject} ${found.message}`, { ...found, subject });
    }
  }
  return [...findings.values()];
}

/**
 * What steers the gate and git itself may be changed by those only whom the policy lets `configure`: the signature of the
 * commit is all that can speak for such a file. A merge may choose between its parents, and one of them may be old: so
 * what the change ends with must be what the target has, or what such a person committed in it. `changed`: its paths.
 */
export async function refuseUnconfigured(
  registry: Registry,
  policy: LoadedPolicy,
  changes: readonly CommitChanges[],
  head: Oid,
  changed: readonly string[],
): Promise<Finding[]> {
  const findings = new Map<string, Finding>();
  const made = new Map<string, SteeringChange[]>();
  for (const change of changes) {
    if (change.steering.length === 0) continue;
    const { oid } = change;
    const commit = await readCommit(registry.reader, oid);
    const signer = await signerOf(commit, policy, registry.engines);
    const who = new Set(signer === undefined ? [] : [signer]);
    if (decide(policy.policy, 'configure', undefined, who).kind === 'allowed') {
      for await (const { path, ...step } of steeringChanges(registry, commit, change)) {
        made.set(path, [...(made.get(path) ?? []), step]);
      }
      continue;
    }
    const by = signer === undefined ? 'nobody of the policy signed it' : `${signer} may not configure`;
    const what = `commit ${oid.slice(0, 12)} changes what steers the registry, and ${by}`;
    for await (const { path } of steeringChanges(registry, commit, change)) {
      if (findings.size === TOLD) return [...findings.values()];
      findings.set(path, unconfigured(path, what));
    }
  }
  for (const path of changed) {
    if (findings.size === TOLD) break;
    if (steersBy(path, registry.prefix) === undefined || findings.has(path)) continue;
    const vouched = vouchedStates(await steeringAt(registry, registry.head, path), made.get(path) ?? []);
    if (vouched.has(await steeringAt(registry, head, path))) continue;
    const what =
      'the change brings another state of what steers the registry, and nobody who may configure put it there';
    findings.set(path, unconfigured(path, what));
  }
  return [...findings.values()];
}

/** What a commit made of a file. */
interface SteeringChange {
  /** As it was in each parent. */
  readonly before: readonly string[];
  readonly after: string;
}

/**
 * What such people made of a file as the target has it, step by step. A state they left on a branch that never landed is
 * none of these: it would come back by a merge of anybody, over what the target has learnt since.
 */
function vouchedStates(target: string, steps: readonly SteeringChange[]): ReadonlySet<string> {
  const states = new Set([target]);
  // A set is walked in order of insertion, what is added meanwhile included.
  for (const state of states) for (const { before, after } of steps) if (before.includes(state)) states.add(after);
  return states;
}

function unconfigured(path: string, message: string): Finding {
  const hint = 'somebody whom the policy lets configure has to commit it, signed';
  return finding('error', 'policy/denied', path, message, hint);
}

/** Files that are in none of the parents as they are in the commit. */
async function* steeringChanges(
  registry: Registry,
  { parents }: CommitObject,
  { steering }: CommitChanges,
): AsyncGenerator<SteeringChange & { readonly path: string }> {
  for (const { path, before: first, after: entry } of steering) {
    const after = asSteering(registry, path, stateOf(entry));
    const before = [asSteering(registry, path, stateOf(first))];
    for (const parent of parents.slice(1)) before.push(await steeringAt(registry, parent, path));
    if (!before.includes(after)) yield { path, before, after };
  }
}

async function steeringAt(registry: Registry, commit: Oid, path: string): Promise<string> {
  return asSteering(registry, path, await fileAt(registry, commit, path));
}

/** What of a file steers: all of it, or that it is there, and as what. */
function asSteering({ prefix }: Registry, path: string, state: string): string {
  return steersBy(path, prefix) === 'content' ? state : state.slice(0, state.indexOf(' '));
}

async function fileAt({ reader }: Registry, commit: Oid, path: string): Promise<string> {
  return stateOf(await findEntry(reader, (await readCommit(reader, commit)).tree, path));
}

/** Mode and object of a file; '' where there is none. */
function stateOf(entry: TreeEntry | undefined): string {
  return entry === undefined ? '' : `${entry.mode} ${entry.oid}`;
}
