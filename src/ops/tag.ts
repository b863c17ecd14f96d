/**
 * Tags of versions and stages: which are due and which are missing. They are made only on commits that have landed: what the branch's
 * remote holds, or simply the branch where there is no remote. None is ever moved or deleted.
 */
import type { Unlanded } from '../checks/check-tags.js';
import { At1Error } from '../errors.js';
import { GitWriter } from '../git/writer.js';
import type { Oid } from '../git-format/oid.js';
import { type ExpectedTag, expectedTags } from '../history/expected-tags.js';
import type { VersionRow } from '../history/registry-state.js';
import { isGtoName } from '../history/tag-name.js';
import { decide } from '../registry/policy.js';
import { checkedOut } from './checked-out.js';
import { commitsBetween } from './commits-between.js';
import { type LoadedState, loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, type PrincipalSigner, personOf } from './open-signer.js';
import { isUnreadable } from './refuse-unreadable.js';
import { trackingBranch } from './tracking-branch.js';

export interface TagResult {
  /** Where landed commits were looked for: a remote-tracking ref, or the branch itself. */
  readonly landed: string;
  readonly created: readonly { readonly name: string; readonly target: string }[];
  readonly present: number;
  /** Versions that are on this branch, but not on its remote yet. */
  readonly waiting: readonly string[];
  /** Tags that are due and that the signer may not make. */
  readonly forOthers: readonly string[];
  /** Names GTO cannot read, because they hold a dot. */
  readonly notGto: readonly string[];
}

/**
 * Makes the tags that are missing. Throws `key/*`, `signature/unknown-key` only where one has to be made, and
 * `policy/denied` where the signer may not; with `own` those are left for others.
 */
export async function tag(registry: Registry, { own = false } = {}): Promise<TagResult> {
  const local = await loadState(registry);
  const upstream = landedUpstream(registry) ?? localBranch(registry);
  const landed = upstream.oid === registry.head ? local : await stateAt(registry, upstream.oid);
  // A remote that was never pushed to or fetched holds nothing that has landed.
  const expected = landed === undefined ? new Map<string, ExpectedTag>() : expectedTags(landed.state, registry.prefix);
  const present = presentTags(registry);
  let missing = [...expected.values()].filter(
    (tag) => landed !== undefined && !present.has(tag.name) && isTagged(landed, tag),
  );
  let forOthers: readonly string[] = [];
  if (landed !== undefined && missing.length > 0) {
    const { environment, repository, engines } = registry;
    const signer = await openPrincipalSigner(environment, repository.config, engines, landed.policy);
    const refused = missing.find(({ row }) => !mayTag(landed, signer, row));
    if (refused !== undefined && !own) {
      throw new At1Error('policy/denied', {
        message: `${signer.principal} may not make the tag ${refused.name}`,
        hint: 'at1 policy show tells who may; at1 tag with their key, or let CI do it',
      });
    }
    forOthers = missing.filter(({ row }) => !mayTag(landed, signer, row)).map(({ name }) => name);
    missing = missing.filter(({ row }) => mayTag(landed, signer, row));
    await makeDueTags(registry, landed, signer);
  }
  const waiting = [...expectedTags(local.state, registry.prefix).keys()].filter((name) => !expected.has(name));
  return {
    landed: upstream.ref,
    created: missing.map(({ name, target }) => ({ name, target })),
    present: expected.size - missing.length - forOthers.length,
    waiting,
    forOthers,
    notGto: missing.filter(({ row }) => !isGtoName(row.name)).map(({ name }) => name),
  };
}

/** The registry branch as its remote was last seen; undefined where no remote is configured at all. */
export function landedUpstream(
  registry: Registry,
): { readonly ref: string; readonly oid: Oid | undefined } | undefined {
  const { refs, config, repository } = registry;
  const upstream = refs.upstreamOf(config.branch);
  if (upstream !== undefined) return { ref: upstream.ref, oid: refs.resolve(upstream.ref) };
  const [remote] = repository.config.subsections('remote');
  if (remote === undefined) return undefined;
  const ref = trackingBranch(remote, config.branch);
  return { ref, oid: refs.resolve(ref) };
}

/** What is read here and has not landed, and what lets it; undefined where all has, or where that cannot be told. */
export async function unlanded(registry: Registry): Promise<Unlanded | undefined> {
  const { config, head } = registry;
  const landed = landedUpstream(registry) ?? localBranch(registry);
  if (landed.oid === head) return undefined;
  const hint =
    checkedOut(registry) === config.branch
      ? 'it is not pushed yet: at1 push sends it, then makes its tag'
      : `it is not on ${config.branch} yet: its tag is due once that branch has it`;
  if (landed.oid === undefined) return { has: () => true, hint };
  try {
    const ahead = new Set(await commitsBetween({ ...registry, head: landed.oid }, head));
    return { has: (commit) => commit !== null && ahead.has(commit), hint };
  } catch (error) {
    // What cannot be read there is a finding of its own.
    if (error instanceof At1Error) return undefined;
    throw error;
  }
}

/** Without a remote the registry branch itself is what has landed, whatever branch is checked out. */
function localBranch(registry: Registry): { readonly ref: string; readonly oid: Oid | undefined } {
  const ref = `refs/heads/${registry.config.branch}`;
  return { ref, oid: registry.refs.resolve(ref) };
}

/** Whether a commit made now lands at once: on the registry branch of a repository without remote. */
export function landsAtOnce(registry: Registry): boolean {
  return landedUpstream(registry) === undefined && registry.refs.head().ref === `refs/heads/${registry.config.branch}`;
}

/** Folded for this once: the catalog stays that of the branch. */
async function stateAt(registry: Registry, tip: Oid | undefined): Promise<LoadedState | undefined> {
  return tip === undefined ? undefined : loadState({ ...registry, past: true }, { tip });
}

/**
 * The edge of a shallow clone is not where its versions landed, so nothing can be tagged there; and where an event
 * cannot be read, nobody knows the numbers of those after it.
 */
function isTagged({ state }: LoadedState, { row, event }: ExpectedTag): boolean {
  if (event !== undefined && isUnreadable(state, row)) return false;
  return state.root.complete || row.commit !== state.root.commit;
}

function mayTag({ policy }: LoadedState, signer: PrincipalSigner, row: VersionRow): boolean {
  return decide(policy.policy, 'tag', row, new Set([signer.principal])).kind === 'allowed';
}

/**
 * Creates every tag of the state that is not there and that the signer may make; another one's tags wait for them.
 * Returns tag names by manifest path, old and new.
 */
export async function makeDueTags(
  registry: Registry,
  landed: LoadedState,
  signer: PrincipalSigner,
): Promise<Map<string, string>> {
  for (;;) {
    const present = presentTags(registry);
    try {
      return await makeMissingTags(registry, landed, signer, present);
    } catch (error) {
      const conflict = error instanceof At1Error && error.code === 'git/ref-conflict';
      // Somebody else has made one of them meanwhile; the others are due all the same.
      if (!conflict || [...presentTags(registry)].every((name) => present.has(name))) throw error;
    }
  }
}

async function makeMissingTags(
  registry: Registry,
  landed: LoadedState,
  signer: PrincipalSigner,
  present: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const person = personOf(registry.environment, registry.repository.config, signer.principal);
  const requests = [];
  for (const tag of expectedTags(landed.state, registry.prefix).values()) {
    const made = present.has(tag.name);
    if (!made && !(isTagged(landed, tag) && mayTag(landed, signer, tag.row))) continue;
    if (tag.event === undefined) names.set(tag.row.path, tag.name);
    if (made) continue;
    requests.push({
      name: tag.name,
      object: tag.target,
      tagger: { ...person, seconds: tag.seconds },
      message: tag.message,
      sign: (payload: Uint8Array) => signer.sign('git', payload),
    });
  }
  if (requests.length > 0)
    await new GitWriter(registry.repository, { reader: registry.reader, who: () => person }).createTags(requests);
  return names;
}

/** Names of the version tags that are there, by manifest path. */
export function madeTags(registry: Registry, { state }: LoadedState): Map<string, string> {
  const present = presentTags(registry);
  const due = [...expectedTags(state, registry.prefix).values()].filter(
    ({ name, event }) => event === undefined && present.has(name),
  );
  return new Map(due.map(({ row, name }) => [row.path, name]));
}

function presentTags(registry: Registry): ReadonlySet<string> {
  return new Set(registry.refs.list('refs/tags/').map(({ name }) => name.slice('refs/tags/'.length)));
}
