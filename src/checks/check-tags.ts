/**
 * Tags against what history accounts for. Names must agree everywhere (ref, tag header, message), the signer must be
 * in the policy, and a tag in our grammar that nothing explains is an error; other tags are foreign.
 */
import { toHex } from '../bytes/text.js';
import { digestOf } from '../digest/digest.js';
import { At1Error } from '../errors.js';
import { findEntry } from '../git-format/diff-trees.js';
import type { ObjectReader, Oid } from '../git-format/oid.js';
import { isAncestor, readCommit } from '../git-format/read-object.js';
import { parseTag, type TagObject } from '../git-format/tag.js';
import { type ExpectedTag, expectedTags } from '../history/expected-tags.js';
import type { HistorySource } from '../history/folding.js';
import { type LoadedPolicy, loadPolicyBlob } from '../history/load-policy.js';
import type { RegistryState, VersionRow } from '../history/registry-state.js';
import { registryTree } from '../history/registry-tree.js';
import { isGtoTag, parseVersionTag } from '../history/tag-name.js';
import { type Finding, finding, findingOf } from '../registry/finding.js';
import { decide } from '../registry/policy.js';
import { verifyMessageAside } from '../signing/sshsig.js';
import type { GoodSignature } from './check-commit.js';

/** Tags whose signatures are verified side by side. */
const AT_ONCE = 64;

export interface TagRef {
  /** Without `refs/tags/`. */
  readonly name: string;
  readonly oid: Oid;
}

/** By tag object, the signature that somebody has looked at before, and that is good. */
export type KnownSignatures = ReadonlyMap<Oid, GoodSignature>;

export interface CheckedTags {
  readonly checked: number;
  readonly findings: readonly Finding[];
}

/** A branch as it was folded: what is read, the registry branch, the same branch of a remote. */
export interface TaggedBranch {
  readonly state: RegistryState;
}

/** Commits of the first branch that have not landed: nothing that took effect there can have a tag yet. */
export interface Unlanded {
  has(commit: Oid | null): boolean;
  /** What lets them land. */
  readonly hint: string;
}

interface Accounted extends TaggedBranch {
  readonly tag: ExpectedTag;
}

/**
 * Tags belong to the whole repository, so any of `branches` may account for one: an older checkout or a feature branch
 * does not make the others' tags wrong. Missing tags are those of the first.
 */
export async function checkTags(
  source: HistorySource,
  branches: readonly TaggedBranch[],
  refs: readonly TagRef[],
  known: KnownSignatures = new Map(),
  unlanded?: Unlanded,
): Promise<CheckedTags> {
  const expected = new Map<string, Accounted>();
  for (const branch of [...branches].reverse()) {
    for (const tag of expectedTags(branch.state, source.prefix).values()) expected.set(tag.name, { ...branch, tag });
  }
  const ours = refs.filter(({ name }) => isOurs(name, source.prefix));
  const former = new Set(branches.flatMap(({ state }) => state.formerTags));
  const present = new Set(ours.map(({ name }) => name));
  const findings: Finding[] = [];
  for (let at = 0; at < ours.length; at += AT_ONCE) {
    const group = ours.slice(at, at + AT_ONCE);
    const found = await Promise.all(group.map((ref) => checkOne(source, ref, expected.get(ref.name), former, known)));
    findings.push(...found.filter((one) => one !== undefined));
  }
  for (const [name, { state, tag }] of expected) {
    if (present.has(name) || state !== branches[0]?.state) continue;
    findings.push(
      finding(
        'note',
        'tag/missing',
        `tag ${name}`,
        `this ${whatOf(tag)} has no tag yet`,
        unlanded?.has(dueAt(tag)) === true ? unlanded.hint : 'at1 tag makes the missing tags',
      ),
    );
  }
  return { checked: ours.length, findings };
}

/** The commit that has to land: a version's tag hangs on the one that brought its manifest, and may be due later only. */
function dueAt({ event, row }: ExpectedTag): Oid | null {
  return (event ?? row).effective;
}

function whatOf({ event }: ExpectedTag): string {
  return event === undefined ? 'version' : 'event';
}

/** A name in our grammar; all others are foreign, and not looked at. */
export function isOurs(name: string, prefix: string): boolean {
  return parseVersionTag(name, prefix) !== undefined || isGtoTag(name, prefix);
}

async function checkOne(
  source: HistorySource,
  ref: TagRef,
  accounted: Accounted | undefined,
  former: ReadonlySet<string>,
  known: KnownSignatures,
): Promise<Finding | undefined> {
  const subject = `tag ${ref.name}`;
  let tag: TagObject;
  try {
    const object = await source.reader.read(ref.oid);
    if (object.type !== 'tag') {
      return finding('error', 'tag/unsigned', subject, `a lightweight tag on a ${object.type}, not a signed tag`);
    }
    tag = parseTag(object.bytes);
  } catch (error) {
    if (error instanceof At1Error) return findingOf(error, subject);
    throw error;
  }
  if (tag.name !== ref.name) {
    return finding(
      'error',
      'tag/name-mismatch',
      subject,
      `the tag object says it is '${tag.name}'`,
      'somebody hung it under another name',
    );
  }
  if (accounted === undefined && former.has(ref.name)) {
    return finding(
      'warning',
      'tag/unexpected',
      subject,
      'it was due before a key was revoked, and says nothing that counts any more',
    );
  }
  if (accounted === undefined) {
    return finding(
      'error',
      'tag/unexpected',
      subject,
      'nothing in the history accounts for this tag',
      'delete it where it came from',
    );
  }
  const { tag: expected, state } = accounted;
  const signer = await checkSigner(source, accounted, tag, subject, known.get(ref.oid));
  if (signer !== undefined) return signer;
  if (tag.message.trimEnd() !== expected.message.trimEnd()) {
    return finding(
      'error',
      'tag/message-mismatch',
      subject,
      `the tag does not carry the digests of this ${whatOf(expected)}`,
    );
  }
  // Git itself refuses a tag that says of a commit that it is a tree.
  if (tag.type !== 'commit') return finding('error', 'tag/moved', subject, `it points at a ${tag.type}, not a commit`);
  // The edge of a shallow clone is not where the version landed, and hides where it did.
  if (!state.root.complete && expected.target === state.root.commit) return undefined;
  if (tag.object !== expected.target && !(await introduces(source, state.head, tag.object, expected.row))) {
    return finding(
      'error',
      'tag/moved',
      subject,
      `it points at ${tag.object}, the version landed in ${expected.target}`,
    );
  }
  return undefined;
}

/**
 * Any policy that was ever in force may vouch for the signer: a tag says nothing that history does not say, so people
 * who left take no power with them, and their tags need not be made again.
 */
async function checkSigner(
  { reader, engines }: HistorySource,
  { state, tag: { row } }: Accounted,
  tag: TagObject,
  subject: string,
  known: GoodSignature | undefined,
): Promise<Finding | undefined> {
  if (tag.signature?.kind !== 'ssh')
    return finding('error', 'tag/unsigned', subject, 'the tag carries no Ed25519 signature');
  let key: string;
  // Git names objects by SHA-1: whoever looked before must have seen these very bytes.
  if (known !== undefined && known.payload === digestOf(engines.sha256(tag.payload))) key = known.key;
  else {
    const check = await verifyMessageAside(tag.signature.armor, 'git', tag.payload, engines);
    if (check.kind === 'bad') return finding('error', 'tag/bad-signature', subject, check.message);
    key = toHex(check.publicKey);
  }
  let newest: Finding | undefined;
  for (const { blob } of state.policies.toReversed()) {
    const refused = refusedBy(await loadPolicyBlob(reader, blob, engines), key, row, subject);
    if (refused === undefined) return undefined;
    newest ??= refused;
  }
  return newest;
}

function refusedBy(policy: LoadedPolicy, key: string, row: VersionRow, subject: string): Finding | undefined {
  const owner = policy.owners.get(key);
  if (owner === undefined)
    return finding('error', 'tag/unknown-signer', subject, 'signed by a key that the policy does not list');
  const decision = decide(policy.policy, 'tag', row, new Set([owner]));
  if (decision.kind === 'allowed') return undefined;
  return finding('error', 'policy/denied', subject, `${owner} signed it, but the policy gives them no tag role`);
}

/**
 * A merge can turn the mainline around (`git pull` makes the local side the first parent), so a tag may also sit on
 * the commit that brought the manifest in: an ancestor whose tree holds it while no parent's does.
 */
async function introduces(source: HistorySource, head: Oid, target: Oid, row: VersionRow): Promise<boolean> {
  const { reader, shallow } = source;
  try {
    const commit = await readCommit(reader, target);
    if (!(await holds(source, commit.tree, row))) return false;
    if (!shallow.has(target)) {
      for (const parent of commit.parents) {
        if (await holds(source, (await readCommit(reader, parent)).tree, row)) return false;
      }
    }
    return await isAncestor(reader, target, head, shallow);
  } catch (error) {
    if (error instanceof At1Error) return false;
    throw error;
  }
}

async function holds(source: { reader: ObjectReader; prefix: string }, root: Oid, row: VersionRow): Promise<boolean> {
  const tree = await registryTree(source.reader, root, source.prefix);
  if (tree === undefined) return false;
  return (await findEntry(source.reader, tree, row.path))?.oid === row.blob;
}
