/**
 * One mainline commit judged: what it changes in the registry, under the policy in force at its parents. Append-only
 * and frozen rules hold against every parent. Verification, catalog and tags are all folds of this one function.
 */
import { breathe } from '../bytes/breathe.js';
import { At1Error } from '../errors.js';
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { readSmallBlob } from '../git-format/read-object.js';
import { CONFIG_LIMIT, readConfig } from '../manifest/documents.js';
import { CONFIG_PATH, type RegistryPath } from '../manifest/layout-of-registry.js';
import { stageMachine } from '../manifest/stage-machine.js';
import { finding, findingOf } from '../registry/finding.js';
import { ruleFor } from '../registry/policy.js';
import type { Arrival } from './ancestry.js';
import { applyDocument, applyWaiting, judgePending, judgeTouched, type Step, type Touched } from './apply-document.js';
import { applyPolicy } from './apply-policy.js';
import { checkSignatureKept, documentOfSignature, excuseLate } from './check-frozen.js';
import { closeWithdrawn, type Folding, type HistorySource, type Revocation, report, settleAbout } from './folding.js';
import { judgeAgain } from './judge-again.js';
import { judgeConfigChange } from './judge-config.js';
import { actionOf } from './judge-document.js';
import { judgePolicy } from './judge-policy.js';
import { settleDropped, tellLeftPolicies } from './left-policies.js';
import { checkDrops, otherParents } from './merge-parents.js';
import { policiesOfSides, raisePolicy } from './raise-policy.js';
import type { EventRow, RegistryState } from './registry-state.js';
import type { RegistryChange } from './registry-tree.js';
import { policyFor } from './revocations.js';
import { settleEvents } from './settle-events.js';
import { sideChanges } from './side-changes.js';
import { reportStrays, type StepChanges } from './step-changes.js';

export interface JudgedStep {
  readonly before: Oid | undefined;
  readonly tree: Oid;
  readonly changes: StepChanges;
  readonly arrivals: readonly Arrival[];
}

/** The registry's beginning: the first commit (or shallow boundary) whose tree holds it. */
export async function beginFold(
  source: HistorySource,
  oid: Oid,
  tree: Oid,
  complete: boolean,
  { revocations, asThen }: { readonly revocations: readonly Revocation[]; readonly asThen: RegistryState | undefined },
): Promise<Folding> {
  const { reader, engines } = source;
  const config = await configAt(source, tree);
  const judged = await judgePolicy(reader, tree, undefined, config.id, engines);
  if (judged.accepted === undefined) {
    const [first] = judged.findings;
    throw new At1Error(first.code, {
      message: `the registry's first policy cannot be accepted: ${first.message}`,
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
    policies: [{ blob, digest: loaded.digest, version: loaded.policy.version }],
    leftPolicies: new Map(),
    revocations,
    numbered: new Map([...(asThen?.events ?? [])].map(([path, { tags }]) => [path, tags])),
    stages: config.stages ?? null,
    machine: stageMachine(config.stages),
    rows: new Map(),
    // What is numbered anew comes after all that was numbered before.
    tagClocks: new Map([...(asThen?.tagClocks ?? [])].map(([name, { number }]) => [name, { time: 0, number }])),
    orders: 0,
    waiting: new Set(),
    ready: new Map(),
    refusals: new Set(),
    withdrawn: new Map(),
    findings: [...judged.findings],
    signatures: 0,
  };
}

async function configAt(source: HistorySource, tree: Oid) {
  const entry = await findEntry(source.reader, tree, CONFIG_PATH);
  if (entry === undefined) throw new At1Error('history/registry-changed', { message: 'at1.toml is gone' });
  if (entry.mode !== '100644') throw new At1Error('registry/not-found', { message: 'at1.toml is not a plain file' });
  return readConfig(await readSmallBlob(source.reader, entry.oid, CONFIG_LIMIT));
}

/**
 * Applies one commit to the fold. `before` is the registry tree of its first parent, `arrivals` what came in from the
 * side since. True if it changed anything.
 */
export async function judgeStep(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  commit: CommitObject,
  { before, tree, arrivals, changes: found }: JudgedStep,
): Promise<boolean> {
  const { judged: changes, strays, any } = found;
  if (!any && arrivals.length === 0) return false;
  const sides = await sideChanges(source, arrivals, tree);
  for (const found of sides.problems) report(fold, found);
  const others = await otherParents(source, commit);
  const accepted = fold.policies.length;
  const candidates = await policiesOfSides(source, fold, others, sides.policies);
  const raised = await raisePolicy(source, fold, candidates);
  const inForce = policyFor(fold, oid, fold.policy);
  if (before !== undefined || raised) await applyPolicy(source, fold, changes, tree, raised);
  if (fold.policies.length > accepted) await settleDropped(source, fold, fold.policies.slice(accepted));
  await tellLeftPolicies(source, fold, oid, candidates);
  const step: Step = { oid, commit, tree, policy: inForce };
  const touched: Touched = new Map();
  await reportStrays(fold, strays);
  for (const change of changes) {
    await breathe();
    if (change.place.kind === 'config' && before !== undefined) await checkConfig(source, fold, step);
    else await applyDocument(source, fold, step, change, touched);
  }
  // After the documents: what a commit takes back together with its manifest is not frozen any more.
  for (const change of changes) await checkSignature(source, fold, oid, change, touched);
  const leftOut = await checkDrops(source, fold, step, sides.drops);
  closeWithdrawn(fold);
  await applyWaiting(source, fold, step, touched.keys(), touched);
  touchWaiting(fold, changes, touched);
  await judgeTouched(source, fold, oid, tree, touched, inForce);
  await settleEvents(source, fold, step);
  await judgeAgain(source, fold, sides.policies, { oid, tree, before, accepted, leftOut });
  if (fold.policies.length > accepted) {
    const waiting = fold.findings.filter(({ code }) => code === 'signature/missing').map(({ subject }) => subject);
    await applyWaiting(source, fold, { ...step, policy: policyFor(fold, oid, fold.policy) }, waiting, new Map());
    await judgePending(source, fold, oid, tree, touched);
  }
  await settleEvents(source, fold, step);
  await excuseLate(source, fold, tree, touched.keys());
  return any || raised;
}

/** What happens to an artifact, or is said about a content digest, may be what its waiting events wait for. */
function touchWaiting(fold: Folding, changes: readonly RegistryChange[], touched: Touched): void {
  if (fold.waiting.size === 0) return;
  const about = new Set(changes.map(({ place }) => subjectOf(place)));
  // A version may come from one of any artifact.
  const anyDocument = changes.some(({ place }) => subjectOf(place) !== undefined);
  for (const path of fold.waiting) {
    const row = fold.rows.get(path);
    if (row?.document !== 'event') fold.waiting.delete(path);
    else if (about.has(`${row.kind}/${row.name}`) || about.has(row.content) || (anyDocument && asksLineage(fold, row)))
      touched.set(path, touched.get(path) ?? new Set());
  }
}

function asksLineage({ policy }: Folding, row: EventRow): boolean {
  return ruleFor(policy.policy, actionOf(row), row)?.completeLineage === true;
}

function subjectOf(place: RegistryPath): string | undefined {
  switch (place.kind) {
    case 'manifest':
    case 'event':
      return `${place.artifact}/${place.name}`;
    case 'evidence':
      return place.content;
    case 'signature':
    case 'event-signature':
    case 'evidence-signature':
      return subjectOf(place.of);
    default:
      return undefined;
  }
}

async function checkSignature(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  change: RegistryChange,
  touched: Touched,
): Promise<void> {
  const document = documentOfSignature(change);
  if (document === undefined) return;
  const paths = touched.get(document) ?? new Set();
  // Entries of the folder are what is judged: a folder in it is blamed as one.
  const depth = document.split('/').length + 1;
  paths.add(change.path.split('/').slice(0, depth).join('/'));
  touched.set(document, paths);
  // Signatures of what lands only now counted for nothing before.
  if (fold.rows.get(document)?.commit !== oid) await checkSignatureKept(source, fold, document, change);
}

async function checkConfig(source: HistorySource, fold: Folding, { tree, commit, policy }: Step): Promise<void> {
  try {
    const config = await configAt(source, tree);
    if (config.id === fold.registry) {
      settleAbout(fold, CONFIG_PATH);
      fold.branch = config.branch;
      fold.stages = config.stages ?? null;
      fold.machine = stageMachine(config.stages);
      const denied = await judgeConfigChange(commit, policy, source.engines);
      if (denied !== undefined) report(fold, denied);
      return;
    }
    report(fold, finding('error', 'history/registry-changed', CONFIG_PATH, `the registry's id became ${config.id}`));
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    report(fold, findingOf(error, CONFIG_PATH));
  }
}
