/**
 * What is known from outside the repository: the root policy that was pinned or seen before, and how far each
 * remote-tracking branch had come. Local resets, other branches and `--at` are no rewinds.
 */
import { parseDigest } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import type { RegistryState } from '../history/registry-state.js';
import { folderInWords } from '../history/registry-tree.js';
import { CONFIG_PATH } from '../manifest/layout-of-registry.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { type BranchMemory, type RegistryMemory, readMemory, writeMemory } from '../store/state-memory.js';
import { judgeBranches } from './judge-branches.js';
import { olderRegistry } from './older-registry.js';
import type { Registry } from './open-registry.js';

export type Trust = 'pinned' | 'remembered' | 'first-use';

/** Adds what does not fit to `findings`; remembers this root and these branches where nothing is wrong. */
export async function judgeTrust(registry: Registry, state: RegistryState, findings: Finding[]): Promise<Trust> {
  const { environment, expectedRoot, past } = registry;
  const before = findings.length;
  const read = await readMemory(environment.stateDir, state.registry);
  const memory = read.kind === 'found' ? read.memory : undefined;
  if (read.kind === 'damaged') {
    findings.push(
      finding(
        'error',
        'trust/root-changed',
        read.path,
        `the memory of this registry is damaged, so nothing tells whether it is still the same one: ${read.message}`,
        'move this file away to trust the registry anew, after comparing its root with the owner or pinning it with --root',
      ),
    );
  }
  // A shallow clone does not show the root, so nothing can be recognised in it.
  const known = memory !== undefined && state.root.complete;
  const trust: Trust = expectedRoot !== undefined ? 'pinned' : known ? 'remembered' : 'first-use';
  const expected = expectedRoot ?? memory?.root;
  if (expected !== undefined && expected !== state.root.policy && state.root.complete) {
    findings.push(
      finding(
        'error',
        'trust/root-changed',
        '.at1/policy/policy.toml',
        `the root policy is sha256:${state.root.policy}, but sha256:${expected} was ${expectedRoot === undefined ? 'seen here before' : 'demanded'}`,
        'this is another registry, or its history was replaced: ask its owner',
      ),
    );
  } else if (expectedRoot !== undefined && !state.root.complete) {
    findings.push(
      finding(
        'error',
        'trust/root-changed',
        '.at1/policy/policy.toml',
        'a shallow clone cannot show the root policy',
        'git fetch --unshallow',
      ),
    );
  } else if (memory !== undefined && !state.root.complete && !isKnownEdge(state, memory)) {
    findings.push(
      finding(
        'error',
        'trust/root-changed',
        '.at1/policy/policy.toml',
        'a shallow clone cannot show the root policy, and what it begins with was never seen here',
        'git fetch --unshallow',
      ),
    );
  } else if (trust === 'first-use') {
    findings.push(
      finding(
        'note',
        'trust/first-use',
        '.at1/policy/policy.toml',
        state.root.complete
          ? `root policy sha256:${state.root.policy} is trusted on first use`
          : 'the policy at the edge of a shallow clone is trusted as it is',
        state.root.complete
          ? `compare it with the owner's, then pin it: --root sha256:${state.root.policy}`
          : 'git fetch --unshallow shows the root',
      ),
    );
  }
  if (expectedRoot === undefined && memory?.trust !== 'pinned') {
    const older = await olderRegistry(registry, state.root.commit);
    if (older !== undefined) findings.push(otherMeant(registry, older));
  }
  const remembered = memory?.branches ?? new Map<string, BranchMemory>();
  const branches = past ? remembered : await judgeBranchesSafely(registry, state, remembered, findings);
  const failed = findings.slice(before).some((found) => found.severity === 'error');
  if (!failed && !past && state.root.complete) {
    const written = await writeMemory(environment.stateDir, state.registry, {
      root: parseDigest(state.root.policy),
      trust: expectedRoot === undefined ? (memory?.trust ?? 'first-use') : 'pinned',
      branches,
      policies: [...new Set([...(memory?.policies ?? []), ...state.policies.map(({ digest }) => digest)])],
    });
    if (written.kind === 'unwritable') {
      findings.push(finding('note', written.code, written.path, `nothing is remembered here: ${written.message}`));
    }
  }
  return trust;
}

function otherMeant({ prefix }: Registry, older: string): Finding {
  return finding(
    'error',
    'trust/root-changed',
    prefix === '' ? CONFIG_PATH : `${prefix}/${CONFIG_PATH}`,
    `the registry in ${folderInWords(prefix)} began when there was one in ${folderInWords(older)} already, which may be the one you mean`,
    'name that one with --registry, or pin the root of this one: somebody may have added it to lead you away',
  );
}

/**
 * Whether a shallow clone begins with something this machine has seen: anybody can make up a registry of the same id
 * and cut off what would show it. A policy that was replaced since is no beginning without the newer one.
 */
function isKnownEdge(state: RegistryState, memory: RegistryMemory): boolean {
  const seen = [...memory.branches.values()];
  if (seen.some(({ commit }) => commit === state.root.commit)) return true;
  const newest = Math.max(0, ...seen.map(({ policyVersion }) => policyVersion));
  const policies = memory.policies ?? [memory.root];
  return policies.includes(state.root.policy) && state.policy.version >= newest;
}

/** A remote-tracking branch that cannot be read is a finding; what is read may be all right. */
async function judgeBranchesSafely(
  registry: Registry,
  state: RegistryState,
  remembered: ReadonlyMap<string, BranchMemory>,
  findings: Finding[],
): Promise<ReadonlyMap<string, BranchMemory>> {
  try {
    return await judgeBranches(registry, state, remembered, findings);
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    findings.push(findingOf(error, 'refs/remotes'));
    return remembered;
  }
}
