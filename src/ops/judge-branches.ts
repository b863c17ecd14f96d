/**
 * Rewinds: what a remote-tracking branch showed before must still be in it. Each clone is held against what it saw
 * itself, a new clone against what any clone on this machine saw; a clone that was not fetched lately is no rewind.
 */

import { toHex, utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { existsSync } from '../files/node-fs.js';
import type { Oid } from '../git-format/oid.js';
import { isAncestor } from '../git-format/read-object.js';
import { type FoldResult, foldHistory } from '../history/fold.js';
import { judgeRow } from '../history/judge-document.js';
import { policyAt } from '../history/judge-policy.js';
import { loadPolicyBlob } from '../history/load-policy.js';
import { readMainline } from '../history/mainline.js';
import type { RegistryState, Row } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import type { PrincipalName } from '../manifest/name.js';
import { type Finding, finding, type Severity } from '../registry/finding.js';
import type { BranchMemory } from '../store/state-memory.js';
import { historySource, type Registry } from './open-registry.js';

type Memory = ReadonlyMap<string, BranchMemory>;

/** Adds what does not fit to `findings`; returns what is to be remembered if nothing is wrong. */
export async function judgeBranches(
  registry: Registry,
  state: RegistryState,
  remembered: Memory,
  findings: Finding[],
): Promise<Map<string, BranchMemory>> {
  const { refs, repository } = registry;
  const next = new Map([...remembered].filter(([key]) => isAlive(key)));
  for (const name of trackedBranches(registry, remembered)) {
    const oid = refs.resolve(name) ?? mirrored(registry, name);
    if (oid === undefined) continue;
    const own = `${name}${IN_CLONE}${repository.commonDir}`;
    const shared = sharedKey(registry, name);
    const [mine, anybodys] = [remembered.get(own), remembered.get(shared)];
    const before = findings.length;
    for (const last of mine === undefined ? earlier(registry, remembered, shared) : [mine]) {
      await judgeAdvance(registry, state, name, last.commit, oid, findings);
    }
    if (findings.slice(before).some(({ severity }) => severity === 'error')) continue;
    const seen = { commit: oid, policyVersion: await policyVersionAt(registry, state, oid) };
    next.set(own, seen);
    if (mine === undefined || anybodys === undefined) next.set(shared, seen);
    else if (mine.commit !== oid && anybodys.commit !== oid) {
      const contained = await contains(registry, oid, anybodys.commit);
      if (contained !== 'no') next.set(shared, seen);
      else findings.push(gone(name, anybodys.commit, 'warning', 'was seen there by another clone on this machine'));
    }
  }
  return next;
}

/** Between a branch and the folder of the clone that saw it; keys without it are of any clone. */
const IN_CLONE = ' in ';
/** Between a branch and the SHA-256 of the address it is fetched from: a fork is called `origin` in its clones as well. */
const AT_ADDRESS = ' at ';

/** What any clone saw there, by branch and address. */
function sharedKey({ repository: { config }, engines }: Registry, name: string): string {
  const remote = remoteOf(config.subsections('remote'), name);
  const address = remote === undefined ? undefined : config.get(`remote.${remote}.url`);
  return address === undefined ? name : `${name}${AT_ADDRESS}${toHex(engines.sha256(utf8(address)))}`;
}

function remoteOf(remotes: readonly string[], name: string): string | undefined {
  return remotes.find((one) => name.startsWith(branchOf(one, '')));
}

function branchOfKey(key: string): string {
  return key.slice(0, key.indexOf(' ') < 0 ? undefined : key.indexOf(' '));
}

/** What a clone saw is forgotten with the clone; what anybody saw stays. */
function isAlive(key: string): boolean {
  const at = key.indexOf(IN_CLONE);
  return at < 0 || existsSync(key.slice(at + IN_CLONE.length));
}

/**
 * The registry branch of every remote, and every branch that was looked at before: `branch` in at1.toml is in nobody's
 * signature, so changing it must not make us look away.
 */
function trackedBranches(registry: Registry, remembered: Memory): string[] {
  const { refs, repository, config } = registry;
  const names = new Set(repository.config.subsections('remote').map((remote) => branchOf(remote, config.branch)));
  const upstream = refs.upstreamOf(config.branch);
  if (upstream?.ref.startsWith('refs/remotes/')) names.add(upstream.ref);
  for (const key of remembered.keys()) if (!key.includes(IN_CLONE)) names.add(branchOfKey(key));
  return [...names].sort();
}

function branchOf(remote: string, branch: string): string {
  return `refs/remotes/${remote}/${branch}`;
}

/** A mirror fetches into its own branches: there they are what the remote shows. */
function mirrored({ refs, repository: { config } }: Registry, name: string): Oid | undefined {
  const remote = remoteOf(config.subsections('remote'), name);
  if (remote === undefined) return undefined;
  const fetched = config.all(`remote.${remote}.fetch`);
  if (!fetched.some((spec) => /^\+?refs\/(?:\*:refs\/\*|heads\/\*:refs\/heads\/\*)$/.test(spec))) return undefined;
  return refs.resolve(`refs/heads/${name.slice(branchOf(remote, '').length)}`);
}

/** For a clone or a branch that is new here: the same branch in other clones, else the remote's former branches. */
function earlier({ repository }: Registry, remembered: Memory, shared: string): BranchMemory[] {
  const same = remembered.get(shared);
  if (same !== undefined) return [same];
  const name = branchOfKey(shared);
  const remote = remoteOf(repository.config.subsections('remote'), name);
  if (remote === undefined) return [];
  const address = shared.slice(name.length);
  return [...remembered]
    .filter(([key]) => key.startsWith(branchOf(remote, '')) && key === `${branchOfKey(key)}${address}`)
    .map(([, memory]) => memory);
}

async function judgeAdvance(
  registry: Registry,
  state: RegistryState,
  name: string,
  last: Oid,
  oid: Oid,
  findings: Finding[],
): Promise<void> {
  switch (await contains(registry, oid, last)) {
    case 'mainline':
      return;
    case 'no':
      findings.push(gone(name, last, 'error', 'was seen there before and is gone'));
      return;
    case 'unknown':
      findings.push(
        finding(
          'note',
          'history/shallow',
          name,
          `a shallow clone cannot tell whether commit ${last.slice(0, 12)}, seen there before, is still in it`,
          'git fetch --unshallow',
        ),
      );
      return;
    case 'merged':
      await judgeTurned(registry, state, name, last, oid, findings);
  }
}

function gone(name: string, commit: Oid, severity: Severity, what: string): Finding {
  return finding(
    severity,
    'history/rewound',
    name,
    `commit ${commit.slice(0, 12)} ${what}`,
    'fetch again; if it stays like this, the remote was rewound or replaced: ask its owner',
  );
}

/** `merged`: reachable, but not through first parents. */
async function contains(registry: Registry, tip: Oid, commit: Oid): Promise<'mainline' | 'merged' | 'no' | 'unknown'> {
  if (tip === commit) return 'mainline';
  const { reader, repository } = registry;
  const { shallow } = repository;
  if (!reader.has(commit)) return shallow.size === 0 ? 'no' : 'unknown';
  if ((await readMainline(reader, tip, { shallow, until: commit })).end === 'until') return 'mainline';
  if (await isAncestor(reader, commit, tip, shallow)) return 'merged';
  return shallow.size === 0 ? 'no' : 'unknown';
}

/**
 * A merge turned the mainline around: what was first now comes in from the side. An honest `git pull` does that; so
 * does somebody who was dropped from the policy and puts commits of their own before that. Therefore what was not
 * there must be allowed by the policy that was in force there, or by a later one.
 */
async function judgeTurned(
  registry: Registry,
  state: RegistryState,
  name: string,
  last: Oid,
  oid: Oid,
  findings: Finding[],
): Promise<void> {
  const source = historySource(registry);
  const { reader, engines } = registry;
  const then: FoldResult = await foldHistory(source, last);
  const now: RegistryState = oid === state.head ? state : (await foldHistory(source, oid)).state;
  const from = now.policies.findIndex(({ digest }) => digest === then.policy.digest);
  if (from < 0) {
    findings.push(gone(name, last, 'error', 'was seen there before; the policy it had is not in force any more'));
    return;
  }
  const policies = [];
  for (const { blob } of now.policies.slice(from)) policies.push(await loadPolicyBlob(reader, blob, engines));
  const tree = await registryTreeAt(registry, oid);
  const [before, after] = [rowsOf(then.state), rowsOf(now)];
  for (const row of before.values()) {
    const still = after.get(row.path);
    if (row.effective === null || (still?.blob === row.blob && still.effective !== null)) continue;
    const what = `was seen there with this ${nameOf(row)}, which does not count any more`;
    findings.push(gone(row.path, last, 'error', what));
  }
  for (const row of after.values()) {
    if (row.effective === null || before.get(row.path)?.blob === row.blob || tree === undefined) continue;
    const authors = authorsIn(now, row);
    const judged = await Promise.all(policies.map((policy) => judgeRow(reader, tree, row, policy, engines, authors)));
    if (judged.some(({ counts }) => counts)) continue;
    findings.push(
      finding(
        'error',
        'history/rewound',
        row.path,
        `this ${nameOf(row)} was put before commit ${last.slice(0, 12)}, whose policy does not allow it`,
        'somebody turned the history around: ask the owner of the registry',
      ),
    );
  }
}

function rowsOf({ versions, events, evidence }: RegistryState): ReadonlyMap<string, Row> {
  return new Map<string, Row>([...versions, ...events, ...evidence]);
}

function nameOf({ document }: Row): string {
  return document === 'manifest' ? 'version' : document;
}

function authorsIn({ versions }: RegistryState, row: Row): ReadonlySet<PrincipalName> {
  if (row.document !== 'event') return new Set();
  return new Set(versions.get(manifestPath(row.kind, row.name, row.version))?.signers);
}

/** For the record only; what is in force is always judged anew. */
async function policyVersionAt(registry: Registry, state: RegistryState, oid: Oid): Promise<number> {
  if (oid === state.head) return state.policy.version;
  const { reader, engines } = registry;
  try {
    const tree = await registryTreeAt(registry, oid);
    const there = tree === undefined ? undefined : await policyAt(reader, tree, engines);
    return there?.loaded.policy.version ?? state.policy.version;
  } catch (error) {
    // A policy nobody could accept, which history tells.
    if (error instanceof At1Error) return state.policy.version;
    throw error;
  }
}
