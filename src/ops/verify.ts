/**
 * `verify`: is this state what the people named in the policy decided, and is every byte of it here? Reads everything
 * anew, from the first commit of the registry on; no cache is asked.
 */
import { checkAllowedSigners } from '../checks/check-allowed-signers.js';
import { checkCommit, judgeSigner } from '../checks/check-commit.js';
import { checkLineage } from '../checks/check-lineage.js';
import { checkSecrets } from '../checks/check-secrets.js';
import { checkTags, isOurs, type TagRef } from '../checks/check-tags.js';
import { At1Error } from '../errors.js';
import type { Oid } from '../git-format/oid.js';
import { isAncestor, readCommit } from '../git-format/read-object.js';
import { type FoldResult, foldHistory } from '../history/fold.js';
import type { EventRow, EvidenceRow, RegistryState, VersionRow } from '../history/registry-state.js';
import { registryTreeAt } from '../history/registry-tree.js';
import { type Finding, finding, findingOf, hasErrors } from '../registry/finding.js';
import { checkPackedRefs } from './check-packed-refs.js';
import { judgeTrust, type Trust } from './judge-trust.js';
import { objectCopies } from './object-copies.js';
import { historySource, type Registry } from './open-registry.js';
import { readAhead } from './read-ahead.js';
import { resolveVersion } from './resolve-version.js';
import { unlanded } from './tag.js';
import { trackingBranch } from './tracking-branch.js';
import { type BesideOptions, VerifyBeside, type Vouched } from './verify-beside.js';
import { type VerifiedSoFar, verifyVersionObjects } from './verify-objects.js';
import { verifyWorktree } from './verify-worktree.js';

/** Commits whose signatures are verified side by side. */
const SIGNATURES_AHEAD = 64;

export interface VerifyRequest {
  /** One version only; everything that history decides is verified all the same. */
  readonly ref?: string | undefined;
  /** Original bytes verified so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

export interface VerifyResult {
  /** No finding is an error. */
  readonly ok: boolean;
  /** How the root policy is known: pinned by the caller, remembered from before, or seen here for the first time. */
  readonly trust: Trust;
  readonly registry: string;
  readonly root: string;
  readonly head: string;
  readonly checked: {
    readonly objects: number;
    readonly manifests: number;
    readonly events: number;
    readonly evidence: number;
    readonly signatures: number;
    readonly commits: number;
    readonly tags: number;
  };
  readonly findings: readonly Finding[];
}

export async function verify(
  registry: Registry,
  request: VerifyRequest = {},
  options: Pick<BesideOptions, 'start' | 'warmUp'> = {},
): Promise<VerifyResult> {
  let told = 0;
  const onProgress = (bytes: number): void => {
    // What the thread beside has counted may be counted here once more.
    if (bytes > told) request.onProgress?.(bytes);
    told = Math.max(told, bytes);
  };
  const refs = registry.past ? [] : registry.refs.list('refs/tags/');
  const tags = refs.map(({ name, oid }) => ({ name: name.slice('refs/tags/'.length), oid }));
  const beside = new VerifyBeside(registry, {
    ...options,
    tags: tags.filter(({ name }) => isOurs(name, registry.prefix)).map(({ oid }) => oid),
    objects: request.ref === undefined,
    onProgress,
  });
  try {
    return await verifyWith(registry, request.ref, tags, beside, onProgress);
  } finally {
    beside.close();
  }
}

async function verifyWith(
  registry: Registry,
  ref: string | undefined,
  tagRefs: readonly TagRef[],
  beside: VerifyBeside,
  onProgress: (bytes: number) => void,
): Promise<VerifyResult> {
  const source = historySource(registry);
  // Their names only: a long history must not lie in memory whole.
  const touched: Oid[] = [];
  const folded = await foldHistory(source, registry.head, {
    onTouched: (oid) => touched.push(oid),
    onStep: (oid, versions) => beside.step(oid, versions),
  });
  const { state } = folded;
  const rows = ref === undefined ? [...state.versions.values()] : [resolveVersion(state, ref).row];
  // Who may push without a key could name a terabyte in a few bytes; that nobody signed it is an error already.
  const signed = rows.filter(({ effective, signers }) => effective !== null || signers.length > 0);
  const vouched = await beside.finish(signed);
  const findings: Finding[] = [...state.findings];
  const trust = await judgeTrust(registry, state, findings);
  if (!state.root.complete) {
    findings.push(
      finding(
        'note',
        'history/shallow',
        `commit ${state.root.commit}`,
        'a shallow clone hides what came before this commit',
        'git fetch --unshallow',
      ),
    );
  }
  findings.push(...(await verifyCommits(registry, touched, folded, vouched)));
  const tags = await checkTags(
    source,
    [folded, ...(registry.past ? [] : await otherBranches(registry, findings))],
    tagRefs,
    vouched.signatures,
    registry.past ? undefined : await unlanded(registry),
  );
  if (!registry.past) findings.push(...checkPackedRefs(registry), ...tags.findings);
  for (const row of rows) findings.push(...row.problems);
  const asked = new Set(rows.map(({ path }) => path));
  for (const found of checkLineage(state)) if (asked.has(found.subject)) findings.push(found);
  const { events, evidence } = aboutRows(state, ref === undefined ? undefined : rows);
  for (const row of [...events, ...evidence]) findings.push(...row.problems);
  const objects = await verifyTree(registry, folded, signed, vouched, findings, onProgress);
  return {
    ok: !hasErrors(findings),
    trust,
    registry: state.registry,
    root: `sha256:${state.root.policy}`,
    head: state.head,
    checked: {
      objects,
      manifests: rows.length,
      events: events.length,
      evidence: evidence.length,
      signatures: folded.signatures,
      commits: touched.length,
      tags: tags.checked,
    },
    findings,
  };
}

async function verifyCommits(
  { reader, engines }: Registry,
  commits: readonly Oid[],
  { policy }: FoldResult,
  { signatures }: Vouched,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const checked = readAhead(
    commits,
    async (oid) => {
      const good = signatures.get(oid);
      if (good !== undefined) return judgeSigner(oid, good.key, policy);
      return checkCommit(oid, await readCommit(reader, oid), policy, engines);
    },
    SIGNATURES_AHEAD,
  );
  for await (const found of checked) if (found !== undefined) findings.push(found);
  return findings;
}

/** All events and evidence, or those about some versions. */
function aboutRows(
  { events, evidence }: RegistryState,
  rows: readonly VersionRow[] | undefined,
): { readonly events: readonly EventRow[]; readonly evidence: readonly EvidenceRow[] } {
  const isAsked = (event: EventRow): boolean =>
    rows?.some(({ kind, name, version }) => event.kind === kind && event.name === name && event.version === version) ??
    true;
  return {
    events: [...events.values()].filter(isAsked),
    evidence: [...evidence.values()].filter(({ content }) => rows?.some((row) => row.content === content) ?? true),
  };
}

/** The registry branch and its remotes, where they hold commits that what is read does not: tags may be theirs. */
async function otherBranches(registry: Registry, findings: Finding[]): Promise<FoldResult[]> {
  const { refs, config, head, reader, repository } = registry;
  const remotes = repository.config.subsections('remote').map((remote) => trackingBranch(remote, config.branch));
  const upstream = refs.upstreamOf(config.branch)?.ref;
  const tips = new Map<Oid, string>();
  for (const name of [...remotes, upstream, `refs/heads/${config.branch}`]) {
    const oid = name === undefined ? undefined : refs.resolve(name);
    if (name !== undefined && oid !== undefined) tips.set(oid, name);
  }
  const folded: FoldResult[] = [];
  for (const [oid, name] of tips) {
    try {
      if (await isAncestor(reader, oid, head, repository.shallow)) continue;
      folded.push(await foldHistory(historySource(registry), oid));
    } catch (error) {
      if (!(error instanceof At1Error)) throw error;
      findings.push(findingOf(error, name, 'warning'));
    }
  }
  return folded;
}

/** How many objects were looked at. */
async function verifyTree(
  registry: Registry,
  folded: FoldResult,
  rows: readonly VersionRow[],
  vouched: Vouched,
  findings: Finding[],
  onProgress: (bytes: number) => void,
): Promise<number> {
  const tree = await registryTreeAt(registry, registry.head);
  if (tree === undefined) return 0;
  const found = await checkAllowedSigners(registry.reader, tree, folded.policy);
  if (found !== undefined) findings.push(found);
  if (vouched.secrets) findings.push(...(await checkSecrets(registry.reader, tree, folded.policy)));
  const objects = vouched.objects ?? (await verifyObjects(registry, rows, findings, onProgress));
  if (vouched.worktree) return objects;
  try {
    findings.push(...(await verifyWorktree(registry, tree)));
  } catch (error) {
    if (!(error instanceof At1Error)) throw error;
    findings.push(findingOf(error, registry.root));
  }
  return objects;
}

async function verifyObjects(
  registry: Registry,
  rows: readonly VersionRow[],
  findings: Finding[],
  onProgress: (bytes: number) => void,
): Promise<number> {
  const copies = await objectCopies(registry);
  let bytes = 0;
  const done: VerifiedSoFar = {
    objects: new Map(),
    files: new Set(),
    findings,
    onBytes: (count) => {
      bytes += count;
      onProgress(bytes);
    },
  };
  for (const row of rows) await verifyVersionObjects(copies, row, done);
  return done.objects.size;
}
