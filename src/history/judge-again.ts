/**
 * Documents that a policy from the side did not know of: whoever is dropped by a policy could branch off before it,
 * sign there, and merge the policy in afterwards. So they must count under that policy, or a later one.
 */
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { Oid } from '../git-format/oid.js';
import { manifestPath } from '../manifest/layout-of-registry.js';
import { type Finding, finding } from '../registry/finding.js';
import { authorsOf, datedAhead, isHistoryError, isOfHistory, judgeRowSafely } from './apply-document.js';
import { type Folding, type HistorySource, noteReady, versionAt } from './folding.js';
import { type JudgedRow, judgeRow, signatureFolder } from './judge-document.js';
import { findPolicy, isAccepted, policyProblem } from './judge-policy.js';
import { type LoadedPolicy, loadPolicyBlob } from './load-policy.js';
import type { LeftOut } from './merge-parents.js';
import type { Row } from './registry-state.js';
import { policyFor } from './revocations.js';
import { replayEvents, unmetBy, waitsForVersion, withoutEffect } from './settle-events.js';
import type { PolicyArrival } from './side-changes.js';

export interface Again {
  readonly oid: Oid;
  /** What the merge holds, and what its first parent held. */
  readonly tree: Oid;
  readonly before: Oid | undefined;
  readonly leftOut: LeftOut;
  /** How many policies were accepted before it. */
  readonly accepted: number;
}

/** Where a policy first lay with signatures enough. */
interface Introduction {
  readonly tree: Oid;
  readonly index: number;
}

/**
 * Takes `effective` from documents that a policy would not have let in. Gives it to those that land with a policy that
 * knew them: an honest pull brings both at once.
 */
export async function judgeAgain(
  source: HistorySource,
  fold: Folding,
  arrivals: readonly PolicyArrival[],
  { oid, tree, before, accepted, leftOut }: Again,
): Promise<void> {
  if (arrivals.length === 0) return;
  const policies: LoadedPolicy[] = [];
  for (const { blob } of fold.policies) policies.push(await loadPolicyBlob(source.reader, blob, source.engines));
  const introduced: Introduction[] = [];
  const judged = new Map<Oid, number>();
  for (const arrival of arrivals) {
    const index = await acceptedIn(source, fold, policies, judged, arrival.tree);
    const known: number[] = [];
    for (const parent of arrival.parentTrees) known.push(await acceptedIn(source, fold, policies, judged, parent));
    // The first policy dropped nobody.
    if (index > 0 && known.every((other) => other < index)) introduced.push({ tree: arrival.tree, index });
  }
  if (introduced.length === 0) return;
  const raised = policies.length > accepted && policies.every((_, i) => i < accepted || has(introduced, i));
  for (const row of foundationsFirst(fold)) {
    const lands = row.commit === oid && raised;
    if (row.effective === null && !lands) continue;
    // What lands was never judged: of the policies before, only the one in force until now may speak for it.
    const since = row.effective === null ? accepted - 1 : 0;
    const from = leftOut.get(row.path);
    // A signature that the merge drops still speaks for its version: that it is gone is wrong enough.
    const trees: [Oid, ...Oid[]] = from === undefined ? [tree, ...(before === undefined ? [] : [before])] : [from];
    const refused = versionLost(fold, row) ?? (await refusedBy(source, fold, row, trees, policies, introduced, since));
    if (row.effective === null && refused === undefined && (from !== undefined || !row.problems.some(isHistoryError))) {
      await letIn(source, fold, row, oid, trees[0], policies.slice(since));
    }
    if (row.effective !== null && refused !== undefined) takeBack(fold, row, refused, oid);
  }
}

/** Events stand on versions and on evidence, which must have been judged before them. */
function foundationsFirst(fold: Folding): Row[] {
  const rows = [...fold.rows.values()];
  return [
    ...rows.filter(({ document }) => document !== 'event'),
    ...rows.filter(({ document }) => document === 'event'),
  ];
}

/** Nothing can have happened to a version that is not in effect any more. */
function versionLost(fold: Folding, row: Row): JudgedRow | undefined {
  if (row.document !== 'event' || row.effective === null) return undefined;
  const version = versionAt(fold, manifestPath(row.kind, row.name, row.version));
  if (version?.effective !== null) return undefined;
  const lacking = finding('note', 'artifact/pending', row.path, waitsForVersion(row));
  return { principals: new Set(row.signers), counts: false, problems: [], lacking, checked: 0 };
}

function has(introduced: readonly Introduction[], policy: number): boolean {
  return introduced.some(({ index }) => index === policy);
}

/** Every policy must have known the version, or it counts under that policy or a later one, in one of the trees. */
async function refusedBy(
  source: HistorySource,
  fold: Folding,
  row: Row,
  trees: readonly [Oid, ...Oid[]],
  policies: readonly LoadedPolicy[],
  introduced: readonly Introduction[],
  since: number,
): Promise<JudgedRow | undefined> {
  const allowed = new Set<number>();
  for (const { tree: there, index } of introduced) {
    if (allowed.has(index) || (await wasKnown(source, fold, row, there, trees[0], policies.slice(since, index))))
      continue;
    const judged: JudgedRow[] = [];
    for (const tree of trees.toReversed()) {
      for (const policy of policies.slice(index)) judged.push(await judgeReadable(source, fold, tree, row, policy));
    }
    if (!judged.some(({ counts }) => counts)) return judged.at(-1);
    allowed.add(index);
  }
  return undefined;
}

async function letIn(
  source: HistorySource,
  fold: Folding,
  row: Row,
  oid: Oid,
  tree: Oid,
  policies: readonly LoadedPolicy[],
): Promise<void> {
  const history = row.problems.filter(isOfHistory);
  for (const policy of policies.map((one) => policyFor(fold, oid, one))) {
    const judged = await judgeReadable(source, fold, tree, row, policy);
    if (!judged.counts) continue;
    const known: Row = {
      ...row,
      signers: [...judged.principals].sort(),
      problems: [...history, ...judged.problems, ...datedAhead(row)],
    };
    fold.rows.set(row.path, known.document === 'event' ? known : { ...known, effective: oid });
    if (known.document === 'event') noteReady(fold, known, policy);
    return;
  }
}

/** What cannot be read does not count; a side of a merge holds whatever its pusher liked. */
async function judgeReadable(
  source: HistorySource,
  fold: Folding,
  tree: Oid,
  row: Row,
  policy: LoadedPolicy,
): Promise<JudgedRow> {
  const judged = await judgeRowSafely(source, fold, tree, row, policy);
  if (!('code' in judged)) {
    const unmet = judged.counts && row.document === 'event' ? await unmetBy(source, fold, row, policy) : undefined;
    if (unmet === undefined) return judged;
    return { ...judged, counts: false, lacking: finding('note', 'event/conditions', row.path, unmet) };
  }
  return { principals: new Set(), counts: false, problems: [judged], lacking: undefined, checked: 0 };
}

function takeBack(fold: Folding, row: Row, { principals, problems, lacking }: JudgedRow, oid: Oid): void {
  const signers = [...principals].sort();
  const told = [rewound(row, oid), ...problems, ...(lacking === undefined || problems.length > 0 ? [] : [lacking])];
  if (row.document === 'event') {
    withoutEffect(fold, { ...row, signers }, told);
    replayEvents(fold, row, (other) => rewound(other, oid));
    return;
  }
  fold.rows.set(row.path, { ...row, effective: null, signers, problems: [...row.problems, ...told] });
}

function rewound({ path, document }: Row, oid: Oid): Finding {
  const what = document === 'manifest' ? 'version' : document;
  return finding(
    'warning',
    'history/rewound',
    path,
    `this ${what} was in effect until commit ${oid.slice(0, 12)} merged a policy that does not allow it`,
    document === 'manifest'
      ? 'somebody put it before that policy; if it is good, whoever may register it can sign it: at1 register it again'
      : 'somebody put it before that policy; if it is good, whoever may can sign it',
  );
}

/** The index of the policy that lies in a tree with signatures enough, else -1. `known`: the same by its folder. */
async function acceptedIn(
  source: HistorySource,
  fold: Folding,
  policies: readonly LoadedPolicy[],
  known: Map<Oid, number>,
  tree: Oid,
): Promise<number> {
  const { reader, engines } = source;
  try {
    const found = await findPolicy(reader, tree);
    if (found === undefined) return -1;
    const told = known.get(found.folder);
    if (told !== undefined) return told;
    const index = fold.policies.findIndex(({ blob }) => blob === found.entry.oid);
    const before = policies[index - 1];
    const follows = before === undefined || (await isAccepted(reader, tree, before, fold.registry, engines));
    const accepted = follows ? index : -1;
    known.set(found.folder, accepted);
    return accepted;
  } catch (error) {
    policyProblem(error);
    return -1;
  }
}

/** Whether those who signed the policy had the version before them, as one that counted. */
async function wasKnown(
  source: HistorySource,
  fold: Folding,
  row: Row,
  there: Oid,
  here: Oid,
  policies: readonly LoadedPolicy[],
): Promise<boolean> {
  const { reader, engines } = source;
  try {
    if ((await findEntry(reader, there, row.path))?.oid !== row.blob) return false;
    const folder = signatureFolder(row.path);
    const signatures = (await findEntry(reader, there, folder))?.oid;
    // The same files have been judged already, when they came; unless some that counted have been replaced since.
    const intact = !row.problems.some(isOfHistory);
    const judged = row.effective !== null && intact && signatures !== undefined;
    if (judged && signatures === (await findEntry(reader, here, folder))?.oid) return true;
    const authors = authorsOf(fold, row);
    for (const policy of policies) {
      if ((await judgeRow(reader, there, row, policy, engines, authors)).counts) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof At1Error) return false;
    throw error;
  }
}
