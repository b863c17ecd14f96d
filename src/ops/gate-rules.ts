/** What a gate asks of a change beyond what history is judged by: the shape of the change, not who signed what. */
import { checkLineage } from '../checks/check-lineage.js';
import { checkSecret } from '../checks/check-secrets.js';
import { diffTrees, findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import { signerOf } from '../history/judge-config.js';
import { isOfPolicy } from '../history/judge-policy.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { RegistryState } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { ALLOWED_SIGNERS_PATH, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { decide } from '../registry/policy.js';
import { steersBy } from '../registry/steering-files.js';
import type { Registry } from './open-registry.js';

/** More changed files than this are no pull request anybody reads. */
const BOUND = { depth: 96, entries: 500_000 };

/** Paths a change touches, from the top of the repository; without a base all that there are. */
export async function changedPaths({ reader }: Registry, base: Oid | undefined, head: Oid): Promise<string[]> {
  const before = base === undefined ? undefined : (await readCommit(reader, base)).tree;
  const after = (await readCommit(reader, head)).tree;
  const paths: string[] = [];
  for await (const { path } of diffTrees(reader, before, after, '', BOUND)) paths.push(path);
  return paths;
}

/** Without the registry's folder; undefined for what lies outside of it. */
export function inRegistry({ prefix }: Pick<Registry, 'prefix'>, path: string): string | undefined {
  if (prefix === '') return path;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
}

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

/** Private keys in any commit of the change: one that the next commit takes away again is known to everybody all the same. */
export async function refuseSecrets(
  registry: Registry,
  policy: LoadedPolicy,
  commits: readonly Oid[],
): Promise<Finding[]> {
  const findings = new Map<string, Finding>();
  for (const oid of commits) {
    const tree = await registryTreeAt(registry, oid);
    const [parent] = (await readCommit(registry.reader, oid)).parents;
    if (tree === undefined) continue;
    for (const path of await changedPaths(registry, parent, oid)) {
      const inside = inRegistry(registry, path);
      const found = inside === undefined ? undefined : await checkSecret(registry.reader, tree, inside, policy);
      // What the target has already comes in by every merge of it.
      if (found === undefined || (await fileAt(registry, oid, path)) === (await fileAt(registry, registry.head, path)))
        continue;
      findings.set(`${found.severity} ${found.subject}`, found);
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
  commits: readonly Oid[],
  head: Oid,
  changed: readonly string[],
): Promise<Finding[]> {
  const findings = new Map<string, Finding>();
  const made: SteeringChange[] = [];
  for (const oid of commits) {
    const steering = await steeringChanges(registry, oid);
    if (steering.length === 0) continue;
    const commit = await readCommit(registry.reader, oid);
    const signer = await signerOf(commit, policy, registry.engines);
    const who = new Set(signer === undefined ? [] : [signer]);
    if (decide(policy.policy, 'configure', undefined, who).kind === 'allowed') {
      for (const path of steering) {
        const before = await Promise.all(commit.parents.map((parent) => steeringAt(registry, parent, path)));
        made.push({ path, before, after: await steeringAt(registry, oid, path) });
      }
      continue;
    }
    const by = signer === undefined ? 'nobody of the policy signed it' : `${signer} may not configure`;
    const what = `commit ${oid.slice(0, 12)} changes what steers the registry, and ${by}`;
    for (const path of steering) findings.set(path, unconfigured(path, what));
  }
  for (const path of changed) {
    if (steersBy(path, registry.prefix) === undefined || findings.has(path)) continue;
    const vouched = vouchedStates(await steeringAt(registry, registry.head, path), path, made);
    if (vouched.has(await steeringAt(registry, head, path))) continue;
    const what =
      'the change brings another state of what steers the registry, and nobody who may configure put it there';
    findings.set(path, unconfigured(path, what));
  }
  return [...findings.values()];
}

/** What somebody who may configure made of a file. */
interface SteeringChange {
  readonly path: string;
  /** As it was in each parent. */
  readonly before: readonly string[];
  readonly after: string;
}

/**
 * What such people made of a file as the target has it, step by step. A state they left on a branch that never landed is
 * none of these: it would come back by a merge of anybody, over what the target has learnt since.
 */
function vouchedStates(target: string, path: string, made: readonly SteeringChange[]): ReadonlySet<string> {
  const states = new Set([target]);
  const steps = made.filter((one) => one.path === path);
  // A set is walked in order of insertion, what is added meanwhile included.
  for (const state of states) for (const { before, after } of steps) if (before.includes(state)) states.add(after);
  return states;
}

function unconfigured(path: string, message: string): Finding {
  const hint = 'somebody whom the policy lets configure has to commit it, signed';
  return finding('error', 'policy/denied', path, message, hint);
}

/** Files that are in none of the parents as they are in the commit. */
async function steeringChanges(registry: Registry, oid: Oid): Promise<string[]> {
  const { parents } = await readCommit(registry.reader, oid);
  const [first] = parents;
  if (first === undefined) return [];
  const paths: string[] = [];
  for (const path of await changedPaths(registry, first, oid)) {
    if (steersBy(path, registry.prefix) === undefined) continue;
    const after = await steeringAt(registry, oid, path);
    const before = await Promise.all(parents.map((parent) => steeringAt(registry, parent, path)));
    if (!before.includes(after)) paths.push(path);
  }
  return paths;
}

/** What of a file steers: all of it, or that it is there, and as what. */
async function steeringAt(registry: Registry, commit: Oid, path: string): Promise<string> {
  const file = await fileAt(registry, commit, path);
  return steersBy(path, registry.prefix) === 'content' ? file : file.slice(0, file.indexOf(' '));
}

/** Its mode and object; '' where there is none. */
async function fileAt({ reader }: Registry, commit: Oid, path: string): Promise<string> {
  const entry = await findEntry(reader, (await readCommit(reader, commit)).tree, path);
  return entry === undefined ? '' : `${entry.mode} ${entry.oid}`;
}
