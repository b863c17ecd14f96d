/**
 * `gate`: may this change in? Judges what would land, in every way in which a forge lands it, by the fold that judges
 * history, starting from the target. Nothing of the change itself is trusted: not its policy, not its working tree.
 */
import { checkAllowedSigners } from '../checks/check-allowed-signers.js';
import { checkCommit } from '../checks/check-commit.js';
import { formatDigest } from '../digest/digest.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import type { Person } from '../git-format/person.js';
import { isAncestor, readCommit } from '../git-format/read-object.js';
import { LATE_SIGNATURES } from '../history/check-frozen.js';
import type { FoldResult } from '../history/fold.js';
import { waitingEvents } from '../history/lanes-of-state.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import type { EventRow, RegistryState, Row, VersionRow } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { type Finding, finding, hasErrors } from '../registry/finding.js';
import type { ObjectCheck } from '../registry/policy.js';
import { commitsBetween } from './commits-between.js';
import { changedPaths, changesOfEach, inRegistry } from './gate-changes.js';
import { judgeObjects, objectCheckOf, refuseLostObjects, refuseTooLittle } from './gate-objects.js';
import {
  newLineageFindings,
  refuseBurnt,
  refuseMixed,
  refuseSecrets,
  refuseTwoVersions,
  refuseUnconfigured,
} from './gate-rules.js';
import { judgeTrust, type Trust } from './judge-trust.js';
import { lineOfFinding } from './line-of-finding.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { refuseTurnedAround } from './refuse-turned-around.js';
import { refuseUnreadable, refuseUnreadablePolicy } from './refuse-unreadable.js';
import { resolveMoment } from './resolve-moment.js';
import { type Review, reviewOf } from './review.js';
import { simulateLanding, simulateRebase } from './simulate-commit.js';

export interface GateRequest {
  /** The target as it is: what the change is to land on. The registry is opened at it (`at`). */
  readonly head: string;
  /**
   * `decode` (default): every object of a new version, byte by byte. `present`: that it is there. `skip`: neither. Less than
   * the policy of the target asks for is an error.
   */
  readonly objects?: ObjectCheck | undefined;
  /** In place of the default, where nobody says `objects`; as much more as the policy of the target asks for. */
  readonly usualObjects?: ObjectCheck | undefined;
  /** Let a change in that ends with events or versions that wait for signatures. */
  readonly allowPending?: boolean | undefined;
  /** The head itself becomes the branch, as by a push, and is not landed by a forge: it has to go on from the target. */
  readonly isPush?: boolean | undefined;
}

export interface GateResult {
  /** The change may land. */
  readonly ok: boolean;
  readonly registry: string;
  readonly base: string;
  readonly head: string;
  readonly trust: Trust;
  readonly root: string;
  readonly policy: { readonly version: number; readonly digest: string };
  readonly objects: ObjectCheck;
  readonly review: Review;
  readonly findings: readonly PlacedFinding[];
}

/** A finding, and where its subject is a file of the change, the path from the top of the repository, and the line. */
export interface PlacedFinding extends Finding {
  readonly file: string | null;
  readonly line: number | null;
}

/** `base`: the registry opened at the target commit. Throws `artifact/not-found` for a head that is not there. */
export async function gate(base: Registry, request: GateRequest): Promise<GateResult> {
  const { reader, refs, repository } = base;
  const head = await resolveMoment(request.head, refs.head().oid ?? base.head, reader, refs, repository);
  const loaded = await loadState(base, { isTarget: true });
  refuseUnreadablePolicy(loaded.state);
  const findings: Finding[] = [];
  const trust = await judgeTrust(base, loaded.state, findings);
  const objects = objectCheckOf(request, loaded.policy.policy);
  findings.push(...refuseTooLittle(objects, loaded.policy.policy));
  const result = async (after: FoldResult, review: Review): Promise<GateResult> => ({
    ok: !hasErrors(findings),
    registry: loaded.state.registry,
    base: base.head,
    head,
    trust,
    root: `sha256:${loaded.state.root.policy}`,
    policy: { version: after.policy.policy.version, digest: formatDigest(after.policy.digest) },
    objects,
    review,
    findings: await placed(base, head, findings),
  });
  if (!(await isAncestor(reader, base.head, head, repository.shallow))) {
    findings.push(outdated(base, head));
    const nothing: FoldResult = { ...loaded, commits: 0, signatures: 0 };
    return result(nothing, await reviewOf(base, loaded, nothing, head));
  }
  const turned =
    request.isPush === true ? await refuseTurnedAround(base, head, `commit ${head.slice(0, 12)}`) : undefined;
  if (turned !== undefined) findings.push(turned);
  const commits = await commitsBetween(base, head);
  // First, because it is bounded: a few trees that name each other are more files than any other walk ends with.
  const changed = await changedPaths(base, base.head, head);
  const changes = await changesOfEach(base, commits);
  const landings = await landingsOf(base, loaded, head, commits);
  const [squashed] = landings;
  for (const row of newRows(loaded.state, squashed.folded.state)) refuseUnreadable(loaded.state, row);
  const own = new Set(changed.map((path) => inRegistry(base, path)));
  for (const landing of landings) addNew(findings, loaded.state, landing, own);
  findings.push(...refuseMixed(base, changed));
  findings.push(...refuseTwoVersions(loaded.state, squashed.folded.state));
  for (const found of newLineageFindings(loaded.state, squashed.folded.state)) findings.push(found);
  findings.push(...(await refuseUnconfigured(base, loaded.policy, changes, head, changed)));
  findings.push(...(await refuseSecrets(base, squashed.folded.policy, changes)));
  findings.push(...(await judgeCommits(base, squashed.folded.policy, commits)));
  for (const { folded } of landings) findings.push(...refuseBurnt(loaded.state, folded.state, findings));
  if (request.allowPending !== true) findings.push(...refusePending(loaded.state, landings));
  await judgeTree(base, head, loaded.state, squashed.folded, objects, findings);
  return result(squashed.folded, await reviewOf(base, loaded, squashed.folded, head));
}

interface Landing {
  readonly how: 'squash' | 'merge' | 'rebase';
  readonly folded: FoldResult;
  /** Names of commits that do not exist, as findings would tell them. */
  readonly imagined: Oid | undefined;
}

/** As one commit, as a merge commit, and commit by commit: a forge may do any of these. */
async function landingsOf(
  base: Registry,
  loaded: Awaited<ReturnType<typeof loadState>>,
  head: Oid,
  commits: readonly Oid[],
): Promise<readonly [Landing, ...Landing[]]> {
  const { reader } = base;
  const { tree, committer } = await readCommit(reader, head);
  // Whoever made the commit may have dated it ahead; it will land today.
  const seconds = Math.min(committer.seconds, Math.floor(base.environment.now().getTime() / 1000));
  const author: Person = { ...committer, seconds, name: 'at1', email: 'at1@at1.invalid' };
  const squash = await simulateLanding(base, loaded, { tree, parents: [base.head] }, author);
  const merge = await simulateLanding(base, loaded, { tree, parents: [base.head, head] }, author);
  const landings: [Landing, ...Landing[]] = [
    { how: 'squash', folded: squash, imagined: squash.commit },
    { how: 'merge', folded: merge, imagined: merge.commit },
  ];
  // Merges are left out by a rebase; a branch of one commit lands as the same as by a squash.
  const singly: Oid[] = [];
  for (const oid of commits) if ((await readCommit(reader, oid)).parents.length === 1) singly.unshift(oid);
  if (commits.length > 1) {
    landings.push({ how: 'rebase', folded: await simulateRebase(base, loaded, singly), imagined: undefined });
  }
  return landings;
}

function rowsOf({ versions, events, evidence }: RegistryState): Row[] {
  return [...versions.values(), ...events.values(), ...evidence.values()];
}

/** Versions, and events about them, that the change brings. */
function newRows(before: RegistryState, { versions, events }: RegistryState): (VersionRow | EventRow)[] {
  const fresh = ({ path }: Row) => !before.versions.has(path) && !before.events.has(path);
  return [...versions.values(), ...events.values()].filter(fresh);
}

function allFindings(state: RegistryState): Finding[] {
  return [...state.findings, ...rowsOf(state).flatMap(({ problems }) => problems)];
}

/** What is wrong with the target already is not the fault of the change; all else that history would tell is. */
function addNew(
  findings: Finding[],
  before: RegistryState,
  { how, folded, imagined }: Landing,
  changed: ReadonlySet<string | undefined>,
): void {
  const keyOf = ({ code, severity, subject, message }: Finding) => [code, severity, subject, message].join('\0');
  const known = new Set([...allFindings(before), ...findings].map(keyOf));
  const aboutOf = ({ code, severity, subject }: Finding) => [code, severity, subject].join('\0');
  const told = new Set(findings.map(aboutOf));
  for (const one of allFindings(folded.state)) {
    const found = asOfChange(one, changed);
    // That commits are not signed, and that something waits, is told elsewhere.
    if (found.severity === 'note' || known.has(keyOf(one)) || told.has(aboutOf(found))) continue;
    const said = found.message.replaceAll(`commit ${imagined?.slice(0, 12)}`, 'the change');
    const message =
      how === 'squash' ? said : `${said} (if it lands by ${how === 'merge' ? 'a merge commit' : 'a rebase'})`;
    findings.push({ ...found, message });
  }
}

/**
 * A late signature can still be left out of a change; once it has landed nobody may take it away. That a policy of the
 * change revokes a key is no fault of the signatures that are there, nor in the way of revoking it. What the target has in
 * effect stays in effect, whatever a merge brings: history only warns, because it cannot be landed again.
 */
function asOfChange(found: Finding, changed: ReadonlySet<string | undefined>): Finding {
  const { code, severity } = found;
  if (code === 'history/rewound' || (code === 'history/registry-changed' && severity === 'warning')) {
    return { ...found, severity: 'error', hint: 'land it as commits upon the target: git rebase, without the merge' };
  }
  if (!LATE_SIGNATURES.has(found.code)) return found;
  const isNew = changed.has(found.subject);
  if (isNew && found.severity === 'warning') return { ...found, severity: 'error', hint: 'leave it out of the change' };
  return !isNew && found.code === 'signature/revoked-key' ? { ...found, severity: 'warning' } : found;
}

/** What would wait after this change and did not before, in whichever way it lands; of each document the first reason. */
function refusePending(before: RegistryState, landings: readonly Landing[]): Finding[] {
  const findings = new Map<string, Finding>();
  const add = (path: string, why: string) => {
    if (!findings.has(path)) findings.set(path, pending(path, why));
  };
  for (const { folded } of landings) {
    for (const row of waitingEvents(folded.state)) {
      if (before.events.has(row.path) || row.problems.some(({ severity }) => severity === 'error')) continue;
      add(row.path, row.problems.map(({ message }) => message).join('; '));
    }
    for (const row of folded.state.versions.values()) {
      if (row.effective !== null || before.versions.has(row.path)) continue;
      const why = row.problems.find(({ code }) => code === 'artifact/pending')?.message;
      if (why !== undefined) add(row.path, why);
    }
  }
  return [...findings.values()];
}

function pending(path: string, why: string): Finding {
  return finding('error', 'gate/pending', path, `it would wait: ${why}`, 'whoever is missing signs with at1 approve');
}

async function judgeTree(
  base: Registry,
  head: Oid,
  before: RegistryState,
  { state, policy }: FoldResult,
  objects: GateResult['objects'],
  findings: Finding[],
): Promise<void> {
  const there: Registry = { ...base, head };
  const tree = await registryTreeAt(there, head);
  // That the registry is gone was told by the fold.
  if (tree === undefined) return;
  const signers = await checkAllowedSigners(base.reader, tree, policy);
  if (signers !== undefined) findings.push(signers);
  const fresh = [...state.versions.values()].filter(({ path, blob, effective }) => {
    const known = before.versions.get(path);
    return known?.blob !== blob || (known.effective === null && effective !== null);
  });
  await judgeObjects(there, fresh, objects, findings);
  findings.push(...(await refuseLostObjects(base, there, state)));
}

function outdated({ head: base, repository }: Registry, head: Oid): Finding {
  const shallow = repository.shallow.size > 0;
  return finding(
    'error',
    'gate/outdated',
    `commit ${head.slice(0, 12)}`,
    `the change does not stand on commit ${base.slice(0, 12)}, the target as it is now`,
    shallow ? 'this clone is shallow: fetch all of it (fetch-depth: 0)' : 'merge or rebase it onto the target first',
  );
}

async function placed(base: Registry, head: Oid, findings: readonly Finding[]): Promise<PlacedFinding[]> {
  const { reader, engines, prefix } = base;
  const root = (await readCommit(reader, head)).tree;
  const tree = await registryTreeAt(base, head);
  const found: PlacedFinding[] = [];
  for (const one of findings) {
    const inside = prefix === '' ? one.subject : `${prefix}/${one.subject}`;
    const file = (await isFile(reader, root, inside))
      ? inside
      : (await isFile(reader, root, one.subject))
        ? one.subject
        : null;
    const line = (await lineOfFinding(reader, tree, one, engines)) ?? null;
    found.push({ ...one, file, line: file === null ? null : (line ?? 1) });
  }
  return found;
}

async function isFile(reader: ObjectReader, root: Oid, path: string): Promise<boolean> {
  // Subjects are not always paths: a commit, a tag, a version.
  return !path.includes(' ') && (await findEntry(reader, root, path)) !== undefined;
}

/** A signature that is wrong tells of tampering; that one is missing is nothing wrong, because forges write commits anew. */
async function judgeCommits(base: Registry, policy: LoadedPolicy, commits: readonly Oid[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const oid of commits) {
    const found = await checkCommit(oid, await readCommit(base.reader, oid), policy, base.engines);
    if (found?.severity === 'error') findings.push(found);
  }
  return findings;
}
