/**
 * What is known from outside the repository: the root policy that was pinned or seen before, and how far each
 * remote-tracking branch had come. Local resets, other branches and `--at` are no rewinds.
 */
import { parseDigest } from '../digest/digest.js';
import { parseOid } from '../git-format/oid.js';
import { isAncestor } from '../history/mainline.js';
import type { RegistryState } from '../history/registry-state.js';
import { type Finding, finding } from '../registry/finding.js';
import { type BranchMemory, readMemory, writeMemory } from '../store/state-memory.js';
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
        'warning',
        'trust/state-unwritable',
        read.path,
        `the memory of this registry is damaged: ${read.message}`,
      ),
    );
  }
  const trust: Trust = expectedRoot !== undefined ? 'pinned' : memory === undefined ? 'first-use' : 'remembered';
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
  } else if (trust === 'first-use') {
    findings.push(
      finding(
        'note',
        'trust/first-use',
        '.at1/policy/policy.toml',
        `root policy sha256:${state.root.policy} is trusted on first use`,
        `compare it with the owner's, then pin it: --root sha256:${state.root.policy}`,
      ),
    );
  }
  const branches = past
    ? (memory?.branches ?? new Map())
    : await judgeBranches(registry, state, memory?.branches, findings);
  const failed = findings.slice(before).some((found) => found.severity === 'error');
  if (!failed && !past && state.root.complete) {
    const written = await writeMemory(environment.stateDir, state.registry, {
      root: parseDigest(state.root.policy),
      trust: expectedRoot === undefined ? (memory?.trust ?? 'first-use') : 'pinned',
      branches,
    });
    if (written.kind === 'unwritable') {
      findings.push(finding('note', written.code, written.path, `nothing is remembered here: ${written.message}`));
    }
  }
  return trust;
}

async function judgeBranches(
  registry: Registry,
  state: RegistryState,
  remembered: ReadonlyMap<string, BranchMemory> | undefined,
  findings: Finding[],
): Promise<Map<string, BranchMemory>> {
  const { reader, refs, repository, config } = registry;
  const next = new Map<string, BranchMemory>(remembered ?? []);
  for (const { name, oid } of refs.list('refs/remotes/')) {
    if (!name.endsWith(`/${config.branch}`)) continue;
    const last = next.get(name);
    if (
      last !== undefined &&
      last.commit !== oid &&
      !(await isAncestor(reader, parseOid(last.commit), oid, repository.shallow))
    ) {
      findings.push(
        finding(
          'error',
          'history/rewound',
          name,
          `commit ${last.commit.slice(0, 12)} was seen there before and is gone`,
          'the remote was rewound or replaced: ask its owner, then fetch again',
        ),
      );
      continue;
    }
    next.set(name, { commit: oid, policyVersion: state.policy.version });
  }
  return next;
}
