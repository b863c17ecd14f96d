/**
 * Folds mainline commits into a registry's state, from the beginning or from a state folded before. Equal input gives
 * an equal state, however it is cut into runs: that is what makes the catalog a cache.
 */

import { compareText } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import type { CommitObject } from '../git-format/commit.js';
import { findEntry } from '../git-format/diff-trees.js';
import { isDamage, type Oid } from '../git-format/oid.js';
import { readCommit, readLinks } from '../git-format/read-object.js';
import { CONFIG_PATH } from '../manifest/layout-of-registry.js';
import { stageMachine } from '../manifest/stage-machine.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { Ancestry, type Arrival } from './ancestry.js';
import { Elsewhere } from './elsewhere.js';
import { expectedTags } from './expected-tags.js';
import {
  type Folding,
  type HistorySource,
  newestPolicy,
  report,
  settleAbout,
  toldFindings,
  versionAt,
} from './folding.js';
import { beginFold, type JudgedStep, judgeStep } from './judge-step.js';
import { loadPolicyBlob } from './load-policy.js';
import { readMainline } from './mainline.js';
import type { RegistryState, Row, VersionRow } from './registry-state.js';
import { registryTree, registryTreeAt } from './registry-tree.js';
import { openRevocations, revokedBy } from './revocations.js';
import { readable, UNREADABLE } from './side-changes.js';
import { stepChanges } from './step-changes.js';

export interface FoldOptions {
  /** A state to go on from, if it lies on the tip's mainline. */
  readonly from?: RegistryState | undefined;
  /** Called for each commit that changed the registry, oldest first. */
  readonly onTouched?: ((oid: Oid) => void) | undefined;
  /**
   * The same while history is judged for the first time, with the versions the commit let take effect: for whoever wants to
   * begin with them. What revoked keys take back afterwards is not known yet.
   */
  readonly onStep?: ((oid: Oid, versions: readonly VersionRow[]) => void) | undefined;
}

export interface FoldResult {
  readonly state: RegistryState;
  /** The policy in force at the tip, loaded. */
  readonly policy: Folding['policy'];
  /** Mainline commits that were read in this run. */
  readonly commits: number;
  readonly signatures: number;
}

/** Throws `registry/not-found` where the tip holds no registry, and whatever its first policy fails with. */
export async function foldHistory(source: HistorySource, tip: Oid, options: FoldOptions = {}): Promise<FoldResult> {
  const from = options.from?.revoked.length === 0 ? options.from : undefined;
  let touched: Oid[] = [];
  const onTouched = (oid: Oid) => touched.push(oid);
  const asThen = await foldWith(source, tip, { from, onTouched, onStep: options.onStep });
  const revoked = revokedBy(asThen.policy);
  let folded = asThen;
  if (revoked.length > 0) {
    // The newest policy decides which keys were revoked, and what they signed was judged without knowing of it.
    touched = [];
    folded = await foldWith(source, tip, { onTouched }, { revoked, asThen: asThen.state });
    folded = { ...folded, state: { ...folded.state, formerTags: formerTags(source, asThen.state, folded.state) } };
  }
  for (const oid of touched) options.onTouched?.(oid);
  return folded;
}

/** Tags that were due before a key was revoked, and are due no more. */
function formerTags({ prefix }: HistorySource, asThen: RegistryState, now: RegistryState): string[] {
  const due = expectedTags(now, prefix);
  return [...expectedTags(asThen, prefix).keys()].filter((name) => !due.has(name)).sort(compareText);
}

/** What is known when history is judged a second time: revoked keys, and what it amounted to without them. */
interface Hindsight {
  readonly revoked: RegistryState['revoked'];
  readonly asThen: RegistryState;
}

async function foldWith(
  source: HistorySource,
  tip: Oid,
  options: FoldOptions,
  knowing?: Hindsight,
): Promise<FoldResult> {
  const hindsight = { revocations: await openRevocations(source, knowing?.revoked ?? []), asThen: knowing?.asThen };
  const mainline = await readMainline(source.reader, tip, { shallow: source.shallow, until: options.from?.head });
  const resumed = mainline.end === 'until' ? options.from : undefined;
  let before = resumed === undefined ? undefined : await readable(() => registryTreeAt(source, resumed.head));
  // Where the folder was gone at that commit the state does not say what the next one is to be held against.
  if (resumed !== undefined && (before === undefined || resumed.headRefused))
    return foldWith(source, tip, { ...options, from: undefined }, knowing);
  let fold = resumed === undefined ? undefined : await resume(source, resumed);
  const ancestry = new Ancestry(source, resumed === undefined);
  const elsewhere = new Elsewhere(source);
  // What came in from the side waits for a commit that holds the registry, so that nothing can be hidden before it.
  let arrivals: Arrival[] = [];
  const refused: string[] = [];
  for (const [index, oid] of mainline.commits.entries()) {
    const links = await readLinks(source.reader, oid);
    const arrived = await ancestry.enter(oid, links);
    for (const side of arrived) if (!side.step) await elsewhere.look(side.oid, side.tree, fold?.registry);
    arrivals.push(...arrived);
    const tree = await readable(() => registryTree(source.reader, links.tree, source.prefix));
    if (fold === undefined) {
      if (tree === undefined || !(await beginsRegistry(source, tree))) {
        await elsewhere.look(oid, links.tree, undefined);
        continue;
      }
      const shallowStart = index === 0 && mainline.end === 'shallow';
      fold = await beginFold(source, oid, tree, !shallowStart, hindsight);
      before = undefined;
    }
    const other = elsewhere.take(fold.registry);
    if (other !== undefined) report(fold, other);
    const opened = await openStep(source, fold, oid, before);
    if ('code' in opened) {
      // Nothing of it counts, and what comes later is held against what was there before.
      report(fold, opened);
      refused.push(opened.subject);
      continue;
    }
    for (const subject of refused.splice(0)) settleAbout(fold, subject, isRefusal);
    const { commit, step } = opened;
    const touched: boolean = await judgeStep(source, fold, oid, commit, { ...step, arrivals });
    if (touched) {
      options.onTouched?.(oid);
      options.onStep?.(oid, tookEffectIn(fold, oid, step));
    }
    before = step.tree;
    arrivals = [];
  }
  if (fold === undefined) {
    throw new At1Error('registry/not-found', {
      message: 'no commit of this history holds a registry',
      hint: 'run at1 init, or check --at',
    });
  }
  // What was cut off may have changed the policy, or held what a merge dropped: the root is known, the whole is not.
  if (ancestry.isCut) fold.root.complete = false;
  return {
    state: freeze(fold, tip, refused.length > 0),
    policy: fold.policy,
    commits: mainline.commits.length,
    signatures: fold.signatures,
  };
}

/** Of the versions that a step changes, those that it let take effect. */
function tookEffectIn(fold: Folding, oid: Oid, { changes }: Pick<JudgedStep, 'changes'>): VersionRow[] {
  const rows = changes.judged.map(({ path }) => versionAt(fold, path));
  return rows.filter((row) => row?.effective === oid).filter((row) => row !== undefined);
}

async function beginsRegistry({ reader }: HistorySource, tree: Oid): Promise<boolean> {
  return (await readable(() => findEntry(reader, tree, CONFIG_PATH))) !== undefined;
}

/**
 * Reads all that a step is judged by. One bad commit of a stranger must not end the history for everybody; damage of this
 * clone must, because what was decided there cannot be told.
 */
async function openStep(
  source: HistorySource,
  fold: Folding,
  oid: Oid,
  before: Oid | undefined,
): Promise<{ readonly commit: CommitObject; readonly step: Omit<JudgedStep, 'arrivals'> } | Finding> {
  const subject = `${REFUSED}${oid}`;
  try {
    const commit = await readCommit(source.reader, oid);
    const tree = await registryTree(source.reader, commit.tree, source.prefix);
    if (tree === undefined) {
      return finding('error', 'history/registry-changed', subject, 'the commit removes the whole registry');
    }
    return { commit, step: { before, tree, changes: await stepChanges(source.reader, fold, before, tree) } };
  } catch (error) {
    if (error instanceof At1Error && UNREADABLE.includes(error.code) && !isDamage(error))
      return findingOf(error, subject);
    throw error;
  }
}

const REFUSED = 'commit ';

function isRefusal({ code, subject }: Finding): boolean {
  return (code === 'history/registry-changed' || UNREADABLE.includes(code)) && subject.startsWith(REFUSED);
}

async function resume(source: HistorySource, state: RegistryState): Promise<Folding> {
  const policy = await loadPolicyBlob(source.reader, state.policy.blob, source.engines);
  const rows = new Map<string, Row>([...state.versions, ...state.events, ...state.evidence]);
  const waiting = [...state.events.values()].filter(({ order, refused }) => order === null && !refused);
  return {
    registry: state.registry,
    branch: state.branch,
    root: { ...state.root },
    policy,
    policies: [...state.policies],
    leftPolicies: new Map(state.leftPolicies.map((left) => [left.digest, left])),
    revocations: [],
    numbered: new Map(),
    stages: state.stages,
    machine: stageMachine(state.stages ?? undefined),
    rows,
    tagClocks: new Map(state.tagClocks),
    orders: state.orders,
    waiting: new Set(waiting.map(({ path }) => path)),
    ready: new Map(),
    refusals: new Set(state.refusals),
    withdrawn: new Map(),
    findings: [...state.findings],
    signatures: 0,
  };
}

function freeze(fold: Folding, head: Oid, headRefused: boolean): RegistryState {
  const rows = [...fold.rows.values()].sort((a, b) => compareText(a.path, b.path));
  const byPath = <T extends Row>(those: readonly T[]) => new Map(those.map((row) => [row.path, row]));
  return {
    head,
    headRefused,
    registry: fold.registry,
    branch: fold.branch,
    root: fold.root,
    policy: newestPolicy(fold),
    policies: fold.policies,
    leftPolicies: [...fold.leftPolicies.values()],
    revoked: fold.revocations.map(({ key, cutoff }) => ({ key, cutoff })),
    formerTags: [],
    stages: fold.stages,
    versions: byPath(rows.filter((row) => row.document === 'manifest')),
    events: byPath(rows.filter((row) => row.document === 'event')),
    evidence: byPath(rows.filter((row) => row.document === 'evidence')),
    tagClocks: new Map([...fold.tagClocks].sort(([a], [b]) => compareText(a, b))),
    orders: fold.orders,
    refusals: [...fold.refusals],
    findings: toldFindings(fold),
  };
}
