/** What a gate asks of a change beyond what history is judged by: the shape of the change, not who signed what. */
import { diffTrees } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readCommit } from '../git-format/read-object.js';
import { signerOf } from '../history/judge-config.js';
import { isOfPolicy } from '../history/judge-policy.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { RegistryState } from '../history/registry-state.js';
import { ALLOWED_SIGNERS_PATH, CONFIG_PATH, parseRegistryPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { decide } from '../registry/policy.js';
import type { Registry } from './open-registry.js';

/** More changed files than this are no pull request anybody reads. */
const BOUND = { depth: 96, entries: 500_000 };

/** Paths a change touches, from the top of the repository. */
export async function changedPaths({ reader }: Registry, base: Oid, head: Oid): Promise<string[]> {
  const [before, after] = [await readCommit(reader, base), await readCommit(reader, head)];
  const paths: string[] = [];
  for await (const { path } of diffTrees(reader, before.tree, after.tree, '', BOUND)) paths.push(path);
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

/**
 * What steers the gate and git itself may be changed by those only whom the policy lets `configure`: the signature of the
 * commit is all that can speak for such a file.
 */
export async function refuseUnconfigured(
  registry: Registry,
  policy: LoadedPolicy,
  commits: readonly Oid[],
): Promise<Finding[]> {
  const findings = new Map<string, Finding>();
  for (const oid of commits) {
    const commit = await readCommit(registry.reader, oid);
    const [parent] = commit.parents;
    if (parent === undefined) continue;
    const steering = (await changedPaths(registry, parent, oid)).filter((path) => isSteering(registry, path));
    if (steering.length === 0) continue;
    const signer = await signerOf(commit, policy, registry.engines);
    const who = new Set(signer === undefined ? [] : [signer]);
    if (decide(policy.policy, 'configure', undefined, who).kind === 'allowed') continue;
    const by = signer === undefined ? 'nobody of the policy signed it' : `${signer} may not configure`;
    for (const path of steering) {
      const message = `commit ${oid.slice(0, 12)} changes what steers the registry, and ${by}`;
      findings.set(
        path,
        finding(
          'error',
          'policy/denied',
          path,
          message,
          'somebody whom the policy lets configure has to commit it, signed',
        ),
      );
    }
  }
  return [...findings.values()];
}

function isSteering(registry: Registry, path: string): boolean {
  if (path.startsWith('.github/')) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === '.gitattributes') return inRegistry(registry, path) !== undefined || !path.includes('/');
  return inRegistry(registry, path) === CONFIG_PATH;
}
