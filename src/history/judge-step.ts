/**
 * One mainline commit judged: what it changes in the registry, under the policy in force at its parents. Append-only
 * and frozen rules hold against every parent. Verification, catalog and tags are all folds of this one function.
 */
import type { Engines } from '../engines.js';
import { At1Error } from '../errors.js';
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { readConfig } from '../manifest/documents.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import type { RegistryId } from '../manifest/registry-id.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { judgeRow, readPlacedManifest, rowOf } from './judge-manifest.js';
import { judgePolicy, policyAt } from './judge-policy.js';
import type { LoadedPolicy } from './load-policy.js';
import { readCommit } from './mainline.js';
import type { PolicyPoint, VersionRow } from './registry-state.js';
import { type RegistryChange, readBlob, registryChanges, registryTree } from './registry-tree.js';

export interface HistorySource {
  readonly reader: ObjectReader;
  readonly engines: Engines;
  /** The registry's folder from the top of the repository, '' or 'a/b'. */
  readonly prefix: string;
  readonly shallow: ReadonlySet<Oid>;
}

/** The state while it is folded: the one place in history/ that changes in place, for the sake of 100,000 steps. */
export interface Folding {
  registry: RegistryId;
  branch: string;
  root: { commit: Oid; policy: PolicyPoint['digest']; complete: boolean };
  policy: LoadedPolicy;
  policyBlob: Oid;
  readonly versions: Map<string, VersionRow>;
  /** Last tag second per artifact. */
  readonly tagTimes: Map<string, number>;
  readonly findings: Finding[];
  /** Signature files checked so far. */
  signatures: number;
}

/** The registry's beginning: the first commit (or shallow boundary) whose tree holds it. */
export async function beginFold(source: HistorySource, oid: Oid, tree: Oid, complete: boolean): Promise<Folding> {
  const { reader, engines } = source;
  const config = await configAt(source, tree);
  const judged = await judgePolicy(reader, tree, undefined, config.id, engines);
  if (judged.accepted === undefined) {
    const first = judged.findings[0];
    throw new At1Error(first?.code ?? 'policy/unsigned', {
      message: `the registry's first policy cannot be accepted: ${first?.message ?? 'not signed'}`,
      hint: 'nothing in this registry can be trusted; ask its owner for the root digest and a good clone',
      facts: { commit: oid },
    });
  }
  const { loaded, blob } = judged.accepted;
  return {
    registry: config.id,
    branch: config.branch,
    root: { commit: oid, policy: loaded.digest, complete },
    policy: loaded,
    policyBlob: blob,
    versions: new Map(),
    tagTimes: new Map(),
    findings: [...judged.findings],
    signatures: 0,
  };
}

async function configAt(source: HistorySource, tree: Oid) {
  const entry = await findEntry(source.reader, tree, 'at1.toml');
  if (entry?.mode !== '100644') throw new At1Error('registry/not-found', { message: 'at1.toml is not a plain file' });
  return readConfig(await readBlob(source.reader, entry.oid));
}

/** Applies one commit to the fold. `before` is the registry tree of its first parent. True if it changed anything. */
export async function judgeStep(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  commit: CommitObject,
  before: Oid | undefined,
  tree: Oid,
): Promise<boolean> {
  const changes: RegistryChange[] = [];
  for await (const change of registryChanges(source.reader, before, tree)) changes.push(change);
  if (commit.parents.length > 1) await checkOtherParents(source, fold, oid, commit, tree);
  if (changes.length === 0) return false;
  const inForce = await policyInForce(source, fold, commit);
  await applyPolicyChanges(source, fold, changes, tree, before !== undefined);
  const touched = new Set<string>();
  for (const change of changes) {
    if (change.place.kind === 'manifest') {
      await applyManifest(source, fold, oid, commit, change);
      touched.add(change.path);
    } else if (change.place.kind === 'signature') {
      checkFrozen(fold, change, 'history/signature-changed');
      const { artifact, name, version } = change.place.of;
      touched.add(manifestPath(artifact, name, version));
    } else if (change.place.kind === 'config' && before !== undefined) {
      await checkConfig(source, fold, tree);
    } else if (isStray(change)) {
      fold.findings.push(
        finding('error', 'manifest/wrong-place', change.path, 'no version can be called like this file'),
      );
    }
  }
  await judgeTouched(source, fold, oid, tree, touched, inForce);
  return true;
}

/** A document in a kind folder whose path no version has: `model/Fraud/1.0.0.toml`. Other files there are let be. */
function isStray(change: RegistryChange): boolean {
  const { place, path, after } = change;
  return (
    after !== undefined && place.kind === 'other' && place.owned && !path.startsWith('.at1/') && path.endsWith('.toml')
  );
}

/** The highest accepted policy among the parents; the fold's own where a parent has none or a broken one. */
async function policyInForce(source: HistorySource, fold: Folding, commit: CommitObject): Promise<LoadedPolicy> {
  let best = fold.policy;
  for (const parent of commit.parents.slice(1)) {
    if (source.shallow.has(parent)) continue;
    const tree = await registryTree(source.reader, (await readCommit(source.reader, parent)).tree, source.prefix);
    if (tree === undefined) continue;
    try {
      const there = await policyAt(source.reader, tree, source.engines);
      // Only a policy that chains to the one in force may take its place; judgePolicy decides that.
      if (there === undefined || there.loaded.policy.version <= best.policy.version) continue;
      const judged = await judgePolicy(source.reader, tree, best, fold.registry, source.engines);
      if (judged.accepted !== undefined) best = judged.accepted.loaded;
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      fold.findings.push(findingOf(error, `parent ${parent}`, 'warning'));
    }
  }
  return best;
}

async function applyPolicyChanges(
  source: HistorySource,
  fold: Folding,
  changes: readonly RegistryChange[],
  tree: Oid,
  judged: boolean,
): Promise<void> {
  const policyChanged = changes.some((change) => change.place.kind === 'policy');
  if (policyChanged && judged) {
    const next = await judgePolicy(source.reader, tree, fold.policy, fold.registry, source.engines);
    fold.findings.push(...next.findings);
    if (next.accepted !== undefined) {
      fold.policy = next.accepted.loaded;
      fold.policyBlob = next.accepted.blob;
    }
  }
  if (!policyChanged) {
    for (const change of changes) {
      if (change.place.kind === 'policy-signature') checkFrozen(fold, change, 'history/signature-changed');
    }
  }
}

async function applyManifest(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  commit: CommitObject,
  change: RegistryChange,
): Promise<void> {
  const { place, path, before, after } = change;
  if (place.kind !== 'manifest') return;
  const landed = fold.versions.get(path);
  if (landed !== undefined || before !== undefined) {
    const found = frozenFinding(change, oid);
    if (landed === undefined) fold.findings.push(found);
    else fold.versions.set(path, { ...landed, problems: [...landed.problems, found] });
    return;
  }
  if (after === undefined) return;
  const file =
    after.mode === '100644'
      ? await readPlacedManifest(source.reader, after.oid, path, place, fold.registry, source.engines)
      : finding('error', 'manifest/wrong-place', path, 'a manifest must be a plain file');
  if ('code' in file) {
    fold.findings.push(file);
    return;
  }
  const artifact = `${place.artifact}/${place.name}`;
  const tagTime = Math.max(commit.committer.seconds, (fold.tagTimes.get(artifact) ?? 0) + 1);
  fold.tagTimes.set(artifact, tagTime);
  fold.versions.set(path, rowOf(path, after.oid, file, { commit: oid, tagTime }, source.engines));
}

function frozenFinding(change: RegistryChange, oid: Oid): Finding {
  const removed = change.after === undefined;
  return finding(
    'error',
    removed ? 'history/manifest-removed' : 'history/manifest-changed',
    change.path,
    `commit ${oid.slice(0, 12)} ${removed ? 'removes' : 'changes'} a landed manifest`,
    'landed versions are frozen: register the change as a new version',
  );
}

function checkFrozen(fold: Folding, change: RegistryChange, code: 'history/signature-changed'): void {
  if (change.before === undefined) return;
  const verb = change.after === undefined ? 'removed' : 'changed';
  fold.findings.push(
    finding('error', code, change.path, `a signature file was ${verb}`, 'signature files are only ever added'),
  );
}

async function checkConfig(source: HistorySource, fold: Folding, tree: Oid): Promise<void> {
  try {
    const config = await configAt(source, tree);
    if (config.id === fold.registry) {
      fold.branch = config.branch;
      return;
    }
    fold.findings.push(
      finding('error', 'history/registry-changed', 'at1.toml', `the registry's id became ${config.id}`),
    );
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    fold.findings.push(findingOf(error, 'at1.toml'));
  }
}

async function judgeTouched(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  tree: Oid,
  touched: ReadonlySet<string>,
  inForce: LoadedPolicy,
): Promise<void> {
  for (const path of touched) {
    const row = fold.versions.get(path);
    if (row === undefined || row.problems.some((found) => found.code.startsWith('history/'))) continue;
    const judged = await judgeRow(source.reader, tree, row, inForce, source.engines);
    fold.signatures += judged.checked;
    fold.versions.set(path, {
      ...row,
      signers: judged.signers,
      effective: row.effective ?? (judged.counts ? oid : null),
      problems: judged.problems,
    });
  }
}

/** What a merge's other parents hold must still be there: a merge is no way to drop or edit what is frozen. */
async function checkOtherParents(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  commit: CommitObject,
  tree: Oid,
): Promise<void> {
  for (const parent of commit.parents.slice(1)) {
    if (source.shallow.has(parent)) continue;
    const theirs = await registryTree(source.reader, (await readCommit(source.reader, parent)).tree, source.prefix);
    if (theirs === undefined || theirs === tree) continue;
    for await (const change of registryChanges(source.reader, theirs, tree)) {
      if (change.before === undefined) continue;
      if (change.place.kind === 'manifest') fold.findings.push(frozenFinding(change, oid));
      if (change.place.kind === 'signature') checkFrozen(fold, change, 'history/signature-changed');
    }
  }
}
