/**
 * `approve`: shows what a change would do, signs the versions and events in it that wait, and pushes the signature files;
 * nothing is checked out. Who may not push prints the signature, and somebody else adds it.
 */

import { utf8 } from '../bytes/text.js';
import { At1Error } from '../errors.js';
import { takingBack } from '../files/interrupt.js';
import { push } from '../git/transport.js';
import { GitWriter } from '../git/writer.js';
import type { Oid } from '../git-format/oid.js';
import { isAncestor, readBlob } from '../git-format/read-object.js';
import { namespaceOf } from '../history/judge-document.js';
import { waitingEvents, waitingVersions } from '../history/lanes-of-state.js';
import type { LoadedPolicy } from '../history/load-policy.js';
import { approvalMessage } from '../history/message.js';
import type { RegistryState } from '../history/registry-state.js';
import { signaturePathOf } from '../manifest/layout-of-registry.js';
import type { PrincipalName } from '../manifest/name.js';
import { commitChanges, reopened } from './commit-changes.js';
import { eventStanding } from './event-standing.js';
import { findProposal, type Proposal } from './find-proposal.js';
import { loadState } from './load-state.js';
import type { Registry } from './open-registry.js';
import { openPrincipalSigner, type PrincipalSigner, personOf } from './open-signer.js';
import { placeSignatures, type Signature, type Waiting } from './place-signatures.js';
import { withReachableGit } from './push.js';
import { refuseReadOnly } from './refuse-read-only.js';
import { withRegistryLock } from './registry-lock.js';
import { type Review, reviewOf } from './review.js';
import { signatureCount } from './signature-count.js';
import { landedUpstream } from './tag.js';

export interface ApproveRequest {
  /** A branch, `pull/12`, or the path of one manifest or event; default what waits where you are. */
  readonly what?: string | undefined;
  /** Sign and hand the signatures out; commit nothing. */
  readonly print?: boolean | undefined;
  /** Signatures of somebody else, as `print` made them, to be committed. */
  readonly from?: string | undefined;
  /** False: leave the commit here. */
  readonly push?: boolean | undefined;
  /** Called once, before anything is signed, with what is signed. */
  readonly onReview?: ((review: Review, branch: string | null) => void) | undefined;
}

export interface ApproveResult {
  readonly branch: string | null;
  readonly review: Review;
  /** Manifests and events that were signed. */
  readonly signed: readonly {
    readonly path: string;
    readonly by: string;
    readonly file: string;
    readonly armor: string;
  }[];
  readonly commit: string | null;
  readonly pushed: boolean;
}

const ATTEMPTS = 5;

/**
 * Throws `artifact/not-found` where nothing waits for this signer, `event/chain` and `event/other-version` for what could
 * never take effect, `gate/outdated` where the change became another one meanwhile, `policy/denied`, `key/*`,
 * `signature/*`, `remote/*`.
 */
export async function approve(registry: Registry, request: ApproveRequest = {}): Promise<ApproveResult> {
  const ready = await withReachableGit(registry);
  if (request.print !== true) refuseReadOnly(ready);
  const agreed: Agreed = { digests: undefined };
  for (let attempt = 1; ; attempt++) {
    try {
      return await approveOnce(ready, request, agreed);
    } catch (error) {
      // Two people who approve at the same moment: the second signs the same once more, beside the other's signature.
      const raced =
        error instanceof At1Error && (error.code === 'git/ref-conflict' || error.code === 'remote/outdated');
      if (!raced || attempt >= ATTEMPTS) throw error;
    }
  }
}

/** Digests of what was shown, once it was. */
interface Agreed {
  digests: ReadonlyMap<string, string> | undefined;
}

async function approveOnce(given: Registry, request: ApproveRequest, agreed: Agreed): Promise<ApproveResult> {
  const path = request.what?.endsWith('.toml') === true ? request.what : undefined;
  const proposal = await findProposal(given, path === undefined ? request.what : undefined, path);
  const { registry, tip, branch } = proposal;
  const { base, change } = await judged(registry, tip);
  // What waits on the target already is no part of the change: it is signed where somebody names it.
  const { versions, events } = base.loaded.state;
  const waitedBefore = (row: Waiting) => (versions.get(row.path) ?? events.get(row.path))?.blob === row.blob;
  const asked = waitingRows(change.state).filter((row) =>
    path === undefined ? !waitedBefore(row) : row.path === path,
  );
  for (const row of asked) refuseHopeless(row);
  const after = { ...change, commits: 0, signatures: 0 };
  const review = await reviewOf(base.registry, base.loaded, after, tip, new Set(asked.map(({ path }) => path)));
  if (agreed.digests === undefined) request.onReview?.(review, branch ?? null);
  else refuseOther(asked, agreed.digests);
  agreed.digests = new Map(asked.map((row) => [row.path, digestOfRow(row)]));
  const { environment, repository, engines } = registry;
  const signer = await openPrincipalSigner(environment, repository.config, engines, change.policy);
  const signed =
    request.from === undefined
      ? await signAll(registry, change, asked, signer)
      : await placeSignatures(registry, change.policy, asked, request.from);
  const result = { branch: branch ?? null, review, signed };
  if (request.print === true) return { ...result, commit: null, pushed: false };
  if (branch === undefined) {
    throw new At1Error('git/unsupported', {
      message: 'the branch of this pull request is in another repository',
      hint: 'at1 approve --print, and let its author add it with at1 approve --from',
    });
  }
  const remote = request.push === false ? undefined : proposal.remote;
  const commit = await withRegistryLock(registry, async () => {
    const made = await commitSignatures(proposal, branch, signed, signer);
    if (remote !== undefined) await pushOrTakeBack(proposal, branch, made, remote, signer);
    return made;
  });
  return { ...result, commit, pushed: remote !== undefined };
}

/** Events that wait for whatever it is, and versions that some of those have signed who have to. */
function waitingRows(state: RegistryState): Waiting[] {
  return [...waitingVersions(state), ...waitingEvents(state)];
}

function digestOfRow(row: Waiting): string {
  return row.document === 'manifest' ? row.manifest : row.digest;
}

/** Nobody is asked to sign an event that stands on another version, or another event, than there is; nor a spoilt version. */
function refuseHopeless({ path, problems, document }: Waiting): void {
  const wrong = problems.find(({ severity, code }) => severity === 'error' && /^(?:event|history)\//.test(code));
  if (wrong === undefined) return;
  throw new At1Error(wrong.code, {
    message: `it could never take effect: ${wrong.message}`,
    hint:
      document === 'manifest'
        ? 'at1 verify tells what is wrong with it'
        : 'its author says it again: at1 promote REF STAGE --renew',
    facts: { path },
  });
}

function refuseOther(asked: readonly Waiting[], agreed: ReadonlyMap<string, string>): void {
  if (asked.every((row) => agreed.get(row.path) === digestOfRow(row))) return;
  throw new At1Error('gate/outdated', {
    message: 'the change became another one while it was being signed',
    hint: 'look at it again: at1 approve',
  });
}

/** Where somebody was faster, the commit here is in the way of theirs. */
async function pushOrTakeBack(
  { registry, local }: Proposal,
  branch: string,
  made: Oid,
  remote: string,
  signer: PrincipalSigner,
): Promise<void> {
  const { repository, reader, environment, refs } = registry;
  try {
    await push(repository, [`refs/heads/${branch}`], { remote });
  } catch (error) {
    const isElsewhere = refs.head().ref !== `refs/heads/${branch}`;
    if (error instanceof At1Error && error.code === 'remote/outdated' && isElsewhere) {
      const who = () => personOf(environment, repository.config, signer.principal);
      await takingBack(() => new GitWriter(repository, { reader, who }).takeBackOn(branch, made, local));
    }
    throw error;
  }
}

/** The target as it has landed, and the state the change is in. */
async function judged(registry: Registry, tip: Oid) {
  const landed = landedUpstream(registry)?.oid ?? registry.refs.resolve(`refs/heads/${registry.config.branch}`);
  const target = landed ?? registry.head;
  if (!(await isAncestor(registry.reader, target, tip, registry.repository.shallow))) {
    throw new At1Error('gate/outdated', {
      message: `the change does not stand on ${registry.config.branch} as it is now`,
      hint: 'its author puts it on top of that: git rebase, or at1 promote REF STAGE --renew for a promotion',
    });
  }
  // From the catalog where there is one; objects are read from git alone, whatever lies in the work tree.
  const loaded = await loadState({ ...registry, head: target });
  const there: Registry = { ...registry, head: target, past: true };
  return { base: { registry: there, loaded }, change: await loadState({ ...there, head: tip }, { from: loaded }) };
}

async function signAll(
  registry: Registry,
  { state, policy }: { readonly state: RegistryState; readonly policy: LoadedPolicy },
  asked: readonly Waiting[],
  signer: PrincipalSigner,
): Promise<Signature[]> {
  const missing = (row: Waiting) =>
    row.document === 'manifest' ? signatureCount(policy, row).missing : eventStanding(state, policy, row).missing;
  const mine = asked.filter((row) => missing(row).includes(signer.principal));
  if (mine.length === 0) throw nothingToSign(asked, signer.principal);
  const signed: Signature[] = [];
  for (const row of mine) {
    const armor = await signer.sign(namespaceOf(row.document), await readBlob(registry.reader, row.blob));
    signed.push({ path: row.path, by: signer.principal, file: signaturePathOf(row.path, signer.principal), armor });
  }
  return signed;
}

function nothingToSign(asked: readonly Waiting[], principal: PrincipalName): At1Error {
  const done = asked.find(({ signers }) => signers.includes(principal));
  if (done !== undefined) {
    return new At1Error('artifact/exists', {
      message: `${principal} has signed it already`,
      facts: { path: done.path },
    });
  }
  return asked.length === 0
    ? new At1Error('artifact/not-found', { message: 'nothing in this change waits for a signature' })
    : new At1Error('policy/denied', {
        message: `a signature of ${principal} would not count for it`,
        hint: 'at1 policy show tells whose would',
        facts: { path: asked[0]?.path ?? '' },
      });
}

async function commitSignatures(
  { registry, tip, local }: Proposal,
  branch: string,
  signed: readonly Signature[],
  signer: PrincipalSigner,
): Promise<Oid> {
  const { environment, repository, reader, prefix } = registry;
  const author = personOf(environment, repository.config, signer.principal);
  const names = [...new Set(signed.map(({ by }) => by))].join(', ');
  const message = approvalMessage(
    names,
    signed.map(({ path }) => path),
  );
  const files = new Map(signed.map(({ file, armor }) => [file, utf8(armor)]));
  const now = reopened(registry);
  if (now.refs.head().ref === `refs/heads/${branch}`) {
    if (now.head !== tip) throw behind(branch);
    return (await commitChanges(now, { files, objects: [], message, author, signer })).commit as Oid;
  }
  const changes = new Map([...files].map(([path, bytes]) => [prefix === '' ? path : `${prefix}/${path}`, { bytes }]));
  const writer = new GitWriter(repository, { reader, who: () => author });
  const sign = (payload: Uint8Array) => signer.sign('git', payload);
  return writer.commitOn(branch, tip, { changes, message, author, sign, expectedHead: local });
}

function behind(branch: string): At1Error {
  return new At1Error('gate/outdated', {
    message: `the branch ${branch} that is checked out is behind its remote`,
    hint: 'git pull, then approve',
  });
}
